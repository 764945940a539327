/** Where names stand in a tree, and what each of them stands for. */

import type { DataStatement, EstimateOption, Expression, Name, Statement } from '../../grammar/tree.ts';
import type { Analysis } from './analyse.ts';

/**
 * A name as it is used: declared here, a reference to what has to be declared, or a value, for which a column of the
 * data serves as well.
 */
export interface Mention {
  readonly name: Name;
  readonly as: 'declaration' | 'reference' | 'value';
}

/** Every mention of a name in a statement. */
export function* mentionsIn(statement: Statement): Generator<Mention> {
  switch (statement.kind) {
    case 'variable':
      yield* mentions('declaration', statement.names);
      yield* mentions('value', namesInExpression(statement.definition));
      break;
    case 'latent':
      yield* mentions('declaration', statement.names);
      break;
    case 'group':
      yield* mentions('declaration', [statement.name]);
      yield* mentions('reference', statement.members);
      break;
    case 'edges':
      yield* mentions('reference', statement.ends.flat());
      break;
    case 'role':
      yield* mentions('reference', [...statement.names, ...(statement.given ?? [])]);
      break;
    case 'data':
      for (const option of statement.options) yield* mentionsInOption(option);
      break;
    case 'estimate':
      yield* mentions('reference', [statement.of, statement.on]);
      for (const option of statement.options) yield* mentionsInOption(option);
      break;
    case 'expect':
      if (statement.expectation?.kind === 'independent') {
        const { left, right, given } = statement.expectation;
        yield* mentions('reference', [left, right, ...given]);
      }
      break;
  }
}

function* mentionsInOption(option: EstimateOption | DataStatement['options'][number]): Generator<Mention> {
  switch (option.kind) {
    case 'where':
      yield* mentions('value', namesInExpression(option.condition));
      break;
    case 'weight':
    case 'cluster':
    case 'id':
      yield* mentions('value', [option.name]);
      break;
    case 'adjust':
    case 'by':
    case 'through':
      yield* mentions('reference', option.names);
      break;
    case 'instrument':
      yield* mentions('reference', [...option.names, ...(option.given ?? [])]);
      break;
  }
}

function* mentions(as: Mention['as'], names: Iterable<Name | undefined>): Generator<Mention> {
  for (const name of names) if (name !== undefined) yield { name, as };
}

/** Every name in an expression, without recursion: expressions are as deep as people, and programs, make them. */
export function* namesInExpression(expression: Expression | undefined): Generator<Name> {
  const waiting = expression === undefined ? [] : [expression];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    switch (next.kind) {
      case 'name':
        yield next;
        break;
      case 'unary':
      case 'isMissing':
        waiting.push(next.operand);
        break;
      case 'binary':
        waiting.push(next.right, next.left);
        break;
      case 'in':
        waiting.push(...[...next.values].reverse(), next.operand);
        break;
      case 'call':
        waiting.push(...[...next.arguments].reverse());
        break;
    }
  }
}

/** The statement that holds an offset; its ends count as inside. */
export function statementAt({ document }: Analysis, offset: number): Statement | undefined {
  return document.statements.find(({ range }) => range.start <= offset && offset <= range.end);
}

/** The name at an offset. */
export function nameAt(analysis: Analysis, offset: number): Name | undefined {
  const statement = statementAt(analysis, offset);
  if (statement === undefined) return undefined;
  return [...mentionsIn(statement)]
    .map(({ name }) => name)
    .find(({ range }) => range.start <= offset && offset <= range.end);
}
