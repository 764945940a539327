import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { DataRefusal, DescribedData } from '../engine/data/profile/described.ts';
import type { Host } from './host.ts';

/** What is known of the data: `data` is what was last read, also while or after it was asked for again. */
export interface DescriptionState {
  readonly data: DescribedData | null;
  /** Is it being asked for, so that `data` may be out of date? */
  readonly reading: boolean;
  /** Why the last question was not answered; null where it was, or is on its way. */
  readonly refusal: DataRefusal | null;
}

const UNASKED: DescriptionState = { data: null, reading: false, refusal: null };

/** Quiet time before data that are known are asked for again, in milliseconds: a burst of edits is one question. */
const PATIENCE = 200;

/** A reason that came as an error. */
export function refusalOf(error: unknown): DataRefusal {
  return {
    kind: 'failure',
    code: 'refused',
    message: error instanceof Error ? error.message : String(error),
  };
}

/** Asks for the data while somebody looks, once for each revision of the document. The second function asks again. */
export function useDescription(
  host: Host,
  revision: number,
  looking: boolean,
): readonly [state: DescriptionState, again: () => void] {
  const [state, setState] = useState(UNASKED);
  const [attempt, setAttempt] = useState(0);
  /** What was asked last; who looks away meanwhile finds the answer when they look again. */
  const asked = useRef<string | null>(null);
  const timer = useRef(0);
  const wanted = `${revision} ${attempt}`;
  useEffect(() => {
    if (!looking || asked.current === wanted) return;
    const patience = asked.current === null ? 0 : PATIENCE;
    asked.current = wanted;
    const settle = (change: Partial<DescriptionState>): void => {
      if (asked.current === wanted) setState((before) => ({ ...before, reading: false, ...change }));
    };
    const ask = async (): Promise<void> => {
      try {
        const answer = await host.ask('describe', {});
        settle(answer.kind === 'described' ? { data: answer, refusal: null } : { refusal: answer });
      } catch (error) {
        settle({ refusal: refusalOf(error) });
      }
    };
    setState((before) => ({ ...before, reading: true }));
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => void ask(), patience);
  }, [host, wanted, looking]);
  useEffect(
    () => () => {
      asked.current = null;
      clearTimeout(timer.current);
    },
    [],
  );
  const again = useCallback(() => setAttempt((before) => before + 1), []);
  return [state, again];
}
