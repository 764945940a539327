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
  const settled = useRef<string | null>(null);
  const wanted = `${revision} ${attempt}`;
  useEffect(() => {
    if (!looking || settled.current === wanted) return;
    let current = true;
    const settle = (change: Partial<DescriptionState>): void => {
      if (!current) return;
      settled.current = wanted;
      setState((before) => ({ ...before, reading: false, ...change }));
    };
    setState((before) => ({ ...before, reading: true }));
    const ask = async (): Promise<void> => {
      try {
        const answer = await host.ask('describe', {});
        if (answer.kind === 'described') settle({ data: answer, refusal: null });
        else settle({ refusal: answer });
      } catch (error) {
        settle({ refusal: refusalOf(error) });
      }
    };
    const timer = window.setTimeout(() => void ask(), settled.current === null ? 0 : PATIENCE);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [host, wanted, looking]);
  const again = useCallback(() => setAttempt((before) => before + 1), []);
  return [state, again];
}
