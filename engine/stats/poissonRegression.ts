/** Poisson regression of a count, by unpenalised maximum likelihood. */

import { type GeneralizedLinearFit, type LikelihoodParts, maximiseLikelihood } from './generalizedLinear.ts';
import type { Moments } from './moments.ts';
import { apply, linear, minus, product, type RowExpression } from './rowExpression.ts';

export interface PoissonRegressionFit extends GeneralizedLinearFit {
  /** exp(η). */
  readonly mean: RowExpression;
}

export type PoissonRegressionResult =
  | { readonly kind: 'fit'; readonly fit: PoissonRegressionFit }
  /** All responses are 0 where these terms are large, or small: their mean runs away to 0. Without terms: all responses are 0. */
  | { readonly kind: 'separation'; readonly terms: readonly number[] }
  | { readonly kind: 'no-convergence' };

/**
 * E[response | terms] = exp(η): the log-likelihood of Poisson counts, whose maximum is consistent for that mean whatever the spread of the
 * counts (Gourieroux, Monfort & Trognon 1984). Source of the fit: McCullagh & Nelder (1989), section 6.2.
 *
 * `response` is not negative; `terms` must be linearly independent and vary among the rows that weigh anything; `weight` is not negative.
 */
export async function poissonRegression(
  moments: Moments,
  response: RowExpression,
  terms: readonly RowExpression[],
  weight?: RowExpression,
): Promise<PoissonRegressionResult> {
  const { products } = await moments.pass({ products: { terms: [...terms, response], weight } });
  const { size, means, centred } = products;
  const mean = means[terms.length];
  if (!(mean > 0)) return { kind: 'separation', terms: [] };
  const result = await maximiseLikelihood(moments, {
    likelihood: poissonParts,
    response,
    terms,
    means: terms.map((_term, j) => means[j]),
    scales: terms.map((_term, j) => Math.sqrt(centred[j * size + j] / products.weight)),
    start: Math.log(mean),
    weight,
    total: products.weight,
    rows: products.rows,
  });
  if (result.kind === 'no-convergence') return result;
  if (result.kind === 'runaway') return { kind: 'separation', terms: result.terms };
  return { kind: 'fit', fit: { ...result.fit, mean: apply('exp', result.fit.linearPredictor) } };
}

/** y·η − exp(η), without the term in y alone. */
function poissonParts(response: RowExpression, predictor: RowExpression): LikelihoodParts {
  const mean = apply('exp', predictor);
  return {
    logLikelihood: linear(0, [1, -1], [product(response, predictor), mean]),
    score: minus(response, mean),
    information: mean,
  };
}
