/** What the card of an estimate says, as text. */

import { renderToStaticMarkup } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import { type Estimand, type EstimateOutcome, METRICS } from '../../engine/estimate/result.ts';
import { changesSince, changeWords, pastOf } from '../../views/estimates/comparison.ts';
import { estimandSentence } from '../../views/estimates/estimandSentence.ts';
import { EstimateCard, numberWords } from '../../views/estimates/estimateCard.tsx';
import { metricRows } from '../../views/estimates/metricRows.ts';
import { namesOf } from '../../views/estimates/namedOutcomes.ts';
import { readingSentence } from '../../views/estimates/readingSentence.ts';
import { rowWords } from '../../views/estimates/rowWords.ts';
import { CARD_REPORT, NSW_REPORT } from './realReports.ts';
import { DIFFERENCE, estimate, failure, INSTRUMENT, MUSIC_REPORT, TROUBLED_REPORT } from './reports.ts';

const card = (outcome: EstimateOutcome): string =>
  renderToStaticMarkup(
    <EstimateCard
      outcome={outcome}
      rolesOf={(name) => (name === 'age' ? ['confounder'] : [])}
      width={600}
      unfolded={true}
    />,
  );

const words = (markup: string): string => markup.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

describe('what a number is about', () => {
  const of = (estimand: Estimand, change: Partial<typeof INSTRUMENT> = {}): string =>
    estimandSentence(estimate({ estimand, ...change }));

  test('names the contrast, the outcome and for whom it holds', () => {
    expect(of('ate')).toBe(
      'Average effect (ATE): how much engagement would change on average if personalized were 1 rather than 0 for everyone.',
    );
    expect(of('ate', { dose: true })).toContain('if personalized went up by one unit for everyone');
    expect(of('ate', { dose: true, contrast: ['40', '30'] })).toContain('went from 30 to 40');
    expect(of('att')).toContain('among rows with personalized = 1, from what it would have been');
    expect(of('atc')).toContain('among rows with personalized = 0, had they had personalized = 1');
    expect(of('late', { instruments: ['rollout'] })).toContain(
      'for those whose personalized is moved by rollout',
    );
    expect(of('indirect', { through: ['clicks', 'time'] })).toContain('that goes through clicks and time');
    expect(of('direct', { through: ['clicks'] })).toContain('does not go through clicks');
    expect(estimandSentence(DIFFERENCE)).toContain('with nothing held fixed');
  });

  test('is a sentence of its own for each estimand', () => {
    const all: readonly Estimand[] = [
      'unadjusted',
      'ate',
      'att',
      'atc',
      'late',
      'overlap',
      'cate',
      'direct',
      'indirect',
      'total',
    ];
    const sentences = all.map((estimand) => of(estimand));
    expect(new Set(sentences).size).toBe(all.length);
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*: .*engagement.*\.$/);
  });
});

describe('how to read a number', () => {
  test('of an effect: what it does, and what else is compatible', () => {
    expect(readingSentence(estimate())).toBe(
      'If the graph is right and the method’s assumptions hold, personalized = 1 rather than 0 raises engagement by 0.992 on average; values between 0.966 and 1.018 are compatible with the data (95 % interval). No difference at all (0) is not among them.',
    );
    expect(readingSentence(estimate({ estimate: -0.5, ci: [-1.2, 0.2], se: 0.35 }))).toMatch(
      /lowers engagement by 0\.50 .* between −1\.20 and 0\.20 .* \(0\) is one of them\.$/,
    );
  });

  test('is never worded as an effect where it is none', () => {
    const naive = readingSentence(DIFFERENCE);
    expect(naive).toMatch(/^Engagement is 2\.418 higher on average in rows with personalized = 1 than/);
    expect(naive).toContain('That is a difference, not an effect');
    const biased = readingSentence(estimate({ identified: false }));
    expect(biased).not.toMatch(/raises|lowers/);
    expect(biased).toContain('The graph does not let this be read as an effect.');
    expect(readingSentence(estimate({ reliable: false }))).toMatch(/^Do not rely on this number\./);
    expect(readingSentence({ ...DIFFERENCE, identified: true })).toContain('this is the effect');
  });

  test('tells intervals without ends, without bounds and without numbers', () => {
    expect(readingSentence(estimate({ ci: [Number.NEGATIVE_INFINITY, 1.2] }))).toContain(
      'values up to 1.200 are compatible',
    );
    expect(readingSentence(estimate({ ci: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] }))).toContain(
      'every value is compatible with the data (95 % interval): they say nothing.',
    );
    expect(readingSentence(estimate({ ci: [Number.NaN, Number.NaN] }))).toContain('there is no interval');
    expect(readingSentence(estimate({ estimate: Number.NaN }))).toBe('The method gave no number.');
    expect(numberWords(estimate({ ci: [Number.NaN, Number.NaN] }))).toBe('0.992, no interval');
  });
});

describe('cards', () => {
  const everything = [NSW_REPORT, CARD_REPORT, MUSIC_REPORT, TROUBLED_REPORT].flatMap(
    ({ estimates }) => estimates,
  );

  test.each(everything.map((outcome) => [outcome.name, outcome] as const))('%s', (_, outcome) => {
    const markup = card(outcome);
    expect(words(markup)).not.toMatch(/NaN|undefined|\[object/);
    expect(markup).not.toMatch(/ style=/);
    expect(words(markup)).toContain(estimandSentence(outcome).slice(0, 20));
  });

  test('say first what speaks against the number, and what to do', () => {
    const [caution] = CARD_REPORT.estimates;
    const text = words(card(caution ?? failure()));
    expect(text).toMatch(/^ Caution The path educ ← ability → lwage is open: .* Mend what is adjusted for/);
  });

  test('of a method that could not run says why, under its code', () => {
    const text = words(card(failure()));
    expect(text).toMatch(/^ Could not run The propensity model did not converge in 100 steps\./);
    expect(text).toContain('no-convergence');
    expect(text).toContain('age (confounder)');
  });

  test('tell each refuter with its question, its null hypothesis and its verdict', () => {
    const weighted = NSW_REPORT.estimates.find(({ name }) => name === 'Propensity weighting');
    const text = words(card(weighted ?? failure()));
    for (const told of [
      'Permutes the treatment; the effect should vanish.',
      'Null hypothesis: With a treatment that was dealt out at random',
      '✓ stands',
      '· for you to judge',
      'What it rests on',
      'moves by 0.1 standard errors',
    ])
      expect(text).toContain(told);
  });

  test('show names as text', () => {
    const markup = card(estimate({ adjusted: ['<b>x</b>'], treatment: '<i>t</i>' }));
    expect(markup).not.toMatch(/<[bi]>/);
  });
});

test('every metric that a method gives has a row with its meaning', () => {
  const metrics = Object.fromEntries(METRICS.map((metric, i) => [metric, 0.0123456 * (i + 1)]));
  const rows = metricRows(estimate({ diagnostics: { metrics } }));
  expect(rows.map(({ metric }) => metric)).toEqual([...METRICS]);
  for (const { title, value, words: meaning } of rows)
    expect(`${title} ${value} ${meaning}`).not.toMatch(/NaN/);
  expect(metricRows(INSTRUMENT).map(({ value }) => value)).toEqual(['4812']);
});

test('names are told apart by contrast where they are alike', () => {
  const twins = [estimate({ contrast: ['2', '1'] }), estimate({ contrast: ['3', '1'] }), DIFFERENCE];
  expect(namesOf(twins)).toEqual(['Regression, 2 vs 1', 'Regression, 3 vs 1', 'Difference in means']);
});

test('rows are counted with the reasons why some are not used, and what was filled in', () => {
  expect(
    rowWords({ read: 10_000, used: 9000, dropped: { where: 600, missing: 400 }, filled: { age: 12 } }),
  ).toBe(
    '9000 of 10,000 rows used: 600 left out by the filter, 400 with a missing value. Filled in: age in 12 of them.',
  );
});

describe('two runs', () => {
  const told = (before: readonly EstimateOutcome[], now: readonly EstimateOutcome[]): readonly string[] =>
    changesSince(before.map(pastOf), now).map(changeWords);

  test('are matched by what is estimated, and alike ones in their order', () => {
    const [a, b] = [estimate({ estimate: 1 }), estimate({ estimate: 2 })];
    expect(told([a, b], [a, b])).toEqual(['unchanged', 'unchanged']);
    expect(told([a, b], [b, a]).map((each) => each.slice(0, 5))).toEqual(['moved', 'moved']);
    expect(told([a], [estimate({ estimand: 'att' })])).toEqual(['new in this run', 'no longer there']);
  });

  test('say whether a number moved by more than a standard error of the run before', () => {
    const before = estimate({ estimate: 1, se: 0.1 });
    expect(told([before], [estimate({ estimate: 1.05, se: 9 })])).toEqual([
      'moved by 0.5 standard errors: less than one',
    ]);
    expect(told([before], [estimate({ estimate: 0.7 })])).toEqual([
      'moved by 3.0 standard errors: more than one',
    ]);
    expect(told([before], [estimate({ estimate: 1.0001 })])).toEqual([
      'moved by less than 0.1 standard errors: less than one',
    ]);
    expect(told([estimate({ se: 0 })], [estimate({ estimate: 3 })])[0]).toContain('changed');
  });

  test('say what could not run', () => {
    const ran = estimate({ ...failure(), kind: 'estimate' } as Parameters<typeof estimate>[0]);
    expect(told([ran], [failure()])).toEqual(['could not run this time']);
    expect(told([failure()], [ran])).toEqual(['could not run before']);
    expect(told([failure()], [failure()])).toEqual(['unchanged']);
  });
});
