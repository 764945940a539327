/** A kernel that tells how often the rows have been looked at. */

import type { RowMoments } from './moments.ts';

/** How often is told, in milliseconds. */
const TICK = 100;

/** `moments`, which tells how many requests have been made of it, at most once a tick. */
export function tellingMoments(moments: RowMoments, onLook: (looks: number) => void): RowMoments {
  let looks = 0;
  let told = Date.now();
  const look = (): void => {
    looks += 1;
    if (Date.now() - told < TICK) return;
    told = Date.now();
    onLook(looks);
  };
  return {
    ...moments,
    pass: (request) => {
      look();
      return moments.pass(request);
    },
    triangularFactor: (terms, weight) => {
      look();
      return moments.triangularFactor(terms, weight);
    },
    values: (term) => {
      look();
      return moments.values(term);
    },
    distances: (columns, pairs) => {
      look();
      return moments.distances(columns, pairs);
    },
  };
}
