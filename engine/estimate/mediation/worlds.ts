/** The mean outcome where the treatment has one value and the mediators are as under another. */

import { gaussHermite } from '../../stats/gaussHermite.ts';
import { crossProducts, rawProducts } from '../../stats/moments.ts';
import {
  apply,
  complement,
  linear,
  minus,
  one,
  product,
  type RowExpression,
  shifted,
} from '../../stats/rowExpression.ts';
import type { EstimationProblem } from '../problem.ts';
import type { MediationModels, MediationSetup } from './setup.ts';

/** The treatment's terms for the outcome itself, and for the mediators. */
export interface World {
  readonly own: readonly number[];
  readonly through: readonly number[];
}

/** A mean across worlds, with what is needed for its error. */
export interface WorldMean {
  readonly mean: number;
  /** Each row's part of the error, holding its weight. */
  readonly influence: RowExpression;
}

/** Nodes for the mean over mediators that are numbers, where the outcome's model is not linear. */
const QUADRATURE = gaussHermite(31);

/** All that a world is computed from. */
export interface WorldSetting {
  readonly problem: EstimationProblem;
  readonly setup: MediationSetup;
  readonly models: MediationModels;
  /** Covariance of what the mediators' models leave; empty where it plays no part. */
  readonly covariance: readonly (readonly number[])[];
}

/** Finds what all worlds share. */
export async function worldSetting(
  problem: EstimationProblem,
  setup: MediationSetup,
  models: MediationModels,
): Promise<WorldSetting> {
  if (!setup.binaryOutcome || setup.mediators.some(({ binary }) => binary))
    return { problem, setup, models, covariance: [] };
  const residuals = models.mediators.map(({ residual }) => residual);
  const products = await crossProducts(problem.moments, residuals, problem.weight);
  const covariance = rawProducts(products).map((row) => row.map((value) => value / products.weight));
  return { problem, setup, models, covariance };
}

/** The mean of a row across worlds and its derivatives, as expressions of the row. */
interface RowWorld {
  readonly value: RowExpression;
  /** In the linear predictor of the outcome, and that times each mediator. */
  readonly predictor: RowExpression;
  readonly timesMediator: readonly RowExpression[];
  /** In the linear predictor of each mediator. */
  readonly mediators: readonly RowExpression[];
  /** In the standard deviation of Σ slope · mediator given the rest; null where it plays no part. */
  readonly spread: RowExpression | null;
}

/** E[Y(own, M(through))] without its error. */
export async function worldPoint(setting: WorldSetting, world: World): Promise<number> {
  const { moments, weight } = setting.problem;
  const { products } = await moments.pass({
    products: { terms: [rowWorld(setting, world).value], weight },
  });
  return products.means[0];
}

/**
 * E[Y(own, M(through))]: the outcome's model averaged over the mediators' models and over the covariates of the rows
 * (Imai, Keele & Tingley 2010, theorem 1; VanderWeele 2015, section 2.3), with the influence of a row by the stacked equations of all models.
 */
export async function worldMean(setting: WorldSetting, world: World): Promise<WorldMean> {
  const { problem, models } = setting;
  const row = rowWorld(setting, world);
  const own = problem.weight ?? one;
  const covariates = problem.covariates.map(({ expression }) => expression);
  const along = (derivative: RowExpression): RowExpression[] => [
    product(own, derivative),
    ...covariates.map((covariate) => product(own, derivative, covariate)),
  ];
  const spreads = row.spread === null ? [] : [product(own, row.spread)];
  const { sums, products } = await problem.moments.pass({
    sums: [
      ...along(row.predictor),
      ...row.timesMediator.map((term) => product(own, term)),
      ...row.mediators.flatMap(along),
      ...spreads,
    ],
    products: { terms: [row.value], weight: problem.weight },
  });
  const mean = products.means[0];
  const scaled = Array.from(sums, (sum) => sum / products.weight);
  const take = (count: number): number[] => scaled.splice(0, count);
  const onOutcome = take(covariates.length + 1);
  const onMediator = take(row.timesMediator.length);
  const crossed = world.own.flatMap((value) => onMediator.map((other) => value * other));
  const parts = [
    linear(0, [1 / products.weight], [product(own, shifted(row.value, mean))]),
    models.outcome.influence([
      ...onOutcome,
      ...world.own.map((value) => value * onOutcome[0]),
      ...onMediator,
      ...crossed,
    ]),
    ...models.mediators.map((model) => {
      const derivative = take(covariates.length + 1);
      return model.influence([...derivative, ...world.through.map((value) => value * derivative[0])]);
    }),
  ];
  const [onSpread] = scaled;
  if (onSpread !== undefined) parts.push(spreadInfluence(setting, world, onSpread / products.weight));
  return {
    mean,
    influence: linear(
      0,
      parts.map(() => 1),
      parts,
    ),
  };
}

/** Slopes of the outcome's predictor in the mediators where the treatment is `own`. */
function mediatorSlopes({ problem, setup, models }: WorldSetting, { own }: World): number[] {
  const { parameters } = models.outcome;
  const first = 1 + problem.covariates.length + own.length;
  const count = setup.mediators.length;
  return setup.mediators.map((_mediator, k) =>
    own.reduce(
      (sum, value, l) => sum + value * parameters[first + count * (l + 1) + k],
      parameters[first + k],
    ),
  );
}

/** The outcome's predictor without the mediators' part. */
function basePredictor({ problem, models }: WorldSetting, { own }: World): RowExpression {
  const { parameters } = models.outcome;
  const count = problem.covariates.length;
  const constant = own.reduce((sum, value, l) => sum + value * parameters[1 + count + l], parameters[0]);
  return linear(
    constant,
    parameters.slice(1, 1 + count),
    problem.covariates.map(({ expression }) => expression),
  );
}

/** Mean of each mediator where the treatment is `through`, and its derivative in the model's predictor. */
function mediatorMeans(
  { problem, models }: WorldSetting,
  { through }: World,
): { readonly mean: RowExpression; readonly slope: RowExpression }[] {
  const covariates = problem.covariates.map(({ expression }) => expression);
  return models.mediators.map(({ parameters, link }) => {
    const count = covariates.length;
    const constant = through.reduce(
      (sum, value, l) => sum + value * parameters[1 + count + l],
      parameters[0],
    );
    const predictor = linear(constant, parameters.slice(1, 1 + count), covariates);
    if (link === 'linear') return { mean: predictor, slope: one };
    const mean = apply('logistic', predictor);
    return { mean, slope: product(mean, complement(mean)) };
  });
}

function rowWorld(setting: WorldSetting, world: World): RowWorld {
  const { setup } = setting;
  if (!setup.binaryOutcome) return linearWorld(setting, world);
  return setup.mediators.some(({ binary }) => binary)
    ? twoValuedWorld(setting, world)
    : normalWorld(setting, world);
}

/** A linear outcome sees of the mediators only their means. */
function linearWorld(setting: WorldSetting, world: World): RowWorld {
  const slopes = mediatorSlopes(setting, world);
  const means = mediatorMeans(setting, world);
  return {
    value: linear(0, [1, ...slopes], [basePredictor(setting, world), ...means.map(({ mean }) => mean)]),
    predictor: one,
    timesMediator: means.map(({ mean }) => mean),
    mediators: means.map(({ slope }, k) => linear(0, [slopes[k]], [slope])),
    spread: null,
  };
}

/** A logistic outcome and one mediator of 0 and 1: the mean over its two values. */
function twoValuedWorld(setting: WorldSetting, world: World): RowWorld {
  const [slope] = mediatorSlopes(setting, world);
  const [mediator] = mediatorMeans(setting, world);
  const base = basePredictor(setting, world);
  const at = (value: number): RowExpression => apply('logistic', linear(value * slope, [1], [base]));
  const [without, with_] = [at(0), at(1)];
  const rest = complement(mediator.mean);
  const curve = (probability: RowExpression): RowExpression => product(probability, complement(probability));
  const onWith = product(mediator.mean, curve(with_));
  return {
    value: linear(0, [1, 1], [product(mediator.mean, with_), product(rest, without)]),
    predictor: linear(0, [1, 1], [onWith, product(rest, curve(without))]),
    timesMediator: [onWith],
    mediators: [product(minus(with_, without), mediator.slope)],
    spread: null,
  };
}

/**
 * A logistic outcome and mediators that are numbers, normal about their models: of them the outcome's predictor sees one normal sum
 * b·M, with mean b·E[M] and standard deviation s = √(bᵀΣb), over which it is averaged by Gauss–Hermite quadrature.
 */
function normalWorld(setting: WorldSetting, world: World): RowWorld {
  const slopes = mediatorSlopes(setting, world);
  const means = mediatorMeans(setting, world).map(({ mean }) => mean);
  const spread = spreadOf(setting.covariance, slopes);
  const centre = linear(0, [1, ...slopes], [basePredictor(setting, world), ...means]);
  const values = QUADRATURE.nodes.map((node) => apply('logistic', linear(spread * node, [1], [centre])));
  const curves = values.map((value) => product(value, complement(value)));
  const predictor = linear(0, QUADRATURE.weights, curves);
  const moved = linear(
    0,
    QUADRATURE.weights.map((weight, q) => weight * QUADRATURE.nodes[q]),
    curves,
  );
  // ∂s/∂bₖ = (Σb)ₖ/s.
  const pull = setting.covariance.map((row) =>
    spread === 0 ? 0 : row.reduce((sum, value, k) => sum + value * slopes[k], 0) / spread,
  );
  return {
    value: linear(0, QUADRATURE.weights, values),
    predictor,
    timesMediator: means.map((mean, k) => linear(0, [1, pull[k]], [product(predictor, mean), moved])),
    mediators: slopes.map((slope) => linear(0, [slope], [predictor])),
    spread: moved,
  };
}

function spreadOf(covariance: readonly (readonly number[])[], slopes: readonly number[]): number {
  const variance = covariance.reduce(
    (sum, row, k) => sum + slopes[k] * row.reduce((inner, value, l) => inner + value * slopes[l], 0),
    0,
  );
  return Math.sqrt(Math.max(0, variance));
}

/** The part of the error that Σ has: its rows are ((b·e)² − s²)/(2s). */
function spreadInfluence(setting: WorldSetting, world: World, derivative: number): RowExpression {
  const { problem, models, covariance } = setting;
  const slopes = mediatorSlopes(setting, world);
  const spread = spreadOf(covariance, slopes);
  if (spread === 0) return linear(0, [], []);
  const residual = linear(
    0,
    slopes,
    models.mediators.map((model) => model.residual),
  );
  const excess = shifted(apply('square', residual), spread ** 2);
  return linear(0, [derivative / (2 * spread)], [product(problem.weight ?? one, excess)]);
}
