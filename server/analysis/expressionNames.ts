import type { Expression, Name } from '../../grammar/tree.ts';

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
