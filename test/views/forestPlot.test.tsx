import { renderToStaticMarkup } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import type { Estimate, EstimateOutcome } from '../../engine/estimate/result.ts';
import type { ConfidenceSet } from '../../engine/stats/confidenceSet.ts';
import { effectGroups } from '../../views/effects.ts';
import { ForestPlot } from '../../views/forestPlot.tsx';
import { forestScale } from '../../views/forestScale.ts';
import { DIFFERENCE, estimate, failure, MUSIC_REPORT, TROUBLED_REPORT } from './reports.ts';
import { descendants, parseXml, textOf } from './xml.ts';

function plot(estimates: readonly EstimateOutcome[], width = 720) {
  const svg = parseXml(renderToStaticMarkup(<ForestPlot estimates={estimates} width={width} label="Plot" />));
  const all = descendants(svg);
  const withClass = (name: string, among = all) =>
    among.filter((one) => one.attributes.get('class')?.split(' ').includes(name));
  const rows = withClass('forest-row').map((row) => ({
    row,
    within: (name: string) => withClass(name, descendants(row)),
  }));
  return { svg, all, withClass, rows };
}

/** Abscissa of a point, and the two of an interval. */
function markX(row: { within: (name: string) => ReturnType<typeof descendants> }): number {
  const mark = row.within('mark')[0];
  const cx = mark.attributes.get('cx');
  return cx === undefined ? Number(/^M([\d.]+)/.exec(mark.attributes.get('d')!)![1]) : Number(cx);
}

function intervalX(row: {
  within: (name: string) => ReturnType<typeof descendants>;
}): readonly [number, number] {
  const match = /^M([\d.-]+) [\d.]+H([\d.-]+)/.exec(row.within('interval')[0].attributes.get('d')!)!;
  return [Number(match[1]), Number(match[2])];
}

function zeroX({ withClass }: ReturnType<typeof plot>): number {
  return Number(/^M([\d.]+)/.exec(withClass('zero')[0].attributes.get('d')!)![1]);
}

describe('geometry', () => {
  const good = plot(MUSIC_REPORT.estimates);

  test('points lie in the order of their numbers, to the right of no effect', () => {
    const xs = good.rows.map(markX);
    const [regression, difference, robust, instrument] = xs;
    expect(zeroX(good)).toBeLessThan(robust);
    expect(robust).toBeLessThan(regression);
    expect(regression).toBeLessThan(instrument);
    expect(instrument).toBeLessThan(difference);
  });

  test('distances are in proportion to the numbers', () => {
    const [regression, difference] = good.rows.map(markX);
    const unit = (regression - zeroX(good)) / 0.99173312;
    expect(difference - zeroX(good)).toBeCloseTo(unit * 2.418, 0);
    const [low, high] = intervalX(good.rows[3]);
    expect(low - zeroX(good)).toBeCloseTo(unit * 0.9357, 0);
    expect(high - zeroX(good)).toBeCloseTo(unit * 1.1267, 0);
  });

  test.each([260, 400, 520, 860])('nothing leaves the frame at %d pixels', (width) => {
    const { all, svg } = plot(TROUBLED_REPORT.estimates, width);
    const height = Number(svg.attributes.get('height'));
    for (const one of all) {
      for (const name of ['x', 'cx']) {
        const value = one.attributes.get(name);
        if (value !== undefined) expect(Number(value)).toBeLessThanOrEqual(width);
      }
      for (const name of ['y', 'cy']) {
        const value = one.attributes.get(name);
        if (value !== undefined) expect(Number(value)).toBeLessThanOrEqual(height);
      }
      for (const value of one.attributes.values()) expect(value).not.toMatch(/NaN|undefined|Infinity/);
    }
  });
});

describe('standings', () => {
  const troubled = plot(TROUBLED_REPORT.estimates);

  test('are told by shape', () => {
    const shapes = troubled.rows.map(({ within }) =>
      within('mark').map((mark) => `${mark.name} ${mark.attributes.get('class')}`),
    );
    expect(shapes).toEqual([
      ['path mark hollow'],
      ['circle mark hollow'],
      ['circle mark hollow', 'path mark cross'],
      ['circle mark solid'],
      [],
    ]);
  });

  test('are told by words', () => {
    const words = troubled.rows.map(({ row }) => textOf(row));
    expect(words[0]).toContain('nothing adjusted');
    expect(words[1]).toContain('not identified by the graph');
    expect(words[2]).toContain('unreliable: too little overlap');
    expect(words[4]).toContain('could not run');
  });

  test('a key explains those that are there', () => {
    const key = troubled.withClass('key').map(textOf).join();
    expect(key).toContain('identified by the graph');
    expect(key).toContain('unreliable');
    expect(plot(MUSIC_REPORT.estimates).withClass('key').map(textOf).join()).not.toContain('unreliable');
  });
});

describe('intervals', () => {
  test('an interval far longer than the others is cut, with arrows, and its numbers stay', () => {
    const { rows } = plot(TROUBLED_REPORT.estimates);
    expect(rows[3].within('interval-arrow')).toHaveLength(2);
    expect(textOf(rows[3].row)).toContain('−163 to 167');
    const [low, high] = intervalX(rows[2]);
    expect(high - low).toBeGreaterThan(20);
  });

  test('an interval without an end has an arrow on that side', () => {
    const open = estimate({ ci: [Number.NEGATIVE_INFINITY, 1.2] });
    const { rows } = plot([estimate(), open]);
    expect(rows[1].within('interval-arrow')).toHaveLength(1);
    expect(textOf(rows[1].row)).toContain('−∞ to 1.200');
  });

  test('without an interval there is a point alone, and the words say so', () => {
    const { rows } = plot([estimate({ ci: [Number.NaN, Number.NaN], se: Number.NaN })]);
    expect(rows[0].within('interval')).toHaveLength(0);
    expect(rows[0].within('mark')).toHaveLength(1);
    expect(textOf(rows[0].row)).toContain('no interval');
  });

  test('without a number there is no point', () => {
    const { rows } = plot([estimate({ estimate: Number.NaN, ci: [Number.NaN, Number.NaN] }), failure()]);
    for (const { within } of rows) expect(within('mark')).toHaveLength(0);
  });
});

describe('axis', () => {
  test.each([
    ['nothing', []],
    ['one at zero', [estimate({ estimate: 0, ci: [0, 0], se: 0 })]],
    ['negative', [estimate({ estimate: -3, ci: [-4, -2] })]],
    ['tiny', [estimate({ estimate: 1e-9, ci: [0.5e-9, 1.5e-9] })]],
    ['large', [estimate({ estimate: 1794, ci: [554, 3034] })]],
  ] as readonly (readonly [string, readonly Estimate[]])[])(
    'holds zero and the estimates: %s',
    (_, estimates) => {
      const { domain, ticks, x } = forestScale(estimates, 100, 500);
      for (const value of [0, ...estimates.map((one) => one.estimate)]) {
        expect(value).toBeGreaterThanOrEqual(domain[0]);
        expect(value).toBeLessThanOrEqual(domain[1]);
      }
      expect(x(domain[0])).toBeCloseTo(100);
      expect(x(domain[1])).toBeCloseTo(500);
      expect(ticks.map((tick) => tick.value)).toContain(0);
      expect(new Set(ticks.map((tick) => tick.label)).size).toBe(ticks.length);
    },
  );
});

test('effects of different variables are never on one axis, and the plain difference comes first', () => {
  const other = estimate({ name: 'Other', outcome: 'sales' });
  const groups = effectGroups([estimate(), other, DIFFERENCE]);
  expect(groups.map((group) => group.outcome)).toEqual(['engagement', 'sales']);
  expect(groups[0].estimates.map((one) => one.name)).toEqual(['Difference in means', 'Regression']);
});

test('is read aloud with its numbers', () => {
  const label = plot(MUSIC_REPORT.estimates).svg.attributes.get('aria-label');
  expect(label).toContain('Regression: 0.992, 95 % interval 0.966 to 1.018; identified by the graph');
});

describe('naive differences', () => {
  test('stand apart under a heading of their own', () => {
    const { svg, withClass } = plot(effectGroups(MUSIC_REPORT.estimates)[0].estimates);
    expect(svg.name).toBe('svg');
    expect(withClass('heading').map(textOf)).toEqual([
      'Naive difference, for contrast',
      'Estimates of the effect',
    ]);
  });

  test('have no heading where there is nothing to tell them from', () => {
    expect(plot([DIFFERENCE]).withClass('heading')).toEqual([]);
    expect(plot([estimate()]).withClass('heading')).toEqual([]);
  });
});

describe('sets that hold however weak the instrument', () => {
  const drawn = (andersonRubin: ConfidenceSet) =>
    plot([estimate({ ci: [0, 2], estimate: 1, se: 0.5, diagnostics: { metrics: {}, andersonRubin } })]);

  test('are drawn in all their parts, with an arrow where a part has no end', () => {
    const rays = drawn([
      [Number.NEGATIVE_INFINITY, 0.5],
      [1.5, Number.POSITIVE_INFINITY],
    ]);
    const [row] = rays.rows;
    expect(row?.within('interval').length).toBe(1 + 2 + 2);
    expect(row?.within('interval-arrow')).toHaveLength(2);
    expect(row?.within('set-end')).toHaveLength(2);
    expect(rays.svg.attributes.get('aria-label')).toContain('Anderson–Rubin set up to 0.50, or from 1.50 on');
    expect(rays.withClass('key').map(textOf).join()).toContain('however weak the instrument');
  });

  test('that are the whole line, or empty, are drawn so', () => {
    const line = drawn([[Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]]).rows[0];
    expect(line?.within('interval-arrow')).toHaveLength(2);
    expect(line?.within('set-end')).toHaveLength(0);
    const none = drawn([]);
    expect(none.rows[0]?.within('interval')).toHaveLength(1);
    expect(none.svg.attributes.get('aria-label')).toContain('Anderson–Rubin set no value');
  });
});

test('rows that can be chosen are buttons with their words, one of them a stop of the Tab key', () => {
  const markup = renderToStaticMarkup(
    <ForestPlot
      estimates={MUSIC_REPORT.estimates}
      width={700}
      label="Effects"
      choice={{ open: (place) => place === 1, tabStop: 2 }}
    />,
  );
  expect(markup.match(/role="button"/g)).toHaveLength(4);
  expect(markup.match(/tabindex="0"/g)).toHaveLength(1);
  expect(markup.match(/aria-expanded="true"/g)).toHaveLength(1);
  expect(markup).toContain('role="group"');
});
