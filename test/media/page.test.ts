import { describe, expect, test } from 'vitest';
import { MUSIC_REPORT } from '../views/reports.ts';
import { HIDDEN_TASTE, HOSTILE, HOSTILE_NAMES, large, MUSIC, NSW, withVariable } from '../views/snapshots.ts';
import { BROWSER, centre, node, sent, transform, useTabs } from './tabs.ts';
import { done, view } from './views.ts';

describe.skipIf(!BROWSER)('the page', () => {
  const { scriptBytes, showing, start } = useTabs();

  test('its script is small', () => {
    expect(scriptBytes()).toBeLessThan(300_000);
  });

  describe('messages', () => {
    test('it says that it is ready before it is told anything, and once', async () => {
      const page = await start();
      await page.page.getByText('Waiting for the model').waitFor({ state: 'attached' });
      expect(await page.posted()).toEqual([{ type: 'ready' }]);
    });

    test('a click selects, describes and asks for the declaration', async () => {
      const page = await showing(view(MUSIC));
      await node(page, 'taste').click();
      await page.page.getByRole('complementary').getByText('Not measured. It causes activity').waitFor();
      expect(await node(page, 'taste').getAttribute('aria-pressed')).toBe('true');
      expect(await sent(page, 'reveal')).toEqual([{ type: 'reveal', name: 'taste' }]);
      await page.page.getByRole('button', { name: 'Show in the text' }).click();
      expect(await sent(page, 'reveal')).toHaveLength(2);
    });

    test('messages of others are passed over', async () => {
      const page = await showing(view(MUSIC));
      await page.page.evaluate(() => {
        for (const data of [null, 7, 'snapshot', { type: 'other' }, {}]) window.postMessage(data, '*');
      });
      await page.send({ type: 'highlight', name: 'age' });
      await page.page.locator('.node.highlighted').waitFor();
      expect(await page.page.locator('.node.highlighted').getAttribute('aria-label')).toContain('age');
    });

    test('every message is small and of the protocol', async () => {
      const page = await showing(view(HOSTILE));
      for (let i = 0; i < HOSTILE_NAMES.length; i++)
        await page.page.locator(`[data-place="${i}"]`).dispatchEvent('click');
      const revealed = await sent(page, 'reveal');
      // A lone surrogate does not survive the way to the test unchanged.
      const plain = HOSTILE_NAMES.filter((name) => !name.includes('\ud800'));
      expect(revealed).toHaveLength(HOSTILE_NAMES.length);
      expect(revealed).toEqual(expect.arrayContaining(plain.map((name) => ({ type: 'reveal', name }))));
    });
  });

  describe('moving about', () => {
    test('the wheel zooms about the pointer', async () => {
      const page = await showing(view(MUSIC));
      const before = await centre(node(page, 'age'));
      const width = (await node(page, 'age').boundingBox())?.width ?? 0;
      await page.page.mouse.move(before.x, before.y);
      await page.page.mouse.wheel(0, -240);
      await expect
        .poll(async () => (await node(page, 'age').boundingBox())?.width)
        .toBeGreaterThan(width * 1.2);
      const after = await centre(node(page, 'age'));
      expect(Math.hypot(after.x - before.x, after.y - before.y)).toBeLessThan(1.5);
    });

    test('a slow click selects where it began, though the strip of what is selected moves the picture', async () => {
      const page = await showing(view(HIDDEN_TASTE, done(MUSIC_REPORT)), { height: 1000 });
      const { x, y } = await centre(node(page, 'taste'));
      await page.page.mouse.move(x, y);
      await page.page.mouse.down();
      await page.page.waitForTimeout(300);
      await page.page.mouse.up();
      await page.page.getByRole('complementary').getByText('Not measured').waitFor();
      expect(await page.page.locator('.node.selected').count()).toBe(1);
    });

    test('dragging pans, and selects nothing', async () => {
      const page = await showing(view(MUSIC));
      const { x, y } = await centre(node(page, 'age'));
      await page.page.mouse.move(x, y);
      await page.page.mouse.down();
      await page.page.mouse.move(x + 40, y + 25, { steps: 5 });
      await page.page.mouse.up();
      const after = await centre(node(page, 'age'));
      expect(after.x - x).toBeCloseTo(40, 0);
      expect(after.y - y).toBeCloseTo(25, 0);
      expect(await sent(page, 'reveal')).toEqual([]);
    });

    test('buttons and keys zoom, and fit again', async () => {
      const page = await showing(view(MUSIC));
      const fit = await transform(page);
      await page.page.getByRole('button', { name: /Zoom in/ }).click();
      const larger = await transform(page);
      expect(larger).not.toBe(fit);
      await page.page.getByRole('button', { name: /Fit/ }).click();
      expect(await transform(page)).toBe(fit);
      await node(page, 'personalized').focus();
      await page.page.keyboard.press('+');
      expect(await transform(page)).toBe(larger);
      await page.page.keyboard.press('0');
      expect(await transform(page)).toBe(fit);
    });

    test('the keyboard alone walks along the arrows and asks for the declaration', async () => {
      const page = await showing(view(MUSIC), {});
      const keys = page.page.keyboard;
      for (let i = 0; i < 12; i++) {
        await keys.press('Tab');
        if (await page.page.locator('.node:focus').count()) break;
      }
      const focused = page.page.locator('.node:focus');
      expect(await focused.getAttribute('aria-label')).toContain('personalized');
      await keys.press('ArrowLeft');
      expect(await focused.getAttribute('aria-label')).toContain('age');
      await page.page.getByRole('complementary').getByText('Causes both personalized').waitFor();
      await keys.press('Enter');
      expect(await sent(page, 'reveal')).toEqual([{ type: 'reveal', name: 'age' }]);
      await keys.press('Escape');
      await expect.poll(() => page.page.getByRole('complementary').count()).toBe(0);
    });

    test('the description leads on to its neighbours, and closing it leads back', async () => {
      const page = await showing(view(MUSIC));
      await node(page, 'rollout').click();
      const strip = page.page.getByRole('complementary');
      await strip.getByRole('button', { name: 'personalized' }).click();
      await strip.getByText('The treatment').waitFor();
      expect(await page.page.locator('.node:focus').getAttribute('aria-label')).toContain('personalized');
      await strip.getByRole('button', { name: 'Show in the text' }).focus();
      await page.page.keyboard.press('Escape');
      await expect.poll(() => strip.count()).toBe(0);
      expect(await page.page.locator('.node:focus').getAttribute('aria-label')).toContain('personalized');
    });

    test('the whole page can be reached by the Tab key, and shows where it is', async () => {
      const page = await showing(view(HIDDEN_TASTE, done(MUSIC_REPORT)), {});
      const seen = new Set<string>();
      for (let i = 0; i < 40; i++) {
        await page.page.keyboard.press('Tab');
        const [name, outline] = await page.page.evaluate(() => {
          const element = document.activeElement;
          if (element === null) return ['', ''];
          const ring = element.querySelector('.ring');
          const shown =
            ring === null ? getComputedStyle(element).outlineStyle : getComputedStyle(ring).stroke;
          return [element.getAttribute('aria-label') ?? element.textContent ?? '', shown];
        });
        if (name !== '') expect(outline, name).not.toMatch(/^(none|rgba\(0, 0, 0, 0\))$/);
        seen.add(name.trim());
      }
      for (const name of [
        'Why, and what else',
        'personalized, treatment',
        'Zoom in (+)',
        'Fold the pane away',
        'Estimates',
        'Run again',
      ])
        expect([...seen].join('|')).toContain(name);
    });

    test('the list says the same as the picture, and selects', async () => {
      const page = await showing(view(HIDDEN_TASTE));
      await page.page.getByText('As a list: 7 variables, 11 arrows').click();
      const list = page.page.locator('.model-list');
      expect(await list.locator('li').count()).toBe(18);
      expect(await list.textContent()).toContain('taste → personalized – on an open biasing path');
      await list.getByRole('button', { name: 'rollout', exact: true }).click();
      expect(await node(page, 'rollout').getAttribute('aria-pressed')).toBe('true');
    });
  });

  describe('following edits', () => {
    test('zoom, pan and selection stay; the selected variable does not move', async () => {
      const page = await showing(view(MUSIC), { reduceMotion: false });
      await node(page, 'age').click();
      await page.page.mouse.wheel(0, -120);
      await expect.poll(() => transform(page)).not.toBe('');
      const scale = /scale\(([\d.]+)\)/;
      const zoomed = scale.exec(await transform(page))?.[1];
      const before = await centre(node(page, 'age'));
      await page.show(view(withVariable(MUSIC, 'season', [], ['rollout', 'engagement'])));
      await node(page, 'season').waitFor();
      await page.page.waitForTimeout(350);
      expect(scale.exec(await transform(page))?.[1]).toBe(zoomed);
      expect(await node(page, 'age').getAttribute('aria-pressed')).toBe('true');
      const after = await centre(node(page, 'age'));
      expect(Math.hypot(after.x - before.x, after.y - before.y)).toBeLessThan(2);
    });

    test('while untouched, the graph stays fitted', async () => {
      const page = await showing(view(MUSIC));
      const before = await transform(page);
      await page.show(view(large(30)));
      await node(page, 'variable_20').waitFor();
      expect(await transform(page)).not.toBe(before);
      for (const name of ['treatment', 'outcome']) {
        const { x, y } = await centre(node(page, name));
        expect(x > 0 && x < 760 && y > 0 && y < 820).toBe(true);
      }
    });

    test('only the newest of many edits is drawn at the end', async () => {
      const page = await start();
      for (let i = 2; i < 14; i++) await page.show(view(large(i)));
      await page.page.locator('.node').nth(12).waitFor();
      await expect.poll(() => page.page.locator('.node').count()).toBe(13);
    });

    test('text that cannot be read keeps the last good graph, and says so', async () => {
      const page = await showing(view(MUSIC));
      await page.show(
        view(MUSIC, { status: 'none' }, { outdated: 'Line 3: a name was expected after the arrow.' }),
      );
      await page.page.getByText('The last graph that could be read. Line 3').waitFor();
      expect(await page.page.locator('.stage.outdated .node').count()).toBe(7);
      await page.show(view(MUSIC));
      await expect.poll(() => page.page.locator('.stage.outdated').count()).toBe(0);
    });

    test('the view of each document comes back after a reload', async () => {
      const page = await showing(view(MUSIC), {});
      await node(page, 'premium').click();
      await page.page.getByRole('button', { name: /Zoom in/ }).click();
      const before = await transform(page);
      await page.show(view(NSW, { status: 'none' }, { uri: 'file:///nsw.causal' }));
      await node(page, 're78').waitFor();
      expect(await page.page.locator('.node.selected').count()).toBe(0);
      await page.page.reload();
      await page.show(view(MUSIC));
      await node(page, 'premium').waitFor();
      expect(await transform(page)).toBe(before);
      expect(await node(page, 'premium').getAttribute('aria-pressed')).toBe('true');
    });
  });
});
