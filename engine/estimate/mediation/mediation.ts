/** `mediation`: how much of an effect goes through mediators, and how much past them. */

import { normalTwoSidedP } from '../../stats/distributions.ts';
import { linear, minus, one, product, type RowExpression } from '../../stats/rowExpression.ts';
import { nameList } from '../../wording.ts';
import { droppedWarning } from '../collinearity.ts';
import {
  type ContrastEstimate,
  type Estimator,
  type EstimatorAnswer,
  pointAnswer,
  type SharedFits,
} from '../estimator.ts';
import { unusableEstimate } from '../finiteNumbers.ts';
import { influenceError, influenceErrorType } from '../influence.ts';
import { armRows, assessOverlap } from '../overlap.ts';
import type { EstimationProblem } from '../problem.ts';
import type { Estimand, EstimateDiagnostics } from '../result.ts';
import { fitMediation, type MediationContrast, type MediationSetup, setUpMediation } from './setup.ts';
import { type WorldMean, type WorldSetting, worldMean, worldPoint, worldSetting } from './worlds.ts';

type Part = 'total' | 'direct' | 'indirect';

/**
 * Natural effects for the values t and t* of a contrast: direct E[Y(t, M(t*))] − E[Y(t*, M(t*))], indirect E[Y(t, M(t))] − E[Y(t, M(t*))], and
 * their sum (Pearl 2001). Outcome and mediators by models with the interaction of treatment and mediators, least squares for numbers and
 * logistic for two values, averaged over the rows' covariates (VanderWeele 2015; Imai, Keele & Tingley 2010), see `worlds.ts`.
 *
 * The error is the delta method's over the stacked equations of all models and the mean over the rows.
 */
export const mediation: Estimator = async (problem, shared) => {
  const setup = await setUpMediation(problem);
  if (setup.kind === 'failure') return setup;
  const models = await fitMediation(problem, setup);
  if (models.kind === 'failure') return models;
  const setting = await worldSetting(problem, setup, models);
  const asked = (['total', 'direct', 'indirect'] as const).filter(
    (part) => problem.plan.parts.length === 0 || problem.plan.parts.includes(part),
  );
  const { rowCount } = problem.table;
  if (shared.pointOnly) {
    const points = [];
    for (const contrast of setup.contrasts) points.push(...(await pointsOf(setting, contrast, asked)));
    return pointAnswer(points, rowCount);
  }
  const common = await commonDiagnostics(setting);
  const contrasts: ContrastEstimate[] = [];
  for (const contrast of setup.contrasts) {
    contrasts.push(...(await partsOf(setting, contrast, asked, common)));
  }
  const unusable = unusableEstimate(problem, contrasts);
  if (unusable !== null) return unusable;
  const overlap = await overlapOf(problem, shared);
  return {
    kind: 'answer',
    contrasts,
    df: null,
    seType: influenceErrorType(problem),
    n: rowCount,
    diagnostics: { ...common, metrics: { ...overlap.metrics } },
    warnings: [...overlap.warnings, ...droppedWarning(problem.covariates, models.outcome.dropped)],
    unreliable: overlap.unreliable,
  } satisfies EstimatorAnswer;
};

function overlapOf(problem: EstimationProblem, shared: SharedFits): ReturnType<typeof assessOverlap> {
  return problem.covariates.length === 0
    ? Promise.resolve(armRows(problem))
    : assessOverlap(problem, shared, 'ate');
}

/** The three worlds that the parts lie between: all active, active with the mediators of the reference, all reference. */
function worldsOf({ active, reference }: MediationContrast) {
  return [
    { own: active, through: active },
    { own: active, through: reference },
    { own: reference, through: reference },
  ] as const;
}

/** Of the three worlds, which less which. */
const ENDS: Readonly<Record<Part, readonly [number, number]>> = {
  total: [0, 2],
  direct: [1, 2],
  indirect: [0, 1],
};

async function pointsOf(setting: WorldSetting, contrast: MediationContrast, asked: readonly Part[]) {
  const means: number[] = [];
  for (const world of worldsOf(contrast)) means.push(await worldPoint(setting, world));
  return asked.map((part) => {
    const [to, from] = ENDS[part];
    return { contrast: contrast.label, estimand: part as Estimand, estimate: means[to] - means[from] };
  });
}

async function partsOf(
  setting: WorldSetting,
  contrast: MediationContrast,
  asked: readonly Part[],
  common: Omit<EstimateDiagnostics, 'metrics'>,
): Promise<ContrastEstimate[]> {
  const worlds: WorldMean[] = [];
  for (const world of worldsOf(contrast)) worlds.push(await worldMean(setting, world));
  const drift = await originDrift(setting, contrast);
  const partOf = (part: Part): { estimate: number; influence: RowExpression } => {
    const [to, from] = ENDS[part];
    const plain = minus(worlds[to].influence, worlds[from].influence);
    const influence =
      drift === null
        ? plain
        : linear(0, [1, drift.slopes[to] - drift.slopes[from]], [plain, drift.influence]);
    return { estimate: worlds[to].mean - worlds[from].mean, influence };
  };
  const [total, direct, indirect] = [partOf('total'), partOf('direct'), partOf('indirect')];
  const errorOf = (part: { readonly influence: RowExpression }): Promise<number> =>
    influenceError(setting.problem, part.influence);
  const decomposition = {
    total: { estimate: total.estimate, se: await errorOf(total) },
    direct: { estimate: direct.estimate, se: await errorOf(direct) },
    indirect: { estimate: indirect.estimate, se: await errorOf(indirect) },
  };
  const proportion = await proportionOf(setting.problem, indirect, direct, total);
  const diagnostics = { ...common, ...proportion, decomposition, metrics: {} };
  return asked.map((part) => ({
    contrast: contrast.label,
    estimand: part,
    ...decomposition[part],
    diagnostics,
  }));
}

/**
 * Where a treatment that is a number moves on from its mean, that mean has an error too: how each world moves with it, and the row's part.
 * The models themselves do not change by it. Null for a treatment with levels, or between values that were asked for.
 */
async function originDrift(
  setting: WorldSetting,
  contrast: MediationContrast,
): Promise<{ readonly slopes: readonly number[]; readonly influence: RowExpression } | null> {
  const { problem, setup } = setting;
  if (!setup.originIsMean) return null;
  const [term] = setup.treatment;
  const { products } = await problem.moments.pass({
    products: { terms: [term], weight: problem.weight },
  });
  const step = 1e-3 * Math.sqrt(products.centred[0] / products.weight);
  const moved = (values: readonly number[], by: number): number[] => values.map((value) => value + by);
  const slopes: number[] = [];
  for (const { own, through } of worldsOf(contrast)) {
    const at = (by: number): Promise<number> =>
      worldPoint(setting, { own: moved(own, by), through: moved(through, by) });
    slopes.push(((await at(step)) - (await at(-step))) / (2 * step));
  }
  const influence = linear(0, [1 / products.weight], [product(problem.weight ?? one, term)]);
  return { slopes, influence };
}

/** The share of the effect that goes through the mediators, where both parts point the same way: else it has no meaning. */
async function proportionOf(
  problem: EstimationProblem,
  indirect: { estimate: number; influence: RowExpression },
  direct: { estimate: number },
  total: { estimate: number; influence: RowExpression },
): Promise<Pick<EstimateDiagnostics, 'proportionMediated' | 'proportionSe'>> {
  if (!(indirect.estimate * direct.estimate > 0)) return {};
  const proportion = indirect.estimate / total.estimate;
  const influence = linear(
    0,
    [1 / total.estimate, -proportion / total.estimate],
    [indirect.influence, total.influence],
  );
  return { proportionMediated: proportion, proportionSe: await influenceError(problem, influence) };
}

/** What holds for every contrast: the models in words, and whether treatment and mediator interact. */
async function commonDiagnostics({ problem, setup, models }: WorldSetting) {
  const { parameters } = models.outcome;
  const only = setup.treatment.length === 1 && setup.mediators.length === 1;
  const last = parameters.length - 1;
  const gradient = parameters.map((_value, j) => (j === last ? 1 : 0));
  const interactionP = only
    ? normalTwoSidedP(parameters[last] / (await influenceError(problem, models.outcome.influence(gradient))))
    : undefined;
  return {
    approach: approachText(problem, setup),
    ...(interactionP === undefined || !Number.isFinite(interactionP) ? {} : { interactionP }),
  };
}

function approachText({ plan }: EstimationProblem, setup: MediationSetup): string {
  const { mediators, origin, contrasts } = setup;
  const [logistic, numbers] = [
    mediators.filter(({ binary }) => binary),
    mediators.filter(({ binary }) => !binary),
  ];
  const of = (list: MediationSetup['mediators'], kind: string): string[] =>
    list.length === 0 ? [] : [`${nameList(list.map(({ name }) => name))} by ${kind} regression`];
  const models = [
    `${plan.outcome} by ${setup.binaryOutcome ? 'logistic' : 'linear'} regression with the interaction`,
    ...of(logistic, 'logistic'),
    ...of(numbers, 'linear'),
  ];
  const normal =
    setup.binaryOutcome && numbers.length > 0
      ? ` ${nameList(numbers.map(({ name }) => name))} ${numbers.length === 1 ? 'is' : 'are'} taken for normal about that.`
      : '';
  const [change] = contrasts[0].active;
  const move =
    origin === null || change === undefined
      ? ''
      : ` ${plan.treatment} goes from ${short(origin)}${setup.originIsMean ? ', its mean,' : ''} to ${short(origin + change)}.`;
  return `Models: ${models.join('; ')}.${normal}${move}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
