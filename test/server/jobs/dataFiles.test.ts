/** Files of every kind that is read, several as one, and those that cannot be. */

import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDataFile, wasChanged } from '../../../server/jobs/dataFile.ts';
import { expandPaths, stateOfPaths } from '../../../server/jobs/dataPaths.ts';
import { describeData } from '../../../server/jobs/describeData.ts';
import { type Database, openDatabase } from '../../../server/jobs/duckdb.ts';
import { loadTable } from '../../../server/jobs/loadTable.ts';
import { folderWith } from '../../support/cli.ts';

let db: Database;
let folder: ReturnType<typeof folderWith>;
const at = (name: string): string => `${folder.path}/${name}`;
const put = (name: string, content: string | Buffer): void => writeFileSync(at(name), content);

beforeAll(async () => {
  db = await openDatabase();
  folder = folderWith({
    'rows.csv': 'x,word\n1,a\n2.5,\nNA,b\n',
    'rows.jsonl': '{"x":1,"word":"a"}\n{"word":null,"x":2.5}\n\n{"x":"NA","word":"b"}\n',
    'rows.json': '[{"x":1,"word":"a"},{"x":2.5},\n {"word":"b"}]',
    'deep.jsonl': '{"a\\"b":{"c":1},"A":true,"a":"1"}\n{"late":[1,2]}\n',
    'broken.jsonl': '{"x":1}\n{"x":2,\n{"x":3}\n',
    'values.jsonl': '{"x":1}\n[1,2]\n',
    'blank.jsonl': '\n\n',
    'a[1].csv': 'x\n7\n',
    'big.csv': 'x,y\n1,1e308\n2,-1e308\n3,1e300\n',
    'dates.csv': 'day,x\n2024-01-02,1\n2024-01-03 10:00,2\n,3\n',
    'zero.csv': 'x\0,y\n1,2\n',
  });
  mkdirSync(at('logs/deep'), { recursive: true });
  put('logs/b.csv', 'x,y\n3,4\n');
  put('logs/a.csv', 'x,y\n1,2\n');
  put('logs/.hidden.csv', 'z\n1\n');
  put('logs/deep/c.csv', 'x,y\n5,6\n');
  put('rows.csv.gz', gzipSync('x,word\n1,a\n2.5,\nNA,b\n'));
  put('rows.tsv.gz', gzipSync('x\tword\n1\ta\n2.5\t\nNA\tb\n'));
  put('rows.jsonl.gz', gzipSync('{"x":1,"word":"a"}\n{"x":2.5}\n{"word":"b"}\n'));
  put('plain.csv.gz', 'x,y\n1,2\n');
  put('cut.csv.gz', gzipSync(`x,y\n${'1,2\n'.repeat(1000)}`).subarray(0, 30));
  put('latin.csv', Buffer.from('x,y\n1,a\n2,\u00e9\n', 'latin1'));
  put('latinheader.csv', Buffer.from('x,pr\u00e9nom\n1,2\n', 'latin1'));
  put('utf16.csv', Buffer.from('\uFEFFx,y\n1,2\n', 'utf16le'));
  await db.run(
    `COPY (SELECT DATE '2024-01-02' AS day, [1, 2] AS list, 1.5::DECIMAL(4,1) AS x) TO '${at('typed.parquet')}'`,
  );
});
afterAll(() => {
  db.close();
  folder.remove();
});

const variable = (name: string) => ({ name, definition: null, type: null, label: false });

/** Values of columns of a file, levels by name. */
async function read(name: string, columns: readonly string[]): Promise<readonly (readonly unknown[])[]> {
  const loaded = await loadTable(db, {
    path: at(name),
    variables: columns.map(variable),
    where: null,
    filters: [],
  });
  if (loaded.kind === 'failure') throw new Error(loaded.message);
  return columns.map((column) => {
    const found = loaded.table.columns.get(column);
    if (found === undefined) return [loaded.problems.get(column)?.message];
    return found.kind === 'numeric'
      ? Array.from(found.values, (value) => (Number.isNaN(value) ? null : value))
      : Array.from(found.codes, (code) => (code < 0 ? null : found.levels[code]));
  });
}

async function failureOf(name: string): Promise<string> {
  const answer = await describeData(db, at(name), ['x', 'y']);
  return answer.kind === 'failure' ? `${answer.code}: ${answer.message}` : 'no failure';
}

describe('one file', () => {
  it.each(['rows.csv', 'rows.csv.gz', 'rows.tsv.gz', 'rows.jsonl', 'rows.json', 'rows.jsonl.gz'])(
    '%s',
    async (name) => {
      expect(await read(name, ['x', 'word'])).toEqual([
        [1, 2.5, null],
        ['a', null, 'b'],
      ]);
    },
  );
  it('of JSON has the keys of all its rows, told apart by case, and text for what is deeper', async () => {
    expect(await read('deep.jsonl', ['a"b', 'A', 'a', 'late'])).toEqual([
      ['{"c":1}', null],
      ['true', null],
      [1, null],
      [null, '[1,2]'],
    ]);
    expect(await describeData(db, at('deep.jsonl'), [])).toMatchObject({
      columns: ['a"b', 'A', 'a', 'late'],
      rows: 2,
    });
  });
  it('of Parquet may hold what is no number: dates and lists are text', async () => {
    const [list, day, x] = await read('typed.parquet', ['list', 'day', 'x']);
    expect(list).toEqual(['[1, 2]']);
    expect(x).toEqual([1.5]);
    expect(day?.[0]).toMatch(
      /day holds dates \("2024-01-02"\).*Declare it `categorical`.*days since a start/,
    );
  });
  it('whose name looks like a pattern is that file', async () => {
    expect(await read('a[1].csv', ['x'])).toEqual([[7]]);
  });
});

describe('several files', () => {
  it('are those that fit, by name, one below the other', async () => {
    expect(await read('logs/*.csv', ['x', 'y'])).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect(await read('logs/**/?.csv', ['x'])).toEqual([[1, 3, 5]]);
    expect(await expandPaths(at('**/c.csv'))).toEqual([at('logs/deep/c.csv')]);
  });
  it('that nothing fits are not found', async () => {
    expect(await failureOf('logs/*.tsv')).toMatch(/^data-not-found: No file fits .*\*\.tsv/);
  });
  it.each([
    ['x\n5\n', /^data-unreadable: c\.csv has no column y, which a\.csv has\./],
    ['x,y,z\n5,6,7\n', /c\.csv has a column z, which a\.csv has not\./],
    ['y,x\n5,6\n', /c\.csv has its columns in another order than a\.csv: column 1 is y rather than x\./],
    ['x;y\n5;6\n', /a\.csv and c\.csv separate their values differently/],
    ['x,y\n5,6,7\n', /c\.csv, line 2: 3 values where the header names 2 columns/],
  ])('have the same columns: %j', async (content, message) => {
    put('logs/deep/c.csv', content);
    expect(await failureOf('logs/**/*.csv')).toMatch(message);
    put('logs/deep/c.csv', 'x,y\n5,6\n');
  });
  it('of Parquet have the same columns too', async () => {
    mkdirSync(at('parts'), { recursive: true });
    await db.run(`COPY (SELECT 1 AS x, 2 AS y) TO '${at('parts/a.parquet')}'`);
    await db.run(`COPY (SELECT 1 AS x) TO '${at('parts/b.parquet')}'`);
    expect(await failureOf('parts/*.parquet')).toMatch(/b\.parquet has no column y, which a\.parquet has/);
  });
});

describe('what cannot be read', () => {
  it.each([
    ['broken.jsonl', /broken\.jsonl, line 3: this is no JSON/],
    ['values.jsonl', /values\.jsonl, row 2: this is a list, and a row has to be an object/],
    ['blank.jsonl', /blank\.jsonl is empty\. It has to hold an object a row/],
    ['plain.csv.gz', /plain\.csv\.gz cannot be read: it is called \.gz and is not compressed/],
    ['cut.csv.gz', /cut\.csv\.gz cannot be read: it is cut off/],
    ['latin.csv', /latin\.csv, line 3: the text is not UTF-8\. Save the file as UTF-8/],
    ['latinheader.csv', /latinheader\.csv, line 1: the name of column 2 is not UTF-8/],
    ['utf16.csv', /utf16\.csv, byte 1: the text is UTF-16/],
    ['zero.csv', /zero\.csv, line 1: the name of column 1 holds a zero byte/],
  ])('%s', async (name, message) => {
    expect(await failureOf(name)).toMatch(message);
  });
  it('a file that was written meanwhile', async () => {
    const file = await openDataFile(at('rows.csv'));
    if (file.kind === 'failure') throw new Error(file.message);
    expect(await wasChanged(file)).toBeNull();
    const before = await stateOfPaths(at('rows.csv'));
    utimesSync(at('rows.csv'), new Date(), new Date(Date.now() + 60_000));
    expect(await stateOfPaths(at('rows.csv'))).not.toBe(before);
    expect(await wasChanged(file)).toMatchObject({
      code: 'data-unreadable',
      message: expect.stringMatching(/^rows\.csv changed while it was read/),
    });
  });
});

describe('numbers without a square', () => {
  it('are described all the same', async () => {
    const found = await describeData(db, at('big.csv'), ['y']);
    expect(found).toMatchObject({
      summaries: [{ numbers: { min: -1e308, max: 1e308 } }],
    });
    const sd = found.kind === 'description' ? found.summaries[0]?.numbers?.sd : undefined;
    expect((sd ?? 0) / 1e308).toBeCloseTo(1, 6);
  });
  it('name the row of the first, and the way out', async () => {
    expect((await read('big.csv', ['x', 'y']))[1]?.[0]).toMatch(
      /y holds numbers up to 1e\+308 \(the first too large to compute with is in row 1\)\. Write it in another unit, as in `variable y = y \/ 1e\+308`/,
    );
  });
  it('dates are told from words', async () => {
    expect((await read('dates.csv', ['day']))[0]?.[0]).toMatch(/day holds dates \("2024-01-02"\)/);
  });
});
