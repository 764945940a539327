/** A kernel that keeps the cross-products it has made: a refuter asks for those that the estimate has been computed from. */

import { type CrossProducts, type MomentRequest, type RowMoments, selectProducts } from './moments.ts';
import type { RowExpression } from './rowExpression.ts';

/** Requests that are kept: the first, of the estimate's own equations, are those asked for again. */
const MOST_KEPT = 8;

interface Kept {
  readonly terms: readonly RowExpression[];
  readonly weight: RowExpression | undefined;
  readonly products: CrossProducts;
}

/** `moments`, which answers a request for nothing but cross-products once: those of expressions (the same objects) among others are a part of theirs. */
export function rememberingProducts(moments: RowMoments): RowMoments {
  const kept: Kept[] = [];
  return {
    ...moments,
    pass: async (request) => {
      const { products } = request;
      if (products === undefined || !asksOnlyProducts(request)) return moments.pass(request);
      for (const known of kept) {
        const places = products.terms.map((term) => known.terms.indexOf(term));
        if (known.weight !== products.weight || places.includes(-1)) continue;
        return { ...emptyAnswer, products: selectProducts(known.products, places) };
      }
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
