import { describe, expect, test } from 'vitest';
import { found } from '../../media/search.ts';
import { large, MUSIC } from '../views/snapshots.ts';
import { BROWSER, centre, node, useTabs } from './tabs.ts';
import { view } from './views.ts';

const names = (words: string) => found(MUSIC.nodes, words).map(({ name }) => name);

test('names go before roles and notes, and case and accents do not matter', () => {
  expect(names('PR')).toEqual(['premium', 'activity']);
  expect(names('age')).toEqual(['age', 'engagement']);
  expect(names('ínstrument')).toEqual(['rollout']);
  expect(names('appetite')).toEqual(['taste']);
  expect(names('  ')).toEqual([]);
  expect(names('.*')).toEqual([]);
});

describe.skipIf(!BROWSER)('the search box', () => {
  const { showing } = useTabs();

  test('opens with the keys, and Enter goes to what is chosen', async () => {
    const page = await showing(view(large(40)), { height: 700 });
    const keys = page.page.keyboard;
    await keys.press('Control+f');
    const box = page.page.getByRole('combobox', { name: 'Find a variable' });
    await box.waitFor();
    await keys.type('variable_');
    expect(await page.page.locator('#found').getByRole('option').count()).toBe(8);
    expect(await page.page.locator('#found').getByRole('option', { selected: true }).textContent()).toContain(
      'variable_',
    );
    await keys.press('ArrowDown');
    await keys.press('ArrowDown');
    const chosen = page.page.locator('#found').getByRole('option', { selected: true });
    expect(await chosen.textContent()).toContain('variable_3');
    expect(await box.getAttribute('aria-activedescendant')).toBe(await chosen.getAttribute('id'));
    await keys.press('Enter');
    const there = node(page, 'variable_3');
    await expect.poll(() => there.getAttribute('aria-pressed')).toBe('true');
    expect(await page.page.locator('.node:focus').getAttribute('aria-label')).toContain('variable_3');
    // In the middle of the panel, and large enough to be read.
    const stage = await centre(page.page.locator('.stage'));
    const { x, y } = await centre(there);
    expect(Math.abs(x - stage.x)).toBeLessThan(60);
    expect(Math.abs(y - stage.y)).toBeLessThan(160);
    expect((await there.boundingBox())?.height).toBeGreaterThan(38);
  });

  test('a slash opens it, Escape leads back, and a slash in it is a slash', async () => {
    const page = await showing(view(MUSIC), {});
    const keys = page.page.keyboard;
    await node(page, 'age').focus();
    await keys.press('/');
    const box = page.page.getByRole('combobox');
    await box.waitFor();
    await keys.type('a/b');
    expect(await box.inputValue()).toBe('a/b');
    await page.page.getByText('No variable found').waitFor();
    await keys.press('Escape');
    expect(await box.count()).toBe(0);
    expect(await page.page.locator(':focus').getAttribute('aria-label')).toBe('Find a variable');
  });

  test('a click goes to what was found by its note', async () => {
    const page = await showing(view(MUSIC), {});
    await page.page.getByRole('button', { name: 'Find a variable' }).click();
    await page.page.getByRole('combobox').fill('prior listening');
    await page.page.locator('#found').getByRole('option', { name: 'activity' }).click();
    await expect.poll(() => node(page, 'activity').getAttribute('aria-pressed')).toBe('true');
  });
});
