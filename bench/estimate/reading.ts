/** Reading a CSV file of 23 numeric columns into memory, against DuckDB's own time to make a table of them. Arguments: `--rows N` (1,000,000). */

import { openDatabase } from '../../server/jobs/duckdb.ts';
import { setting } from '../accuracy/simulated.ts';
import { brief, printTable } from '../lib/measure.ts';
import { readStudy } from './ours.ts';
import { studyFile } from './study.ts';
import { clocked, quickest, ratioText, secondsText } from './ticks.ts';

async function materialise(file: string): Promise<void> {
  const db = await openDatabase();
  await db.run(`CREATE TABLE study AS SELECT * FROM read_csv('${file.replaceAll("'", "''")}')`);
  db.close();
}

async function main(): Promise<void> {
  const rows = brief ? 2000 : setting('rows', 1_000_000);
  const file = studyFile(rows);
  // The first to read a file pays for its way from the disk.
  await materialise(file);
  const [theirs, ours] = [[], []] as Awaited<ReturnType<typeof clocked<unknown>>>[][];
  for (let run = 0; run < (brief ? 1 : 3); run++) {
    theirs?.push(await clocked(() => materialise(file)));
    ours?.push(await clocked(() => readStudy(file)));
  }
  const [table, read] = [quickest(theirs ?? []), quickest(ours ?? [])];
  printTable(
    [`${rows} rows: clock (processors)`, 'DuckDB', 'ours', 'ratio', 'limit'],
    [['reading', secondsText(table), secondsText(read), ratioText(read, table), '1.5×']],
  );
}

void main();
