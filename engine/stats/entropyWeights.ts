/** Entropy balancing: the weights nearest to equal ones under which the means of some terms are given numbers. */

import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import type { CrossProducts, Moments } from './moments.ts';
import { apply, linear, product, type RowExpression } from './rowExpression.ts';

export interface EntropyWeights {
  /** base · exp(λ · terms). */
  readonly weight: RowExpression;
  /** λ, one a term. */
  readonly multipliers: readonly number[];
  /** Largest mean of a term under the weights, from 0. */
  readonly imbalance: number;
  readonly iterations: number;
}

export type EntropyResult =
  | { readonly kind: 'balanced'; readonly weights: EntropyWeights }
  /** No weights, or only those that are 0 for some rows, do it; `terms` are those that resist, most first. */
  | { readonly kind: 'infeasible'; readonly terms: readonly number[] };

const MAXIMUM_ITERATIONS = 200;
const MAXIMUM_HALVINGS = 40;

/** Means this near to 0 count as balanced. */
const BALANCED = 1e-8;

/** Newton's steps end where they are under this: their error is of its square. */
const SETTLED_STEP = 1e-7;

/** Where the means are balanced and the weights still move by this factor, some are on their way to 0. */
const RUNAWAY_STEP = 0.05;

/** A sum of weights that has shrunk to this part of itself goes on to 0: the target lies outside of what the rows span. */
const VANISHED = 1e-40;

interface State {
  readonly multipliers: readonly number[];
  readonly products: CrossProducts;
}

/**
 * Weights wᵢ = bᵢ exp(λ·zᵢ) with Σ wᵢ zᵢ = 0, by Newton's method with step halving on the convex dual log Σ b exp(λ·z), whose gradient is the
 * weighted means of the terms and whose Hessian is their covariance. Source: Hainmueller (2012), eq. 5–7; Zhao & Percival (2017), section 2.
 *
 * @param terms z, moved so that their target is 0 and scaled to about 1; linearly independent among the rows of `base`
 * @param base the weights to stay near to, 0 in rows that do not count
 */
export async function entropyWeights(
  moments: Moments,
  terms: readonly RowExpression[],
  base: RowExpression,
): Promise<EntropyResult> {
  const evaluate = async (multipliers: readonly number[]): Promise<State> => {
    const weight = weightAt(base, terms, multipliers);
    const { products } = await moments.pass({ products: { terms, weight } });
    return { multipliers, products };
  };
  let state = await evaluate(terms.map(() => 0));
  const start = state.products.weight;
  for (let iteration = 1; iteration <= MAXIMUM_ITERATIONS; iteration++) {
    const step = newtonStep(state);
    if (step === null || state.products.weight < VANISHED * start) return infeasible(state, step);
    const next = await halvedStep(state, step, evaluate);
    if (next === null) return verdict(base, terms, state, step, iteration);
    state = next;
    const length = Math.max(0, ...step.map(Math.abs));
    if (length < SETTLED_STEP) return verdict(base, terms, state, step, iteration);
    if (imbalanceOf(state) < BALANCED ** 2 && length > RUNAWAY_STEP) return infeasible(state, step);
  }
  return infeasible(state, null);
}

function weightAt(
  base: RowExpression,
  terms: readonly RowExpression[],
  multipliers: readonly number[],
): RowExpression {
  return product(base, apply('exp', linear(0, multipliers, terms)));
}

function imbalanceOf({ products }: State): number {
  return Math.max(0, ...Array.from(products.means, Math.abs));
}

/** −Covariance⁻¹ · means; null where the weights no longer vary in some direction. */
function newtonStep({ products }: State): readonly number[] | null {
  const { size, centred, weight, means } = products;
  if (size === 0) return [];
  const covariance = new Matrix(
    Array.from({ length: size }, (_row, i) =>
      Array.from({ length: size }, (_column, j) => centred[i * size + j] / weight),
    ),
  );
  if (!covariance.to1DArray().every(Number.isFinite)) return null;
  const factor = new CholeskyDecomposition(covariance);
  if (!factor.isPositiveDefinite()) return null;
  const step = factor.solve(Matrix.columnVector(Array.from(means, (mean) => -mean))).to1DArray();
  return step.every(Number.isFinite) ? step : null;
}

/** The first of the full step, its half, its quarter, … that does not raise the dual; null where none does. */
async function halvedStep(
  state: State,
  step: readonly number[],
  evaluate: (multipliers: readonly number[]) => Promise<State>,
): Promise<State | null> {
  const before = Math.log(state.products.weight);
  for (let halving = 0, size = 1; halving < MAXIMUM_HALVINGS; halving++, size /= 2) {
    const next = await evaluate(state.multipliers.map((value, j) => value + size * step[j]));
    const after = Math.log(next.products.weight);
    if (Number.isFinite(after) && after <= before + 1e-14 * Math.max(1, Math.abs(before))) return next;
  }
  return null;
}

function verdict(
  base: RowExpression,
  terms: readonly RowExpression[],
  state: State,
  step: readonly number[],
  iterations: number,
): EntropyResult {
  const imbalance = imbalanceOf(state);
  if (!(imbalance <= BALANCED)) return infeasible(state, step);
  const { multipliers } = state;
  const weight = weightAt(base, terms, multipliers);
  return { kind: 'balanced', weights: { weight, multipliers, imbalance, iterations } };
}

/** What is still off, most first; where nothing is, the terms along which the weights run to 0. */
function infeasible({ products, multipliers }: State, step: readonly number[] | null): EntropyResult {
  const off = Array.from(products.means, Math.abs);
  const moved = (step ?? multipliers).map(Math.abs);
  const measure = Math.max(0, ...off) > BALANCED ? off : moved;
  const largest = Math.max(...measure);
  const terms = measure
    .map((_value, j) => j)
    .filter((j) => measure[j] >= 0.5 * largest)
    .sort((a, b) => measure[b] - measure[a]);
  return { kind: 'infeasible', terms };
}
