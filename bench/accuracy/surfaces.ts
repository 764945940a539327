/**
 * Studies like those of the 2016 data analysis challenge of the Atlantic Causal Inference Conference, from the description in Dorie, Hill, Shalit,
 * Scott & Cervone (2019), "Automated versus do-it-yourself methods for causal inference", section 4 and appendix: 4,802 rows; 58 covariates (3
 * categorical, 5 binary, 27 counts, 23 continuous) that go together; treatment and response are sums of linear, polynomial and step terms and of
 * products of two; responses share some of the treatment's terms; effects vary little or much from person to person.
 *
 * Ours are drawn and not those of the challenge: its covariates are of real births.
 */

import type { Random } from '../../engine/stats/random.ts';
import { logistic, normal, type Row } from './simulated.ts';

export const ROWS = 4802;

export type TermKind = 'linear' | 'polynomial' | 'step';

export interface Surface {
  readonly name: string;
  readonly treatment: TermKind;
  readonly response: TermKind | 'exponential';
  /** Spread of the effects between people, in standard deviations of the response. */
  readonly heterogeneity: number;
  /** Part of the response's terms that are also the treatment's. */
  readonly alignment: number;
}

export const SURFACES: readonly Surface[] = [
  {
    name: 'linear / exponential',
    treatment: 'linear',
    response: 'exponential',
    heterogeneity: 0,
    alignment: 0.75,
  },
  {
    name: 'polynomial / exponential',
    treatment: 'polynomial',
    response: 'exponential',
    heterogeneity: 0.3,
    alignment: 0.75,
  },
  { name: 'linear / linear', treatment: 'linear', response: 'linear', heterogeneity: 0.3, alignment: 0.75 },
  {
    name: 'polynomial / linear',
    treatment: 'polynomial',
    response: 'linear',
    heterogeneity: 0.3,
    alignment: 0.25,
  },
  { name: 'step / linear', treatment: 'step', response: 'linear', heterogeneity: 0.3, alignment: 0.75 },
  {
    name: 'linear / polynomial',
    treatment: 'linear',
    response: 'polynomial',
    heterogeneity: 0.3,
    alignment: 0.75,
  },
  {
    name: 'polynomial / polynomial',
    treatment: 'polynomial',
    response: 'polynomial',
    heterogeneity: 0.6,
    alignment: 0.75,
  },
  {
    name: 'step / polynomial',
    treatment: 'step',
    response: 'polynomial',
    heterogeneity: 0.3,
    alignment: 0.5,
  },
  { name: 'linear / step', treatment: 'linear', response: 'step', heterogeneity: 0.3, alignment: 0.75 },
  {
    name: 'polynomial / step',
    treatment: 'polynomial',
    response: 'step',
    heterogeneity: 0.6,
    alignment: 0.75,
  },
  { name: 'step / step', treatment: 'step', response: 'step', heterogeneity: 0.6, alignment: 0.75 },
  {
    name: 'step / exponential',
    treatment: 'step',
    response: 'exponential',
    heterogeneity: 0.6,
    alignment: 0.25,
  },
];

export interface SimulatedStudy {
  readonly rows: Row[];
  readonly covariates: readonly string[];
  /** Mean effect among the treated and among all, without noise. */
  readonly att: number;
  readonly ate: number;
  /** Standard deviation of y. */
  readonly spread: number;
}

type Covariates = readonly Float64Array[];

/** Columns that load on five factors: 23 continuous, 27 counts, 5 binary, 3 of several levels coded as numbers for drawing. */
function drawCovariates(random: Random): { columns: Covariates; names: string[] } {
  const factors = Array.from({ length: 5 }, () => Float64Array.from({ length: ROWS }, () => normal(random)));
  const latent = (): Float64Array => {
    const loadings = factors.map(() => 0.45 * normal(random));
    return Float64Array.from({ length: ROWS }, (_value, i) =>
      factors.reduce((sum, factor, k) => sum + (loadings[k] ?? 0) * (factor[i] ?? 0), 0.8 * normal(random)),
    );
  };
  const columns: Float64Array[] = [];
  const names: string[] = [];
  const put = (name: string, shape: (x: number) => number): void => {
    columns.push(latent().map(shape));
    names.push(name);
  };
  for (let j = 0; j < 23; j++) put(`u${j}`, j % 4 === 0 ? (x) => Math.exp(0.5 * x) : (x) => x);
  for (let j = 0; j < 27; j++) put(`n${j}`, (x) => Math.max(0, Math.floor(1.5 * x + 1 + (j % 5))));
  for (let j = 0; j < 5; j++) put(`b${j}`, (x) => (x > 0.2 * (j - 2) ? 1 : 0));
  for (let j = 0; j < 3; j++) put(`k${j}`, (x) => Math.min(3 + j, Math.max(0, Math.floor(x + 2))));
  return { columns, names };
}

function standardised(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const sd = Math.sqrt(variance) || 1;
  return values.map((value) => (value - mean) / sd);
}

/** One term of a surface, standardised: of one covariate, or now and then a product of two. */
function term(kind: TermKind, columns: Covariates, random: Random, at: number): Float64Array {
  const x = standardised(columns[at] ?? new Float64Array(ROWS));
  const shape = shapeOf(kind, random);
  const first = x.map((value) => shape(Math.max(-3, Math.min(3, value))));
  if (kind === 'linear' || random.uniform() < 0.7) return standardised(first);
  const other = standardised(columns[random.integer(columns.length)] ?? x);
  const second = other.map((value) => shape(Math.max(-3, Math.min(3, value))));
  return standardised(first.map((value, i) => value * (second[i] ?? 0)));
}

function shapeOf(kind: TermKind, random: Random): (x: number) => number {
  if (kind === 'linear') return (x) => x;
  if (kind === 'polynomial') {
    const [square, cube] = [normal(random), 0.3 * normal(random)];
    return (x) => x + square * x * x + cube * x * x * x;
  }
  const cuts = [normal(random), normal(random)];
  return (x) => cuts.reduce((sum, cut) => sum + (x > 0.7 * cut ? 1 : 0), 0);
}

function weightedSum(terms: Covariates, weights: readonly number[]): Float64Array {
  return Float64Array.from({ length: ROWS }, (_value, i) =>
    terms.reduce((sum, values, k) => sum + (weights[k] ?? 0) * (values[i] ?? 0), 0),
  );
}

const TERMS = 6;

/** One study of a kind. */
export function drawStudy(surface: Surface, random: Random): SimulatedStudy {
  const { columns, names } = drawCovariates(random);
  const chosen = Array.from({ length: TERMS }, () => random.integer(columns.length));
  const treatmentTerms = chosen.map((at) => term(surface.treatment, columns, random, at));
  const score = standardised(
    weightedSum(
      treatmentTerms,
      treatmentTerms.map(() => 0.5 + random.uniform()),
    ),
  );
  // About a third are treated; nobody's chance is under 0.05 or over 0.8.
  const chance = score.map((value) => Math.min(0.8, Math.max(0.05, logistic(1.1 * value - 0.7))));
  const t = chance.map((p) => (random.uniform() < p ? 1 : 0));
  const responseTerms = treatmentTerms.map((values, k) => {
    if (random.uniform() < surface.alignment && surface.treatment === shapeName(surface.response))
      return values;
    const at = random.uniform() < surface.alignment ? (chosen[k] ?? 0) : random.integer(columns.length);
    return term(shapeName(surface.response), columns, random, at);
  });
  const raw = standardised(
    weightedSum(
      responseTerms,
      responseTerms.map(() => 0.5 + random.uniform()),
    ),
  );
  const surfaceValues =
    surface.response === 'exponential' ? standardised(raw.map((x) => Math.exp(0.5 * x))) : raw;
  const moderators = [0, 1].map((k) => responseTerms[k] ?? raw);
  const variation = standardised(weightedSum(moderators, [1, 1]));
  const effect = variation.map((value) => 0.4 + surface.heterogeneity * value);
  const y = surfaceValues.map((value, i) => value + (effect[i] ?? 0) * (t[i] ?? 0) + 0.5 * normal(random));
  return summed(columns, names, t, y, effect);
}

function shapeName(response: Surface['response']): TermKind {
  return response === 'exponential' ? 'linear' : response;
}

function summed(
  columns: Covariates,
  covariates: readonly string[],
  t: Float64Array,
  y: Float64Array,
  effect: Float64Array,
): SimulatedStudy {
  const treated = t.reduce((sum, value) => sum + value, 0);
  const rows = Array.from(t, (value, i) =>
    Object.fromEntries([
      ...covariates.map((name, j) => [name, columns[j]?.[i] ?? 0] as const),
      ['t', value] as const,
      ['y', y[i] ?? 0] as const,
    ]),
  );
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  const variance = y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / y.length;
  return {
    rows,
    covariates,
    att: effect.reduce((sum, value, i) => sum + value * (t[i] ?? 0), 0) / treated,
    ate: effect.reduce((sum, value) => sum + value, 0) / effect.length,
    spread: Math.sqrt(variance),
  };
}
