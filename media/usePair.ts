import { useEffect, useState } from 'preact/hooks';
import type { DataRefusal, DescribedData } from '../engine/data/profile/described.ts';
import type { PairPicture } from '../engine/data/profile/pair.ts';
import type { Host } from './host.ts';
import { refusalOf } from './useDescription.ts';

/** Names of two variables. */
export interface Pair {
  readonly x: string;
  readonly y: string;
}

export interface PairState {
  readonly pair: Pair;
  /** Null until it has been answered. */
  readonly answer: PairPicture | DataRefusal | null;
}

/** The picture of two variables, asked for again as `data` change; null while no two are picked. */
export function usePair(host: Host, pair: Pair | null, data: DescribedData): PairState | null {
  const [state, setState] = useState<PairState | null>(null);
  // Other data, another picture.
  useEffect(() => {
    if (pair === null) {
      setState(null);
      return;
    }
    let current = true;
    const show = (answer: PairState['answer']): void => {
      if (current) setState({ pair, answer });
    };
    // Of the same two the old picture stays until there is the new one.
    setState((before) => (before?.pair === pair ? before : { pair, answer: null }));
    host.ask('scatter', pair).then(show, (error: unknown) => show(refusalOf(error)));
    return () => {
      current = false;
    };
  }, [host, pair, data]);
  return pair === null ? null : state;
}
