/** How the treatment goes with its instruments in the rows as they are: the picture of a first stage. */

import { type Column, columnOf } from '../data/table.ts';
import { linear, one, type RowExpression } from '../stats/rowExpression.ts';
import type { InstrumentGroup, InstrumentMeans } from './diagnostics/instrument.ts';
import type { EstimationProblem } from './problem.ts';
import type { TwoStageFit } from './twoStage.ts';

/** Different values up to which each is a group of its own, and groups that more of them are cut into. */
const MOST_VALUES = 12;
const GROUPS = 20;

/** What the rows are grouped by. */
interface Axis {
  readonly instrument: string | null;
  readonly values: ArrayLike<number>;
  /** The name of a value; null where the values go by themselves. */
  readonly levels: readonly string[] | null;
}

/** Means of the treatment in groups of the instrument, the rows weighted by their own weights. */
export async function instrumentMeans(
  problem: EstimationProblem,
  stages: TwoStageFit,
): Promise<InstrumentMeans> {
  const { moments, weight } = problem;
  const treatment = await moments.values(stages.treatment);
  const weights = await moments.values(weight ?? one);
  const axis = ownAxis(problem) ?? (await fittedAxis(problem, stages, treatment, weights));
  const { values, levels, instrument } = axis;
  const order = Int32Array.from(treatment.keys()).sort((a, b) => values[a] - values[b]);
  const isDistinct = (i: number): boolean => i === 0 || values[order[i]] !== values[order[i - 1]];
  const distinct = order.reduce((count, _row, i) => count + (isDistinct(i) ? 1 : 0), 0);
  const least = instrument !== null && distinct <= MOST_VALUES ? 1 : order.length / GROUPS;
  const groups: InstrumentGroup[] = [];
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && (end - start < least || !isDistinct(end))) end++;
    groups.push(groupOf(order.subarray(start, end), axis, treatment, weights, levels));
    start = end;
  }
  return { instrument, groups };
}

function groupOf(
  rows: Int32Array,
  { values }: Axis,
  treatment: Float64Array,
  weights: Float64Array,
  levels: readonly string[] | null,
): InstrumentGroup {
  const pick = (from: ArrayLike<number>): Float64Array => Float64Array.from(rows, (row) => from[row]);
  const [at, measured] = [pick(values), pick(treatment)];
  const own = pick(weights);
  const isOne = at[0] === at[at.length - 1];
  const label = levels === null ? String(at[0]) : levels[at[0]];
  return {
    label: isOne ? label : null,
    at: weightedMean(at, own).mean,
    rows: rows.length,
    ...weightedMean(measured, own),
  };
}

/** Σ w x/Σ w and its standard error, from the spread about it over Σ w − Σ w²/Σ w, which is n − 1 for equal weights; not a number for a single row. */
function weightedMean(
  values: Float64Array,
  weights: Float64Array,
): { readonly mean: number; readonly se: number } {
  let [total, squares, sum] = [0, 0, 0];
  // Near the first value differences keep their digits.
  for (let i = 0; i < values.length; i++) {
    total += weights[i];
    squares += weights[i] * weights[i];
    sum += weights[i] * (values[i] - values[0]);
  }
  const mean = values[0] + sum / total;
  let spread = 0;
  for (let i = 0; i < values.length; i++) spread += weights[i] * (values[i] - mean) ** 2;
  const degrees = total - squares / total;
  const se = Math.sqrt((spread / degrees) * squares) / total;
  return { mean, se: values.length > 1 && degrees > 0 ? se : Number.NaN };
}

/** The values of the only instrument, where it is a number or has few levels; as they were read, since those of the problem may have been moved. */
function ownAxis({ plan, data, rows }: EstimationProblem): Axis | null {
  const [instrument] = plan.instruments;
  if (plan.instruments.length !== 1) return null;
  const column: Column = columnOf(data.table, instrument);
  if (column.kind === 'numeric') {
    return { instrument, values: Float64Array.from(rows, (row) => column.values[row]), levels: null };
  }
  const codes = Int32Array.from(rows, (row) => column.codes[row]);
  return new Set(codes).size > MOST_VALUES ? null : { instrument, values: codes, levels: column.levels };
}

/** What the instruments say of the treatment, the covariates held fixed: the first stage's fit, with the mean of the treatment as its own. */
async function fittedAxis(
  problem: EstimationProblem,
  { first, count, treatmentSlopes }: TwoStageFit,
  treatment: Float64Array,
  weights: Float64Array,
): Promise<Axis> {
  const { moments, covariates, instruments } = problem;
  const terms = first.kept
    .slice(first.kept.length - count)
    .map((term): RowExpression => instruments[term - covariates.length].expression);
  const fitted = await moments.values(linear(0, treatmentSlopes, terms));
  const shift = weightedMean(treatment, weights).mean - weightedMean(fitted, weights).mean;
  return { instrument: null, values: fitted.map((value) => value + shift), levels: null };
}
