import { afterAll, beforeAll, expect, it } from 'vitest';
import { folderWith } from '../../support/cli.ts';
import { estimateNamed, estimateText } from '../../support/estimateText.ts';

const rows = Array.from({ length: 200 }, (_row, i) => {
  const year = 2000 + (i % 10);
  const t = Number((i * 37) % 10 < 3 + (i % 10) / 3);
  return `${t},${t + year / 10 + ((i * 17) % 7)},${year},0${1 + (i % 2)}`;
});
let folder: ReturnType<typeof folderWith>;
beforeAll(() => {
  folder = folderWith({ 'd.csv': `t,y,year,code\n${rows.join('\n')}\n` });
});
afterAll(() => folder.remove());

const spec = `data "d.csv" { where year > 2000 }
variable t, y, year
variable decade = if(year > 2004, 1, 0)
year -> t, y
t -> y
treatment t
outcome y
estimate regression as "plain"
`;

it('a variable stays a number where another estimate is clustered by it', async () => {
  const path = `${folder.path}/d.csv`;
  const alone = estimateNamed(await estimateText(spec, path), 'plain');
  const both = await estimateText(`${spec}estimate regression as "clustered" { cluster year }\n`, path);
  expect(estimateNamed(both, 'plain')).toEqual(alone);
  expect(estimateNamed(both, 'clustered').estimate).toBe(alone.estimate);
  expect(estimateNamed(both, 'clustered').seType).toBe('cluster');
});

it('clusters are columns as they are written, and derived variables', async () => {
  const clustered = (by: string) =>
    estimateText(`${spec}estimate regression as "c" { cluster ${by} }\n`, `${folder.path}/d.csv`);
  for (const by of ['code', 'decade']) {
    expect(estimateNamed(await clustered(by), 'c')).toMatchObject({ seType: 'cluster', reliable: true });
  }
});

it('a column that is declared categorical keeps apart what is written apart', async () => {
  const codes = rows.map((row, i) => `${row},${['1', '01', '1.0', '2'][i % 4]},${1 + (i % 3)}`);
  const other = folderWith({ 'e.csv': `t,y,year,code,mark,plain\n${codes.join('\n')}\n` });
  try {
    const levels = async (variable: string) => {
      const text = `${spec}variable ${variable} : categorical\n${variable} -> y\nestimate regression as "l" of ${variable} on y\n`;
      const outcomes = await estimateText(text, `${other.path}/e.csv`);
      return outcomes.flatMap((one) => (one.name.startsWith('l') ? [one.contrast.join(' vs ')] : []));
    };
    expect((await levels('mark')).length).toBe(3);
    expect(await levels('plain')).toEqual(['2 vs 1', '3 vs 1']);
  } finally {
    other.remove();
  }
});

it.each(['regression', 'ipw'])('%s needs two clusters and two levels to compare', async (method) => {
  const outcomes = await estimateText(
    `${spec}variable all = if(year > 0, 1, 0)
estimate ${method} as "one cluster" { cluster all }
estimate ${method} as "one level" { contrast 1 vs 1 }
`,
    `${folder.path}/d.csv`,
  );
  const errorOf = (name: string) => {
    const found = outcomes.find((one) => one.name === name);
    return found?.kind === 'failure' ? found.error : null;
  };
  expect(errorOf('one cluster')).toMatchObject({
    code: 'too-few-clusters',
    message: expect.stringContaining('one cluster of all;'),
  });
  expect(errorOf('one level')).toMatchObject({
    code: 'level-unknown',
    message: expect.stringContaining('1 stands on both sides'),
  });
});
