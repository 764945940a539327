/** How the numbers of a column of a file are spread, counted by DuckDB. */

import { planBins, type Spread } from '../../engine/data/bins.ts';
import type { Bins } from '../../engine/data/variableType.ts';
import type { Database } from './duckdb.ts';

/** Counts the values of the column `x` of the table `raw`, in one pass; null where there are no intervals to count in. */
export async function countBins(db: Database, x: string, spread: Spread): Promise<Bins | null> {
  const plan = planBins(spread);
  if (plan === null) return null;
  const { low, high, width, count } = plan;
  const place = `floor((${x} - ${literal(low)}) / ${literal(width)})`;
  const rows = await db.rows(
    `SELECT CAST(CASE WHEN ${x} < ${literal(low)} THEN -1 WHEN ${x} > ${literal(high)} THEN ${count} ELSE least(greatest(${place}, 0), ${count - 1}) END AS DOUBLE) AS bin, CAST(count(*) AS DOUBLE) AS n FROM raw WHERE ${x} IS NOT NULL GROUP BY 1`,
  );
  const found = new Map(rows.map((row) => [Number(row['bin']), Number(row['n'])]));
  const counts = Array.from({ length: count }, (_, bin) => found.get(bin) ?? 0);
  return { low, high, counts, below: found.get(-1) ?? 0, above: found.get(count) ?? 0 };
}

/** A number as SQL that reads back as the same double. */
function literal(value: number): string {
  return `CAST('${value}' AS DOUBLE)`;
}
