/** Weighted means and variances of many terms under several weights, in two passes over the rows. */

import type { Moments } from './moments.ts';
import { apply, product, type RowExpression, shifted } from './rowExpression.ts';

export interface TermMoments {
  readonly mean: number;
  /** Over Σw − Σw²/Σw, which is n − 1 where all weights are 1; 0 for a single row. */
  readonly variance: number;
}

/** Part of the squares about another value that has to be left about the mean, for its digits to count. */
const LEFT = 1e-4;

/**
 * Moments of each term under each of `weights`, which are not negative: by term, then by weight.
 *
 * Squares are summed about the mean of all rows, which costs no digits where the weighted mean is near it; where it is far off for the spread about it,
 * again about the mean just found.
 */
export async function termMoments(
  moments: Moments,
  terms: readonly RowExpression[],
  weights: readonly RowExpression[],
): Promise<TermMoments[][]> {
  const first = await moments.pass({
    sums: [...terms, ...weights, ...weights.map((weight) => apply('square', weight))],
  });
  const centres = terms.map((_term, j) => first.sums[j] / moments.rowCount);
  const total = (w: number): number => first.sums[terms.length + w];
  const squares = (w: number): number => first.sums[terms.length + weights.length + w];
  const about = terms.flatMap((term, j) => {
    const distance = shifted(term, centres[j]);
    const square = product(distance, distance);
    return weights.flatMap((weight) => [product(weight, distance), product(weight, square)]);
  });
  const second = await moments.pass({ sums: about });
  const results: TermMoments[][] = [];
  for (const [j, term] of terms.entries()) {
    const found: TermMoments[] = [];
    for (const [w, weight] of weights.entries()) {
      const place = 2 * (j * weights.length + w);
      const [sum, around] = [second.sums[place], second.sums[place + 1]];
      const mean = centres[j] + sum / total(w);
      const spread = around - (sum * sum) / total(w);
      const trusted = spread > LEFT * around ? spread : await squaresAbout(moments, term, weight, mean);
      const degrees = total(w) - squares(w) / total(w);
      found.push({ mean, variance: degrees > 0 ? trusted / degrees : 0 });
    }
    results.push(found);
  }
  return results;
}

/** Σ w (x − centre)². */
async function squaresAbout(
  moments: Moments,
  term: RowExpression,
  weight: RowExpression,
  centre: number,
): Promise<number> {
  const { sums } = await moments.pass({
    sums: [product(weight, apply('square', shifted(term, centre)))],
  });
  return sums[0];
}
