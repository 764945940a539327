/** `entropy_balance`: weights under which the means of the covariates are exactly those of the target, nearest to equal ones. */

import { entropyWeights } from '../stats/entropyWeights.ts';
import { leastSquares } from '../stats/leastSquares.ts';
import { linear, one, product, type RowExpression, shifted } from '../stats/rowExpression.ts';
import { nameList } from '../wording.ts';
import type { DesignTerm } from './coding.ts';
import { droppedWarning } from './collinearity.ts';
import { contrastsOf } from './contrasts.ts';
import { type ContrastEstimate, type Estimator, pointAnswer } from './estimator.ts';
import { influenceVariance } from './influence.ts';
import { type EstimationFailure, type EstimationProblem, failure } from './problem.ts';
import { weightScores } from './rowScores.ts';
import { comparedLevels, type WeightedArm } from './weightedArms.ts';
import { type ArmSums, armSums, assessWeighting, type WeightingWays } from './weightingDiagnostics.ts';

/** Whom an arm is to stand for, and the covariates as they are balanced: less the target's mean, over the standard deviation of all rows. */
interface Target {
  /** Own weight in its rows, else 0. */
  readonly weight: RowExpression;
  /** Σ of it. */
  readonly total: number;
  readonly terms: readonly BalancedTerm[];
}

interface BalancedTerm {
  readonly term: DesignTerm;
  readonly deviation: RowExpression;
}

/** An arm that stands for its target. */
interface BalancedArm extends WeightedArm {
  readonly kind: 'arm';
  /** Terms that were balanced; of the others in the arm their means follow. */
  readonly balanced: readonly RowExpression[];
  /** Null where the arm is the target itself and needs no weights. */
  readonly target: Target | null;
}

interface BalancedContrast {
  readonly label: readonly [level: string, reference: string];
  readonly sign: 1 | -1;
  readonly pair: { readonly treated: BalancedArm; readonly control: BalancedArm };
  readonly treated: ArmSums;
  readonly control: ArmSums;
  readonly estimate: number;
}

/**
 * τ = Σ w₁Y/Σ w₁ − Σ w₀Y/Σ w₀ with w = exp(λ·x) in each arm such that Σ w x/Σ w is the target's mean: that of the treated (att, where w₁ = 1)
 * or of everyone (ate). Hainmueller (2012); of two levels the later one is the treated one.
 *
 * The variance is that of the stacked equations of the target's means, λ and the two outcome means. With z = x less its target and b the slopes
 * of Y on z under the weights, a row's influence on an arm's mean is w(Y − μ − b·z)/Σ w, and in the target's rows b·z/N
 * (Zhao & Percival 2017, section 3, where doubly robust: the same as that of a regression).
 */
export const entropyBalance: Estimator = async (problem, shared) => {
  const { treatment, plan } = problem;
  const contrasts = contrastsOf(treatment, plan.contrast, plan.treatment);
  if (contrasts.kind === 'failure') return contrasts;
  if (treatment.kind !== 'discrete') return notDiscrete(problem);
  const expressions = problem.covariates.map((term) => term.expression);
  const { kept, dropped } = await leastSquares(problem.moments, problem.outcome, expressions, problem.weight);
  const terms = kept.map((index) => problem.covariates[index]);
  const balanced: BalancedContrast[] = [];
  for (const contrast of contrasts.contrasts) {
    const { levels, sign } = comparedLevels(contrast);
    const [hi, lo] = levels.map((level) => treatment.levels[level]);
    const isAtt = plan.estimand === 'att';
    const target = await targetOf(problem, terms, isAtt ? hi.indicator : one);
    const treatedArm = isAtt ? unweighted(problem, hi) : await balancedArm(problem, hi, target);
    if (treatedArm.kind === 'failure') return treatedArm;
    const controlArm = await balancedArm(problem, lo, target);
    if (controlArm.kind === 'failure') return controlArm;
    const pair = { treated: treatedArm, control: controlArm };
    const [treated, control] = await armSums(problem, [treatedArm, controlArm]);
    const estimate = sign * (treated.mean - control.mean);
    balanced.push({ label: contrast.label, sign, pair, treated, control, estimate });
  }
  if (shared.pointOnly) {
    const points = balanced.map(({ label, estimate }) => ({ contrast: label, estimate }));
    return pointAnswer(points, problem.table.rowCount);
  }
  const estimates: ContrastEstimate[] = [];
  for (const contrast of balanced) estimates.push(await describe(problem, contrast));
  return {
    kind: 'answer',
    contrasts: estimates,
    df: null,
    seType: plan.cluster === null ? 'stacked' : 'cluster',
    n: problem.table.rowCount,
    diagnostics: { metrics: {} },
    warnings: droppedWarning(problem.covariates, dropped),
    unreliable: null,
    rowScores: () => weightScores(problem, balanced),
  };
};

function notDiscrete({ plan }: EstimationProblem): EstimationFailure {
  return failure(
    'method-mismatch',
    `${plan.method} compares levels, and ${plan.treatment} is a number with many values. Use \`regression\`, or derive a variable with two levels.`,
  );
}

async function targetOf(
  { moments, weight }: EstimationProblem,
  terms: readonly DesignTerm[],
  rows: RowExpression,
): Promise<Target> {
  const inTarget = product(rows, weight ?? one);
  const expressions = terms.map((term) => term.expression);
  const { sums, products } = await moments.pass({
    sums: [inTarget, ...expressions.map((expression) => product(inTarget, expression))],
    products: { terms: expressions, weight },
  });
  const deviations = terms.map((term, j) => {
    const scale = Math.sqrt(products.centred[j * products.size + j] / products.weight);
    return { term, deviation: linear(-sums[j + 1] / sums[0] / scale, [1 / scale], [term.expression]) };
  });
  return { weight: inTarget, total: sums[0], terms: deviations };
}

interface Level {
  readonly label: string;
  readonly indicator: RowExpression;
}

function unweighted({ weight }: EstimationProblem, { label, indicator }: Level): BalancedArm {
  const own = weight === undefined ? [] : [weight];
  return {
    kind: 'arm',
    label,
    rows: indicator,
    weight: product(indicator, ...own),
    balanced: [],
    target: null,
  };
}

/** Weighs the rows of a level so that they have the target's means; fails, naming covariates, where no weights do. */
async function balancedArm(
  problem: EstimationProblem,
  level: Level,
  target: Target,
): Promise<BalancedArm | EstimationFailure> {
  const { moments, outcome } = problem;
  const base = product(level.indicator, problem.weight ?? one);
  const beyond = await targetsBeyond(problem, level, target);
  if (beyond.length > 0) return infeasible(problem, level, beyond);
  // What says nothing new among these rows alone has no multiplier of its own; whether its mean came along is seen below.
  const deviations = target.terms.map(({ deviation }) => deviation);
  const { kept } = await leastSquares(moments, outcome, deviations, base);
  const balanced = kept.map((index) => deviations[index]);
  const result = await entropyWeights(moments, balanced, base);
  if (result.kind === 'infeasible') {
    return infeasible(
      problem,
      level,
      result.terms.map((index) => target.terms[kept[index]].term),
    );
  }
  const { weight } = result.weights;
  const { sums } = await moments.pass({
    sums: [weight, ...deviations.map((deviation) => product(weight, deviation))],
  });
  const off = target.terms.filter((_term, j) => !(Math.abs(sums[j + 1] / sums[0]) <= BALANCED));
  if (off.length > 0)
    return infeasible(
      problem,
      level,
      off.map(({ term }) => term),
    );
  return { kind: 'arm', label: level.label, rows: level.indicator, weight, balanced, target };
}

/** Largest imbalance, in standard deviations of all rows, that counts as none. */
const BALANCED = 1e-8;

/** The covariates of which all rows of a level lie on one side of the target's mean. */
async function targetsBeyond(
  { moments }: EstimationProblem,
  { indicator }: Level,
  { terms }: Target,
): Promise<readonly DesignTerm[]> {
  // Outside of the level the product is 0, the target itself, which moves no end across it.
  const { extremes } = await moments.pass({
    extremes: terms.map(({ deviation }) => product(indicator, deviation)),
  });
  return terms.flatMap(({ term }, j) => {
    const { min, max } = extremes[j];
    const reaches = min < -BALANCED && max > BALANCED;
    const isTarget = min >= -BALANCED && max <= BALANCED;
    return reaches || isTarget ? [] : [term];
  });
}

function infeasible(
  { plan }: EstimationProblem,
  { label }: Level,
  terms: readonly DesignTerm[],
): EstimationFailure {
  const names = terms.length === 0 ? 'the covariates together' : nameList(terms.map((term) => term.label));
  const whom = plan.estimand === 'att' ? 'the treated' : 'everyone';
  return failure(
    'infeasible-balance',
    `No weights give the rows with ${plan.treatment} = ${label} the mean of ${names} that ${whom} have: what would be needed lies at the edge of these rows or beyond it. Leave out with \`where\` those who have nobody like them there, or adjust for fewer variables.`,
  );
}

async function describe(
  problem: EstimationProblem,
  { label, pair, treated, control, estimate }: BalancedContrast,
): Promise<ContrastEstimate> {
  const estimand = problem.plan.estimand === 'att' ? 'att' : 'ate';
  const ofTreated = await armInfluence(problem, pair.treated, treated);
  const ofControl = await armInfluence(problem, pair.control, control);
  const influence = linear(0, [1, -1], [ofTreated, ofControl]);
  const se = Math.sqrt(await influenceVariance(problem, influence));
  const weighting = await assessWeighting(problem, pair, { treated, control }, estimand, WAYS);
  return {
    contrast: label,
    estimate,
    se,
    diagnostics: { ...weighting.diagnostics, metrics: weighting.metrics },
    warnings: weighting.warnings,
    unreliable: weighting.unreliable,
  };
}

const WAYS: WeightingWays = {
  extreme:
    'Compare with `ipw` and `estimand overlap`, or leave out with `where` those who have nobody like them.',
  imbalance: 'These were left out of the balance.',
};

/** Influence of each row on the weighted mean of an arm. */
async function armInfluence(
  problem: EstimationProblem,
  { weight, balanced, target }: BalancedArm,
  sums: ArmSums,
): Promise<RowExpression> {
  const residual = shifted(problem.outcome, sums.mean);
  if (target === null || balanced.length === 0)
    return linear(0, [1 / sums.weight], [product(weight, residual)]);
  const fit = await leastSquares(problem.moments, problem.outcome, balanced, weight);
  const explained = linear(
    0,
    fit.coefficients,
    fit.kept.map((index) => balanced[index]),
  );
  return linear(
    0,
    [1 / sums.weight, 1 / target.total],
    [product(weight, linear(0, [1, -1], [residual, explained])), product(target.weight, explained)],
  );
}
