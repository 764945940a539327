/** `matching`: nearest neighbours on the propensity, with replacement, corrected by regression, with Abadie and Imbens's standard error. */

import { complement, product, type RowExpression, rowValues } from '../stats/rowExpression.ts';
import { nameList } from '../wording.ts';
import type { BalancedArms } from './balance.ts';
import { droppedWarning } from './collinearity.ts';
import { type Contrast, contrastsOf } from './contrasts.ts';
import type { CovariateBalance } from './diagnostics/weighting.ts';
import { type Estimator, type EstimatorAnswer, pointAnswer } from './estimator.ts';
import { correctedOutcome } from './matching/biasCorrection.ts';
import { estimatedScoreTerm, type LikelihoodScore, likelihoodScore } from './matching/estimatedScore.ts';
import { localWindows } from './matching/localMoments.ts';
import { knownScoreVariance, type MatchedOutcome, matchedEffect } from './matching/matchedEffect.ts';
import {
  firstMatches,
  isTarget,
  type MatchedRows,
  matchingWeights,
  matchRows,
  otherArm,
} from './matching/matchedRows.ts';
import type { Windows } from './matching/nearest.ts';
import { type Arm, groupByScore, type ScoreGroups } from './matching/scoreGroups.ts';
import { type EstimationFailure, type EstimationProblem, failure } from './problem.ts';
import { type BinaryPropensity, binaryPropensity, isLearned } from './propensity.ts';
import { describePropensity } from './propensityDiagnostics.ts';
import type { EstimateWarning } from './result.ts';
import { propensityScores, weightScores } from './rowScores.ts';
import { comparedLevels, type WeightedArm } from './weightedArms.ts';
import { armSums, assessWeighting } from './weightingDiagnostics.ts';

/** What is read of the rows, once. */
interface Rows {
  readonly treated: Float64Array;
  readonly outcome: Float64Array;
  readonly weights: Float64Array;
}

/** What matched rows are alike in: the propensity's linear predictor (its logit, for a logistic model), or the propensity itself. */
export type MatchedScore = 'linear predictor' | 'probability';

/**
 * Each treated row (for `ate` each row) is compared with the `neighbors` rows of the other arm that are nearest in the score, with replacement
 * and all ties (Abadie & Imbens 2006), corrected by regression for what differs between them (2011). The variance accounts for the estimated
 * propensity (2016). A learned propensity has no such term, and the answer says so.
 *
 * Fails for a bootstrap, which is not valid for matching (Abadie & Imbens 2008), and for clusters, for which no variance of it is known.
 */
export function matchingOn(score: MatchedScore): Estimator {
  return async (problem, shared) => {
    const contrasts = contrastsOf(problem.treatment, problem.plan.contrast, problem.plan.treatment);
    if (contrasts.kind === 'failure') return contrasts;
    const refused = refusal(problem);
    if (refused !== null) return refused;
    const propensity = await binaryPropensity(problem, shared);
    if (propensity.kind === 'failure') return propensity;
    const rows = await readRows(problem, propensity.treated);
    const { probability, linearPredictor } = propensity;
    const scores = await problem.moments.values(score === 'probability' ? probability : linearPredictor);
    const groups = groupByScore(scores, rows.treated, rows.weights);
    const few = tooFew(problem, groups);
    if (few !== null) return few;
    const { neighbors, caliper } = problem.plan;
    const estimand = problem.plan.estimand === 'ate' ? 'ate' : 'att';
    const matched = matchRows(groups, rows.weights, estimand, neighbors, caliper);
    if (matched.targets === 0) return nobodyMatched(problem, matched);
    const corrected = await correctedOutcome(problem, matched, rows.outcome, rows.treated);
    if ('kind' in corrected) return corrected;
    const [contrast] = contrasts.contrasts;
    const { sign } = comparedLevels(contrast);
    const n = groups.arms[0].rows.length + groups.arms[1].rows.length - matched.unmatched;
    if (shared.pointOnly) {
      const { estimate } = matchedEffect(matched, corrected, null);
      return pointAnswer([{ contrast: contrast.label, estimate: sign * estimate }], n);
    }
    const link = propensity.fit?.link;
    const likelihood = link === undefined ? null : await likelihoodScore(problem, propensity, link, groups);
    const windows = localWindows(groups);
    const effectOf = (outcome: MatchedOutcome): Promise<Effect> =>
      effectWithError(problem, likelihood, matched, windows, outcome);
    const effect = await effectOf(corrected);
    const plain = await effectOf({ values: rows.outcome, modelled: null });
    if (!(effect.se > 0 && plain.se > 0)) return noError();
    const uncorrected = { estimate: sign * plain.estimate, se: plain.se };
    const answer = await describe(problem, propensity, contrasts.contrasts, matched, uncorrected);
    return {
      ...answer,
      contrasts: [{ contrast: contrast.label, estimate: sign * effect.estimate, se: effect.se }],
      n,
    };
  };
}

export const matching: Estimator = matchingOn('linear predictor');

function refusal({ plan }: EstimationProblem): EstimationFailure | null {
  if (plan.bootstrap !== null) {
    return failure(
      'method-mismatch',
      'The bootstrap is not valid for matching: its estimate jumps as neighbours change, and resampling does not repeat how (Abadie & Imbens 2008). Leave `bootstrap` out: the standard error is known without it.',
    );
  }
  if (plan.cluster !== null) {
    return failure(
      'method-mismatch',
      `The standard error of matching with replacement takes rows to be independent; none is known for clusters of ${plan.cluster}. Leave \`cluster\` out if rows are independent, or use \`ipw\` or \`regression\`, which take it.`,
    );
  }
  return null;
}

async function readRows(
  { moments, weight, table, ...problem }: EstimationProblem,
  treated: RowExpression,
): Promise<Rows> {
  const indicator = await moments.values(treated);
  return {
    treated: indicator.map((value) => (value > 0.5 ? 1 : 0)),
    outcome: await moments.values(problem.outcome),
    weights: weight === undefined ? new Float64Array(table.rowCount).fill(1) : await moments.values(weight),
  };
}

function tooFew({ plan, treatment }: EstimationProblem, { arms }: ScoreGroups): EstimationFailure | null {
  const arm = ([0, 1] as const).find(
    (candidate) =>
      arms[candidate].rows.length < 2 ||
      (isTarget(plan.estimand === 'ate' ? 'ate' : 'att', otherArm(candidate)) &&
        arms[candidate].rows.length < plan.neighbors),
  );
  if (arm === undefined || treatment.kind !== 'discrete') return null;
  const rows = arms[arm].rows.length;
  const whom = `${plan.treatment} = ${treatment.levels[arm].label}`;
  return failure(
    'too-few-rows',
    rows < 2
      ? `Only ${rows} ${rows === 1 ? 'row has' : 'rows have'} ${whom}: too few to be matched and to tell how much outcomes vary.`
      : `\`neighbors ${plan.neighbors}\` asks for more matches than the ${rows} rows with ${whom}. Ask for fewer.`,
  );
}

function nobodyMatched({ plan }: EstimationProblem, { unmatched }: MatchedRows): EstimationFailure {
  return failure(
    'positivity',
    `None of ${unmatched} rows has a match within \`caliper ${plan.caliper}\`. Use a wider one.`,
  );
}

function noError(): EstimationFailure {
  return failure(
    'no-variance',
    'The standard error of the matched difference cannot be computed: the rows nearest to each other hardly differ in the outcome. Use `ipw` or `regression`.',
  );
}

interface Effect {
  readonly estimate: number;
  readonly se: number;
}

/** @param likelihood null for a propensity that is taken as known */
async function effectWithError(
  problem: EstimationProblem,
  likelihood: LikelihoodScore | null,
  matched: MatchedRows,
  windows: readonly [Windows, Windows],
  outcome: MatchedOutcome,
): Promise<Effect> {
  const effect = matchedEffect(matched, outcome, windows);
  const known = knownScoreVariance(matched, effect);
  const term =
    likelihood === null
      ? 0
      : await estimatedScoreTerm(problem, likelihood, matched, windows, outcome, effect);
  return { estimate: effect.estimate, se: Math.sqrt(known + term) };
}

/** Everything but the numbers themselves. */
async function describe(
  problem: EstimationProblem,
  propensity: BinaryPropensity,
  contrasts: readonly Contrast[],
  matched: MatchedRows,
  uncorrected: Effect,
): Promise<Omit<EstimatorAnswer, 'contrasts' | 'n'>> {
  const arms = weightedArms(problem, propensity, matched);
  const [treated, control] = await armSums(problem, [arms.treated, arms.control]);
  const sums = {
    treated: { ...treated, reachable: reachable(problem, matched, 1) },
    control: { ...control, reachable: reachable(problem, matched, 0) },
  };
  const weighting = await assessWeighting(problem, arms, sums, matched.estimand);
  const described = await describePropensity(problem, propensity, [1, 0], arms);
  const mostUsed = Math.max(...matched.uses.map(({ times }) => largest(times)));
  const { caliper } = problem.plan;
  return {
    kind: 'answer',
    df: null,
    seType: 'robust',
    diagnostics: {
      ...weighting.diagnostics,
      ...described.diagnostics,
      metrics: { ...weighting.metrics, ...described.metrics },
      matching: {
        matched: matched.targets,
        unmatched: matched.unmatched,
        caliper: caliper === null ? null : caliper * matched.groups.deviation,
        mostUsed,
        uncorrected,
      },
    },
    warnings: [
      ...unmatchedWarning(problem, matched),
      ...reuseWarning(problem, matched, mostUsed),
      ...balanceWarning(problem, weighting.diagnostics.balance ?? []),
      ...learnedWarning(problem),
      ...droppedWarning(problem.covariates, propensity.dropped),
    ],
    unreliable: weighting.unreliable,
    rowScores: async () => [
      ...(await propensityScores(problem, propensity, contrasts)),
      ...(await weightScores(problem, [{ label: contrasts[0].label, pair: arms }])),
      { name: 'matched_row', contrast: null, values: firstMatches(matched) },
    ],
  };
}

/** The two arms as they count in the matched comparison. */
function weightedArms(
  { treatment }: EstimationProblem,
  { treated }: BinaryPropensity,
  matched: MatchedRows,
): BalancedArms {
  const labels = treatment.kind === 'discrete' ? treatment.levels.map((level) => level.label) : [];
  const weights = rowValues(matchingWeights(matched));
  const arm = (rows: RowExpression, label: string): WeightedArm => ({
    label,
    rows,
    weight: product(rows, weights),
  });
  return { treated: arm(treated, labels[1]), control: arm(complement(treated), labels[0]) };
}

/** Effective rows that an arm could have at best: the effect on a few treated takes a few controls, however many there are. */
function reachable(
  { plan }: EstimationProblem,
  { estimand, groups, targets }: MatchedRows,
  arm: Arm,
): number {
  const { length } = groups.arms[arm].rows;
  return isTarget(estimand, arm) ? length : Math.min(length, plan.neighbors * targets);
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

function unmatchedWarning({ plan }: EstimationProblem, matched: MatchedRows): EstimateWarning[] {
  const { unmatched, targets, estimand } = matched;
  if (unmatched === 0) return [];
  const whom = estimand === 'att' ? 'treated rows' : 'rows';
  return [
    {
      code: 'unmatched',
      message: `${unmatched} of ${unmatched + targets} ${whom} have no match within \`caliper ${plan.caliper}\` and were left out. The estimate is about the others.`,
    },
  ];
}

/** From this part of all matched rows on, one row that is their match decides too much; and from that many. */
const GREAT_SHARE = 0.1;
const MANY_ROWS = 20;

/** What would keep far matches out: where the plan has a caliper, a narrower one. */
function caliperOf({ plan }: EstimationProblem): string {
  return plan.caliper === null ? 'a `caliper`' : 'a narrower `caliper`';
}

function reuseWarning(
  problem: EstimationProblem,
  { targets }: MatchedRows,
  mostUsed: number,
): EstimateWarning[] {
  if (mostUsed < MANY_ROWS || mostUsed < GREAT_SHARE * targets) return [];
  return [
    {
      code: 'reused-match',
      message: `One row is a match of ${mostUsed} of the ${targets} rows compared, because few others are like them, and much of the answer rests on it. Ask for more \`neighbors\`, or set ${caliperOf(problem)}.`,
    },
  ];
}

function balanceWarning(problem: EstimationProblem, balance: readonly CovariateBalance[]): EstimateWarning[] {
  const off = balance.filter((row) => Math.abs(row.smdAfter) > 0.1);
  if (off.length === 0) return [];
  const names = nameList(off.map((row) => `${row.covariate} (${row.smdAfter.toFixed(2)})`));
  return [
    {
      code: 'imbalance',
      message: `After matching the arms still differ in ${names} by more than 0.1 standard deviations, and only the regression makes up for it. Set ${caliperOf(problem)}, or model the treatment better.`,
    },
  ];
}

function learnedWarning({ plan }: EstimationProblem): EstimateWarning[] {
  if (!isLearned(plan)) return [];
  return [
    {
      code: 'learned-propensity',
      message: `The standard error takes the probabilities of \`propensity ${plan.propensity}\` as known: what their estimation adds is worked out for logistic and probit models only. Compare with \`propensity logistic\`.`,
    },
  ];
}
