/** Logistic and probit regression of a 0/1 response, by unpenalised maximum likelihood. */

import {
  type Beginning,
  type GeneralizedLinearFit,
  type LikelihoodOf,
  type LikelihoodParts,
  maximiseLikelihood,
} from './generalizedLinear.ts';
import { type CrossProducts, crossProducts, type Moments } from './moments.ts';
import { apply, complement, constant, linear, product, type RowExpression } from './rowExpression.ts';
import { separatingSuspects } from './separation.ts';

export type Link = 'logistic' | 'probit';

export interface BinaryRegressionFit extends GeneralizedLinearFit {
  readonly link: Link;
  /** P(response = 1). */
  readonly probability: RowExpression;
}

export type BinaryRegressionResult =
  | { readonly kind: 'fit'; readonly fit: BinaryRegressionFit }
  /** The terms tell the response apart without error, in all rows or at the edge; `terms` are those whose slopes run away. */
  | {
      readonly kind: 'separation';
      readonly terms: readonly number[];
      /** In all rows: whoever has the response differs in the terms from everyone who has not. */
      readonly complete: boolean;
    }
  | { readonly kind: 'no-convergence' };

/**
 * Maximum likelihood by Newton–Raphson (Fisher scoring for probit) with step halving, on standardised terms.
 * Source: McCullagh & Nelder (1989), Generalized Linear Models, section 2.5; separation as in Albert & Anderson (1984).
 *
 * `response` is 0 or 1; `terms` must be linearly independent and vary; `weight` is not negative.
 * Convergence is to the last digits: Newton's last step is under 1e-9 of a standard deviation, and the error is of its square.
 */
export async function binaryRegression(
  moments: Moments,
  response: RowExpression,
  terms: readonly RowExpression[],
  link: Link,
  weight?: RowExpression,
): Promise<BinaryRegressionResult> {
  const products = await crossProducts(moments, [...terms, response], weight);
  const scales = terms.map((_term, j) =>
    Math.sqrt(products.centred[j * products.size + j] / products.weight),
  );
  const means = terms.map((_term, j) => products.means[j]);
  const share = products.means[terms.length];
  if (share <= 0 || share >= 1) return { kind: 'separation', terms: [], complete: true };
  const separating = weight === undefined ? await separatingIndicators(moments, terms, products) : [];
  if (separating.length > 0) return { kind: 'separation', terms: separating, complete: false };
  const result = await maximiseLikelihood(moments, {
    likelihood: LINKS[link],
    response,
    terms,
    means,
    scales,
    start: startingIntercept(share, link),
    beginning: link === 'logistic' ? logisticBeginning(products, scales) : null,
    weight,
    total: products.weight,
    rows: products.rows,
  });
  if (result.kind === 'no-convergence') return result;
  if (result.kind === 'runaway') {
    return { kind: 'separation', terms: result.terms, complete: result.exhausted };
  }
  const probability = probabilityOf(link, result.fit.linearPredictor);
  return { kind: 'fit', fit: { ...result.fit, link, probability } };
}

/** Which of the terms are 0 and 1 and separate the response. */
async function separatingIndicators(
  moments: Moments,
  terms: readonly RowExpression[],
  products: CrossProducts,
): Promise<number[]> {
  const suspects = separatingSuspects(products, terms.length, terms.length);
  if (suspects.length === 0) return suspects;
  const { extremes } = await moments.pass({ extremes: suspects.map((j) => terms[j]) });
  return suspects.filter((_j, k) => extremes[k].min === 0 && extremes[k].max === 1);
}

/** The likelihood where all probabilities are the share of the response, which needs no look at the rows; the response stands last in the products. */
function logisticBeginning(
  { size, weight, means, centred }: CrossProducts,
  scales: readonly number[],
): Beginning {
  const response = size - 1;
  const share = means[response];
  const spread = share * (1 - share);
  const slopes = scales.map((scale, i) => [
    0,
    ...scales.map((other, j) => (spread * centred[i * size + j]) / (scale * other)),
  ]);
  return {
    logLikelihood: weight * (share * Math.log(share) + (1 - share) * Math.log(1 - share)),
    gradient: [0, ...scales.map((scale, j) => centred[j * size + response] / scale)],
    information: [[spread * weight, ...scales.map(() => 0)], ...slopes],
  };
}

function startingIntercept(share: number, link: Link): number {
  return link === 'logistic' ? Math.log(share / (1 - share)) : (share - 0.5) * Math.sqrt(2 * Math.PI);
}

/** P(response = 1) at the linear predictor. */
export function probabilityOf(link: Link, predictor: RowExpression): RowExpression {
  return apply(link === 'logistic' ? 'logistic' : 'normalCdf', predictor);
}

const LINKS: Readonly<Record<Link, LikelihoodOf>> = { logistic: logisticParts, probit: probitParts };

/** y·η − log(1 + exp η): of a response from 0 to 1, not of 0/1 alone. */
export function logisticParts(response: RowExpression, predictor: RowExpression): LikelihoodParts {
  const probability = apply('logistic', predictor);
  return {
    logLikelihood: linear(0, [1, -1], [product(response, predictor), apply('softplus', predictor)]),
    score: linear(0, [1, -1], [response, probability]),
    information: product(probability, complement(probability)),
  };
}

/** With m(x) = φ(x)/Φ(x), the score is y·m(η) − (1 − y)·m(−η) and the information m(η)·m(−η): no 0/0 in the tails. */
function probitParts(response: RowExpression, predictor: RowExpression): LikelihoodParts {
  const opposite = linear(0, [-1], [predictor]);
  const upper = apply('inverseMills', predictor);
  const lower = apply('inverseMills', opposite);
  const other = complement(response);
  return {
    logLikelihood: linear(
      0,
      [1, 1],
      [product(response, apply('logNormalCdf', predictor)), product(other, apply('logNormalCdf', opposite))],
    ),
    score: linear(0, [1, -1], [product(response, upper), product(other, lower)]),
    information: product(upper, lower),
  };
}

/**
 * Slope of the score in η, −∂² log-likelihood / ∂ η² as it is observed, for the bread of a sandwich.
 * For the logistic link it is the expected one, p(1 − p); for probit it depends on the response:
 * y·m(η)(m(η) + η) + (1 − y)·m(−η)(m(−η) − η).
 */
export function observedInformation(
  link: Link,
  response: RowExpression,
  predictor: RowExpression,
): RowExpression {
  if (link === 'logistic') return logisticParts(response, predictor).information;
  const opposite = linear(0, [-1], [predictor]);
  const upper = apply('inverseMills', predictor);
  const lower = apply('inverseMills', opposite);
  return linear(
    0,
    [1, 1],
    [
      product(response, upper, linear(0, [1, 1], [upper, predictor])),
      product(complement(response), lower, linear(0, [1, 1], [lower, opposite])),
    ],
  );
}

/** Expected −∂² log-likelihood / ∂ η², which does not depend on the response. */
export function expectedInformation(link: Link, predictor: RowExpression): RowExpression {
  return LINKS[link](constant(0), predictor).information;
}

/** The score in η of `observedInformation`'s likelihood. */
export function scoreOf(link: Link, response: RowExpression, predictor: RowExpression): RowExpression {
  return LINKS[link](response, predictor).score;
}

/** ∂ P(response = 1) / ∂ η. */
export function densityOf(link: Link, predictor: RowExpression): RowExpression {
  if (link === 'probit') return apply('normalPdf', predictor);
  const probability = apply('logistic', predictor);
  return product(probability, complement(probability));
}
