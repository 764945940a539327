import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataExpression } from '../../../engine/data/expression.ts';
import { filterColumn } from '../../../engine/data/request.ts';
import type { Column } from '../../../engine/data/table.ts';
import { analyse } from '../../../server/analysis/analyse.ts';
import { declaredType } from '../../../server/analysis/estimation.ts';
import { describeData } from '../../../server/jobs/describeData.ts';
import { type Database, openDatabase } from '../../../server/jobs/duckdb.ts';
import { type LoadedTable, loadTable } from '../../../server/jobs/loadTable.ts';
import { folderWith } from '../../support/cli.ts';

let db: Database;
let folder: ReturnType<typeof folderWith>;
beforeAll(async () => {
  db = await openDatabase();
  folder = folderWith({
    'kinds.csv':
      'n,word,flag,level,Age,age,when\n1,b,true,2,10,11,2024-01-02\n-2.5,a,false,10,20,21,2024-01-03\n,c,true,1,30,31,\nNA,,false,2,40,41,2024-01-04\n1e3,a,TRUE,10,50,51,2024-01-05\n',
    'semicolon.csv': 'x;y\n1;2,5\n3;4\n',
    'tabs.tsv': 'x,1\ty\n1\t2\n',
    'quoted.csv': '"first, name","say ""hi""",plain\n"a, b","c ""d""",1\n',
    'late.csv': `x\n${'1\n'.repeat(12_000)}word\n`,
    'bom.csv': '\uFEFFx,y\r\n1,2\r\n3,4\r\n',
    'infinite.csv': 'x\n1\ninf\n-Infinity\n2\n',
    'nothing.csv': 'x,y\n,\n,\n',
  });
});
afterAll(() => {
  db.close();
  folder.remove();
});

/** Loads the declared variables of a spec. */
async function load(file: string, text: string): Promise<LoadedTable> {
  const analysis = analyse(`data "${file}"\n${text}`);
  expect(analysis.diagnostics.filter(({ code }) => code !== 'unused-variable')).toEqual([]);
  const { ordered } = analysis.definitions;
  const names = [...analysis.symbols.declarations.keys()];
  const plain = names.filter((name) => !ordered.has(name));
  const variables = [...plain, ...ordered.keys()].map((name) => ({
    name,
    definition: ordered.get(name) ?? null,
    type: declaredType(name, analysis),
    label: false,
  }));
  const loaded = await loadTable(db, {
    path: `${folder.path}/${file}`,
    variables,
    where: analysis.data.where,
    filters: [],
  });
  if (loaded.kind === 'failure') throw new Error(loaded.message);
  return loaded;
}

/** Values of a column, levels by name and missing values as null. */
function valuesOf(column: Column | undefined): (number | string | null)[] {
  if (column?.kind === 'numeric')
    return Array.from(column.values, (value) => (Number.isNaN(value) ? null : value));
  return Array.from(column?.codes ?? [], (code) => (code < 0 ? null : (column?.levels[code] ?? null)));
}

const read = async (file: string, text: string, name: string) =>
  valuesOf((await load(file, text)).table.columns.get(name));

describe('columns', () => {
  it('are numbers where every value is one, with the usual marks for missing', async () => {
    expect(await read('kinds.csv', 'variable n', 'n')).toEqual([1, -2.5, null, null, 1000]);
  });
  it('are levels otherwise, in order of code unit', async () => {
    const { table } = await load('kinds.csv', 'variable word');
    expect(valuesOf(table.columns.get('word'))).toEqual(['b', 'a', 'c', null, 'a']);
    expect(table.columns.get('word')).toMatchObject({ levels: ['a', 'b', 'c'] });
  });
  it('are levels in the order of numbers where they are declared categorical', async () => {
    expect(
      (await load('kinds.csv', 'variable level : categorical')).table.columns.get('level'),
    ).toMatchObject({ levels: ['1', '2', '10'] });
  });
  it('are levels in the order that is declared, the reference first', async () => {
    const { table } = await load(
      'kinds.csv',
      'variable word : categorical(c, a, b)\nvariable level : ordinal(10, 2, 1)',
    );
    expect(table.columns.get('word')).toMatchObject({ levels: ['c', 'a', 'b'] });
    expect(table.columns.get('level')).toMatchObject({ levels: ['10', '2', '1'] });
    expect(valuesOf(table.columns.get('level'))).toEqual(['2', '10', '1', '2', '10']);
  });
  it('differ by case in their names', async () => {
    expect(await read('kinds.csv', 'variable Age, age', 'Age')).toEqual([10, 20, 30, 40, 50]);
    expect(await read('kinds.csv', 'variable Age, age', 'age')).toEqual([11, 21, 31, 41, 51]);
  });
  it('are read with the delimiter of the header', async () => {
    expect(await read('semicolon.csv', 'variable x, y', 'x')).toEqual([1, 3]);
    expect(await read('tabs.tsv', 'variable `x,1`, y', 'x,1')).toEqual([1]);
  });
  it('are read with quotes, a byte-order mark and Windows line ends', async () => {
    expect(await read('quoted.csv', 'variable `first, name`, `say "hi"`', 'say "hi"')).toEqual(['c "d"']);
    expect(await read('bom.csv', 'variable x, y', 'x')).toEqual([1, 3]);
  });
  it('are looked at to the end where a late value does not fit', async () => {
    const { table, problems } = await load('late.csv', 'variable x');
    expect(table.columns.has('x')).toBe(false);
    expect(problems.get('x')?.message).toMatch(
      /x holds numbers, and text in 1 of 12001 rows \("word"\), first in row 12001/,
    );
  });
  it('with infinities name the row of the first, and are read where it is left out', async () => {
    const { problems } = await load('infinite.csv', 'variable x');
    expect(problems.get('x')).toMatchObject({
      code: 'type-mismatch',
      message: expect.stringContaining('x is infinite in row 2.'),
    });
    const kept = await loadTable(db, {
      path: `${folder.path}/infinite.csv`,
      variables: [{ name: 'x', definition: null, type: null, label: false }],
      where: {
        kind: 'comparison',
        operator: '<',
        left: { kind: 'call', function: 'abs', arguments: [{ kind: 'column', name: 'x' }] },
        right: { kind: 'number', value: 1e30 },
      },
      filters: [],
    });
    expect(kept.kind === 'loaded' && valuesOf(kept.table.columns.get('x'))).toEqual([1, 2]);
  });
  it('may be wholly missing', async () => {
    expect(await read('nothing.csv', 'variable x', 'x')).toEqual([null, null]);
  });
  it('that are not there are the problem of what uses them', async () => {
    const { problems, table } = await load('kinds.csv', 'variable n, nope');
    expect(problems.get('nope')).toMatchObject({ code: 'column-missing' });
    expect(table.columns.has('n')).toBe(true);
  });
});

describe('what is declared', () => {
  it('numbers with a decimal comma are told as such', async () => {
    const { problems } = await load('semicolon.csv', 'variable y');
    expect(problems.get('y')?.message).toMatch(/decimal comma \("2,5"\)\. Write them with a point/);
  });
  it.each([
    [
      'variable word : continuous',
      /declared continuous and holds text in 4 of 4 rows \("b"\), first in row 1\. /,
    ],
    ['variable n : binary', /declared binary and has 3 values \(-2\.5, 1, 1000\)/],
    ['variable word : categorical(a, b)', /holds "c", which is not one of its declared levels \(a and b\)/],
  ])('%s', async (text, message) => {
    const { problems } = await load('kinds.csv', text);
    expect([...problems.values()][0]?.message).toMatch(message);
  });
});

describe('expressions', () => {
  const cases: [string, (number | string | null)[]][] = [
    ['n + 1', [2, -1.5, null, null, 1001]],
    ['n * 2 - n / 2', [1.5, -3.75, null, null, 1500]],
    ['-n', [-1, 2.5, null, null, -1000]],
    ['n / (n - 1)', [null, 2.5 / 3.5, null, null, 1000 / 999]],
    ['log(n)', [0, null, null, null, Math.log(1000)]],
    ['sqrt(n)', [1, null, null, null, Math.sqrt(1000)]],
    ['exp(n)', [Math.E, Math.exp(-2.5), null, null, null]],
    ['abs(n)', [1, 2.5, null, null, 1000]],
    ['round(n / 3, 2)', [0.33, -0.83, null, null, 333.33]],
    ['min(n, level)', [1, -2.5, null, null, 10]],
    ['max(n)', [1, -2.5, null, null, 1000]],
    ['coalesce(n, 0)', [1, -2.5, 0, 0, 1000]],
    ['lower(flag)', ['true', 'false', 'true', 'false', 'true']],
    ['if(n > 0, 1, 0)', [1, 0, null, null, 1]],
    ['if(word == "a", "yes", "no")', ['no', 'yes', 'no', null, 'yes']],
    ['n > 0 and level = 2', [1, 0, 0, null, 0]],
    ['n > 0 or level == 2', [1, 0, null, 1, 1]],
    ['not (n > 0)', [0, 1, null, null, 0]],
    ['n is missing', [0, 0, 1, 1, 0]],
    ['n is not missing', [1, 1, 0, 0, 1]],
    ['word in ("a", "c")', [0, 1, 1, null, 1]],
    ['flag == true', [1, 0, 1, 0, 1]],
    ['n<-1', [0, 1, null, null, 0]],
    ['2 + 3 * 4', [14, 14, 14, 14, 14]],
    ['(2 + 3) * 4', [20, 20, 20, 20, 20]],
  ];
  it.each(cases)('%s', async (expression, expected) => {
    const found = await read(
      'kinds.csv',
      `variable n, level, word, flag\nvariable out = ${expression}`,
      'out',
    );
    expect(found.map((value) => (typeof value === 'number' ? Number(value.toPrecision(12)) : value))).toEqual(
      expected.map((value) => (typeof value === 'number' ? Number(value.toPrecision(12)) : value)),
    );
  });
  it.each([
    ['word + 1', /`\+` needs a number, and word is text/],
    ['log(word)', /`log` needs a number/],
    ['word == 1', /word is text and 1 is a number: they cannot be compared/],
    ['n == missing', /Write `is missing`/],
    ['if(word, 1, 0)', /A condition is needed here/],
    ['if(n > 0, "a", 1)', /partly text and partly numbers/],
    ['nope * 2', /The data have no column nope/],
  ])('%s is refused in words', async (expression, message) => {
    const { problems } = await load('kinds.csv', `variable n, word\nvariable out = ${expression}`);
    expect(problems.get('out')?.message).toMatch(message);
  });
  it('use other variables, whatever their order in the text', async () => {
    expect(await read('kinds.csv', 'variable b = a + 1\nvariable a = n * 2\nvariable n', 'b')).toEqual([
      3,
      -4,
      null,
      null,
      2001,
    ]);
  });
  it('take their own name as the column', async () => {
    expect(await read('kinds.csv', 'variable level = level * 10', 'level')).toEqual([20, 100, 10, 20, 100]);
  });
  it('never paste text into a statement', async () => {
    const found = await read(
      'kinds.csv',
      `variable word\nvariable out = if(word == "'); DROP TABLE raw; --", 1, 0)`,
      'out',
    );
    expect(found).toEqual([0, 0, 0, null, 0]);
  });
});

describe('rows', () => {
  const number = (value: number): DataExpression => ({ kind: 'number', value });
  const atLeast = (name: string, value: number): DataExpression => ({
    kind: 'comparison',
    operator: '>=',
    left: { kind: 'column', name },
    right: number(value),
  });
  it('are kept in the order of the file, and counted by why they are not', async () => {
    const variable = { name: 'level', definition: null, type: null, label: false };
    const loaded = await loadTable(db, {
      path: `${folder.path}/kinds.csv`,
      variables: [variable],
      where: atLeast('n', 0),
      filters: [atLeast('level', 5)],
    });
    if (loaded.kind === 'failure') throw new Error(loaded.message);
    expect(valuesOf(loaded.table.columns.get('level'))).toEqual([2, 10]);
    expect(valuesOf(loaded.table.columns.get(filterColumn(0)))).toEqual([0, 1]);
    expect(loaded).toMatchObject({ rowsRead: 5, rowsFiltered: 1, rowsUndecided: 2 });
  });
  it('fail as a whole where the condition does not fit the data', async () => {
    const failed = await loadTable(db, {
      path: `${folder.path}/kinds.csv`,
      variables: [],
      where: atLeast('word', 1),
      filters: [],
    });
    expect(failed).toMatchObject({
      kind: 'failure',
      code: 'type-mismatch',
      message: expect.stringContaining('In `where`'),
    });
  });
});

describe('descriptions', () => {
  it('summarise the columns that are asked for, and list all', async () => {
    const found = await describeData(db, `${folder.path}/kinds.csv`, ['n', 'word', 'nope']);
    expect(found).toMatchObject({
      kind: 'description',
      columns: ['n', 'word', 'flag', 'level', 'Age', 'age', 'when'],
      rows: 5,
    });
    if (found.kind === 'failure') return;
    const [n, word] = found.summaries;
    expect(n).toMatchObject({
      type: 'number',
      missing: 2,
      distinct: 3,
      integer: false,
      numbers: { min: -2.5, max: 1000, median: 1 },
    });
    expect(word).toMatchObject({
      type: 'text',
      missing: 1,
      distinct: 3,
      numbers: null,
      common: [
        { value: 'a', count: 2 },
        { value: 'b', count: 1 },
        { value: 'c', count: 1 },
      ],
    });
  });
  it('are the same for gzip and for Parquet', async () => {
    const csv = `${folder.path}/kinds.csv`;
    const { gzipSync } = await import('node:zlib');
    const { readFileSync, writeFileSync } = await import('node:fs');
    writeFileSync(`${folder.path}/kinds.csv.gz`, gzipSync(readFileSync(csv)));
    await db.run(
      `COPY (SELECT * FROM read_csv('${csv}', nullstr = ['', 'NA'], header = true, auto_type_candidates = ['DOUBLE', 'VARCHAR'])) TO '${folder.path}/kinds.parquet'`,
    );
    const wanted = ['n', 'word', 'level'];
    const [plain, zipped, parquet] = [
      await describeData(db, csv, wanted),
      await describeData(db, `${csv}.gz`, wanted),
      await describeData(db, `${folder.path}/kinds.parquet`, wanted),
    ];
    expect(zipped).toEqual(plain);
    if (plain.kind === 'failure' || parquet.kind === 'failure') throw new Error('unreadable');
    expect(parquet.summaries).toEqual(plain.summaries);
  });
});
