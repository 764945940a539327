/** The propensity score: the model of who gets the treatment. */

import {
  type BinaryRegressionFit,
  binaryRegression,
  type Link,
  probabilityOf,
} from '../stats/binaryRegression.ts';
import { leastSquares } from '../stats/leastSquares.ts';
import { type MultinomialFit, multinomialRegression } from '../stats/multinomialRegression.ts';
import { complement, type RowExpression, rowValues } from '../stats/rowExpression.ts';
import { nameList } from '../wording.ts';
import type { DesignTerm, TreatmentLevel } from './coding.ts';
import type { SharedFits } from './estimator.ts';
import { learnedPropensity } from './learnedPropensity.ts';
import type { EstimatePlan, PropensityModel } from './plan.ts';
import { type EstimationFailure, type EstimationProblem, failure, plannedColumns } from './problem.ts';

interface FittedPropensity {
  readonly kind: 'propensity';
  readonly model: PropensityModel;
  /** P(level | covariates), one a level of the treatment in their order; they sum to 1. */
  readonly probabilities: readonly RowExpression[];
  /** Covariates in the model, in the order of its coefficients; the others said nothing new. */
  readonly terms: readonly DesignTerm[];
  /** Indices of the problem's covariates that are not in the model. */
  readonly dropped: readonly number[];
  /** What each variable contributed to a learned model, summing to 1; null for a parametric one. */
  readonly importances: readonly PropensityImportance[] | null;
}

export interface PropensityImportance {
  readonly variable: string;
  readonly importance: number;
}

/** Of a treatment with two levels. */
export interface BinaryPropensity extends FittedPropensity {
  readonly levels: 'two';
  /** 1 for the treated, the second level, else 0. */
  readonly treated: RowExpression;
  /** P(treated | covariates). */
  readonly probability: RowExpression;
  /** Of the parametric model; the log odds of a learned one. */
  readonly linearPredictor: RowExpression;
  /** Null where the model is learned. */
  readonly fit: BinaryRegressionFit | null;
}

/** Of a treatment with more levels. */
export interface SeveralLevelPropensity extends FittedPropensity {
  readonly levels: 'several';
  /** Null where the model is learned. */
  readonly fit: MultinomialFit | null;
}

export type Propensity = BinaryPropensity | SeveralLevelPropensity;

/** `complete`: nobody of one arm is like anybody of the other. */
export type PropensityFailure = EstimationFailure & { readonly complete?: boolean };

export type PropensityResult = Propensity | PropensityFailure;

/** Is the model a learner, whose probabilities are predicted for each row by a model of the others? */
export function isLearned({ propensity }: Pick<EstimatePlan, 'propensity'>): boolean {
  return propensity === 'tree' || propensity === 'boosting';
}

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
      isLearned(plan) ? [plan.folds, plan.seed, plan.cluster] : null,
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
 * The probabilities of the levels of a treatment given the covariates, by unpenalised maximum likelihood: logistic or probit for two levels,
 * multinomial logistic for more.
 *
 * Fails where the treatment has no levels, the covariates tell it without error (separation, named), or the fit does not settle.
 */
export async function fitPropensity(problem: EstimationProblem): Promise<PropensityResult> {
  const { treatment, plan, moments, weight } = problem;
  if (treatment.kind !== 'discrete') return notDiscrete(plan);
  const { levels } = treatment;
  if (plan.propensity === 'tree' || plan.propensity === 'boosting')
    return learnedPropensity(problem, levels, plan.propensity);
  if (levels.length > 2 && plan.propensity === 'probit') return probitOfSeveral(plan, levels);
  const expressions = problem.covariates.map((term) => term.expression);
  const { kept, dropped } = await leastSquares(moments, levels[1].indicator, expressions, weight);
  const terms = kept.map((index) => problem.covariates[index]);
  return levels.length === 2
    ? fitTwoLevels(problem, levels[1].indicator, { model: plan.propensity, terms, dropped })
    : fitSeveralLevels(problem, levels, { model: 'logistic', terms, dropped });
}

/** The propensity of a treatment with two levels, for whoever cannot use more: of several levels a failure that says so. */
export async function binaryPropensity(
  problem: EstimationProblem,
  shared: SharedFits,
): Promise<BinaryPropensity | PropensityFailure> {
  const { treatment, plan } = problem;
  if (treatment.kind === 'discrete' && treatment.levels.length > 2) {
    return failure(
      'method-mismatch',
      `${plan.method} compares two levels, and ${plan.treatment} has ${levelList(treatment.levels)}. Use \`regression\` or \`ipw\`, or derive a variable with two levels.`,
    );
  }
  const propensity = await shared.propensity(problem);
  if (propensity.kind === 'failure' || propensity.levels === 'two') return propensity;
  throw new Error('A treatment of two levels has a propensity of two levels.');
}

/** What two and several levels have in common. */
interface ModelTerms<Model extends PropensityModel> {
  readonly model: Model;
  readonly terms: readonly DesignTerm[];
  readonly dropped: readonly number[];
}

async function fitTwoLevels(
  { plan, moments, weight }: EstimationProblem,
  treated: RowExpression,
  common: ModelTerms<Link>,
): Promise<PropensityResult> {
  const expressions = common.terms.map((term) => term.expression);
  const result = await binaryRegression(moments, treated, expressions, common.model, weight);
  if (result.kind === 'fit') {
    const { fit } = result;
    // Asked for again and again: computed once a row.
    const linearPredictor = rowValues(await moments.values(fit.linearPredictor));
    const probability = rowValues(await moments.values(probabilityOf(fit.link, linearPredictor)));
    const probabilities = [complement(probability), probability];
    return {
      kind: 'propensity',
      levels: 'two',
      ...common,
      treated,
      probabilities,
      probability,
      linearPredictor,
      fit,
      importances: null,
    };
  }
  if (result.kind === 'no-convergence') return unsettled(plan);
  const culprits = result.terms.map((term) => common.terms[term]);
  return { ...separated(plan.treatment, culprits), complete: result.complete };
}

async function fitSeveralLevels(
  { plan, moments, weight }: EstimationProblem,
  levels: readonly TreatmentLevel[],
  common: ModelTerms<'logistic'>,
): Promise<PropensityResult> {
  const indicators = levels.map((level) => level.indicator);
  const expressions = common.terms.map((term) => term.expression);
  const result = await multinomialRegression(moments, indicators, expressions, weight);
  if (result.kind === 'fit') {
    const { fit } = result;
    const { probabilities } = fit;
    return { kind: 'propensity', levels: 'several', ...common, probabilities, fit, importances: null };
  }
  if (result.kind === 'no-convergence') return unsettled(plan);
  const culprits = result.terms.map((term) => common.terms[term]);
  const lacking = result.classes.map((c) => `${plan.treatment} = ${levels[c].label}`);
  const what = lacking.length === 0 ? plan.treatment : nameList(lacking);
  return { ...separated(what, culprits), complete: result.complete };
}

function unsettled(plan: EstimatePlan): EstimationFailure {
  return failure(
    'no-convergence',
    `The model of ${plan.treatment} did not settle. Adjust for fewer variables, or rescale extreme ones.`,
  );
}

function notDiscrete(plan: EstimatePlan): EstimationFailure {
  return failure(
    'method-mismatch',
    `${plan.method} compares levels, and ${plan.treatment} is a number with many values. Use \`regression\`, or derive a variable with two levels.`,
  );
}

function probitOfSeveral(plan: EstimatePlan, levels: readonly TreatmentLevel[]): EstimationFailure {
  return failure(
    'method-mismatch',
    `\`propensity probit\` tells two levels apart, and ${plan.treatment} has ${levelList(levels)}. Use \`propensity logistic\`, which takes several.`,
  );
}

/** `3 levels (a, b and c)`. */
function levelList(levels: readonly TreatmentLevel[]): string {
  return `${levels.length} levels (${nameList(levels.map((level) => level.label))})`;
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
