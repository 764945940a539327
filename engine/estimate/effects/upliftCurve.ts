/** The uplift (Qini) curve: what is gained by treating first those with the largest predicted effect. */

import { rowValues } from '../../stats/rowExpression.ts';
import type { Uplift } from '../diagnostics/heterogeneity.ts';
import { influenceError } from '../influence.ts';
import type { EstimationProblem } from '../problem.ts';
import type { WeightedScores } from './scoreAverage.ts';

/** Points of the curve after its first. */
const STEPS = 20;

/** Rows that are predicted alike, and so are taken together. */
interface Tie {
  readonly start: number;
  readonly end: number;
  /** Weight and weighted scores of the rows before, and of the rows of the tie. */
  readonly weightBefore: number;
  readonly gainBefore: number;
  readonly weight: number;
  readonly gain: number;
}

/**
 * G(q) = (1/Σ w) Σ w Γ over the share q of the rows with the largest predicted effects, those that are predicted alike in equal parts. The area between it and the line
 * q G(1) is A = Σ w Γ (½ − r)/Σ w for ranks r in [0, 1], the area-under-the-curve form of a rank-weighted average treatment effect (Yadlowsky, Fleming,
 * Shah, Brunskill & Wager 2021, with the Qini weights). Built on doubly robust scores it stands for the population also where treatment was not at random. With the
 * ranks estimated A is a V-statistic of order two; the influence of a row is
 * Γᵢ(½ − rᵢ) + (½ mean Γ − hᵢ) − 2A, where hᵢ is the mean over all rows of Γ 1{predicted lower than i}, ties half (Hoeffding 1948).
 *
 * The error takes the order as given: it is no test of whether there is anything to rank by, which calibration is.
 *
 * @param order rows in an order that their values decide: sums are taken in it
 */
export async function upliftCurve(
  problem: EstimationProblem,
  effect: Float64Array,
  { scores, weights }: WeightedScores,
  order: Int32Array,
): Promise<Uplift> {
  const counted = order.filter((row) => weights[row] > 0).sort((a, b) => effect[b] - effect[a]);
  const ties = tiesOf(counted, effect, scores, weights);
  const { weightBefore, weight, gainBefore, gain } = ties[ties.length - 1];
  const [total, all] = [weightBefore + weight, gainBefore + gain];
  const influence = new Float64Array(effect.length);
  let area = 0;
  for (const tie of ties) {
    const rank = (tie.weightBefore + tie.weight / 2) / total;
    const lower = (all - tie.gainBefore - tie.gain / 2) / total;
    area += (tie.gain * (0.5 - rank)) / total;
    for (let i = tie.start; i < tie.end; i++) {
      const row = counted[i];
      influence[row] = scores[row] * (0.5 - rank) + all / total / 2 - lower;
    }
  }
  for (const row of counted) influence[row] = (weights[row] * (influence[row] - 2 * area)) / total;
  const se = await influenceError(problem, rowValues(influence));
  return { curve: curveOf(ties, total), area, se };
}

function tiesOf(
  rows: Int32Array,
  effect: Float64Array,
  scores: Float64Array,
  weights: Float64Array,
): readonly Tie[] {
  const ties: Tie[] = [];
  let [weightBefore, gainBefore] = [0, 0];
  for (let start = 0; start < rows.length; ) {
    let [end, weight, gain] = [start, 0, 0];
    while (end < rows.length && effect[rows[end]] === effect[rows[start]]) {
      weight += weights[rows[end]];
      gain += weights[rows[end]] * scores[rows[end]];
      end += 1;
    }
    ties.push({ start, end, weightBefore, gainBefore, weight, gain });
    weightBefore += weight;
    gainBefore += gain;
    start = end;
  }
  return ties;
}

function curveOf(ties: readonly Tie[], total: number): Uplift['curve'] {
  let at = 0;
  return Array.from({ length: STEPS + 1 }, (_point, k) => {
    const share = k / STEPS;
    while (at + 1 < ties.length && ties[at + 1].weightBefore <= share * total) at += 1;
    const { weightBefore, gainBefore, weight, gain } = ties[at];
    const part = Math.min(1, Math.max(0, (share * total - weightBefore) / weight));
    return { share, gain: (gainBefore + part * gain) / total };
  });
}
