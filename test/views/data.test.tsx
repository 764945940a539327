/** The pictures of data, as they are printed. */

import { readFileSync } from 'node:fs';
import { render } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import type { Correlations } from '../../engine/data/profile/correlations.ts';
import { CorrelationMatrix, strengthOf, strongestWords } from '../../views/data/correlationMatrix.tsx';
import { dataStyle } from '../../views/data/dataStyle.ts';
import {
  differenceWords,
  missingWords,
  rowWords,
  shownNumber,
  shownShare,
  splitWords,
} from '../../views/data/dataWords.ts';
import { RowsBar } from '../../views/data/rowsBar.tsx';
import { ScatterPlot, scatterWords } from '../../views/data/scatterPlot.tsx';
import { SharesTable } from '../../views/data/sharesTable.tsx';
import { VariableSpread } from '../../views/data/variableSpread.tsx';
import { DataSection } from '../../views/report/dataSection.tsx';
import { described, oddlyNamed, pairPicture, undirected } from './described.ts';
import { HOSTILE_NAMES } from './snapshots.ts';
import { parseXml } from './xml.ts';

const summaryOf = (data: ReturnType<typeof described>, name: string) => {
  const found = data.variables.find((variable) => variable.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};

const spread = (data: ReturnType<typeof described>, name: string): string =>
  render(<VariableSpread summary={summaryOf(data, name)} byArm={data.byArm} width={250} />);

describe('words', () => {
  test('shares never round to none or all', () => {
    expect([0, 0.0004, 0.031, 0.25, 0.9996, 1].map(shownShare)).toEqual([
      '0 %',
      '< 0.1 %',
      '3.1 %',
      '25 %',
      '> 99.9 %',
      '100 %',
    ]);
    expect([13, 36.6421, 123456.7, 0.00012].map(shownNumber)).toEqual(['13', '36.6', '123,457', '0.000120']);
  });

  test('rows are told with the reasons why not all are kept', () => {
    const rows = { read: 3130, kept: 3000, dropped: { where: 100, undecided: 30 } };
    expect(rowWords(rows, 2908)).toBe(
      '3000 of 3130 rows are kept (100 left out by the filter, 30 left out since the filter lacks a value there). 2908 have a value in every variable, 92 lack at least one.',
    );
    const none = { read: 0, kept: 0, dropped: { where: 0, undecided: 0 } };
    expect(rowWords(none, 0)).toBe('0 of 0 rows are kept.');
  });

  test('missing values are told by group where the groups differ', () => {
    const data = described();
    const words = (name: string): string =>
      missingWords(
        summaryOf(data, name),
        data.byArm?.split ?? null,
        data.byArm?.variables.find((variable) => variable.name === name)?.arms ?? [],
      );
    expect(words('age')).toBe('none missing');
    expect(words('activity')).toMatch(/% missing \(\d+ rows\): .* where = 0, .* where = 1$/);
  });

  test('a treatment of many values says that it is split at the median, one of levels which', () => {
    expect(splitWords(described(9).byArm?.split ?? never())).toMatch(/split in two at the median: ≤ .*, > /);
    expect(splitWords(described(3).byArm?.split ?? never())).toMatch(/= 0 \(.* rows\), = 1 .*, = 2 /);
  });

  test('groups that differ are told from groups that are alike', () => {
    const { comparisons } = described();
    expect(differenceWords(comparisons, 'age')).toMatch(/^groups differ by \d/);
    expect(differenceWords(comparisons, 'rollout')).toMatch(/^groups alike/);
    expect(differenceWords(comparisons, 'personalized')).toBe('');
  });
});

function never(): never {
  throw new Error('no split');
}

/** `selector{properties}` of a style sheet without spaces, one a selector. */
function rulesOf(style: string): ReadonlySet<string> {
  const plain = style.replace(/\/\*[^*]*\*\//g, '').replace(/\s+/g, ' ');
  return new Set(
    [...plain.matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(([, selectors = '', body = '']) =>
      selectors
        .split(',')
        .map((selector) => `${selector.trim()}{${body.replace(/\s*([:;,])\s*/g, '$1').trim()}}`),
    ),
  );
}

describe('the report', () => {
  test('prints the same pictures, without anything to work with', () => {
    const data = { name: 'music.csv', rows: 3130, described: described(), unread: '' };
    const markup = render(<DataSection data={data} roles={[]} />);
    expect(markup).toContain('3000 of 3130 rows are kept');
    expect(markup).toContain('names the rows');
    expect(markup.match(/<li><p><strong>/g)).toHaveLength(9);
    expect(markup).not.toMatch(/<button|tabindex|gridcell/i);
    expect(() => parseXml(markup)).not.toThrow();
  });

  test('the marks of the groups look as they do on the page', () => {
    const page = rulesOf(readFileSync('media/style/data.css', 'utf8').replaceAll(';\n}', '\n}'));
    const report = [...rulesOf(dataStyle())].filter((rule) =>
      /^(\.plot|\.arm|\.bars|\.histogram |\.share )/.test(rule),
    );
    expect(report.length).toBeGreaterThan(15);
    for (const rule of report) expect([...page]).toContain(rule);
  });
});

describe('pictures', () => {
  test('two groups stand on either side of one line, more of them above each other, one alone', () => {
    const frames = (markup: string): number => markup.split('class="frame"').length - 1;
    const two = spread(described(), 'age');
    expect(two).toContain('arm-0 hollow');
    expect(two).toContain('arm-1 solid');
    expect(new Set(two.match(/class="frame" d="[^"]*"/g)).size).toBe(1);
    expect(frames(spread(described(4), 'age'))).toBe(4);
    expect(frames(spread(undirected(), 'age'))).toBe(1);
    expect(spread(described(), 'age')).toMatch(/aria-label="age: where = 0 most often around .*; where = 1 /);
  });

  test('bars are shares of the own group: the smaller group is as tall as it would be in full', () => {
    const data = described();
    const [low, high] = data.byArm?.variables.find(({ name }) => name === 'rollout')?.arms ?? [];
    const share = (arm: typeof low): string => shownShare((arm?.counts[0] ?? 0) / (arm?.present ?? 1));
    const markup = spread(data, 'rollout');
    expect(markup).toContain(share(low));
    expect(markup).toContain(share(high));
  });

  test('of the treatment itself all rows are one group', () => {
    expect(spread(described(), 'personalized')).not.toContain('= 0');
  });

  test('parts of the rows that are empty are neither drawn nor in the key', () => {
    const all = render(<RowsBar rows={described().rows} complete={2908} width={600} />);
    expect(all).toContain('with a missing value (92)');
    const whole = { read: 10, kept: 10, dropped: { where: 0, undecided: 0 } };
    const plain = render(<RowsBar rows={whole} complete={10} width={600} />);
    expect(plain).not.toContain('filter');
    expect(plain).toContain('Each has a value in every variable');
  });

  test('a matrix says each correlation once, with its sign in the number and beside it', () => {
    const correlations: Correlations = {
      variables: ['a', 'b', 'c'],
      matrix: [
        [1, -0.72, 0.02],
        [-0.72, 1, null],
        [0.02, null, 1],
      ],
      truncated: false,
    };
    const plain = render(<CorrelationMatrix correlations={correlations} />);
    expect(plain.match(/<td/g)).toHaveLength(3);
    expect(plain).toContain('▼</span> −0.72');
    expect(plain).toContain('</span> 0.02');
    expect(plain).toContain('</span> –');
    expect(plain).not.toContain('gridcell');
    expect(strongestWords(correlations)).toBe('The strongest is that of a with b: −0.72.');
    expect([null, 0, 0.1, -0.3, 0.5, -1].map(strengthOf)).toEqual([0, 0, 1, 2, 3, 4]);
    const grid = render(
      <CorrelationMatrix
        correlations={correlations}
        focus={{ stop: { row: 2, column: 1 }, chosen: { row: 1, column: 0 } }}
      />,
    );
    expect(grid.match(/tabindex="0"/gi)).toHaveLength(1);
    expect(grid.match(/aria-selected="?true/g)).toHaveLength(1);
  });

  test('points have a mark for each group, and say what is drawn', () => {
    const picture = pairPicture('age', 'engagement');
    if (picture.kind !== 'points') throw new Error(picture.kind);
    expect(scatterWords(picture)).toMatch(/correlation over all rows is −0\.\d\d.*2000 of 3000 rows/);
    const markup = render(<ScatterPlot picture={picture} width={600} />);
    expect(markup.match(/class="mark /g)).toHaveLength(4);
    expect(markup).toContain('personalized = 1');
    expect(markup).not.toContain('NaN');
  });

  test('levels are strips, and two with levels a table whose rows add up', () => {
    const strips = pairPicture('region', 'activity');
    if (strips.kind !== 'points') throw new Error(strips.kind);
    const markup = render(<ScatterPlot picture={strips} width={600} />);
    expect(markup).toContain('north');
    expect(markup).not.toContain('NaN');
    expect(scatterWords(strips)).toContain('spread out');
    const upright = pairPicture('activity', 'premium');
    if (upright.kind !== 'points') throw new Error(upright.kind);
    expect(render(<ScatterPlot picture={upright} width={300} />)).not.toContain('NaN');
    const table = pairPicture('region', 'premium');
    if (table.kind !== 'shares') throw new Error(table.kind);
    const shown = render(<SharesTable picture={table} />);
    expect(shown).toContain('premium = 1');
    expect(table.counts.flat().reduce((sum, count) => sum + count, 0)).toBe(3000);
  });

  test('whatever variables are called, the markup is sound and holds no element of theirs', () => {
    const data = oddlyNamed(HOSTILE_NAMES);
    const all = [
      ...data.variables.map(({ name }) => spread(data, name)),
      render(<CorrelationMatrix correlations={data.correlations} />),
      render(<RowsBar rows={data.rows} complete={data.complete} width={300} />),
    ];
    for (const markup of all) {
      expect(markup).not.toMatch(/<(script|img|b)\b/);
      expect(() => parseXml(markup)).not.toThrow();
    }
  });
});
