/** What a mediation analysis is made of: the treatment's values, the mediators, and the models of both steps. */

import { columnOf } from '../../data/table.ts';
import { product, type RowExpression, shifted } from '../../stats/rowExpression.ts';
import { nameList } from '../../wording.ts';
import { codeOutcome } from '../coding.ts';
import { contrastsOf } from '../contrasts.ts';
import { unboundedTerms } from '../finiteNumbers.ts';
import { type EstimationFailure, type EstimationProblem, failure } from '../problem.ts';
import { termsOfTreatment } from '../regression.ts';
import { type FittedModel, fitModel, type ModelTerm } from './fittedModel.ts';

/** The treatment's terms where it has the level, and where it has the reference. */
export interface MediationContrast {
  readonly label: readonly [level: string, reference: string];
  readonly active: readonly number[];
  readonly reference: readonly number[];
}

export interface Mediator {
  readonly name: string;
  readonly expression: RowExpression;
  /** Of 0 and 1, rather than a number. */
  readonly binary: boolean;
}

export interface MediationSetup {
  readonly kind: 'setup';
  readonly contrasts: readonly MediationContrast[];
  /** Value from which the terms of a treatment that is a number are counted; null for one with levels. */
  readonly origin: number | null;
  /** Is that the mean of the rows, so that it has an error of its own? */
  readonly originIsMean: boolean;
  readonly treatment: readonly RowExpression[];
  readonly mediators: readonly Mediator[];
  readonly binaryOutcome: boolean;
}

export interface MediationModels {
  readonly kind: 'models';
  /** Of each mediator on covariates and treatment, in that order. */
  readonly mediators: readonly FittedModel[];
  /** Of the outcome on covariates, treatment, mediators, and the products of each of the treatment's terms with each mediator. */
  readonly outcome: FittedModel;
}

/**
 * Reads the plan: levels or a dose, mediators as numbers or as 0 and 1.
 *
 * Fails where a mediator is text with more than two levels or does not vary, or where a binary outcome has several mediators of which one is
 * binary, whose distribution together is not modelled.
 */
export async function setUpMediation(
  problem: EstimationProblem,
): Promise<MediationSetup | EstimationFailure> {
  const { plan, table, kinds } = problem;
  if (plan.through.length === 0)
    return failure('method-mismatch', 'mediation needs mediators. Name them with `through`.');
  const contrasts = await contrastsIn(problem);
  if ('code' in contrasts) return contrasts;
  const mediators: Mediator[] = [];
  for (const name of plan.through) {
    const binary = isTwoValued(problem, name);
    const expression = codeOutcome(table, name, kinds.get(name) ?? 'continuous');
    if (expression === null) return manyLevels(problem, name);
    mediators.push({ name, expression, binary });
  }
  const { extremes } = await problem.moments.pass({
    extremes: mediators.map(({ expression }) => expression),
  });
  const still = extremes.findIndex(({ min, max }) => min === max);
  if (still >= 0) {
    const { name } = mediators[still];
    return failure(
      'constant-column',
      `${name} has only one value in the ${table.rowCount} rows used: nothing goes through it.`,
    );
  }
  const binaryOutcome = isTwoValued(problem, plan.outcome);
  const mixed = mediators.find(({ binary }) => binary);
  if (binaryOutcome && mediators.length > 1 && mixed !== undefined)
    return mixedMediators(problem, mixed.name);
  const origin = contrasts.origin;
  const treatment = termsOfTreatment(problem.treatment).map((term) =>
    origin === null ? term : shifted(term, origin),
  );
  return { kind: 'setup', ...contrasts, treatment, mediators, binaryOutcome };
}

async function contrastsIn(
  problem: EstimationProblem,
): Promise<Pick<MediationSetup, 'contrasts' | 'origin' | 'originIsMean'> | EstimationFailure> {
  const { plan, treatment, moments, weight } = problem;
  const asked = contrastsOf(treatment, plan.contrast, plan.treatment);
  if (asked.kind === 'failure') return asked;
  if (treatment.kind === 'discrete') {
    const at = (weights: readonly number[], sign: number): number[] =>
      weights.slice(1).map((value) => (value === sign ? 1 : 0));
    const contrasts = asked.contrasts.map(({ label, weights }) => ({
      label,
      active: at(weights, 1),
      reference: at(weights, -1),
    }));
    return { contrasts, origin: null, originIsMean: false };
  }
  const [{ label, weights }] = asked.contrasts;
  const contrasts = [{ label, active: [...weights], reference: [0] }];
  if (plan.contrast !== null)
    return { contrasts, origin: Number(plan.contrast.reference), originIsMean: false };
  const { products } = await moments.pass({ products: { terms: [treatment.dose], weight } });
  return { contrasts, origin: products.means[0], originIsMean: true };
}

function isTwoValued({ table, kinds }: EstimationProblem, name: string): boolean {
  const data = columnOf(table, name);
  if (data.kind === 'categorical') return true;
  return kinds.get(name) === 'binary' && new Set(data.values).size === 2;
}

function manyLevels({ table }: EstimationProblem, name: string): EstimationFailure {
  const data = columnOf(table, name);
  const shown = data.kind === 'categorical' ? nameList(data.levels.slice(0, 4)) : '';
  return failure(
    'method-mismatch',
    `mediation takes mediators that are numbers or have two levels, and ${name} has more (${shown}). Derive one with two, as in \`variable ${name}_high = ${name} == "…"\`.`,
  );
}

function mixedMediators({ plan }: EstimationProblem, binary: string): EstimationFailure {
  return failure(
    'method-mismatch',
    `With ${plan.outcome} of two values, several mediators are modelled together only if all of them are numbers, and ${binary} has two values. Take the mediators one at a time.`,
  );
}

/** Fits the models of all steps; fails where one cannot be fitted. */
export async function fitMediation(
  problem: EstimationProblem,
  setup: MediationSetup,
): Promise<MediationModels | EstimationFailure> {
  const { plan } = problem;
  const covariates = problem.covariates.map(({ label, expression }) => ({
    label,
    expression,
    needed: false,
  }));
  const treatment = setup.treatment.map(
    (expression): ModelTerm => ({ label: plan.treatment, expression, needed: true }),
  );
  const numbers = [problem.outcome, ...setup.mediators.map(({ expression }) => expression)];
  const unbounded = await unboundedTerms(problem, [
    ...numbers,
    ...[...covariates, ...treatment].map(({ expression }) => expression),
  ]);
  if (unbounded !== null) return unbounded;
  const mediators: FittedModel[] = [];
  for (const mediator of setup.mediators) {
    const model = await fitModel(problem, mediator, [...covariates, ...treatment]);
    if (model.kind === 'failure') return model;
    mediators.push(model);
  }
  const through = setup.mediators.map(
    ({ name, expression }): ModelTerm => ({ label: name, expression, needed: true }),
  );
  const products = treatment.flatMap((own) =>
    through.map(
      (other): ModelTerm => ({
        label: `${own.label} × ${other.label}`,
        expression: product(own.expression, other.expression),
        needed: true,
      }),
    ),
  );
  const response = { name: plan.outcome, expression: problem.outcome, binary: setup.binaryOutcome };
  const outcome = await fitModel(problem, response, [...covariates, ...treatment, ...through, ...products]);
  return outcome.kind === 'failure' ? outcome : { kind: 'models', mediators, outcome };
}
