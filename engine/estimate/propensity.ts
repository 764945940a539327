/** The propensity score: the model of who gets the treatment. */

import { type BinaryRegressionFit, binaryRegression } from '../stats/binaryRegression.ts';
import { leastSquares } from '../stats/leastSquares.ts';
import type { RowExpression } from '../stats/rowExpression.ts';
import { nameList } from '../wording.ts';
import type { DesignTerm } from './coding.ts';
import { type EstimationFailure, type EstimationProblem, failure, plannedColumns } from './problem.ts';

export interface Propensity {
  readonly kind: 'propensity';
  readonly fit: BinaryRegressionFit;
  /** Covariates in the model, in the order of its coefficients; the others said nothing new. */
  readonly terms: readonly DesignTerm[];
  /** Indices of the problem's covariates that are not in the model. */
  readonly dropped: readonly number[];
  /** 1 for the treated, the second level, else 0. */
  readonly treated: RowExpression;
}

/** `complete`: nobody of one arm is like anybody of the other. */
export type PropensityResult = Propensity | (EstimationFailure & { readonly complete?: boolean });

/** Fits a propensity model once for each treatment, covariate set and choice of rows. */
export function propensityCache(): (problem: EstimationProblem) => Promise<PropensityResult> {
  const fits = new Map<string, Promise<PropensityResult>>();
  return (problem) => {
    const { plan } = problem;
    const rows = plannedColumns(plan).sort();
    const key = JSON.stringify([
      plan.treatment,
      plan.adjusted,
      plan.propensity,
      plan.weight,
      plan.filter,
      rows,
    ]);
    const known = fits.get(key);
    if (known !== undefined) return known;
    const fit = fitPropensity(problem);
    fits.set(key, fit);
    return fit;
  };
}

/**
 * P(treated | covariates) of a two-level treatment by unpenalised maximum likelihood.
 *
 * Fails where the treatment has more levels, the covariates tell it without error (separation, named), or the fit does not settle.
 */
export async function fitPropensity(problem: EstimationProblem): Promise<PropensityResult> {
  const { treatment, plan, moments, weight } = problem;
  if (treatment.kind !== 'discrete' || treatment.levels.length !== 2) return notTwoLevels(problem);
  if (plan.propensity === 'tree' || plan.propensity === 'boosting') return notAvailable(plan.propensity);
  const treated = treatment.levels[1].indicator;
  const expressions = problem.covariates.map((term) => term.expression);
  const { kept, dropped } = await leastSquares(moments, treated, expressions, weight);
  const terms = kept.map((index) => problem.covariates[index]);
  const result = await binaryRegression(
    moments,
    treated,
    terms.map((term) => term.expression),
    plan.propensity,
    weight,
  );
  if (result.kind === 'fit') return { kind: 'propensity', fit: result.fit, terms, dropped, treated };
  if (result.kind === 'no-convergence') {
    return failure(
      'no-convergence',
      `The model of ${plan.treatment} did not settle. Adjust for fewer variables, or rescale extreme ones.`,
    );
  }
  const culprits = result.terms.map((term) => terms[term]);
  return { ...separated(plan.treatment, culprits), complete: result.complete };
}

function notAvailable(model: string): EstimationFailure {
  return failure('not-available', `\`propensity ${model}\` is not computed by this version yet.`);
}

function notTwoLevels(problem: EstimationProblem): EstimationFailure {
  const { plan, treatment } = problem;
  const what =
    treatment.kind === 'continuous'
      ? 'is a number with many values'
      : `has ${treatment.levels.length} levels (${nameList(treatment.levels.map((level) => level.label))})`;
  return failure(
    'method-mismatch',
    `${plan.method} compares two levels, and ${plan.treatment} ${what}. Use \`regression\`, or derive a variable with two levels.`,
  );
}

/** As many levels of one variable are named; of more the variable says enough. */
const MOST_LEVELS = 3;

function separated(treatment: string, terms: readonly DesignTerm[]): EstimationFailure {
  const labels = terms.map(({ variable, label }) =>
    terms.filter((term) => term.variable === variable).length > MOST_LEVELS ? variable : label,
  );
  const culprits = labels.length === 0 ? 'the variables adjusted for' : nameList([...new Set(labels)]);
  return failure(
    'separation',
    `For some values of ${culprits}, every row or no row has ${treatment}: their propensity is 1 or 0 and no weight makes up for it. Leave such rows out with \`where\`, or merge the levels.`,
  );
}
