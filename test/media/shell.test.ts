import { describe, expect, test } from 'vitest';
import { MUSIC_REPORT } from '../views/reports.ts';
import { MUSIC } from '../views/snapshots.ts';
import type { ModelPage } from './page.ts';
import { BROWSER, centre, node, sent, useTabs } from './tabs.ts';
import { done, view } from './views.ts';

const paneHeight = async ({ page }: ModelPage): Promise<number> =>
  (await page.locator('.side-pane').boundingBox())?.height ?? 0;

describe.skipIf(!BROWSER)('the pane beside the graph', () => {
  const { showing } = useTabs();

  test('tabs are one stop of the Tab key, and arrow keys lead from one to the next and around', async () => {
    const { page } = await showing(view(MUSIC, done(MUSIC_REPORT)));
    const estimates = page.getByRole('tab', { name: 'Estimates' });
    const data = page.getByRole('tab', { name: 'Data' });
    expect(await page.locator('[role=tab][tabindex="0"]').count()).toBe(1);
    await estimates.focus();
    await page.keyboard.press('ArrowRight');
    expect(await data.getAttribute('aria-selected')).toBe('true');
    expect(await page.locator('[role=tab]:focus').getAttribute('id')).toBe('tab-data');
    expect(await page.locator('.forest').count()).toBe(0);
    await page.keyboard.press('ArrowRight');
    expect(await estimates.getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('End');
    expect(await data.getAttribute('aria-selected')).toBe('true');
    const panel = page.getByRole('tabpanel', { name: 'Data' });
    expect(await panel.count()).toBe(1);
    await page.keyboard.press('Home');
    await page.locator('.forest').waitFor();
  });

  test('the button runs the estimates from any tab, and shows them', async () => {
    const page = await showing(view(MUSIC));
    await page.page.getByRole('tab', { name: 'Data' }).click();
    await page.page.getByRole('button', { name: 'Fold the pane away' }).click();
    await page.page.getByRole('button', { name: 'Estimate', exact: true }).click();
    expect(await sent(page, 'estimate')).toHaveLength(1);
    await page.page.getByRole('tabpanel', { name: 'Estimates' }).waitFor();
  });

  test('a tab that is not shown tells how its run goes, and that its results are out of date', async () => {
    const page = await showing(view(MUSIC, { status: 'running', stage: 'Fitting', fraction: 0.4 }));
    await page.page.getByRole('tab', { name: 'Data' }).click();
    expect(await page.page.getByRole('tab', { name: 'Estimates' }).textContent()).toBe('Estimates 40 %');
    await page.show(view(MUSIC, done(MUSIC_REPORT, true)));
    await page.page.getByRole('tab', { name: 'Estimates out of date' }).waitFor();
  });

  test('its edge is dragged, moved by keys between its ends, and put back', async () => {
    const page = await showing(view(MUSIC, done(MUSIC_REPORT)));
    const edge = page.page.getByRole('separator');
    const before = await paneHeight(page);
    const { x } = await centre(edge);
    const top = (await edge.boundingBox())?.y ?? 0;
    await page.page.mouse.move(x, top + 2);
    await page.page.mouse.down();
    await page.page.mouse.move(x, top - 78, { steps: 4 });
    await page.page.mouse.up();
    await expect.poll(async () => Math.abs((await paneHeight(page)) - before - 80)).toBeLessThan(3);
    await page.page.mouse.move(x, top - 200);
    await expect.poll(async () => Math.abs((await paneHeight(page)) - before - 80)).toBeLessThan(3);
    const now = async (): Promise<number> => Number(await edge.getAttribute('aria-valuenow'));
    const dragged = await now();
    await edge.focus();
    await page.page.keyboard.press('ArrowDown');
    await expect.poll(now).toBeGreaterThan(dragged + 2);
    await page.page.keyboard.press('End');
    await expect.poll(now).toBe(Number(await edge.getAttribute('aria-valuemax')));
    await page.page.keyboard.press('Home');
    await expect.poll(now).toBeLessThan(dragged);
    await page.page.keyboard.press('Enter');
    await expect.poll(() => paneHeight(page)).toBe(before);
  });

  test('tab, fold and edge come back after a reload, each document its own', async () => {
    const page = await showing(view(MUSIC), {});
    await page.page.getByRole('tab', { name: 'Data' }).click();
    await page.page.getByRole('separator').focus();
    await page.page.keyboard.press('ArrowUp');
    const height = await paneHeight(page);
    await page.show(view(MUSIC, { status: 'none' }, { uri: 'file:///other.causal' }));
    await page.page.getByRole('tabpanel', { name: 'Estimates' }).waitFor();
    await page.page.getByRole('button', { name: 'Fold the pane away' }).click();
    await page.page.reload();
    await page.show(view(MUSIC));
    await page.page.getByRole('tabpanel', { name: 'Data' }).waitFor();
    await expect.poll(() => paneHeight(page)).toBe(height);
    await page.show(view(MUSIC, { status: 'none' }, { uri: 'file:///other.causal' }));
    await page.page.getByRole('button', { name: 'Unfold the pane' }).waitFor();
    expect(await page.page.getByRole('tabpanel').count()).toBe(0);
  });

  test('beside the graph the edge moves sideways', async () => {
    const page = await showing(view(MUSIC, done(MUSIC_REPORT)), { width: 1300, height: 700 });
    const edge = page.page.getByRole('separator');
    expect(await edge.getAttribute('aria-orientation')).toBe('vertical');
    const width = async (): Promise<number> =>
      (await page.page.locator('.side-pane').boundingBox())?.width ?? 0;
    const before = await width();
    await edge.focus();
    await page.page.keyboard.press('ArrowLeft');
    await expect.poll(width).toBeGreaterThan(before + 30);
    expect(await node(page, 'age').count()).toBe(1);
  });

  test('in a narrow panel head and tabs stay within it', async () => {
    const page = await showing(view(MUSIC, done(MUSIC_REPORT)), { width: 360, height: 700 });
    for (const place of ['.pane-head', '.tabs', '.primary']) {
      const box = await page.page.locator(place).boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(360);
    }
  });
});
