/** The map of a large graph, the part of one too large to draw, what rests under the pointer, the direction, and a server that ended. */

import { mkdirSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ThemeKind } from '../../views/palette.ts';
import { CYCLIC, HOSTILE, large, MUSIC } from '../views/snapshots.ts';
import { faintTexts } from './contrast.ts';
import { HIDDEN_FEED, snapshotOfText } from './questioned.ts';
import { BROWSER, centre, node, sent, transform, useTabs } from './tabs.ts';
import { view } from './views.ts';

const ARTIFACTS = 'test/media/artifacts';
const THEMES: readonly ThemeKind[] = ['dark', 'light', 'hcDark', 'hcLight'];

describe.skipIf(!BROWSER)('finding one’s way', () => {
  const { showing, start } = useTabs();

  beforeAll(() => void mkdirSync(ARTIFACTS, { recursive: true }));

  describe('the map', () => {
    test('is there from 61 variables on, shows what the panel shows, and moves it', async () => {
      const page = await showing(view(large(64)), { width: 900, height: 700 });
      const map = page.page.locator('.minimap');
      expect(await map.getAttribute('aria-hidden')).toBe('true');
      await node(page, 'outcome').focus();
      for (let i = 0; i < 6; i++) await page.page.keyboard.press('+');
      const before = await transform(page);
      const frame = page.page.locator('.minimap-panel');
      expect(Number(await frame.getAttribute('width'))).toBeLessThan(120);
      const { x, y } = await centre(map);
      await page.page.mouse.move(x - 60, y);
      await page.page.mouse.down();
      const there = await transform(page);
      expect(there).not.toBe(before);
      await page.page.mouse.move(x + 40, y + 10, { steps: 3 });
      await page.page.mouse.up();
      expect(await transform(page)).not.toBe(there);
      const middle = await centre(frame);
      expect(Math.abs(middle.x - x - 40)).toBeLessThan(3);
      await page.show(view(large(20)));
      await map.waitFor({ state: 'detached' });
    });
  });

  describe('a graph too large to draw', () => {
    test('is drawn in part, which widens, narrows and follows what is looked for', async () => {
      const page = await start({ width: 1000 });
      await page.show(view(large(2000)));
      await page.page.locator('.node').first().waitFor({ timeout: 20_000 });
      const drawn = (): Promise<number> => page.page.locator('.node').count();
      const few = await drawn();
      expect(few).toBeGreaterThan(2);
      expect(few).toBeLessThanOrEqual(150);
      const notice = page.page.locator('.notice').first();
      expect(await notice.textContent()).toContain('2000 variables are too many for one picture');
      expect(await notice.textContent()).toContain('hidden');
      for (const name of ['treatment', 'outcome']) expect(await node(page, name).count()).toBe(1);
      await page.page.getByRole('button', { name: 'Show one arrow further' }).click();
      await expect.poll(drawn).toBeGreaterThan(few);
      await page.page.getByRole('button', { name: 'Show less' }).click();
      await expect.poll(drawn).toBe(few);
      await page.page.keyboard.press('/');
      await page.page.keyboard.type('variable_1000');
      await page.page.keyboard.press('Enter');
      await node(page, 'variable_1000').waitFor();
      expect(await notice.textContent()).toContain('of variable_1000');
      expect(await node(page, 'variable_1000').getAttribute('aria-pressed')).toBe('true');
      // The list stays short, too.
      expect(await page.page.locator('.model-list li').count()).toBeLessThan(1200);
    });
  });

  describe('what rests under the pointer', () => {
    test('a variable says its role and why; Escape closes that and nothing else', async () => {
      const page = await showing(view(MUSIC), {});
      await node(page, 'premium').click();
      await node(page, 'taste').hover();
      const tip = page.page.getByRole('tooltip');
      await tip.getByText('Not measured. It causes activity').waitFor();
      expect(await tip.textContent()).toContain('Appetite for new music');
      await page.page.keyboard.press('Escape');
      await expect.poll(() => tip.count()).toBe(0);
      expect(await node(page, 'premium').getAttribute('aria-pressed')).toBe('true');
    });

    test('the words can be pointed at, and go when the pointer does', async () => {
      const page = await showing(view(MUSIC), {});
      await node(page, 'taste').hover();
      const tip = page.page.getByRole('tooltip');
      await tip.waitFor();
      await tip.hover();
      await page.page.waitForTimeout(400);
      expect(await tip.count()).toBe(1);
      await page.page.mouse.move(2, 2);
      await expect.poll(() => tip.count()).toBe(0);
    });

    test('an arrow says what it means, and its note', async () => {
      const page = await showing(view(snapshotOfText(HIDDEN_FEED)), {});
      const mark = page.page.locator('.causal-graph .note-mark').first();
      const { x, y } = await centre(mark);
      await page.page.mouse.move(x, y);
      await page.page.getByRole('tooltip').getByText('Note: ').waitFor();
    });

    test('the keyboard hears the same of the variable that it is on', async () => {
      const page = await showing(view(MUSIC), {});
      expect(await node(page, 'taste').getAttribute('aria-description')).toContain('Not measured. It causes');
    });

    test('names are text there, whatever they are', async () => {
      const page = await showing(view(HOSTILE), {});
      await page.page.locator('[data-place="0"]').hover();
      const tip = page.page.getByRole('tooltip');
      await tip.waitFor();
      expect(await tip.textContent()).toContain('<b>bold</b>');
      expect(await tip.locator('b, script').count()).toBe(0);
    });
  });

  describe('the direction', () => {
    test('turns, is kept with the document, and the arrow keys follow it', async () => {
      const page = await showing(view(MUSIC), {});
      const turned = async (): Promise<void> => {
        await page.page.getByRole('button', { name: 'Draw from left to right' }).waitFor();
        await page.page.locator('.canvas[aria-busy="false"]').waitFor();
      };
      await page.page.getByRole('button', { name: 'Draw from top to bottom' }).click();
      await turned();
      const place = (name: string) => centre(node(page, name));
      expect((await place('engagement')).y).toBeGreaterThan((await place('age')).y + 60);
      expect((await place('engagement')).y).toBeGreaterThan((await place('personalized')).y);
      expect((await place('rollout')).y).toBeLessThan((await place('personalized')).y);
      await node(page, 'personalized').focus();
      await page.page.keyboard.press('ArrowDown');
      expect(await page.page.locator('.node:focus').getAttribute('aria-label')).toContain('engagement');
      await page.page.screenshot({ path: `${ARTIFACTS}/down.png` });
      await page.page.reload();
      await page.show(view(MUSIC));
      await turned();
      expect((await place('engagement')).y).toBeGreaterThan((await place('age')).y + 60);
    });
  });

  test('a cycle is drawn with its arrows marked, and told', async () => {
    const page = await showing(view(CYCLIC), {});
    expect(await page.page.locator('.node').count()).toBe(5);
    expect(await page.page.locator('.edge-cycle').count()).toBe(4 + 1); // The key shows one.
    expect(await page.page.locator('.causal-graph .badge-cycle').count()).toBe(4);
    expect(await page.page.locator('.verdict').textContent()).toContain('The arrows run in a circle');
  });

  test('a server that has ended is told, and one click starts it', async () => {
    const page = await showing(view(MUSIC, { status: 'none' }, { lost: true }), {});
    await page.page.getByRole('alert').getByText('The language server has ended').waitFor();
    await page.page.getByRole('button', { name: 'Restart' }).click();
    expect(await sent(page, 'restart')).toEqual([{ type: 'restart' }]);
    expect(await page.page.locator('.node').count()).toBe(7);
    await page.show(view(MUSIC));
    await expect.poll(() => page.page.locator('.lost').count()).toBe(0);
  });

  test.each(THEMES)('looks: %s', async (theme) => {
    const page = await showing(view(large(64), { status: 'none' }, { lost: true }), { theme, height: 760 });
    await page.page.keyboard.press('/');
    await page.page.keyboard.type('variable_2');
    await page.page.screenshot({ path: `${ARTIFACTS}/search-${theme}.png` });
    expect((await page.page.evaluate(faintTexts)).faint).toEqual([]);
    await page.page.keyboard.press('Escape');
    await page.show(view(snapshotOfText(HIDDEN_FEED)));
    await node(page, 'taste').hover();
    await page.page.getByRole('tooltip').waitFor();
    await page.page.screenshot({ path: `${ARTIFACTS}/tip-${theme}.png` });
  });
});
