import { describe, expect, test } from 'vitest';
import type { EstimateOutcome } from '../../engine/estimate/result.ts';
import { failure, MUSIC_REPORT } from '../views/reports.ts';
import { EMPTY, HOSTILE, large, MUSIC } from '../views/snapshots.ts';
import { BROWSER, sent, transform, useTabs } from './tabs.ts';
import { done, view } from './views.ts';

describe.skipIf(!BROWSER)('what the page shows', () => {
  const { showing, start } = useTabs();

  describe('estimates', () => {
    test('one click asks for them', async () => {
      const page = await showing(view(MUSIC));
      await page.page.getByRole('button', { name: 'Estimate', exact: true }).click();
      expect(await sent(page, 'estimate')).toEqual([{ type: 'estimate' }]);
    });

    test('a run shows its stage and can be cancelled', async () => {
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
      expect(await page.page.getByRole('status').textContent()).toBe('Estimating: Reading music.csv');
      await page.page.getByRole('button', { name: 'Cancel' }).click();
      expect(await sent(page, 'cancel')).toEqual([{ type: 'cancel' }]);
      await page.show(view(MUSIC, { status: 'cancelled' }));
      await page.page.locator('.notice').getByText('The run was cancelled.').waitFor();
      await page.send({ type: 'progress', stage: 'Too late', fraction: 1 });
      await page.page.locator('.notice').getByText('The run was cancelled.').waitFor();
      expect(await page.page.getByRole('progressbar').count()).toBe(0);
    });

    test('results are a plot and a table with the same numbers', async () => {
      const page = await showing(view(MUSIC, done(MUSIC_REPORT)));
      const plot = await page.page.locator('.forest').textContent();
      const table = await page.page.locator('table.estimates').textContent();
      for (const shown of ['2.418', '0.992', '0.966 to 1.018', '1.031']) {
        expect(plot).toContain(shown);
        expect(table).toContain(shown);
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
      await page.page.locator('table.estimates').getByText('The outcome y holds text.').waitFor();
      expect(await page.page.locator('.forest').count()).toBe(0);
    });

    test('an edit marks them stale; a run, its failure and its cancelling keep the old ones in view', async () => {
      const page = await showing(view(MUSIC, done(MUSIC_REPORT)));
      await page.show(view(MUSIC, done(MUSIC_REPORT, true)));
      await page.page.getByText('Out of date').first().waitFor();
      expect(await page.page.locator('.results.stale .forest').count()).toBe(1);
      for (const estimates of [
        { status: 'running', stage: 'Fitting', fraction: null },
        { status: 'failed', message: 'music.csv was not found.' },
        { status: 'cancelled' },
      ] as const) {
        await page.show(view(MUSIC, estimates));
        await expect.poll(() => page.page.locator('.results.stale .forest').count()).toBe(1);
      }
      await page.show(view(MUSIC, done(MUSIC_REPORT)));
      await expect.poll(() => page.page.locator('.results.stale').count()).toBe(0);
    });

    test('they can be folded away', async () => {
      const page = await showing(view(MUSIC, done(MUSIC_REPORT)));
      await page.page.getByRole('button', { name: 'Fold the pane away' }).click();
      const unfold = page.page.getByRole('button', { name: 'Unfold the pane' });
      expect(await unfold.getAttribute('aria-expanded')).toBe('false');
      expect(await page.page.locator('.forest').count()).toBe(0);
    });
  });

  describe('nothing to show, and too much', () => {
    test('empty states say what to do', async () => {
      const page = await start();
      await page.show(view(null, { status: 'none' }, { outdated: 'Line 1: this is not a statement.' }));
      await page.page.getByText('Line 1: this is not a statement.').waitFor();
      expect(await page.page.getByRole('button', { name: 'Estimate', exact: true }).isDisabled()).toBe(true);
      await page.show(view(EMPTY));
      await page.page.getByText('No variables yet').waitFor();
    });

    test('hostile names are text', async () => {
      const page = await showing(view(HOSTILE, done(MUSIC_REPORT)));
      await page.page.locator('[data-place="0"]').dispatchEvent('click');
      expect(await page.page.locator('.strip h2').textContent()).toContain('<script>alert("x")</script>');
      expect(await page.page.locator('script').count()).toBeLessThanOrEqual(3);
    });

    test('without the layout library the list is still there, and says why', async () => {
      const page = await start({ withoutElk: true });
      await page.show(view(MUSIC));
      await page.page.getByRole('alert').getByText('could not be loaded').waitFor();
      await page.page.getByText('As a list: 7 variables').click();
      await page.page.getByRole('button', { name: 'rollout' }).click();
      await page.page.getByRole('complementary').getByText('Moves personalized').waitFor();
      expect((await page.faults()).join()).toContain('Failed to load resource');
      page.forgive();
    });

    test('300 variables are drawn, and can be dragged', async () => {
      const page = await start({ width: 1000 });
      await page.show(view(large(300)));
      await page.page.locator('.node').nth(299).waitFor({ timeout: 20_000 });
      await page.page.mouse.move(500, 300);
      await page.page.mouse.wheel(0, -400);
      const before = await transform(page);
      await page.page.mouse.down();
      await page.page.mouse.move(620, 340, { steps: 4 });
      await page.page.mouse.up();
      expect(await transform(page)).not.toBe(before);
    });
  });
});
