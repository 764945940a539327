/** The graph is changed on the page: what is asked of the extension, and what is said where it refuses. */

import { mkdirSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { GraphEdit } from '../../engine/report/graphEdit.ts';
import type { ThemeKind } from '../../views/palette.ts';
import { HIDDEN_TASTE, HOSTILE, MUSIC, withVariable } from '../views/snapshots.ts';
import { faintTexts } from './contrast.ts';
import type { ModelPage } from './page.ts';
import { BROWSER, centre, node, sent, useTabs } from './tabs.ts';
import { view } from './views.ts';

/** Screenshots to look at. */
const ARTIFACTS = 'test/media/artifacts';

const directed = (from: string, to: string) => ({ kind: 'directed', from, to });

describe.skipIf(!BROWSER)('changing the graph', () => {
  const { showing, start } = useTabs();

  /** The edits that were asked for. */
  const edits = async (page: ModelPage): Promise<readonly GraphEdit[]> =>
    (await sent(page, 'question')).flatMap((message) =>
      message.type === 'question' && message.kind === 'edit'
        ? [(message.asked as { readonly edit: GraphEdit }).edit]
        : [],
    );
  const edited = (page: ModelPage, edit: object) => expect.poll(() => edits(page)).toContainEqual(edit);
  const arrow = ({ page }: ModelPage, text: string): Locator => page.locator(`.edge[aria-label^="${text}"]`);
  /** Clicks in the middle of an arrow, which is seldom the middle of the box around it. */
  async function clickArrow(page: ModelPage, text: string, button: 'left' | 'right' = 'left'): Promise<void> {
    const { x, y } = await arrow(page, text)
      .locator('.reach')
      .evaluate((element) => {
        const path = element as SVGPathElement;
        const { x, y } = path.getPointAtLength(path.getTotalLength() / 2);
        const { a, d, e, f } = path.getScreenCTM() ?? { a: 1, d: 1, e: 0, f: 0 };
        return { x: x * a + e, y: y * d + f };
      });
    await page.page.mouse.click(x, y, { button });
  }
  const menu = ({ page }: ModelPage): Locator => page.getByRole('menu');
  const entry = (page: ModelPage, name: string | RegExp): Locator =>
    menu(page).getByRole('menuitem', { name });
  const done = (page: ModelPage, told: string) => page.answering('edit', { told });

  /** Deletes a variable by the keyboard, which is refused; gives back the message. */
  async function refused(page: ModelPage): Promise<Locator> {
    const reason = 'Line 3 of the text cannot be read.';
    await page.answering('edit', { refusal: reason });
    await node(page, 'age').focus();
    await page.page.keyboard.press('Delete');
    const alert = page.page.getByRole('alert');
    await alert.getByText(reason).waitFor();
    return alert;
  }

  /** Presses on the handle of a variable and moves to a place, without letting go. */
  async function pulled(page: ModelPage, from: string, to: { x: number; y: number }): Promise<void> {
    await node(page, from).hover();
    const handle = await centre(node(page, from).locator('.handle'));
    await page.page.mouse.move(handle.x, handle.y);
    await page.page.mouse.down();
    await page.page.mouse.move((handle.x + to.x) / 2, (handle.y + to.y) / 2, { steps: 3 });
    await page.page.mouse.move(to.x, to.y, { steps: 3 });
  }

  describe('by the mouse', () => {
    test('a drag from the handle to another variable draws an arrow, and selects nothing', async () => {
      const page = await showing(view(MUSIC));
      await done(page, 'Drew rollout → age.');
      await pulled(page, 'rollout', await centre(node(page, 'age')));
      await page.page.locator('.rubber .sign-allowed').waitFor();
      await page.page.mouse.up();
      await edited(page, { kind: 'add-arrow', arrow: directed('rollout', 'age') });
      await page.page.getByRole('status').getByText('Drew rollout → age.').waitFor({ state: 'attached' });
      expect(await page.page.locator('.rubber, .node.selected').count()).toBe(0);
      expect(await sent(page, 'reveal')).toEqual([]);
    });

    test('with Shift, or by the tool, the arrow has two heads', async () => {
      const page = await showing(view(MUSIC));
      await done(page, 'Done.');
      await page.page.keyboard.down('Shift');
      await pulled(page, 'rollout', await centre(node(page, 'age')));
      await page.page.mouse.up();
      await page.page.keyboard.up('Shift');
      await edited(page, { kind: 'add-arrow', arrow: { ...directed('rollout', 'age'), kind: 'bidirected' } });
      const tool = page.page.getByRole('button', { name: 'Draw arrows with two heads' });
      await tool.click();
      await pulled(page, 'premium', await centre(node(page, 'age')));
      await page.page.mouse.up();
      await edited(page, { kind: 'add-arrow', arrow: { ...directed('premium', 'age'), kind: 'bidirected' } });
      await tool.click();
    });

    test('what cannot be is seen while it is drawn, said where it is dropped, and not asked for', async () => {
      const page = await showing(view(MUSIC));
      await pulled(page, 'engagement', await centre(node(page, 'age')));
      await page.page.locator('.rubber-forbidden .sign-forbidden').waitFor();
      await page.page.mouse.up();
      const refusal = page.page.getByRole('alert');
      await refusal.getByText('age → engagement is already in the graph').waitFor();
      const [box, place] = [await refusal.boundingBox(), await centre(node(page, 'age'))];
      expect(Math.abs((box?.x ?? 0) - place.x) + Math.abs((box?.y ?? 0) - place.y)).toBeLessThan(400);
      expect(await edits(page)).toEqual([]);
      await refusal.getByRole('button', { name: 'Close this message' }).click();
      await expect.poll(() => refusal.count()).toBe(0);
    });

    test('Escape, or nothing under the pointer, leaves the arrow undrawn', async () => {
      const page = await showing(view(MUSIC));
      await pulled(page, 'rollout', { x: 20, y: 500 });
      await page.page.locator('.rubber').waitFor();
      await page.page.mouse.up();
      await expect.poll(() => page.page.locator('.rubber').count()).toBe(0);
      await pulled(page, 'rollout', await centre(node(page, 'age')));
      await page.page.keyboard.press('Escape');
      await page.page.mouse.up();
      await expect.poll(() => page.page.locator('.rubber').count()).toBe(0);
      expect(await edits(page)).toEqual([]);
    });

    test('a press on the handle, then one on the other variable, does too', async () => {
      const page = await showing(view(MUSIC));
      await done(page, 'Done.');
      await node(page, 'rollout').hover();
      await node(page, 'rollout').locator('.handle').click();
      await page.page.locator('.draft-hint').getByText('Point at the other variable').waitFor();
      await page.page.getByRole('status').getByText('rollout → … Point at').waitFor({ state: 'attached' });
      await node(page, 'premium').click();
      await edited(page, { kind: 'add-arrow', arrow: directed('rollout', 'premium') });
    });

    test('the right button opens the menu of a variable', async () => {
      const page = await showing(view(MUSIC));
      await done(page, 'Done.');
      await node(page, 'premium').click({ button: 'right' });
      expect(await menu(page).getAttribute('aria-label')).toBe('Change premium');
      await entry(page, 'Make it the outcome').click();
      await edited(page, { kind: 'set-role', name: 'premium', role: 'outcome' });
      await expect.poll(() => menu(page).count()).toBe(0);
      await node(page, 'taste').click({ button: 'right' });
      expect(await entry(page, /Make it the treatment/).count()).toBe(0);
      await entry(page, 'Mark it as measured').click();
      await edited(page, { kind: 'set-measured', name: 'taste', measured: true });
      await node(page, 'age').click({ button: 'right' });
      await entry(page, 'Do not adjust for it').click();
      await edited(page, { kind: 'set-role', name: 'age', role: 'none' });
    });

    test('an arrow is selected by a click, described, and changed', async () => {
      const page = await showing(view(HIDDEN_TASTE));
      await done(page, 'Done.');
      await clickArrow(page, 'rollout → personalized');
      const strip = page.page.getByRole('complementary', { name: 'Selected arrow' });
      await strip.getByText('rollout → personalized', { exact: false }).first().waitFor();
      expect(await arrow(page, 'rollout → personalized').getAttribute('aria-pressed')).toBe('true');
      await strip.getByRole('button', { name: 'Turn it round' }).click();
      await edited(page, {
        kind: 'redraw-arrow',
        arrow: expect.objectContaining(directed('rollout', 'personalized')),
        as: directed('personalized', 'rollout'),
      });
      await clickArrow(page, 'taste → activity', 'right');
      await entry(page, 'Delete').click();
      await edited(page, {
        kind: 'delete-arrow',
        arrow: expect.objectContaining(directed('taste', 'activity')),
      });
    });

    test('a variable is added with a name that can be one', async () => {
      const page = await showing(view(MUSIC), {});
      await done(page, 'Added wave.');
      await page.page.getByRole('button', { name: 'Variable', exact: true }).click();
      const form = page.page.getByRole('dialog', { name: 'Add a variable' });
      const field = form.getByLabel('Name of the new variable');
      const add = form.getByRole('button', { name: 'Add' });
      await add.click();
      await form.getByText('Give the variable a name.').waitFor();
      await field.fill('age');
      await form.getByText('age is already in the graph.').waitFor();
      await add.click();
      expect(await field.getAttribute('aria-invalid')).toBe('true');
      await field.fill('prior sessions');
      await form.getByText('The text will write it in backticks: `prior sessions`').waitFor();
      await field.fill('wave');
      await form.getByLabel('It was never measured').check();
      await field.press('Enter');
      await edited(page, { kind: 'add-variable', name: 'wave', latent: true });
      await page.show(view(withVariable(MUSIC, 'wave', [], [])));
      await expect.poll(() => page.page.locator('.node:focus').getAttribute('aria-label')).toContain('wave');
    });

    test('the first variable is added to an empty graph', async () => {
      const page = await start();
      await page.answering('edit', { told: 'Added x.' });
      await page.show(view({ ...MUSIC, nodes: [], edges: [] }));
      await page.page.getByRole('button', { name: 'Add a variable' }).click();
      await page.page.keyboard.type('x');
      await page.page.keyboard.press('Enter');
      await edited(page, { kind: 'add-variable', name: 'x', latent: false });
    });

    test('names of every kind go there and back as they are', async () => {
      const page = await showing(view(HOSTILE), {});
      await page.answering('edit', { told: 'Done.' });
      const names = HOSTILE.nodes.map(({ name }) => name).filter((name) => !name.includes('\ud800'));
      for (const name of names.slice(0, 4)) {
        const place = HOSTILE.nodes.findIndex((one) => one.name === name);
        await page.page.locator(`[data-place="${place}"]`).focus();
        await page.page.keyboard.press('Delete');
        await edited(page, { kind: 'delete-variable', name });
      }
    });

    test('a finger that rests on a variable opens its menu', async () => {
      const page = await showing(view(MUSIC));
      const { x, y } = await centre(node(page, 'age'));
      await node(page, 'age').dispatchEvent('pointerdown', {
        pointerType: 'touch',
        button: 0,
        clientX: x,
        clientY: y,
        bubbles: true,
      });
      await entry(page, 'Delete').waitFor();
      await node(page, 'age').dispatchEvent('pointerup', { pointerType: 'touch', bubbles: true });
      await page.page.keyboard.press('Escape');
    });
  });

  describe('by the keyboard alone', () => {
    test('an arrow is drawn: A, arrow keys, Enter', async () => {
      const page = await showing(view(MUSIC));
      await done(page, 'Drew it.');
      await node(page, 'rollout').focus();
      const keys = page.page.keyboard;
      await keys.press('a');
      const hint = page.page.locator('.draft-hint');
      await hint.getByText('walk there with the arrow keys').waitFor();
      await keys.press('ArrowUp');
      const reached = await page.page.locator('.node:focus').getAttribute('aria-label');
      const to = reached?.split(',')[0] ?? '';
      expect(await page.page.locator('.rubber').count()).toBe(1);
      await keys.press('Shift+Enter');
      await edited(page, { kind: 'add-arrow', arrow: { kind: 'bidirected', from: 'rollout', to } });
      await keys.press('a');
      await keys.press('Escape');
      await expect.poll(() => hint.count()).toBe(0);
    });

    test('a refusal is announced, and Escape closes it', async () => {
      const page = await showing(view(MUSIC));
      const alert = await refused(page);
      await page.page.keyboard.press('Escape');
      await expect.poll(() => alert.count()).toBe(0);
      expect(await page.page.locator('.node:focus').getAttribute('aria-label')).toContain('age');
    });

    test('a refusal stays while the same graph comes again, and goes with it', async () => {
      const page = await showing(view(MUSIC));
      const alert = await refused(page);
      await page.show(view(MUSIC, { status: 'none' }, { fileName: 'again.causal' }));
      await page.page.getByText('again.causal').first().waitFor();
      expect(await alert.count()).toBe(1);
      await page.show(view(withVariable(MUSIC, 'wave', [], [])));
      await expect.poll(() => alert.count()).toBe(0);
    });

    test.each(['ContextMenu', 'Shift+F10'])('%s opens the menu, and gives the keyboard back', async (key) => {
      const page = await showing(view(MUSIC));
      await done(page, 'Done.');
      await node(page, 'premium').focus();
      const keys = page.page.keyboard;
      await keys.press(key);
      const at = page.page.locator(':focus');
      expect(await at.textContent()).toContain('Draw an arrow from it');
      await keys.press('End');
      expect(await at.textContent()).toContain('Delete');
      await keys.press('ArrowDown');
      await keys.press('ArrowDown');
      expect(await at.textContent()).toContain('Make it the treatment');
      await keys.press('Escape');
      expect(await at.getAttribute('aria-label')).toContain('premium');
      await keys.press(key);
      await keys.press('ArrowDown');
      await keys.press('Enter');
      await edited(page, { kind: 'set-role', name: 'premium', role: 'treatment' });
    });

    test('a variable is renamed and deleted, and the keyboard stays in the graph', async () => {
      const page = await showing(view(withVariable(MUSIC, 'season', [], ['engagement'])), {});
      await done(page, 'Done.');
      await node(page, 'season').focus();
      await page.page.keyboard.press('F2');
      await page.page.keyboard.type('wave');
      await page.page.keyboard.press('Enter');
      await edited(page, { kind: 'rename-variable', name: 'season', to: 'wave' });
      await page.show(view(withVariable(MUSIC, 'wave', [], ['engagement'])));
      const focused = page.page.locator('.node:focus');
      await expect.poll(() => focused.getAttribute('aria-label')).toContain('wave');
      await page.page.keyboard.press('Delete');
      await edited(page, { kind: 'delete-variable', name: 'wave' });
      await page.show(view(MUSIC));
      await expect.poll(() => focused.getAttribute('aria-label')).toContain('personalized');
    });

    test('arrows are reached from a variable, walked along, turned round and deleted', async () => {
      const page = await showing(view(MUSIC));
      await done(page, 'Done.');
      await node(page, 'rollout').focus();
      const keys = page.page.keyboard;
      await keys.press('e');
      const focused = page.page.locator('.edge:focus');
      expect(await focused.getAttribute('aria-label')).toContain('rollout');
      await page.page.getByRole('complementary', { name: 'Selected arrow' }).waitFor();
      await keys.press('r');
      await edited(page, {
        kind: 'redraw-arrow',
        arrow: expect.objectContaining(directed('rollout', 'personalized')),
        as: directed('personalized', 'rollout'),
      });
      await keys.press('ArrowRight');
      expect(await page.page.locator('.node:focus').getAttribute('aria-label')).toContain('personalized');
      await node(page, 'age').focus();
      await keys.press('e');
      const first = await focused.getAttribute('aria-label');
      await keys.press('ArrowDown');
      expect(await focused.getAttribute('aria-label')).not.toBe(first);
      await keys.press('ArrowUp');
      expect(await focused.getAttribute('aria-label')).toBe(first);
      await keys.press('Delete');
      await edited(page, { kind: 'delete-arrow', arrow: expect.objectContaining({ from: 'age' }) });
    });

    test('the list changes the same, and draws arrows from two lists', async () => {
      const page = await showing(view(MUSIC));
      await done(page, 'Done.');
      await page.page.getByText('As a list: 7 variables').click();
      const list = page.page.locator('.model-list');
      await list.getByLabel('From').selectOption('rollout');
      await list.getByLabel('To', { exact: true }).selectOption('premium');
      await list.getByLabel('Kind of arrow').selectOption('bidirected');
      await list.getByRole('button', { name: 'Draw the arrow' }).click();
      await edited(page, {
        kind: 'add-arrow',
        arrow: { kind: 'bidirected', from: 'rollout', to: 'premium' },
      });
      await list.getByRole('button', { name: 'Change age', exact: true }).click();
      await entry(page, 'Delete').click();
      await edited(page, { kind: 'delete-variable', name: 'age' });
    });

    test('Ctrl+Z asks the editor to undo, and Ctrl+Shift+Z to redo, but not from a field', async () => {
      const page = await showing(view(MUSIC));
      await page.answering('undo', null);
      await node(page, 'age').focus();
      await page.page.keyboard.press('Control+z');
      await page.page.keyboard.press('Control+Shift+Z');
      await page.page.getByRole('button', { name: 'Undo the last change' }).click();
      await page.page.keyboard.press('n');
      await node(page, 'age').focus();
      await page.page.keyboard.press('n');
      await page.page.keyboard.press('Control+z');
      const asked = (await sent(page, 'question')).map(
        (message) => message.type === 'question' && message.asked,
      );
      expect(asked).toEqual([{ redo: false }, { redo: true }, { redo: false }]);
      await page.page.keyboard.press('Escape');
    });
  });

  test('in a narrow panel everything stays inside', async () => {
    mkdirSync(ARTIFACTS, { recursive: true });
    const page = await showing(view(MUSIC), { theme: 'light', width: 360, height: 720 });
    const inside = async (locator: Locator): Promise<void> => {
      const box = await locator.boundingBox();
      expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 999) <= 360).toBe(true);
    };
    await node(page, 'engagement').click();
    await page.page.screenshot({ path: `${ARTIFACTS}/edit-narrow-strip.png` });
    await inside(page.page.getByRole('button', { name: 'Change', exact: true }));
    await page.page.getByRole('button', { name: 'Change', exact: true }).click();
    await page.page.screenshot({ path: `${ARTIFACTS}/edit-narrow.png` });
    await inside(menu(page));
    await page.page.keyboard.press('Escape');
    await page.page.getByRole('toolbar', { name: 'Change the graph' }).getByRole('button').first().click();
    await inside(page.page.getByRole('dialog'));
    await page.page.keyboard.press('Escape');
    await page.page.getByText('As a list').click();
    await inside(page.page.getByRole('button', { name: 'Draw the arrow' }));
  });

  const themes: readonly ThemeKind[] = ['dark', 'light', 'hcDark', 'hcLight'];
  test.each(themes)('how it looks: %s', async (theme) => {
    mkdirSync(ARTIFACTS, { recursive: true });
    const page = await showing(view(HIDDEN_TASTE), { theme, height: 620 });
    await node(page, 'rollout').hover();
    await page.page.screenshot({ path: `${ARTIFACTS}/edit-handle-${theme}.png` });
    await pulled(page, 'rollout', await centre(node(page, 'age')));
    await page.page.screenshot({ path: `${ARTIFACTS}/edit-allowed-${theme}.png` });
    const { x, y } = await centre(node(page, 'personalized'));
    await page.page.mouse.move(x, y, { steps: 3 });
    await page.page.screenshot({ path: `${ARTIFACTS}/edit-forbidden-${theme}.png` });
    await page.page.mouse.up();
    await page.page.getByRole('alert').waitFor();
    await page.page.screenshot({ path: `${ARTIFACTS}/edit-refused-${theme}.png` });
    expect((await page.page.evaluate(faintTexts)).faint).toEqual([]);
    await page.page.keyboard.press('Escape');
    await node(page, 'premium').click({ button: 'right' });
    await page.page.screenshot({ path: `${ARTIFACTS}/edit-menu-${theme}.png` });
    expect((await page.page.evaluate(faintTexts)).faint).toEqual([]);
    await page.page.keyboard.press('Escape');
    await clickArrow(page, 'rollout → personalized');
    await page.page.getByRole('button', { name: 'Variable', exact: true }).click();
    await page.page.keyboard.type('prior sessions');
    await page.page.screenshot({ path: `${ARTIFACTS}/edit-form-${theme}.png` });
    expect((await page.page.evaluate(faintTexts)).faint).toEqual([]);
  });
});
