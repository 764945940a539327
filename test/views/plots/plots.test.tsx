import { readFileSync } from 'node:fs';
import { renderToStaticMarkup } from 'preact-render-to-string';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CovariateBalance } from '../../../engine/estimate/diagnostics/weighting.ts';
import type { Estimate, EstimateDiagnostics } from '../../../engine/estimate/result.ts';
import type { ConfidenceSet } from '../../../engine/stats/confidenceSet.ts';
import { plotStyle } from '../../../views/plots/plotStyle.ts';
import { type EstimatePlot, plotsOf } from '../../../views/plots/plotsOf.tsx';
import { reportStyle } from '../../../views/report/reportStyle.ts';
import { estimate } from '../reports.ts';
import { descendants, parseXml, textOf } from '../xml.ts';
import { samples } from './samples.ts';

function drawn(plot: EstimatePlot, width = 600) {
  const svg = parseXml(renderToStaticMarkup(plot.render(width)));
  const all = descendants(svg);
  const withClass = (name: string) =>
    all.filter((one) => one.attributes.get('class')?.split(' ').includes(name));
  return { svg, all, withClass, texts: all.filter(({ name }) => name === 'text').map(textOf) };
}

function plotOf(id: string, diagnostics: Partial<EstimateDiagnostics>, change: Partial<Estimate> = {}) {
  const found = plotsOf(estimate({ diagnostics: { metrics: {}, ...diagnostics }, ...change })).find(
    (plot) => plot.id === id,
  );
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
}

function balance(covariate: string, smdBefore: number, smdAfter: number): CovariateBalance {
  const rest = { varianceRatioBefore: 1, varianceRatioAfter: 1, ksBefore: 0, ksAfter: 0 };
  return { covariate, smdBefore, smdAfter, ...rest };
}

function numbers(element: { readonly attributes: ReadonlyMap<string, string> }, name: string): number[] {
  return [...(element.attributes.get(name) ?? '').matchAll(/-?[\d.]+/g)].map(Number);
}

const HOSTILE = '<script>alert(1)</script> "q" \n \u202eright 👩‍🔬 '.repeat(3);

describe('every plot of every kind of estimate', () => {
  let estimates: Readonly<Record<string, Estimate>>;
  beforeAll(async () => {
    estimates = await samples(400);
  });

  test('there is one for each family of diagnostics', () => {
    const ids = Object.fromEntries(
      Object.entries(estimates).map(([name, one]) => [name, plotsOf(one).map(({ id }) => id)]),
    );
    expect(ids).toEqual({
      weighting: ['love', 'overlap', 'weights', 'e-value', 'drivers'],
      trimmed: ['love', 'overlap', 'weights', 'drivers', 'without'],
      matching: ['love', 'overlap', 'weights', 'rosenbaum', 'drivers'],
      stratification: ['love', 'overlap', 'weights', 'strata', 'drivers'],
      regression: ['sensitivity'],
      modest: ['sensitivity'],
      robust: ['love', 'overlap', 'weights', 'sensitivity', 'drivers'],
      instrument: ['first-stage', 'anderson-rubin'],
      weak: ['first-stage', 'anderson-rubin'],
      several: ['first-stage', 'anderson-rubin'],
      groups: ['groups', 'calibration', 'uplift'],
      mediation: ['mediation'],
    });
  });

  test.each([240, 860])('is a picture with a name, without a style or an id, at %i', (width) => {
    for (const one of Object.values(estimates)) {
      for (const plot of plotsOf(one)) {
        const { svg, all } = drawn(plot, width);
        expect(svg.attributes.get('width')).toBe(String(width));
        expect(svg.attributes.get('role')).toBe('img');
        const label = svg.attributes.get('aria-label') ?? '';
        expect(label.startsWith(`${plot.title} ${plot.reading}`)).toBe(true);
        expect(plot.reading).toMatch(/^[A-Z0-9].*\.$/su);
        for (const element of all) {
          expect([...element.attributes.keys()]).not.toContain('style');
          expect([...element.attributes.keys()]).not.toContain('id');
          for (const value of element.attributes.values()) {
            expect(value).not.toMatch(/NaN|undefined|Infinity/);
          }
        }
      }
    }
  });

  test('shows names of any kind as text', () => {
    for (const one of Object.values(estimates)) {
      const renamed = JSON.parse(
        JSON.stringify(one)
          .replaceAll('"covariate":"a"', `"covariate":${JSON.stringify(HOSTILE)}`)
          .replaceAll('"variable":"g"', `"variable":${JSON.stringify(HOSTILE)}`)
          .replaceAll('"instrument":"z"', `"instrument":${JSON.stringify(HOSTILE)}`),
      );
      for (const plot of plotsOf({ ...renamed, treatment: HOSTILE, through: [HOSTILE] })) {
        const markup = renderToStaticMarkup(plot.render(320));
        expect(() => parseXml(markup)).not.toThrow();
        expect(markup).not.toContain('<script');
        expect(plot.reading).not.toMatch(/\n/);
      }
    }
  });
});

test('an estimate that tells nothing has no plots', () => {
  expect(plotsOf(estimate())).toEqual([]);
});

test('the page and the report draw by the same rules', () => {
  const css = readFileSync(new URL('../../../media/style/plots.css', import.meta.url), 'utf8');
  const bare = (text: string): string =>
    text
      .replace(/\/\*.*?\*\//gs, '')
      .replace(/\s+/g, '')
      .replace(/;}/g, '}')
      .replace(/(?<=[:;,{])0\./g, '.')
      .replace(/(?<=:)0\./g, '.');
  expect(bare(css)).toBe(bare(plotStyle()));
  const rules = reportStyle();
  expect(rules).toContain(plotStyle());
  for (const [, property] of plotStyle().matchAll(/var\((--[a-z-]+)\)/g)) {
    expect(rules).toContain(`${property}:#`);
  }
});

describe('the plot of balance', () => {
  test('puts both marks where their differences are, the largest first', () => {
    const plot = plotOf('love', { balance: [balance('low', 0.1, -0.05), balance('high', -0.5, 0.02)] });
    const { withClass, texts } = drawn(plot);
    expect(texts.slice(0, 20)).toEqual(expect.arrayContaining(['high', 'low']));
    const [first, second] = withClass('before');
    // Marks of the key come last: their place has nothing to do with the axis.
    const [zero, tenth] = [
      numbers(withClass('frame')[0], 'd')[0],
      numbers(withClass('threshold')[0], 'd')[0],
    ];
    const unit = (tenth - zero) / 0.1;
    expect(numbers(first, 'cx')[0]).toBeCloseTo(zero + 0.5 * unit, 0);
    expect(numbers(second, 'cx')[0]).toBeCloseTo(zero + 0.1 * unit, 0);
    expect(numbers(withClass('after')[0], 'd')[0]).toBeCloseTo(zero + 0.02 * unit, 0);
    expect(numbers(withClass('after')[1], 'd')[0]).toBeCloseTo(zero + 0.05 * unit, 0);
  });
  test('says whether the groups are alike, and in what they are not', () => {
    const alike = plotOf('love', { balance: [balance('a', 0.4, 0.05), balance('b', 0.02, 0.01)] });
    expect(alike.reading).toBe(
      'Afterwards every difference is below 0.1, where 1 of 2 were not before: the two groups are alike in what is adjusted for.',
    );
    const off = plotOf('love', { balance: [balance('a', 0.4, -0.31), balance('b', 0.2, 0.15)] });
    expect(off.reading).toContain('by more than 0.1 in a (0.31 standard deviations) and 1 more');
  });
  test('of 200 covariates shows the 30 worst and says so', () => {
    const rows = Array.from({ length: 200 }, (_row, i) => balance(`v${i}`, i / 400, i / 1000));
    const plot = plotOf('love', { balance: rows });
    const { withClass, texts, svg } = drawn(plot);
    expect(withClass('before')).toHaveLength(31);
    expect(texts).toContain('v199');
    expect(texts).not.toContain('v169');
    expect(plot.reading).toContain('Shown are the 30 of 200 that differ most afterwards.');
    expect(Number(svg.attributes.get('height'))).toBeLessThan(800);
  });
  test('stays drawable where nothing varies', () => {
    const { withClass } = drawn(plotOf('love', { balance: [balance('same', 0, 0)] }));
    expect(withClass('before')).toHaveLength(2);
    expect(
      plotsOf(estimate({ diagnostics: { metrics: {}, balance: [balance('x', Number.NaN, 0)] } })),
    ).toEqual([]);
  });
});

describe('the histogram of overlap', () => {
  const bin = (i: number, treated: number, control: number) => ({
    from: i / 20,
    to: (i + 1) / 20,
    treated,
    control,
    weightedTreated: treated / 10,
    weightedControl: control / 10,
  });
  const bins = Array.from({ length: 20 }, (_bin, i) =>
    i === 5 ? bin(i, 6, 6) : i === 8 ? bin(i, 0, 4) : i === 9 ? bin(i, 4, 0) : bin(i, 0, 0),
  );
  test('draws the arms away from each other, as shares of each', () => {
    const { withClass } = drawn(plotOf('overlap', { overlap: bins }));
    const [up, down] = [withClass('treated')[0], withClass('control')[0]];
    const base = numbers(up, 'y')[0] + numbers(up, 'height')[0];
    expect(numbers(down, 'y')[0]).toBeCloseTo(base, 0);
    // Six and four of ten.
    const [six, four] = withClass('treated').map((bar) => numbers(bar, 'height')[0]);
    expect(six / four).toBeCloseTo(1.5, 1);
    expect(withClass('weighted')).toHaveLength(3);
  });
  test('hatches where one arm stands alone, neighbours together, and counts who is there', () => {
    const plot = plotOf('overlap', { overlap: bins });
    expect(plot.reading).toBe(
      '8 of 20 rows (40 %) have nobody like them in the other group (hatched, at 0.40 to 0.50): about them the estimate rests on the model, not on a comparison.',
    );
    const { withClass, texts } = drawn(plot);
    expect(withClass('hatch')).toHaveLength(2);
    expect(texts).toContain('one group alone');
  });
  test('draws the bounds beyond which rows were left out', () => {
    const { withClass, texts } = drawn(plotOf('overlap', { overlap: bins, trim: 0.1 }));
    const xs = withClass('threshold').map((line) => numbers(line, 'd')[0]);
    const [frame] = withClass('frame').map((line) => numbers(line, 'd'));
    const width = frame[2] - frame[0];
    expect(xs[0]).toBeCloseTo(frame[0] + 0.1 * width, 0);
    expect(xs[1]).toBeCloseTo(frame[0] + 0.9 * width, 0);
    expect(texts).toContain('left out: below 0.1 and above 0.9');
  });
  test('goes by the levels that are called treated, not by the contrast', () => {
    const { texts } = drawn(
      plotOf('overlap', { overlap: bins, arms: { treated: '1', control: '0' } }, { contrast: ['0', '1'] }),
    );
    const [up, down] = texts.filter((text) => text.startsWith('personalized'));
    expect([up, down]).toEqual(['personalized = 1', 'personalized = 0']);
  });
  test('is drawn of one row, and of an arm without weight', () => {
    const one = [{ ...bin(0, 1, 0), weightedControl: Number.NaN }];
    const markup = renderToStaticMarkup(plotOf('overlap', { overlap: one }).render(320));
    expect(markup).not.toMatch(/NaN|Infinity/);
  });
});

describe('the weights', () => {
  const weights = {
    zero: { treated: 0, control: 3 },
    bins: [
      { from: 2 ** -0.25, to: 2 ** 0.25, treated: 10, control: 4 },
      { from: 2 ** 0.25, to: 2 ** 0.75, treated: 0, control: 2 },
    ],
  };
  test('say how much the rows tell, and which row counts most', () => {
    const plot = plotOf('weights', { weights, essTreated: 10, essControl: 4.1, maxWeight: 31 });
    expect(plot.reading).toBe(
      'The rows with personalized = 0 count unequally: 9 of them tell as much as 4 with equal weights would, and the estimate is that much less certain. The row that counts most stands for 31 average ones of its group: a few rows may decide the answer.',
    );
    const { texts } = drawn(plot, 860);
    expect(texts).toContain('9 rows (3 unused) tell as much as 4 equal ones');
  });
  test('are bars as high as their shares of the group', () => {
    const { withClass } = drawn(plotOf('weights', { weights, essTreated: 10, essControl: 4.1 }));
    const [high, low] = withClass('control').map((bar) => numbers(bar, 'height')[0]);
    expect(high / low).toBeCloseTo(2, 1);
    expect(withClass('treated')).toHaveLength(1);
  });
});

describe('the Anderson–Rubin curve', () => {
  const points = Array.from({ length: 41 }, (_point, i) => ({
    effect: -10 + i / 2,
    p: Math.exp(-(((i - 20) / 8) ** 2)),
  }));
  const plot = (set: ConfidenceSet): EstimatePlot =>
    plotOf(
      'anderson-rubin',
      { andersonRubin: set, andersonRubinCurve: { robust: false, points } },
      { estimate: 1, se: 0.5 },
    );
  const pieces = (set: ConfidenceSet) => {
    const { withClass } = drawn(plot(set));
    const inKey = set.length === 0 ? 0 : 1;
    return { bands: withClass('band').length - inKey, arrows: withClass('arrow').length };
  };
  const infinity = Number.POSITIVE_INFINITY;
  test('shades the set: bounded, two rays, everything, nothing', () => {
    expect(pieces([[-2, 3]])).toEqual({ bands: 1, arrows: 0 });
    expect(
      pieces([
        [-infinity, -2],
        [3, infinity],
      ]),
    ).toEqual({ bands: 2, arrows: 2 });
    expect(pieces([[-infinity, infinity]])).toEqual({ bands: 1, arrows: 2 });
    expect(pieces([[3, infinity]])).toEqual({ bands: 1, arrows: 1 });
    expect(pieces([])).toEqual({ bands: 0, arrows: 0 });
  });
  test('says in words what kind of set it is', () => {
    expect(plot([[-2, 3]]).reading).toBe(
      'Effects of −2.00 to 3.00 fit the data (95 %), and that holds however weak the instrument is. No effect (0) is among them.',
    );
    expect(
      plot([
        [-infinity, -2],
        [3, infinity],
      ]).reading,
    ).toContain(
      'Effects up to −2.00, or from 3.00 on, fit the data (95 %): the instrument is too weak to bound them',
    );
    expect(plot([[-infinity, infinity]]).reading).toMatch(/^Every effect fits the data/);
    expect(plot([]).reading).toMatch(/^No effect at all fits the data/);
  });
  test('shades from end to end of the set, at the places of the axis', () => {
    const { withClass } = drawn(plot([[-5, 5]]));
    const band = withClass('band')[0];
    const line = numbers(withClass('curve')[0], 'd');
    const [first, last] = [line[0], line[line.length - 2]];
    expect(numbers(band, 'x')[0]).toBeCloseTo(first + (last - first) / 4, 0);
    expect(numbers(band, 'width')[0]).toBeCloseTo((last - first) / 2, 0);
  });
});

describe('the first stage', () => {
  const group = (label: string | null, at: number, mean: number) => ({ label, at, rows: 50, mean, se: 0.02 });
  const instrumentMeans = { instrument: 'rollout', groups: [group('0', 0, 0.2), group('1', 1, 0.8)] };
  test('says how far the treatment moves, and whether that is enough', () => {
    const strong = plotOf(
      'first-stage',
      { instrumentMeans, metrics: { first_stage_f: 481.2 } },
      { instruments: ['rollout'], adjusted: [] },
    );
    expect(strong.reading).toBe(
      'The instrument moves the treatment clearly (F = 481, over 10). Share with personalized = 1: 0.200 where rollout is 0, 0.800 where it is 1.',
    );
    const weak = plotOf(
      'first-stage',
      { instrumentMeans, metrics: { first_stage_f: 481.2, effective_f: 3.14 } },
      { instruments: ['rollout'], adjusted: ['age'] },
    );
    expect(weak.reading).toContain('hardly moves the treatment (F = 3.1, under 10)');
    expect(weak.reading).toContain('holds no covariate fixed');
  });
  test('draws a group of one row without an interval', () => {
    const lonely = { ...instrumentMeans, groups: [{ ...group('0', 0, 0), rows: 1, se: Number.NaN }] };
    const markup = renderToStaticMarkup(
      plotOf('first-stage', { instrumentMeans: lonely }, { instruments: ['rollout'] }).render(320),
    );
    expect(markup).not.toMatch(/NaN|Infinity/);
  });
});

describe('effects by group', () => {
  const group = (variable: string, label: string, value: number, width = 0.2) => ({
    variable,
    label,
    rows: 100,
    estimate: value,
    se: width / 2,
    ci: [value - width, value + width] as const,
  });
  const heterogeneity = (groups: ReturnType<typeof group>[], gain: (share: number) => number, se = 0.01) => ({
    effects: { mean: 1, sd: 0.2, quantiles: [] },
    calibration: null,
    ranked: [],
    groups,
    projection: null,
    uplift: {
      curve: Array.from({ length: 21 }, (_point, i) => ({ share: i / 20, gain: gain(i / 20) })),
      area: 0.05,
      se,
    },
  });
  const straight = (share: number): number => share;

  test('differ only where the intervals of one variable do not meet', () => {
    const apart = heterogeneity(
      [group('sex', 'f', 1), group('sex', 'm', 2), group('age', 'old', 5)],
      straight,
    );
    expect(plotOf('groups', { heterogeneity: apart }).reading).toBe(
      'The effect differs: by sex it is 1.00 for f and 2.00 for m.',
    );
    const alike = heterogeneity(
      [group('sex', 'f', 1), group('sex', 'm', 1.3), group('age', 'old', 5)],
      straight,
    );
    expect(plotOf('groups', { heterogeneity: alike }).reading).toContain(
      'do not show that the effect differs',
    );
  });
  test('are rows under their variable, an endless interval with an arrow', () => {
    const endless = {
      ...group('sex', 'm', 2),
      ci: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const,
    };
    const { withClass, texts } = drawn(
      plotOf('groups', { heterogeneity: heterogeneity([group('sex', 'f', 1), endless], straight) }),
    );
    expect(withClass('point')).toHaveLength(2);
    expect(withClass('arrow')).toHaveLength(2);
    expect(texts).toContain('sex');
  });
  test('are the 30 largest of many', () => {
    const many = Array.from({ length: 60 }, (_group, i) => ({ ...group('town', `t${i}`, 1), rows: i + 1 }));
    const plot = plotOf('groups', { heterogeneity: heterogeneity(many, straight) });
    expect(plot.reading).toContain('Shown are the 30 largest of 60 groups.');
    expect(drawn(plot).withClass('point')).toHaveLength(30);
  });
  test('uplift says whether an order pays, and where most', () => {
    const bent = heterogeneity([group('sex', 'f', 1)], (share) => Math.min(1, 2 * share));
    expect(plotOf('uplift', { heterogeneity: bent }, { se: 0.05 }).reading).toBe(
      'Treating by the predictions beats a random order by 0.050 a person on average (Qini area, 95 % interval 0.030 to 0.070). Treating the 50 % predicted to gain most gives 1.000 a person of the whole; as many chosen at random, 0.500.',
    );
    const unsure = heterogeneity([], (share) => Math.min(1, 2 * share), 0.1);
    expect(plotOf('uplift', { heterogeneity: unsure }).reading).toContain(
      'is not shown to beat a random order',
    );
    const same = heterogeneity([], straight, 0);
    expect(plotOf('uplift', { heterogeneity: same }).reading).toContain(
      'any order of treating people is as good',
    );
  });
  test('the random order is the straight line to the same end', () => {
    const { withClass } = drawn(
      plotOf('uplift', { heterogeneity: heterogeneity([], (share) => share ** 2) }),
    );
    const curve = numbers(withClass('curve')[0], 'd');
    const random = numbers(withClass('threshold')[0], 'd');
    expect(random).toEqual([curve[0], curve[1], curve[curve.length - 2], curve[curve.length - 1]]);
  });
});

describe('the parts of a mediated effect', () => {
  const part = (value: number, se = 0.1) => ({ estimate: value, se });
  test('are stacked up to the whole', () => {
    const decomposition = { total: part(3), direct: part(1), indirect: part(2) };
    const { withClass } = drawn(plotOf('mediation', { decomposition }, { through: ['m'] }));
    const [direct, indirect, whole] = ['control', 'treated', 'whole'].map((name) => withClass(name)[0]);
    const [start, width] = [numbers(direct, 'x')[0], numbers(direct, 'width')[0]];
    expect(numbers(indirect, 'x')[0]).toBeCloseTo(start + width, 0);
    expect(numbers(indirect, 'width')[0] / width).toBeCloseTo(2, 1);
    expect(numbers(whole, 'width')[0] / width).toBeCloseTo(3, 1);
  });
  test('that pull in opposite directions are said to hide one another', () => {
    const decomposition = { total: part(0.1), direct: part(1.1), indirect: part(-1) };
    expect(plotOf('mediation', { decomposition }, { through: ['m'] }).reading).toContain(
      'opposite directions',
    );
    const nothing = { total: part(1), direct: part(0.9), indirect: part(0.1, 1) };
    expect(plotOf('mediation', { decomposition: nothing }, { through: ['m'] }).reading).toContain(
      'may be nothing',
    );
  });
});

describe('classes of the propensity', () => {
  const stratum = (difference: number | null) => ({
    from: 0,
    to: 0.5,
    treated: 4,
    control: 0,
    difference,
    share: 0.5,
  });
  test('without one of the groups have no point, and are said not to count', () => {
    const plot = plotOf('strata', { strata: [stratum(1), stratum(2), stratum(null)] });
    expect(plot.reading).toContain(
      'All 2 classes with both groups point the same way. 1 of 3 have rows of one group alone',
    );
    const { withClass, texts } = drawn(plot);
    expect(withClass('point')).toHaveLength(2);
    expect(texts).toContain('one group only');
  });
});
