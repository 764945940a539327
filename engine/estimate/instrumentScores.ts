/** The joint covariance of how the treatment and the outcome move with the instruments: robust first stage and robust Anderson–Rubin set alike. */

import { clusteredMeat, clusterFactor } from '../stats/covariance.ts';
import { crossProducts, rawProducts } from '../stats/moments.ts';
import { one, product } from '../stats/rowExpression.ts';
import type { EstimationProblem } from './problem.ts';
import { unitIndices } from './structuralFit.ts';
import type { TwoStageFit } from './twoStage.ts';

/** Covariances of the slopes on the instruments, K × K as rows. */
export interface SlopeCovariances {
  /** Of the treatment's slopes, of the outcome's, and of outcome's (rows) with treatment's (columns). */
  readonly treatment: readonly (readonly number[])[];
  readonly outcome: readonly (readonly number[])[];
  readonly cross: readonly (readonly number[])[];
  /** Denominator degrees of freedom of a test with them. */
  readonly df: number;
}

/**
 * HC1, or CR1 where the plan names a cluster: the slopes on the instruments are a sum of scores w·u·v, with v what covariates and instruments leave of
 * treatment or outcome. Null where no degrees of freedom are left, or there are fewer than two clusters.
 */
export async function slopeCovariances(
  problem: EstimationProblem,
  stages: TwoStageFit,
): Promise<SlopeCovariances | null> {
  const { first, outcome, count } = stages;
  const df = first.rows - first.parameters;
  if (df <= 0) return null;
  const units = unitIndices(problem, stages);
  const scores = [outcome.full.residual, first.residual].flatMap((residual) =>
    units.map((unit) => product(unit, residual, problem.weight ?? one)),
  );
  const { cluster } = problem.plan;
  if (cluster === null) {
    const meat = rawProducts(await crossProducts(problem.moments, scores));
    return { ...blocksOf(meat, count, first.rows / df), df };
  }
  const { meat, groups } = await clusteredMeat(problem.moments, scores, cluster);
  if (groups < 2) return null;
  return { ...blocksOf(meat, count, clusterFactor(groups, first.rows, first.parameters)), df: groups - 1 };
}

/** Of a meat over the outcome's scores and then the treatment's. */
function blocksOf(
  meat: readonly (readonly number[])[],
  count: number,
  factor: number,
): Omit<SlopeCovariances, 'df'> {
  const block = (row: number, column: number): number[][] =>
    meat
      .slice(row, row + count)
      .map((values) => values.slice(column, column + count).map((value) => factor * value));
  return { outcome: block(0, 0), cross: block(0, count), treatment: block(count, count) };
}
