/** A formula of the graph made ready for data: in names of variables, and with nothing left open but the treatment. */

import { type Estimand, formatEstimand, freeTerms, type Term } from '../../graph/formula/estimand.ts';
import type { Formula } from '../../graph/formula/formula.ts';

/** A variable of a formula; each copy that a sum runs over has primes of its own. */
export interface FormulaTerm {
  readonly variable: string;
  readonly primes: number;
}

export interface PlannedFormula {
  /** The mean of the outcome under an intervention, once the outcome's values are averaged over it. */
  readonly formula: Formula<FormulaTerm>;
  /** As a line of text: `Σ_{z} P(y | x, z) P(z)`. */
  readonly text: string;
}

/**
 * The estimand with names for its nodes. What is open in it beside treatment and outcome may have any value, in the population with the same
 * result; so that all rows have their say, it is averaged over its distribution.
 *
 * @param names of the graph's nodes
 */
export function planFormula(
  estimand: Estimand,
  names: readonly string[],
  roles: { readonly treatment: string; readonly outcome: string },
): PlannedFormula {
  const own = new Set([roles.treatment, roles.outcome]);
  const isOpen = ({ node, primes }: Term): boolean => primes === 0 && !own.has(names[node] ?? '');
  const open = [
    ...new Map(
      freeTerms(estimand)
        .filter(isOpen)
        .map((term) => [term.node, term]),
    ).values(),
  ];
  const closed: Estimand =
    open.length === 0
      ? estimand
      : {
          kind: 'sum',
          over: open,
          body: { kind: 'product', factors: [{ kind: 'probability', of: open, given: [] }, estimand] },
        };
  return { formula: named(closed, names), text: formatEstimand(closed, names) };
}

function named(formula: Estimand, names: readonly string[]): Formula<FormulaTerm> {
  const part = (inner: Estimand): Formula<FormulaTerm> => named(inner, names);
  const terms = (list: readonly Term[]): FormulaTerm[] =>
    list.map(({ node, primes }) => ({ variable: names[node] ?? '', primes }));
  switch (formula.kind) {
    case 'probability':
      return { kind: 'probability', of: terms(formula.of), given: terms(formula.given) };
    case 'product':
      return { kind: 'product', factors: formula.factors.map(part) };
    case 'quotient':
      return {
        kind: 'quotient',
        numerator: part(formula.numerator),
        denominator: part(formula.denominator),
      };
    case 'sum':
      return { kind: 'sum', over: terms(formula.over), body: part(formula.body) };
  }
}

/** The variables of a formula, each once, in the order in which they occur. */
export function formulaVariables(formula: Formula<FormulaTerm>): string[] {
  switch (formula.kind) {
    case 'probability':
      return [...new Set([...formula.of, ...formula.given].map(({ variable }) => variable))];
    case 'product':
      return [...new Set(formula.factors.flatMap(formulaVariables))];
    case 'quotient':
      return [...new Set([...formulaVariables(formula.numerator), ...formulaVariables(formula.denominator)])];
    case 'sum':
      return formulaVariables(formula.body);
  }
}
