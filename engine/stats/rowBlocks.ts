/** How rows are cut: into blocks that are evaluated at once, and blocks into parts whose sums are added up in their order. */

import { SHARED_LENGTH } from '../data/sharedArrays.ts';
import { BLOCK } from './rowRoom.ts';

/** Consecutive rows that are evaluated at once. */
export interface RowBlock {
  readonly start: number;
  readonly count: number;
}

/** Rows a part: whoever sums them, their sums are the same. Where rows make more than one part, arrays of a number a row are shared. */
export const PART_ROWS = SHARED_LENGTH;

export function everyBlock(rows: number): readonly RowBlock[] {
  return blocksBetween(0, rows);
}

/** The blocks of part `part`. */
export function partBlocks(rows: number, part: number): readonly RowBlock[] {
  return blocksBetween(part * PART_ROWS, Math.min(rows, (part + 1) * PART_ROWS));
}

function blocksBetween(first: number, end: number): readonly RowBlock[] {
  return Array.from({ length: Math.ceil((end - first) / BLOCK) }, (_block, b) => {
    const start = first + b * BLOCK;
    return { start, count: Math.min(BLOCK, end - start) };
  });
}

export function rowsOf(blocks: readonly RowBlock[]): number {
  return blocks.reduce((rows, { count }) => rows + count, 0);
}
