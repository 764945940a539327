/** The two stages of two-stage least squares. */

import { type LeastSquaresFit, leastSquares } from '../stats/leastSquares.ts';
import { apply, linear, minus, one, product, type RowExpression } from '../stats/rowExpression.ts';
import { nameList } from '../wording.ts';
import { type EstimationFailure, type EstimationProblem, failure } from './problem.ts';

/** The two stages of a fit; terms stand in the order covariates, then instruments or fitted treatment. */
export interface TwoStageFit {
  /** T on the covariates alone, and on covariates and instruments. */
  readonly restricted: LeastSquaresFit;
  readonly first: LeastSquaresFit;
  /** Y on the covariates and the fitted treatment. */
  readonly second: LeastSquaresFit;
  readonly treatment: RowExpression;
  /** τ, the slope of the fitted treatment. */
  readonly slope: number;
  /** Y − a − τ·T − b·X: with the treatment itself, not its fit. */
  readonly residual: RowExpression;
  /** Σ w e² of it. */
  readonly residualSum: number;
}

export type TwoStageResult = { readonly kind: 'fit'; readonly stages: TwoStageFit } | EstimationFailure;

/**
 * Fits T on X and Z, then Y on X and the fitted T.
 *
 * Fails where the instruments, given the covariates, do not move the treatment at all.
 */
export async function fitTwoStages(
  problem: EstimationProblem,
  treatment: RowExpression,
): Promise<TwoStageResult> {
  const { moments, outcome, weight } = problem;
  const covariates = problem.covariates.map((term) => term.expression);
  const instruments = problem.instruments.map((term) => term.expression);
  const restricted = await leastSquares(moments, treatment, covariates, weight);
  const first = await leastSquares(moments, treatment, [...covariates, ...instruments], weight);
  if (first.parameters === restricted.parameters) return silentInstrument(problem);
  const second = await leastSquares(moments, outcome, [...covariates, first.fitted], weight);
  if (second.dropped.includes(covariates.length)) return silentInstrument(problem);
  const slope = second.coefficients[second.coefficients.length - 1];
  const terms = second.kept.slice(0, -1).map((index) => covariates[index]);
  const residual = minus(
    outcome,
    linear(second.intercept, [...second.coefficients.slice(0, -1), slope], [...terms, treatment]),
  );
  const { sums } = await moments.pass({ sums: [product(apply('square', residual), weight ?? one)] });
  return {
    kind: 'fit',
    stages: { restricted, first, second, treatment, slope, residual, residualSum: sums[0] },
  };
}

function silentInstrument(problem: EstimationProblem): EstimationFailure {
  const names = nameList(problem.plan.instruments);
  return failure(
    'instrument-irrelevant',
    `${names} ${problem.plan.instruments.length === 1 ? 'does' : 'do'} not move ${problem.plan.treatment} at all in these rows, once the covariates are held fixed. There is nothing to estimate from.`,
  );
}
