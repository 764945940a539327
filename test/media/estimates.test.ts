import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import type { EstimateOutcome, EstimationReport } from '../../engine/estimate/result.ts';
import { pastOf } from '../../views/estimates/comparison.ts';
import type { ThemeKind } from '../../views/palette.ts';
import { CARD_REPORT, NSW_REPORT } from '../views/realReports.ts';
import { failure, MUSIC_REPORT, TROUBLED_REPORT } from '../views/reports.ts';
import { MUSIC, NSW } from '../views/snapshots.ts';
import { faintTexts } from './contrast.ts';
import type { ModelPage } from './page.ts';
import { BROWSER, sent, useTabs } from './tabs.ts';
import { done, view } from './views.ts';

const heading = ({ page }: ModelPage, name: string) => page.locator('.card-toggle', { hasText: name });
const row = ({ page }: ModelPage, name: string) =>
  page.getByRole('button', { name: new RegExp(`^${name}: `) });

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

describe.skipIf(!BROWSER)('the estimates', () => {
  const { showing } = useTabs();

  test('one click asks for them', async () => {
    const page = await showing(view(MUSIC));
    await page.page.getByRole('button', { name: 'Estimate', exact: true }).click();
    expect(await sent(page, 'estimate')).toEqual([{ type: 'estimate' }]);
  });

  describe('a run', () => {
    const stages = [
      'Reading music.csv',
      'Estimating IV',
      'Estimating DML',
      'Refuting DML: placebo, 100 refits',
    ];

    test('shows its stage and can be cancelled', async () => {
      const page = await showing(
        view(MUSIC, { status: 'running', stage: 'Reading music.csv', fraction: 0.25 }),
      );
      await page.page.locator('.progress').getByText('Reading music.csv').waitFor();
      expect(await page.page.getByRole('progressbar').getAttribute('value')).toBe('0.25');
      await page.send({ type: 'progress', stage: 'Estimating IV', fraction: 0.5 });
      await page.page.locator('.progress').getByText('Estimating IV').waitFor();
      expect(await page.page.getByRole('progressbar').getAttribute('value')).toBe('0.5');
      await page.send({ type: 'progress', stage: 'Reading music.csv', fraction: 0.25 });
      await page.page.locator('.progress').getByText('Reading music.csv').waitFor();
      expect(await page.page.locator('.side-pane [role=status]').textContent()).toBe(
        'Estimating: Reading music.csv',
      );
      await page.page.getByRole('button', { name: 'Cancel' }).click();
      expect(await sent(page, 'cancel')).toEqual([{ type: 'cancel' }]);
      await page.show(view(MUSIC, { status: 'cancelled' }));
      await page.page.locator('.notice').getByText('The run was cancelled.').waitFor();
      await page.send({ type: 'progress', stage: 'Too late', fraction: 1 });
      await page.page.locator('.notice').getByText('The run was cancelled.').waitFor();
      expect(await page.page.getByRole('progressbar').count()).toBe(0);
    });

    test('lists what is done, what goes on and what is to come, also as it moves on', async () => {
      const page = await showing(
        view(MUSIC, { status: 'running', stage: 'Estimating IV', fraction: 0.5, stages, elapsed: 75 }),
      );
      const list = page.page.locator('.stages li');
      const read = () => list.allTextContents();
      expect(await read()).toEqual([
        '✓done: Reading music.csv',
        '▸now: Estimating IV',
        '○to come: Estimating DML',
        '○to come: Refuting DML: placebo, 100 refits',
      ]);
      expect(await page.page.locator('.elapsed').textContent()).toMatch(/^50 %, 1 min 1[5-9] s$/);
      await page.send({ type: 'progress', stage: 'Estimating DML', fraction: 0.7 });
      await expect.poll(async () => (await read())[2]).toBe('▸now: Estimating DML');
      expect(await list.nth(2).getAttribute('aria-current')).toBe('step');
    });

    test('ends with Escape in the pane, and not where Escape means something else', async () => {
      const page = await showing(view(MUSIC, { status: 'running', stage: 'Fitting', fraction: null }));
      await page.page.locator('.node').first().focus();
      await page.page.keyboard.press('Escape');
      expect(await sent(page, 'cancel')).toEqual([]);
      await page.page.getByRole('tab', { name: 'Estimates' }).focus();
      await page.page.keyboard.press('Escape');
      expect(await sent(page, 'cancel')).toHaveLength(1);
    });

    test('that began from the keyboard leaves it on the button that cancels', async () => {
      const page = await showing(view(MUSIC), {});
      await page.page.getByRole('button', { name: 'Estimate', exact: true }).focus();
      await page.page.keyboard.press('Enter');
      await page.show(view(MUSIC, { status: 'running', stage: 'Starting', fraction: null }));
      await expect.poll(() => page.page.locator(':focus').textContent()).toBe('Cancel');
    });
  });

  describe('results', () => {
    test('are a plot and cards with the same numbers', async () => {
      const page = await showing(view(MUSIC, done(MUSIC_REPORT)));
      const plot = await page.page.locator('.forest').textContent();
      const cards = await page.page.locator('.estimate-cards').textContent();
      for (const shown of ['2.418', '0.992', '0.966 to 1.018', '1.031']) {
        expect(plot).toContain(shown);
        expect(cards).toContain(shown);
      }
      expect(await page.page.getByText('49,873 of 50,000 rows used').textContent()).toContain(
        '100 left out by the filter',
      );
    });

    test('an interval without an end keeps its end open on the way', async () => {
      const open = { ...MUSIC_REPORT.estimates[0], ci: [Number.NEGATIVE_INFINITY, 1.2] } as EstimateOutcome;
      const page = await showing(view(MUSIC, done({ ...MUSIC_REPORT, estimates: [open] })));
      expect(await page.page.locator('.forest').textContent()).toContain('−∞ to 1.200');
    });

    test('where nothing could be computed the reason stands there without an empty plot', async () => {
      const error = { code: 'type-mismatch', message: 'The outcome y holds text.' };
      const page = await showing(view(MUSIC, done({ ...MUSIC_REPORT, estimates: [failure({ error })] })));
      await heading(page, 'Weighting by propensity').click();
      const card = page.page.locator('.card-body');
      await card.getByText('The outcome y holds text.').waitFor();
      await card.getByText('type-mismatch').waitFor();
      expect(await page.page.locator('.forest').count()).toBe(0);
    });

    test('say why they are out of date, and what has changed', async () => {
      const page = await showing(view(MUSIC, done(MUSIC_REPORT)));
      const stale = (changed: object) =>
        page.show(view(MUSIC, { ...done(MUSIC_REPORT, true), ...{ changed } } as ReturnType<typeof done>));
      await page.show(view(MUSIC, done(MUSIC_REPORT, true)));
      await page.page.getByText('Out of date: the text or the data have changed').waitFor();
      await stale({ text: null, data: true });
      await page.page.getByText('Out of date: the data have changed').waitFor();
      await stale({ text: [{ kind: 'added', text: '<b>age</b> -> y' }], data: false });
      await page.page.getByText('Out of date: the text has changed').waitFor();
      await page.page.getByText('What has changed in the text').click();
      await page.page.locator('.line-changes').getByText('<b>age</b> -> y').waitFor();
      await stale({ text: [], data: true });
      await page.page.getByText('the text and the data have changed').waitFor();
      await page.page.getByText('Only spacing, comments').waitFor();
    });

    test('of the run before stay in view while another goes on, fails or is cancelled', async () => {
      const kept = { report: MUSIC_REPORT, stale: false };
      const page = await showing(
        view(MUSIC, { status: 'running', stage: 'Fitting', fraction: null }, { kept }),
      );
      await expect.poll(() => page.page.locator('.results.stale .forest').count()).toBe(1);
      for (const estimates of [
        { status: 'failed', message: 'music.csv was not found.' },
        { status: 'cancelled' },
      ] as const) {
        await page.show(view(MUSIC, estimates, { kept }));
        await expect.poll(() => page.page.locator('.results:not(.stale) .forest').count()).toBe(1);
        await page.page.getByText('These are the results of the run before').waitFor();
      }
      await page.show(view(MUSIC, { status: 'cancelled' }, { kept: { ...kept, stale: true } }));
      await page.page.getByText('Out of date').first().waitFor();
    });
  });

  describe('cards', () => {
    test('tell what speaks against a number before what it is', async () => {
      const page = await showing(view(NSW, done(CARD_REPORT)));
      await heading(page, 'College proximity').click();
      const text = (await page.page.locator('.card-body').textContent()) ?? '';
      const places = [
        'nearc4 moves educ, but not by much',
        'first_stage_f was expected > 20, and is 16.72',
        'one more unit of educ raises lwage by 0.132 on average among those whom the instrument moves',
        'Local average effect (LATE)',
        'two-stage least squares',
        'reaches the outcome only through it',
        'nearc4',
        '3010',
        'Robust (HC1)',
        'Placebo treatment',
        'Null hypothesis: With a treatment that was dealt out at random',
        'Robust Anderson–Rubin set: 0.042 to 0.260',
        'How strongly the instruments move the treatment',
      ].map((words) => text.indexOf(words));
      expect(places).not.toContain(-1);
      expect([places[0], places[1], places[2]]).toEqual([...places.slice(0, 3)].sort((a, b) => a - b));
      expect(places[2]).toBeLessThan(places[3] ?? 0);
    });

    test('name what each variable is that is adjusted for, draw the plots, and hold the table of refuters', async () => {
      const page = await showing(view(NSW, done(NSW_REPORT)));
      await heading(page, 'Propensity weighting').click();
      const body = page.page.locator('.card-body');
      await body.getByText('black (confounder)').waitFor();
      await body.locator('figure svg').first().waitFor();
      expect(await body.locator('.refutations tbody tr').count()).toBe(4);
      expect(await body.getByRole('table', { name: 'What the estimate rests on' }).count()).toBe(1);
    });

    test('a click on a row of the plot opens one, and so does Enter; arrow keys lead from row to row', async () => {
      const page = await showing(view(MUSIC, done(MUSIC_REPORT)));
      await row(page, 'Doubly robust').click();
      expect(await heading(page, 'Doubly robust').getAttribute('aria-expanded')).toBe('true');
      await expect.poll(() => page.page.locator(':focus').textContent()).toContain('Doubly robust');
      expect(await page.page.locator('.forest [tabindex="0"]').count()).toBe(1);
      await row(page, 'Doubly robust').focus();
      await page.page.keyboard.press('ArrowDown');
      await page.page.keyboard.press('ArrowDown');
      expect(await page.page.locator(':focus title').textContent()).toContain('Instrument: rollout');
      await page.page.keyboard.press('Enter');
      expect(await heading(page, 'Instrument: rollout').getAttribute('aria-expanded')).toBe('true');
      await row(page, 'Doubly robust').click();
      expect(await heading(page, 'Doubly robust').getAttribute('aria-expanded')).toBe('false');
    });

    test('that are open stay so after a run and a reload', async () => {
      const page = await showing(view(MUSIC, done(MUSIC_REPORT)), {});
      await heading(page, 'Doubly robust').click();
      await page.show(view(MUSIC, { status: 'running', stage: 'Fitting', fraction: null }));
      await page.page.locator('.progress').waitFor();
      await page.show(view(MUSIC, done(MUSIC_REPORT)));
      await page.page.locator('.card-body').waitFor();
      await page.page.reload();
      await page.show(view(MUSIC, done(MUSIC_REPORT)));
      await page.page.locator('.card-body').waitFor();
      expect(await page.page.locator('.card-body').count()).toBe(1);
    });

    test('copy the number and show the statement; what cannot be done is said', async () => {
      const page = await showing(view(MUSIC, done(MUSIC_REPORT)));
      await heading(page, 'Doubly robust').click();
      const actions = page.page.locator('.card-actions');
      await page.answering('copy', null);
      await actions.getByRole('button', { name: 'Copy the number' }).click();
      await actions.getByText('Copied.').waitFor();
      await page.answering('revealEstimate', { refusal: 'No statement of the text asks for this estimate.' });
      await actions.getByRole('button', { name: 'Show in the text' }).click();
      await actions.getByText('No statement of the text').waitFor();
      expect((await sent(page, 'question')).map((each) => 'asked' in each && each.asked)).toEqual([
        { text: '0.984, 95 % interval 0.957 to 1.012' },
        { name: 'Doubly robust', method: 'aipw', treatment: 'personalized', outcome: 'engagement' },
      ]);
      await heading(page, 'Doubly robust').click();
      await heading(page, 'Difference in means').click();
      expect(await actions.getByRole('button', { name: 'Show in the text' }).count()).toBe(0);
    });

    test('names of the person are text', async () => {
      const estimates = NSW_REPORT.estimates.map((one) => ({
        ...one,
        name: '<img src=x onerror=alert(1)>',
        treatment: '‮treat',
        adjusted: ['<script>1</script>', 'a\nb'],
      }));
      const page = await showing(view(NSW, done({ ...NSW_REPORT, estimates })));
      for (const toggle of await page.page.locator('.card-toggle').all()) await toggle.click();
      await page.page.locator('.card-body').nth(7).waitFor();
      expect(await page.page.locator('.side-pane img, .side-pane script').count()).toBe(0);
    });
  });

  test('two runs are held against each other', async () => {
    const [first, ...rest] = MUSIC_REPORT.estimates;
    const now: EstimationReport = {
      ...MUSIC_REPORT,
      estimates: [{ ...first, estimate: 1.2 } as EstimateOutcome, ...rest.slice(1), failure()],
    };
    const previous = MUSIC_REPORT.estimates.map(pastOf);
    const page = await showing(view(MUSIC, done(now), { previous }));
    const toggle = page.page.getByRole('button', { name: 'Compare with the run before' });
    expect(await page.page.locator('.comparison').count()).toBe(0);
    await toggle.click();
    expect(await toggle.getAttribute('aria-pressed')).toBe('true');
    const rows = await page.page.locator('.comparison tbody tr').allTextContents();
    expect(rows).toEqual([
      'Regression0.9921.200moved by 15.8 standard errors: more than one',
      'Doubly robust0.9840.984unchanged',
      'Instrument: rollout1.0311.031unchanged',
      'Weighting by propensity––new in this run',
      'Difference in means2.418–no longer there',
    ]);
  });

  const themes: readonly ThemeKind[] = ['dark', 'light', 'hcDark', 'hcLight'];

  test.each(themes)('every text of open cards can be read: %s', async (theme) => {
    const page = await showing(view(NSW, done(TROUBLED_REPORT), { previous: [] }), { theme, height: 1400 });
    for (const toggle of await page.page.locator('.card-toggle').all()) await toggle.click();
    await page.show(view(NSW, done(NSW_REPORT), { previous: [] }));
    await heading(page, 'Propensity weighting').click();
    await page.page.getByText('All numbers').first().click();
    await page.page.getByRole('button', { name: 'Compare with the run' }).click();
    const { read, faint } = await page.page.evaluate(faintTexts);
    expect(read).toBeGreaterThan(100);
    expect(faint).toEqual([]);
  });

  test('axe finds nothing to blame', async () => {
    const previous = NSW_REPORT.estimates.slice(1).map(pastOf);
    const page = await showing(view(NSW, done(NSW_REPORT, true), { previous }), {});
    await page.page.getByRole('button', { name: 'Compare' }).click();
    for (const name of ['Propensity weighting', 'Matching']) await heading(page, name).click();
    // The policy of the page admits no script of others: the debugger puts it there.
    const debugging = await page.page.context().newCDPSession(page.page);
    const source = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
    await debugging.send('Runtime.evaluate', { expression: readFileSync(source, 'utf8') });
    const found = await page.page.evaluate(async () => {
      const axe: { readonly run: (part: string) => Promise<AxeResult> } = Reflect.get(window, 'axe');
      const { violations } = await axe.run('.side-pane');
      return violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join()}`,
      );
    });
    expect(found).toEqual([]);
  });

  test('nothing is wider than a narrow panel', async () => {
    const page = await showing(view(NSW, done(NSW_REPORT), { previous: [] }), { width: 360, height: 900 });
    for (const name of ['Propensity weighting', 'Matching']) await heading(page, name).click();
    await page.page.getByText('All numbers').first().click();
    const wide = await page.page.evaluate(() =>
      [...document.querySelectorAll('.pane-body *')]
        .filter((one) => one.closest('.scroll') === null && one.getBoundingClientRect().right > 361)
        .map((one) => `${one.tagName} ${one.className}`),
    );
    expect(wide).toEqual([]);
  });
});
