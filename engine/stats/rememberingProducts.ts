/** A kernel that keeps the cross-products it has made: a refuter asks for those that the estimate has been computed from. */

import type { CrossProducts, MomentRequest, RowMoments } from './moments.ts';
import type { RowExpression } from './rowExpression.ts';

/** Requests that are kept: the first, of the estimate's own equations, are those asked for again. */
const MOST_KEPT = 8;

interface Kept {
  readonly terms: readonly RowExpression[];
  readonly weight: RowExpression | undefined;
  readonly products: CrossProducts;
}

/** `moments`, which answers a request for nothing but cross-products of the same expressions (the same objects) once. */
export function rememberingProducts(moments: RowMoments): RowMoments {
  const kept: Kept[] = [];
  return {
    ...moments,
    pass: async (request) => {
      const { products } = request;
      if (products === undefined || !asksOnlyProducts(request)) return moments.pass(request);
      const found = kept.find(
        ({ terms, weight }) =>
          weight === products.weight &&
          terms.length === products.terms.length &&
          terms.every((term, j) => term === products.terms[j]),
      );
      if (found !== undefined) return { ...emptyAnswer, products: found.products };
      const answer = await moments.pass(request);
      if (kept.length < MOST_KEPT)
        kept.push({ ...products, weight: products.weight, products: answer.products });
      return answer;
    },
  };
}

function asksOnlyProducts({ products: _products, ...rest }: MomentRequest): boolean {
  return Object.values(rest).every((part) => part === undefined);
}

const emptyAnswer = {
  sums: new Float64Array(0),
  dots: new Float64Array(0),
  groupSums: { groups: 0, sums: new Float64Array(0) },
  extremes: [],
} as const;
