/** Work on many rows, cut into parts that do not depend on who does them: one thread or several give the same numbers to the last bit. */

import { sharedCodes, sharedNumbers } from '../data/sharedArrays.ts';
import type { Column, Table } from '../data/table.ts';
import { kolmogorovSmirnov } from './kolmogorovSmirnov.ts';
import { type MomentPart, momentPart } from './momentParts.ts';
import type { MomentRequest } from './moments.ts';
import { everyBlock, PART_ROWS, partBlocks } from './rowBlocks.ts';
import { columnsIn, type RowExpression } from './rowExpression.ts';
import { fillValues } from './rowFill.ts';

/** Plain data, whose arrays are shared where they are long. */
export type RowWork =
  | { readonly kind: 'moments'; readonly table: Table; readonly request: MomentRequest }
  /** Writes a value a row to `target`. */
  | {
      readonly kind: 'values';
      readonly table: Table;
      readonly term: RowExpression;
      readonly target: Float64Array;
    }
  /** Distances between the samples of `pairs`, one list a column. */
  | {
      readonly kind: 'distances';
      readonly columns: readonly Float64Array[];
      readonly pairs: readonly Float64Array[];
    };

export interface RowResults {
  readonly moments: MomentPart;
  readonly values: null;
  readonly distances: readonly number[];
}

export interface Crew {
  /** What comes of each part, in their order. */
  share<Kind extends RowWork['kind']>(work: RowWork & { readonly kind: Kind }): Promise<RowResults[Kind][]>;
}

/** Parts of a piece of work. Sums by group have one: their room may be many times that of the rows' sums. */
export function partsOf(work: RowWork): number {
  switch (work.kind) {
    case 'moments':
      return work.request.groupSums === undefined ? rowParts(work.table) : 1;
    case 'values':
      return rowParts(work.table);
    case 'distances':
      return work.columns.length;
  }
}

function rowParts({ rowCount }: Table): number {
  return Math.max(1, Math.ceil(rowCount / PART_ROWS));
}

export function doPart(work: RowWork, part: number): RowResults[RowWork['kind']] {
  switch (work.kind) {
    case 'moments': {
      const { table, request } = work;
      const blocks = partsOf(work) === 1 ? everyBlock(table.rowCount) : partBlocks(table.rowCount, part);
      return momentPart(table, blocks, request);
    }
    case 'values':
      fillValues(work.table, partBlocks(work.table.rowCount, part), work.term, work.target);
      return null;
    case 'distances':
      return kolmogorovSmirnov(work.columns[part], work.pairs);
  }
}

/** Does all parts here and now. */
export const alone: Crew = {
  share: async <Kind extends RowWork['kind']>(work: RowWork & { readonly kind: Kind }) =>
    // A part of a work of one kind is a result of that kind.
    Array.from({ length: partsOf(work) }, (_part, p) => doPart(work, p) as RowResults[Kind]),
};

/** The columns of `table` that `expressions` and `others` name, in arrays that can be shared. */
export function sharedTable(
  table: Table,
  expressions: readonly RowExpression[],
  others: readonly string[] = [],
): Table {
  const columns = new Map<string, Column>();
  for (const name of [...columnsIn(expressions), ...others]) {
    const column = table.columns.get(name);
    if (column === undefined) continue;
    columns.set(
      name,
      column.kind === 'numeric'
        ? { kind: 'numeric', values: sharedNumbers(column.values) }
        : { ...column, codes: sharedCodes(column.codes) },
    );
  }
  return { rowCount: table.rowCount, columns };
}
