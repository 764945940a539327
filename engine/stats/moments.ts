/**
 * The data kernel: everything a parametric estimator asks of the rows is one of these few requests.
 *
 * An implementation holds the rows (columns in memory, or an engine reached by SQL) and must give the same
 * numbers as any other. A request is one pass, and parts that its expressions share are evaluated once.
 */

import type { RowExpression } from './rowExpression.ts';

export interface MomentRequest {
  /** Weighted cross-products of these terms; weights must not be negative. */
  readonly products?: {
    readonly terms: readonly RowExpression[];
    readonly weight?: RowExpression | undefined;
  };
  /** Σ term over the rows. */
  readonly sums?: readonly RowExpression[];
  /** Σ left · right for each of `rights`, accumulated in twice the working precision: for residuals that nearly cancel. */
  readonly dots?: { readonly left: RowExpression; readonly rights: readonly RowExpression[] };
  /** Σ term by the levels of a categorical column. */
  readonly groupSums?: { readonly terms: readonly RowExpression[]; readonly group: string };
  readonly extremes?: readonly RowExpression[];
}

/** Holds an empty answer for what was not asked. */
export interface MomentAnswer {
  readonly products: CrossProducts;
  readonly sums: Float64Array;
  readonly dots: Float64Array;
  readonly groupSums: GroupSums;
  readonly extremes: readonly Extremes[];
}

/** Weighted first and second moments of k terms over n rows, centred so that no digits are lost to large means. */
export interface CrossProducts {
  /** k. */
  readonly size: number;
  /** n, whatever the weights. */
  readonly rows: number;
  /** Σ w. */
  readonly weight: number;
  /** Σ w x / Σ w, length k. */
  readonly means: Float64Array;
  /** Σ w (x − mean)(x − mean)ᵀ, k × k by rows. */
  readonly centred: Float64Array;
}

/** Sums of k terms in each of `groups` groups, by rows. */
export interface GroupSums {
  readonly groups: number;
  readonly sums: Float64Array;
}

export interface Extremes {
  readonly min: number;
  readonly max: number;
}

export interface Moments {
  readonly rowCount: number;
  /** The same of a part of the rows, spread over all of them, for a first guess. Absent where they are so few that it would spare nothing. */
  readonly sample?: Moments;
  pass(request: MomentRequest): Promise<MomentAnswer>;
  /**
   * R of the QR decomposition of the n × k matrix √w · term, k × k upper triangular by rows.
   * Slower than cross-products, and good to the full precision where those lose half of it.
   */
  triangularFactor(terms: readonly RowExpression[], weight?: RowExpression): Promise<Float64Array>;
}

/** A kernel whose rows can also be handed over one by one, for what no sum can tell (ranks, matching). */
export interface RowMoments extends Moments {
  /** Not to be changed: it may be a column of the table. */
  values(term: RowExpression): Promise<Float64Array>;
  /** `kolmogorovSmirnov` of each of some columns, of numbers in the order of the rows. */
  distances(
    columns: readonly Float64Array[],
    pairs: readonly Float64Array[],
  ): Promise<readonly (readonly number[])[]>;
}

/** Weighted cross-products of `terms` alone. */
export async function crossProducts(
  moments: Moments,
  terms: readonly RowExpression[],
  weight?: RowExpression,
): Promise<CrossProducts> {
  const answer = await moments.pass({ products: { terms, weight } });
  return answer.products;
}

/** Σ w x_i x_j, about zero rather than about the means. */
export function rawProduct(moments: CrossProducts, i: number, j: number): number {
  return moments.centred[i * moments.size + j] + moments.weight * (moments.means[i] * moments.means[j]);
}

/** The k × k matrix of `rawProduct`, as rows. */
export function rawProducts(moments: CrossProducts): number[][] {
  return Array.from({ length: moments.size }, (_row, i) =>
    Array.from({ length: moments.size }, (_column, j) => rawProduct(moments, i, j)),
  );
}

/** The cross-products of some of the terms, in the order of `indices`. */
export function selectProducts(products: CrossProducts, indices: readonly number[]): CrossProducts {
  const { size, means, centred } = products;
  return {
    ...products,
    size: indices.length,
    means: Float64Array.from(indices, (i) => means[i]),
    centred: Float64Array.from(indices.flatMap((i) => indices.map((j) => centred[i * size + j]))),
  };
}
