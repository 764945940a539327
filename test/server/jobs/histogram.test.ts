import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planBins } from '../../../engine/data/bins.ts';
import type { ColumnSummary } from '../../../engine/data/variableType.ts';
import { describeData } from '../../../server/jobs/describeData.ts';
import { type Database, openDatabase } from '../../../server/jobs/duckdb.ts';
import { folderWith } from '../../support/cli.ts';

const column = (values: readonly (number | string)[]): string => `x\n${values.join('\n')}\n`;
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

let db: Database;
let folder: ReturnType<typeof folderWith>;
beforeAll(async () => {
  db = await openDatabase();
  folder = folderWith({
    'whole.csv': column(upTo(40)),
    'tenths.csv': column(upTo(101).map((i) => i / 10)),
    'far.csv': column([...upTo(1000).map((i) => i % 100), 1e6, -1e6]),
    'gaps.csv': column([0, 1, 2, 3, 4, 5, 6, '', 'NA', 40]),
    'few.csv': column([0, 1, 2, 0, 1, 2]),
    'word.csv': column(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']),
  });
});
afterAll(() => {
  db.close();
  folder.remove();
});

async function summaryOf(file: string): Promise<ColumnSummary> {
  const found = await describeData(db, `${folder.path}/${file}`, ['x']);
  const summary = found.kind === 'failure' ? undefined : found.summaries[0];
  if (summary === undefined) throw new Error('no summary');
  return summary;
}

describe('the histogram of a column', () => {
  it('gives whole numbers intervals of whole width', async () => {
    expect((await summaryOf('whole.csv')).bins).toEqual({
      low: 0,
      high: 39,
      counts: upTo(20).map(() => 2),
      below: 0,
      above: 0,
    });
  });
  it('counts every value once, the largest in the last interval', async () => {
    const { bins, rows } = await summaryOf('tenths.csv');
    expect(bins).toMatchObject({ low: 0, high: 10, below: 0, above: 0 });
    expect(bins?.counts).toHaveLength(20);
    expect(bins?.counts.reduce((sum, count) => sum + count, 0)).toBe(rows);
    expect(bins?.counts.at(-1)).toBe(6);
  });
  it('leaves a few far values out and counts them', async () => {
    const { bins, numbers } = await summaryOf('far.csv');
    expect(numbers).toMatchObject({ min: -1e6, max: 1e6 });
    expect(bins?.low).toBeGreaterThanOrEqual(0);
    expect(bins?.high).toBeLessThanOrEqual(100);
    const inside = bins?.counts.reduce((sum, count) => sum + count, 0) ?? 0;
    expect(inside + (bins?.below ?? 0) + (bins?.above ?? 0)).toBe(1002);
    expect(bins?.below).toBeGreaterThan(0);
    expect(bins?.above).toBeGreaterThan(0);
  });
  it('passes missing values over', async () => {
    const { bins, missing } = await summaryOf('gaps.csv');
    expect(missing).toBe(2);
    expect(bins?.counts.reduce((sum, count) => sum + count, 0)).toBe(8);
  });
  it.each(['few.csv', 'word.csv'])('makes none of %s', async (file) => {
    expect((await summaryOf(file)).bins).toBeUndefined();
  });
  it('makes none of values that do not differ, or lie too near or too far apart for a double', () => {
    const spread = (min: number, max: number, integer = false) => ({
      numbers: { min, max },
      bulk: { low: min, high: max },
      integer,
    });
    expect(planBins(spread(3, 3))).toBeNull();
    expect(planBins(spread(3, 3, true))).toBeNull();
    expect(planBins(spread(-1.7e308, 1.7e308))).toBeNull();
    expect(planBins(spread(1, 1 + Number.EPSILON))).toBeNull();
    expect(planBins(spread(1e300, 1e300 * (1 + 1e-15), true))).toBeNull();
  });
});
