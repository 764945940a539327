import { mkdirSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ThemeKind } from '../../views/palette.ts';
import { MUSIC_REPORT, TROUBLED_REPORT } from '../views/reports.ts';
import { ALL_ROLES, CYCLIC, HIDDEN_TASTE, MUSIC, NSW } from '../views/snapshots.ts';
import { faintTexts } from './contrast.ts';
import { looksAsBefore } from './pictures.ts';
import { BROWSER, node, useTabs } from './tabs.ts';
import { done, view } from './views.ts';

/** Screenshots to look at. */
const ARTIFACTS = 'test/media/artifacts';

describe.skipIf(!BROWSER)('how the page looks', () => {
  const { showing } = useTabs();

  beforeAll(() => {
    mkdirSync(ARTIFACTS, { recursive: true });
  });

  const themes: readonly ThemeKind[] = ['dark', 'light', 'hcDark', 'hcLight'];

  test.each(themes)('%s', async (theme) => {
    const page = await showing(view(HIDDEN_TASTE, done(TROUBLED_REPORT)), {
      theme,
      height: 1000,
      letters: true,
    });
    await looksAsBefore(page.page, `hidden-${theme}`);
    await node(page, 'taste').click();
    await page.show(view(HIDDEN_TASTE, done(MUSIC_REPORT)));
    await page.page.getByRole('heading', { name: 'Doubly robust' }).waitFor();
    await looksAsBefore(page.page, `selected-${theme}`);
    await page.page.setViewportSize({ width: 1300, height: 700 });
    await page.show(view(ALL_ROLES, done(MUSIC_REPORT)));
    await node(page, 'lottery').waitFor();
    await looksAsBefore(page.page, `roles-${theme}`);
  });

  test.each(themes)('every text can be read: %s', async (theme) => {
    const page = await showing(view(ALL_ROLES, done(TROUBLED_REPORT)), { theme, height: 1400 });
    await node(page, 'mood').click();
    await page.page.getByText('Why, and what else').click();
    const { read, faint } = await page.page.evaluate(faintTexts);
    expect(read).toBeGreaterThan(100);
    expect(faint).toEqual([]);
  });

  test('a cycle, a run, and a stale result', async () => {
    const cycle = await showing(view(CYCLIC, { status: 'failed', message: 'music.csv was not found.' }), {
      height: 620,
    });
    await cycle.page.screenshot({ path: `${ARTIFACTS}/cycle.png` });
    const run = await showing(view(NSW, done(MUSIC_REPORT)), { theme: 'light', height: 1000 });
    await run.show(view(NSW, { status: 'running', stage: 'Fitting the propensity model', fraction: 0.6 }));
    await run.page.getByText('Fitting the propensity').first().waitFor();
    await run.page.screenshot({ path: `${ARTIFACTS}/running.png` });
    const stale = await showing(view(MUSIC, done(MUSIC_REPORT, true)), { height: 900 });
    await stale.page.screenshot({ path: `${ARTIFACTS}/stale.png` });
    const narrow = await showing(view(MUSIC, done(TROUBLED_REPORT)), {
      theme: 'light',
      width: 400,
      height: 1100,
    });
    await narrow.page.screenshot({ path: `${ARTIFACTS}/narrow.png` });
  });
});
