/** The names in a tree that stand for variables, columns and groups. */

import type { EstimateOption, Name, Statement } from '../../grammar/tree.ts';
import type { Analysis } from './analyse.ts';
import { namesInExpression } from './expressionNames.ts';

/** Every name of a statement, declarations, uses and expressions alike. */
export function* namesInStatement(statement: Statement): Generator<Name> {
  switch (statement.kind) {
    case 'variable':
      yield* statement.names;
      yield* namesInExpression(statement.definition);
      break;
    case 'latent':
      yield* statement.names;
      break;
    case 'group':
      if (statement.name !== undefined) yield statement.name;
      yield* statement.members;
      break;
    case 'edges':
      yield* statement.ends.flat();
      break;
    case 'role':
      yield* statement.names;
      yield* statement.given ?? [];
      break;
    case 'data':
      for (const option of statement.options) yield* namesInOption(option);
      break;
    case 'estimate':
      yield* [statement.of, statement.on].filter((name) => name !== undefined);
      for (const option of statement.options) yield* namesInOption(option);
      break;
    case 'expect':
      if (statement.expectation?.kind === 'independent') {
        const { left, right, given } = statement.expectation;
        yield* [left, ...(right === undefined ? [] : [right]), ...given];
      }
      break;
  }
}

type Option = EstimateOption | Extract<Statement, { kind: 'data' }>['options'][number];

function* namesInOption(option: Option): Generator<Name> {
  switch (option.kind) {
    case 'where':
      yield* namesInExpression(option.condition);
      break;
    case 'weight':
    case 'cluster':
    case 'id':
      if (option.name !== undefined) yield option.name;
      break;
    case 'adjust':
    case 'by':
    case 'through':
      yield* option.names;
      break;
    case 'instrument':
      yield* option.names;
      yield* option.given ?? [];
      break;
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
  return [...namesInStatement(statement)].find(({ range }) => range.start <= offset && offset <= range.end);
}
