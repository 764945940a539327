import { renderToStaticMarkup } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import type { EstimateOutcome } from '../../engine/estimate/result.ts';
import { EstimateTable } from '../../views/estimateTable.tsx';
import { controlWords } from '../../views/estimateWords.ts';
import { estimate, failure, INSTRUMENT, MUSIC_REPORT, TROUBLED_REPORT } from './reports.ts';
import { descendants, parseXml, textOf } from './xml.ts';

function table(estimates: readonly EstimateOutcome[]) {
  const root = parseXml(renderToStaticMarkup(<EstimateTable estimates={estimates} caption="Effect" />));
  const bodies = descendants(root).filter((one) => one.name === 'tbody');
  return { root, bodies, rows: bodies.map(textOf) };
}

test('a row says the number, its interval, its error with its kind, and the rows used', () => {
  const { bodies } = table([estimate()]);
  const cells = descendants(bodies[0]).filter((one) => one.name === 'td' || one.name === 'th');
  expect(cells.slice(0, 5).map(textOf)).toEqual([
    'Regression identified by the graph',
    '0.992',
    '0.966 to 1.018',
    '0.013 robust',
    '49,873',
  ]);
  expect(cells[1].attributes.get('title')).toBe('0.99173312');
});

test('says what is adjusted for, by which instrument, and for whom the number holds', () => {
  const { rows } = table(MUSIC_REPORT.estimates);
  expect(rows[0]).toContain('Average effect · adjusts for activity, age and premium');
  expect(rows[3]).toContain(
    'Effect on those the instrument moves · instrument: rollout · first-stage F 4812',
  );
});

describe('trouble', () => {
  const { rows, bodies } = table(TROUBLED_REPORT.estimates);

  test('cautions come before everything else about an estimate', () => {
    for (const i of [0, 1, 2, 3]) {
      const caution = rows[i].indexOf('Caution');
      expect(caution).toBeGreaterThan(0);
      expect(caution).toBeLessThan(rows[i].search(/adjusts for|instrument:|p [<=]/));
    }
  });

  test('what is not identified or not reliable says so in words', () => {
    expect(rows[1]).toContain('not identified by the graph');
    expect(rows[2]).toContain('unreliable: too little overlap');
  });

  test('a broken expectation says what was expected and what came', () => {
    expect(rows[1]).toContain('Fails estimate was expected between 0.9 and 1.1, and is 1.61.');
  });

  test('a method that could not run says why, and has dashes for numbers', () => {
    expect(rows[4]).toContain('Could not run The propensity model did not converge in 100 steps.');
    const numbers = descendants(bodies[4]).filter((one) => one.attributes.get('class')?.startsWith('number'));
    expect(numbers.map(textOf)).toEqual(['–', '–', '–', '–']);
  });
});

test('intervals of different levels are both named in the heading', () => {
  const { root } = table([estimate(), { ...INSTRUMENT, level: 0.9 }]);
  expect(textOf(descendants(root).find((one) => one.name === 'thead')!)).toContain('90 % or 95 % interval');
});

test('names and messages are text', () => {
  const { rows } = table([
    estimate({ name: '<img src=x>', warnings: [{ code: 'x', message: '<script>&"' }] }),
    failure({ error: { code: 'x', message: '\u0000</td>' } }),
  ]);
  expect(rows[0]).toContain('<img src=x>');
  expect(rows[0]).toContain('<script>&"');
  expect(rows[1]).toContain('␀</td>');
});

test('lists of names', () => {
  const words = (adjusted: readonly string[], limit: number) =>
    controlWords({ ...INSTRUMENT, adjusted, instruments: [] }, limit);
  expect(words([], 3)).toBe('nothing adjusted');
  expect(words(['a', 'b', 'c', 'd', 'e'], 3)).toBe('adjusts for a, b, c and 2 more');
  expect(words(['a', 'b'], 0)).toBe('adjusts for 2 variables');
  expect(words(['a'], 0)).toBe('adjusts for a');
  expect(controlWords({ ...INSTRUMENT, adjusted: ['age'], instruments: ['z', 'w'] }, 5)).toBe(
    'instruments: z and w, adjusts for age',
  );
});
