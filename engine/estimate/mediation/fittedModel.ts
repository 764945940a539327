/** A model of mediators or of the outcome: fitted, with what its errors do to whatever is computed from it. */

import { binaryRegression } from '../../stats/binaryRegression.ts';
import { inverseOfInformation } from '../../stats/information.ts';
import { leastSquares } from '../../stats/leastSquares.ts';
import { crossProducts } from '../../stats/moments.ts';
import { complement, linear, minus, one, product, type RowExpression } from '../../stats/rowExpression.ts';
import { nameList } from '../../wording.ts';
import { type EstimationFailure, type EstimationProblem, failure } from '../problem.ts';
import { covarianceFailure } from '../standardError.ts';

/** A term of a model, with what it is called. */
export interface ModelTerm {
  readonly label: string;
  readonly expression: RowExpression;
  /** Without it the question has no answer; others may be left out where they say nothing new. */
  readonly needed: boolean;
}

export interface FittedModel {
  readonly kind: 'model';
  readonly link: 'linear' | 'logistic';
  /** The constant, then one a term; 0 for a term that was left out. */
  readonly parameters: readonly number[];
  /** Indices of the terms that were left out. */
  readonly dropped: readonly number[];
  /** What is left of the response. */
  readonly residual: RowExpression;
  /** Each row's part of the error of Σ gradient · parameter, to first order, holding its weight. */
  readonly influence: (gradient: readonly number[]) => RowExpression;
}

/**
 * Fits the response by least squares, or one of 0 and 1 by logistic regression. With A the information of the parameters, the error of gᵀθ is
 * Σ gᵀA⁻¹(1, x) w e to first order, e the residual (Stefanski & Boos 2002).
 *
 * Fails where a needed term says nothing new, or the terms tell a response of 0 and 1 without error.
 */
export async function fitModel(
  problem: EstimationProblem,
  response: { readonly name: string; readonly expression: RowExpression; readonly binary: boolean },
  terms: readonly ModelTerm[],
): Promise<FittedModel | EstimationFailure> {
  const { moments, weight } = problem;
  const expressions = terms.map(({ expression }) => expression);
  const plain = await leastSquares(moments, response.expression, expressions, weight);
  const lost = plain.dropped.filter((term) => terms[term].needed);
  if (lost.length > 0)
    return collinear(
      response.name,
      lost.map((term) => terms[term].label),
    );
  if (plain.rows <= plain.parameters) return covarianceFailure('too-few-rows', problem, plain.parameters);
  const kept = plain.kept.map((term) => expressions[term]);
  const own = weight ?? one;
  let { intercept, coefficients, residual } = plain;
  let information = own;
  if (response.binary) {
    const result = await binaryRegression(moments, response.expression, kept, 'logistic', weight);
    if (result.kind !== 'fit') {
      const culprits = result.kind === 'separation' ? result.terms.map((term) => plain.kept[term]) : [];
      return separated(
        response.name,
        culprits.map((term) => terms[term].label),
      );
    }
    const { probability } = result.fit;
    ({ intercept, coefficients } = result.fit);
    residual = minus(response.expression, probability);
    information = product(own, probability, complement(probability));
  }
  const inverse = inverseOfInformation(await crossProducts(moments, kept, information));
  const parameters = [intercept, ...terms.map(() => 0)];
  plain.kept.forEach((term, j) => {
    parameters[term + 1] = coefficients[j];
  });
  const score = product(residual, own);
  const positions = [0, ...plain.kept.map((term) => term + 1)];
  const influence = (gradient: readonly number[]): RowExpression => {
    const own = positions.map((position) => gradient[position]);
    const along = inverse.map((row) => row.reduce((sum, value, j) => sum + value * own[j], 0));
    return product(linear(along[0], along.slice(1), kept), score);
  };
  const link = response.binary ? 'logistic' : 'linear';
  return { kind: 'model', link, parameters, dropped: plain.dropped, residual, influence };
}

function collinear(response: string, labels: readonly string[]): EstimationFailure {
  return failure(
    'collinear',
    `In the model of ${response}, ${nameList(labels)} ${labels.length === 1 ? 'says' : 'say'} nothing that the other variables have not said: no rows differ in it alone. There is nothing to estimate from.`,
  );
}

function separated(response: string, labels: readonly string[]): EstimationFailure {
  const culprits = labels.length === 0 ? 'the variables in its model' : nameList([...new Set(labels)]);
  return failure(
    'separation',
    `For some values of ${culprits}, every row or no row has ${response}, and its logistic model has no finite coefficients. Merge levels, adjust for fewer variables, or leave such rows out with \`where\`.`,
  );
}
