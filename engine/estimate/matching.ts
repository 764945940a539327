/** `matching`: nearest neighbours on the propensity, with replacement, corrected by regression, with Abadie and Imbens's standard error. */

import type { Link } from '../stats/binaryRegression.ts';
import { apply, complement, linear, product, type RowExpression, rowValues } from '../stats/rowExpression.ts';
import { nameList } from '../wording.ts';
import { covariateBalance } from './balance.ts';
import { droppedWarning } from './collinearity.ts';
import { contrastsOf } from './contrasts.ts';
import type { CovariateBalance } from './diagnostics/weighting.ts';
import { type Estimator, type EstimatorAnswer, pointAnswer, type RowScore } from './estimator.ts';
import { correctedOutcome } from './matching/biasCorrection.ts';
import { estimatedScoreTerm, type ScoreSlopes } from './matching/estimatedScore.ts';
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
import { type Arm, groupByScore, type ScoreGroups } from './matching/scoreGroups.ts';
import { type ArmWeights, overlapFailure } from './overlap.ts';
import { type EstimationFailure, type EstimationProblem, failure } from './problem.ts';
import { type BinaryPropensity, binaryPropensity } from './propensity.ts';
import { describePropensity } from './propensityDiagnostics.ts';
import type { EstimateWarning } from './result.ts';
import type { WeightedArm } from './weightedArms.ts';

/** What is read of the rows, once. */
interface Rows {
  readonly treated: Float64Array;
  readonly outcome: Float64Array;
  readonly weights: Float64Array;
  readonly slopes: ScoreSlopes;
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
    const rows = await readRows(problem, propensity);
    const scores =
      score === 'probability'
        ? rows.slopes.probability
        : await problem.moments.values(propensity.linearPredictor);
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
    // The propensity is of the second level; a contrast may be asked for the other way round.
    const sign = contrast.weights[1] > 0 ? 1 : -1;
    const n = groups.arms[0].rows.length + groups.arms[1].rows.length - matched.unmatched;
    if (shared.pointOnly) {
      const { estimate } = matchedEffect(matched, corrected, null);
      return pointAnswer([{ contrast: contrast.label, estimate: sign * estimate }], n);
    }
    const effectOf = (outcome: MatchedOutcome): Promise<Effect> =>
      effectWithError(problem, propensity, rows, matched, outcome);
    const effect = await effectOf(corrected);
    const plain = await effectOf({ values: rows.outcome, modelled: null });
    if (!(effect.se > 0 && plain.se > 0)) return noError();
    const uncorrected = { estimate: sign * plain.estimate, se: plain.se };
    const answer = await describe(problem, propensity, matched, uncorrected);
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

async function readRows(problem: EstimationProblem, propensity: BinaryPropensity): Promise<Rows> {
  const { moments, weight, table } = problem;
  const probability = await moments.values(propensity.probability);
  const ratios = async (): Promise<readonly [Float64Array, Float64Array]> => {
    if (propensity.fit?.link !== 'probit') {
      return [probability, probability.map((value) => 1 - value)];
    }
    const opposite = linear(0, [-1], [propensity.linearPredictor]);
    return [
      await moments.values(apply('inverseMills', opposite)),
      await moments.values(apply('inverseMills', propensity.linearPredictor)),
    ];
  };
  return {
    treated: (await moments.values(propensity.treated)).map((value) => (value > 0.5 ? 1 : 0)),
    outcome: await moments.values(problem.outcome),
    weights: weight === undefined ? new Float64Array(table.rowCount).fill(1) : await moments.values(weight),
    slopes: { probability, ratios: await ratios() },
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

async function effectWithError(
  problem: EstimationProblem,
  propensity: BinaryPropensity,
  { slopes }: Rows,
  matched: MatchedRows,
  outcome: MatchedOutcome,
): Promise<Effect> {
  const windows = localWindows(matched.groups);
  const effect = matchedEffect(matched, outcome, windows);
  const known = knownScoreVariance(matched, effect);
  const link: Link | undefined = propensity.fit?.link;
  const term =
    link === undefined
      ? 0
      : await estimatedScoreTerm(problem, propensity, link, matched, windows, outcome, effect, slopes);
  return { estimate: effect.estimate, se: Math.sqrt(known + term) };
}

/** Everything but the numbers themselves. */
async function describe(
  problem: EstimationProblem,
  propensity: BinaryPropensity,
  matched: MatchedRows,
  uncorrected: Effect,
): Promise<Omit<EstimatorAnswer, 'contrasts' | 'n'>> {
  const weights = matchingWeights(matched);
  const labels =
    problem.treatment.kind === 'discrete' ? problem.treatment.levels.map((one) => one.label) : [];
  const weight = rowValues(weights);
  const armOf = (label: string, rows: RowExpression): WeightedArm => ({
    label,
    rows,
    weight: product(rows, weight),
  });
  const compared = {
    treated: armOf(labels[1], propensity.treated),
    control: armOf(labels[0], complement(propensity.treated)),
  };
  const balance = await covariateBalance(problem, compared);
  const scores = await describePropensity(problem, propensity, [1, 0], compared);
  const arms = ([1, 0] as const).map((arm) => armCount(problem, matched, weights, arm));
  const [treated, control] = arms.map((arm) => arm.weights.effective);
  const mostUsed = Math.max(...([0, 1] as const).map((arm) => largest(matched.uses[arm].times)));
  const { plan } = problem;
  return {
    kind: 'answer',
    df: null,
    seType: 'robust',
    diagnostics: {
      metrics: {
        max_smd: Math.max(0, ...balance.map((row) => Math.abs(row.smdAfter))),
        ess: treated + control,
        ...scores.metrics,
      },
      essTreated: treated,
      essControl: control,
      maxWeight: Math.max(...arms.map((arm) => arm.largest)),
      balance,
      ...scores.diagnostics,
      matching: {
        matched: matched.targets,
        unmatched: matched.unmatched,
        caliper: plan.caliper === null ? null : plan.caliper * matched.groups.deviation,
        mostUsed,
        uncorrected,
      },
    },
    warnings: [
      ...unmatchedWarning(problem, matched),
      ...reuseWarning(matched, mostUsed),
      ...balanceWarning(balance),
      ...learnedWarning(propensity),
      ...droppedWarning(problem.covariates, propensity.dropped),
    ],
    unreliable: overlapFailure(problem, arms, matched.estimand),
    rowScores: async () => rowScores(problem, propensity, matched, weights),
  };
}

/** What an arm counts in the matched comparison; `largest` is its largest weight over its mean one. */
function armCount(
  { treatment, plan }: EstimationProblem,
  matched: MatchedRows,
  weights: Float64Array,
  arm: Arm,
): { label: string; weights: ArmWeights; largest: number } {
  const { rows } = matched.groups.arms[arm];
  let sum = 0;
  let squares = 0;
  let most = 0;
  for (const row of rows) {
    sum += weights[row];
    squares += weights[row] ** 2;
    most = Math.max(most, weights[row]);
  }
  return {
    label: treatment.kind === 'discrete' ? treatment.levels[arm].label : '',
    weights: {
      rows: rows.length,
      effective: sum ** 2 / squares,
      // The effect on a few treated takes a few controls, however many there are.
      reachable: isTarget(matched.estimand, arm)
        ? rows.length
        : Math.min(rows.length, plan.neighbors * matched.targets),
    },
    largest: (most * rows.length) / sum,
  };
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

async function rowScores(
  problem: EstimationProblem,
  propensity: BinaryPropensity,
  matched: MatchedRows,
  weights: Float64Array,
): Promise<readonly RowScore[]> {
  const values = (expression: RowExpression): Promise<Float64Array> => problem.moments.values(expression);
  return [
    { name: 'propensity', contrast: null, values: await values(propensity.probability) },
    { name: 'weight', contrast: null, values: weights },
    { name: 'matched_row', contrast: null, values: firstMatches(matched) },
  ];
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

function reuseWarning({ targets }: MatchedRows, mostUsed: number): EstimateWarning[] {
  if (mostUsed < MANY_ROWS || mostUsed < GREAT_SHARE * targets) return [];
  return [
    {
      code: 'reused-match',
      message: `One row is a match of ${mostUsed} of the ${targets} rows compared, because few others are like them, and much of the answer rests on it. Ask for more \`neighbors\`, or set a \`caliper\`.`,
    },
  ];
}

function balanceWarning(balance: readonly CovariateBalance[]): EstimateWarning[] {
  const off = balance.filter((row) => Math.abs(row.smdAfter) > 0.1);
  if (off.length === 0) return [];
  const names = nameList(off.map((row) => `${row.covariate} (${row.smdAfter.toFixed(2)})`));
  return [
    {
      code: 'imbalance',
      message: `After matching the arms still differ in ${names} by more than 0.1 standard deviations, and only the regression makes up for it. Set a \`caliper\`, or model the treatment better.`,
    },
  ];
}

function learnedWarning({ fit, model }: BinaryPropensity): EstimateWarning[] {
  if (fit !== null) return [];
  return [
    {
      code: 'score-as-known',
      message: `The standard error takes the propensity of \`propensity ${model}\` as if it were known: what its estimation adds is worked out for logistic and probit models only. Compare with \`propensity logistic\`.`,
    },
  ];
}
