/** Standard errors by resampling rows, or whole clusters, with replacement. */

import { type Column, columnOf, type Table } from '../data/table.ts';
import { columnMoments } from '../stats/columnMoments.ts';
import type { Interval } from '../stats/confidenceSet.ts';
import { type Random, randomStreams } from '../stats/random.ts';
import { column, product } from '../stats/rowExpression.ts';
import type { Estimator } from './estimator.ts';
import { pacer } from './pace.ts';
import type { EstimationProblem } from './problem.ts';
import { propensityCache } from './propensity.ts';

export interface BootstrapResult {
  /** One a contrast: standard deviation of the resampled estimates. */
  readonly se: number;
  /** Percentile interval (Efron 1979). */
  readonly ci: Interval;
  /** Resamples in which the estimator could not run. */
  readonly failed: number;
}

/** Name of the column of draws; a name of the user's cannot hold a newline. */
const DRAWS = '\n draws';

/**
 * Runs `estimator` on `resamples` resamples of the problem's rows: a resample is a weight, the number of times that a row was drawn.
 *
 * @param seed stream b of it draws resample b, so that results do not depend on the order of the work
 * @param coverage of the interval, between 0 and 1
 * @param onProgress told about every 100 ms, between 0 and 1, and the host given a turn: whoever waits may have gone
 */
export async function bootstrap(
  estimator: Estimator,
  problem: EstimationProblem,
  resamples: number,
  seed: number,
  coverage: number,
  onProgress: (fraction: number) => void,
): Promise<readonly BootstrapResult[]> {
  const nextStream = randomStreams(seed);
  const estimates: number[][] = [];
  let failed = 0;
  const step = pacer(resamples, onProgress);
  for (let b = 0; b < resamples; b++) {
    const answer = await estimator(resampled(problem, nextStream()), {
      pointOnly: true,
      propensity: propensityCache(),
    });
    if (answer.kind === 'failure') failed += 1;
    else estimates.push(answer.contrasts.map((contrast) => contrast.estimate));
    await step();
  }
  const contrasts = estimates[0]?.length ?? 0;
  return Array.from({ length: contrasts }, (_contrast, c) => {
    const draws = Float64Array.from(estimates, (row) => row[c]).sort();
    return { se: standardDeviation(draws), ci: percentileInterval(draws, coverage), failed };
  });
}

function resampled(problem: EstimationProblem, random: Random): EstimationProblem {
  const { table, plan } = problem;
  const draws =
    plan.cluster === null
      ? drawRows(table.rowCount, random)
      : drawClusters(columnOf(table, plan.cluster), random);
  const columns = new Map<string, Column>(table.columns).set(DRAWS, { kind: 'numeric', values: draws });
  const drawn: Table = { rowCount: table.rowCount, columns };
  const weight = problem.weight === undefined ? column(DRAWS) : product(problem.weight, column(DRAWS));
  return { ...problem, table: drawn, moments: columnMoments(drawn), weight };
}

function drawRows(rows: number, random: Random): Float64Array {
  const counts = new Float64Array(rows);
  for (let i = 0; i < rows; i++) counts[random.integer(rows)] += 1;
  return counts;
}

function drawClusters(clusters: Column, random: Random): Float64Array {
  if (clusters.kind !== 'categorical') throw new Error('Clusters are levels.');
  const occurring = [...new Set(clusters.codes)];
  const counts = new Float64Array(clusters.levels.length);
  for (let i = 0; i < occurring.length; i++) counts[occurring[random.integer(occurring.length)]] += 1;
  return Float64Array.from(clusters.codes, (code) => counts[code]);
}

function standardDeviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

/** Quantiles by linear interpolation of the sorted draws (Hyndman & Fan 1996, type 7). */
function percentileInterval(sorted: Float64Array, coverage: number): Interval {
  const quantile = (probability: number): number => {
    const position = probability * (sorted.length - 1);
    const below = Math.floor(position);
    const above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  };
  const tail = (1 - coverage) / 2;
  return [quantile(tail), quantile(1 - tail)];
}
