/** A row expression written down row by row. */

import type { Table } from '../data/table.ts';
import { compileExpressions } from './evaluate.ts';
import type { RowBlock } from './rowBlocks.ts';
import type { RowExpression } from './rowExpression.ts';

/** Writes the values of `term` in the rows of `blocks` to their places in `target`. */
export function fillValues(
  table: Table,
  blocks: readonly RowBlock[],
  term: RowExpression,
  target: Float64Array,
): void {
  const evaluator = compileExpressions(table, [term]);
  for (const { start, count } of blocks) {
    evaluator.run(start, count);
    target.set(evaluator.outputs[0].values.subarray(0, count), start);
  }
}
