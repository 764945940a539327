/** Which covariates drive the treatment, and which of those adjusted for matter for the estimate. */

import { linear, one } from '../stats/rowExpression.ts';
import { termMoments } from '../stats/termMoments.ts';
import type { Estimator, EstimatorAnswer, SharedFits } from './estimator.ts';
import type { EstimationProblem } from './problem.ts';
import { isLearned, type Propensity, propensityCache } from './propensity.ts';

/** `bounded` leaves out what would take long, and says so; `full` does not. */
export type RelevanceDepth = 'bounded' | 'full';

/** Of one contrast of an estimate. */
export interface Relevance {
  /** Those that move the estimate most first; where it was not made without them, those that drive the treatment most. */
  readonly variables: readonly VariableRelevance[];
  /** Why no estimates were made without each variable, for a person; null where they were. */
  readonly skipped: string | null;
}

export interface VariableRelevance {
  readonly variable: string;
  /**
   * How much it drives the treatment: standard deviation of its part in the linear predictor of the propensity (of several levels the largest), or its
   * importance in a learned one. Null where there is no propensity.
   */
  readonly pull: number | null;
  /** The same estimate on the same rows without adjusting for it. */
  readonly without: {
    readonly estimate: number;
    /** Null where only the number was computed. */
    readonly se: number | null;
    /** What it adds to the estimate, in standard errors of the estimate. */
    readonly move: number;
  } | null;
  /** Why there is no estimate without it; null where there is, or none was tried. */
  readonly failure: string | null;
}

export interface RelevanceInput {
  readonly problem: EstimationProblem;
  readonly estimator: Estimator;
  readonly shared: SharedFits;
  /** What it is about, one a contrast. */
  readonly estimates: readonly { readonly estimate: number; readonly se: number }[];
}

/** More covariates are not left out one by one unless asked for. */
const MOST_VARIABLES = 50;

/** Above as many numbers (rows times variables) the estimates without a variable are made without standard errors. */
const MOST_NUMBERS = 2_000_000;

/**
 * Leaves out one variable after the other and estimates again, with the same estimator on the same rows; what a propensity rests on is that of the
 * plan. One a contrast; null for an estimate that adjusts for nothing.
 *
 * @param onProgress told before each variable, between 0 and 1
 */
export async function assessRelevance(
  input: RelevanceInput,
  depth: RelevanceDepth,
  onProgress: (fraction: number) => void,
): Promise<readonly (Relevance | null)[]> {
  const { problem, estimates } = input;
  const { adjusted } = problem.plan;
  if (adjusted.length === 0) return estimates.map(() => null);
  const pulls = await treatmentPulls(problem, input.shared);
  const skipped = depth === 'full' ? null : tooMuch(problem);
  const answers: (EstimatorAnswer | string)[] = [];
  if (skipped === null) {
    for (const [index, variable] of adjusted.entries()) {
      onProgress(index / adjusted.length);
      answers.push(await answerWithout(input, variable, depth));
    }
  }
  return estimates.map((estimate, contrast) => ({
    variables: adjusted
      .map((variable, index) => {
        const pull = pulls?.get(variable) ?? null;
        return { variable, pull, ...outcomeOf(answers[index], contrast, estimate) };
      })
      .sort((a, b) => weightOf(b) - weightOf(a) || (b.pull ?? 0) - (a.pull ?? 0)),
    skipped,
  }));
}

function weightOf({ without }: VariableRelevance): number {
  return Math.abs(without?.move ?? 0);
}

/** Why leaving variables out would take long; null where it would not. */
function tooMuch({ plan }: EstimationProblem): string | null {
  if (plan.adjusted.length > MOST_VARIABLES) {
    return `The estimate was not made without each of ${plan.adjusted.length} variables, which would take long. \`--show full-relevance\` does it.`;
  }
  const isCrossFitted = isLearned(plan) || plan.learner !== 'linear';
  return isCrossFitted
    ? 'The estimate was not made without each variable, because its models are learned and cross-fitted, which would take long. `--show full-relevance` does it.'
    : null;
}

/** The answer without one variable; a text is why there is none. */
async function answerWithout(
  { problem, estimator }: RelevanceInput,
  variable: string,
  depth: RelevanceDepth,
): Promise<EstimatorAnswer | string> {
  const { plan, covariates, moments } = problem;
  const reduced: EstimationProblem = {
    ...problem,
    plan: { ...plan, adjusted: plan.adjusted.filter((name) => name !== variable) },
    covariates: covariates.filter((term) => term.variable !== variable),
  };
  const pointOnly = depth === 'bounded' && moments.rowCount * plan.adjusted.length > MOST_NUMBERS;
  // Fits of its own: those of the run are told apart by the rows that their variables have values in.
  const answer = await estimator(reduced, { pointOnly, propensity: propensityCache() });
  return answer.kind === 'failure' ? answer.message : answer;
}

function outcomeOf(
  answer: EstimatorAnswer | string | undefined,
  contrast: number,
  { estimate, se }: { readonly estimate: number; readonly se: number },
): Pick<VariableRelevance, 'without' | 'failure'> {
  if (answer === undefined) return { without: null, failure: null };
  if (typeof answer === 'string') return { without: null, failure: answer };
  const found = answer.contrasts[contrast];
  const move = (estimate - found.estimate) / se;
  return {
    without: { estimate: found.estimate, se: Number.isFinite(found.se) ? found.se : null, move },
    failure: null,
  };
}

/** How much each variable drives the treatment; null where it has no levels, or no propensity. */
async function treatmentPulls(
  problem: EstimationProblem,
  shared: SharedFits,
): Promise<ReadonlyMap<string, number> | null> {
  if (problem.treatment.kind === 'continuous') return null;
  const propensity = await shared.propensity(problem);
  return propensity.kind === 'failure' ? null : pullsOf(problem, propensity);
}

async function pullsOf(
  { plan, moments, weight }: EstimationProblem,
  { fit, terms, importances }: Propensity,
): Promise<ReadonlyMap<string, number>> {
  if (fit === null) {
    return new Map((importances ?? []).map(({ variable, importance }) => [variable, importance]));
  }
  const equations = 'equations' in fit ? fit.equations : [fit];
  const pulls = new Map<string, number>();
  for (const variable of plan.adjusted) {
    const own = terms.map((_term, j) => j).filter((j) => terms[j].variable === variable);
    let pull = 0;
    for (const { coefficients } of equations) {
      const part = linear(
        0,
        own.map((j) => coefficients[j]),
        own.map((j) => terms[j].expression),
      );
      const [[{ variance }]] = await termMoments(moments, [part], [weight ?? one]);
      pull = Math.max(pull, Math.sqrt(variance));
    }
    pulls.set(variable, pull);
  }
  return pulls;
}
