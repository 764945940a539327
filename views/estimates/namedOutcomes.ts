import type { EstimateOutcome } from '../../engine/estimate/result.ts';
import { titleOf } from '../estimateWords.ts';
import { printable } from '../text.ts';

/** The names of estimates that stand side by side, each with its contrast where others are called the same. */
export function namesOf(
  outcomes: readonly Pick<EstimateOutcome, 'name' | 'estimand' | 'contrast'>[],
): readonly string[] {
  const titles = outcomes.map(titleOf);
  return outcomes.map((outcome, i) => {
    const isTwin = titles.some((title, k) => k !== i && title === titles[i]);
    const name = printable(titles[i] ?? '');
    return isTwin ? `${name}, ${outcome.contrast.map(printable).join(' vs ')}` : name;
  });
}

/** Tells the estimates of a run apart, and finds the same one in another run: alike names are counted. */
export function keysOf(
  outcomes: readonly Pick<
    EstimateOutcome,
    'name' | 'method' | 'estimand' | 'treatment' | 'outcome' | 'contrast'
  >[],
): readonly string[] {
  const seen = new Map<string, number>();
  return outcomes.map(({ name, method, estimand, treatment, outcome, contrast }) => {
    const key = JSON.stringify([name, method, estimand, treatment, outcome, contrast]);
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return count === 0 ? key : `${key} ${count}`;
  });
}
