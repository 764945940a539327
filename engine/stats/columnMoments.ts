/** The data kernel over columns in memory. */

import { doubles } from '../data/sharedArrays.ts';
import { columnOf, type Table } from '../data/table.ts';
import { triangularise } from './blockedQr.ts';
import { alone, type Crew, partsOf, sharedTable } from './crew.ts';
import { compileExpressions } from './evaluate.ts';
import { momentPart, wholeAnswer } from './momentParts.ts';
import type { MomentAnswer, MomentRequest, Moments, RowMoments } from './moments.ts';
import { everyBlock, type RowBlock, rowsOf } from './rowBlocks.ts';
import { one, type RowExpression } from './rowExpression.ts';
import { BLOCK } from './rowRoom.ts';

/** Blocks of a table that has a sample, and how many of them make one of the sample's. */
const SAMPLED_BLOCKS = 128;
const BLOCKS_A_SAMPLED = 16;

/** A kernel that answers from `table`; where it has many rows `crew` shares the work. */
export function columnMoments(table: Table, crew: Crew = alone): RowMoments {
  const all = everyBlock(table.rowCount);
  const sample = table.rowCount < SAMPLED_BLOCKS * BLOCK ? {} : { sample: sampleOf(table, all) };
  return {
    ...sample,
    rowCount: table.rowCount,
    pass: (request) => pass(table, request, crew),
    triangularFactor: async (terms, weight) => triangularFactor(table, all, terms, weight),
    values: (term) => values(table, term, crew),
    distances: (columns, pairs) => crew.share({ kind: 'distances', columns, pairs }),
  };
}

function sampleOf(table: Table, all: readonly RowBlock[]): Moments {
  const blocks = all.filter((_block, b) => b % BLOCKS_A_SAMPLED === 0);
  return {
    rowCount: rowsOf(blocks),
    pass: async (request) => wholeAnswer([momentPart(table, blocks, request)], request),
    triangularFactor: async (terms, weight) => triangularFactor(table, blocks, terms, weight),
  };
}

async function pass(table: Table, request: MomentRequest, crew: Crew): Promise<MomentAnswer> {
  const work = { kind: 'moments', table, request } as const;
  if (partsOf(work) === 1) return wholeAnswer(await alone.share(work), request);
  const used = sharedTable(table, expressionsOf(request), []);
  return wholeAnswer(await crew.share({ ...work, table: used }), request);
}

function expressionsOf({ products, sums, dots, groupSums, extremes }: MomentRequest): RowExpression[] {
  return [
    ...[...(products?.terms ?? []), ...(products?.weight === undefined ? [] : [products.weight])],
    ...[...(sums ?? []), ...(groupSums?.terms ?? []), ...(extremes ?? [])],
    ...(dots === undefined ? [] : [dots.left, ...dots.rights]),
  ];
}

function triangularFactor(
  table: Table,
  blocks: readonly RowBlock[],
  terms: readonly RowExpression[],
  weight: RowExpression | undefined,
): Float64Array {
  const size = terms.length;
  const factor = triangularise(size);
  const row = new Float64Array(size);
  const evaluator = compileExpressions(table, [...terms, weight ?? one]);
  const buffers = evaluator.outputs.map((output) => output.values);
  for (const { start, count } of blocks) {
    evaluator.run(start, count);
    for (let i = 0; i < count; i++) {
      const scale = Math.sqrt(buffers[size][i]);
      for (let j = 0; j < size; j++) row[j] = scale * buffers[j][i];
      factor.add(row);
    }
  }
  return factor.finish();
}

/** Of what is there already nothing is copied. */
async function values(table: Table, term: RowExpression, crew: Crew): Promise<Float64Array> {
  if (term.kind === 'values') return term.values;
  if (term.kind === 'column') {
    const known = columnOf(table, term.name);
    if (known.kind === 'numeric') return known.values;
  }
  const target = doubles(table.rowCount);
  const work = { kind: 'values', table, term, target } as const;
  if (partsOf(work) === 1) await alone.share(work);
  else await crew.share({ ...work, table: sharedTable(table, [term]) });
  return target;
}
