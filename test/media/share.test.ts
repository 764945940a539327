/** The menus that take something away from the page, in a real browser: what the extension is asked for, and by which keys. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { WebviewMessage } from '../../media/protocol.ts';
import { colorsOf, SURFACES } from '../../views/palette.ts';
import { MUSIC_REPORT } from '../views/reports.ts';
import { HIDDEN_TASTE, HOSTILE, MUSIC } from '../views/snapshots.ts';
import { parseXml } from '../views/xml.ts';
import type { ModelPage } from './page.ts';
import { BROWSER, useTabs } from './tabs.ts';
import { done, view } from './views.ts';

/** Where pictures of the page are kept to be looked at; nowhere unless it is named. */
const SHOTS = process.env['CAUSAL_SHOTS'];

async function shot({ page }: ModelPage, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`) });
}

const button = ({ page }: ModelPage): Locator => page.getByRole('button', { name: 'Share: copy or save' });
const focused = ({ page }: ModelPage): Promise<string> =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');

async function choose(page: ModelPage, name: string): Promise<void> {
  await button(page).click();
  await page.page.getByRole('menuitem', { name }).click();
}

type AskedOf<Kind> = Extract<WebviewMessage, { type: 'question' }> & { readonly kind: Kind };

async function questions(page: ModelPage, kind: string): Promise<readonly Record<string, unknown>[]> {
  const posted = await page.posted();
  return posted
    .filter((one): one is AskedOf<string> => one.type === 'question' && one.kind === kind)
    .map(({ asked }) => asked as Record<string, unknown>);
}

async function eventually(page: ModelPage, kind: string): Promise<Record<string, unknown>> {
  await expect.poll(async () => (await questions(page, kind)).length, { timeout: 20_000 }).toBe(1);
  return (await questions(page, kind))[0] ?? {};
}

describe.skipIf(!BROWSER)('the Share menu', () => {
  const { showing } = useTabs();

  test('copies what the extension writes, and says what was left out', async () => {
    const page = await showing(view(MUSIC));
    await page.answering('text', { text: 'flowchart LR\n', notes: ['Mermaid has no place for notes.'] });
    await page.answering('copy', null);
    await choose(page, 'Copy the graph as Mermaid');
    expect(await eventually(page, 'text')).toEqual({ what: 'mermaid' });
    expect(await eventually(page, 'copy')).toEqual({ text: 'flowchart LR\n' });
    const word = page.page.locator('.word').filter({ hasText: 'on the clipboard' });
    expect(await word.textContent()).toBe('Mermaid is on the clipboard. Mermaid has no place for notes.');
  });

  test.each([
    ['Copy the graph as DAGitty', 'dagitty'],
    ['Copy the graph as DOT', 'dot'],
    ['Copy the graph as TikZ', 'tikz'],
    ['Copy the analysis as Paragraph on methods', 'method'],
    ['Copy the analysis as Python for DoWhy', 'code:dowhy'],
    ['Copy the analysis as R for dagitty', 'code:dagitty'],
    ['Copy the analysis as R for fixest', 'code:fixest'],
  ])('%s asks for %s', async (name, what) => {
    const page = await showing(view(MUSIC));
    await page.answering('text', { refusal: 'Run the estimates first.' });
    await choose(page, name);
    expect(await eventually(page, 'text')).toEqual({ what });
    await page.page.locator('.word').filter({ hasText: 'Run the estimates first.' }).waitFor();
    expect(await questions(page, 'copy')).toEqual([]);
  });

  test('is walked by keys, closed by Escape, and gives the focus back', async () => {
    const page = await showing(view(MUSIC));
    const { keyboard } = page.page;
    await button(page).focus();
    await keyboard.press('ArrowDown');
    expect(await focused(page)).toBe('Copy the graph as DAGitty');
    await keyboard.press('End');
    expect(await focused(page)).toBe('Save the graph as PNG…');
    await keyboard.press('ArrowDown');
    expect(await focused(page)).toBe('Copy the graph as DAGitty');
    await keyboard.press('ArrowUp');
    await keyboard.press('Home');
    await keyboard.press('Escape');
    expect(await page.page.getByRole('menu').count()).toBe(0);
    expect(await focused(page)).toBe('Share: copy or save');
    await keyboard.press('Enter');
    expect(await button(page).getAttribute('aria-expanded')).toBe('true');
    await keyboard.press('Tab');
    await page.page.getByRole('menu').waitFor({ state: 'detached' });
  });

  test('is closed by a click elsewhere', async () => {
    const page = await showing(view(MUSIC));
    await button(page).click();
    await page.page.locator('h1').click();
    await page.page.getByRole('menu').waitFor({ state: 'detached' });
  });

  test('saves the graph as an SVG document in the colours of paper', async () => {
    for (const theme of ['dark', 'hcDark', 'light'] as const) {
      const page = await showing(view(HOSTILE), { theme });
      await page.answering('save', 'music-graph.svg');
      await choose(page, 'Save the graph as SVG');
      const { name, format, content } = await eventually(page, 'save');
      expect([name, format]).toEqual(['graph', 'svg']);
      const svg = String(content);
      parseXml(svg);
      expect(svg).not.toMatch(/class=|style=|var\(|color-mix|<script|\bon\w+=|href/);
      expect(svg).toContain(`fill="${SURFACES.light.background}"`);
      expect(svg).toContain(colorsOf('light').get('confounder') ?? 'missing');
      await page.page.locator('.word').filter({ hasText: 'Saved as music-graph.svg.' }).waitFor();
      expect(await page.page.locator('.on-paper').count()).toBe(0);
    }
  });

  test('saves it as a PNG of twice the size that is not blank', async () => {
    const page = await showing(view(MUSIC), { theme: 'dark' });
    await page.answering('save', null);
    await choose(page, 'Save the graph as SVG');
    const svg = String((await eventually(page, 'save'))['content']);
    const [, width, height] = /<svg[^>]* width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
    await choose(page, 'Save the graph as PNG');
    await expect.poll(async () => (await questions(page, 'save')).length).toBe(2);
    const content = String((await questions(page, 'save'))[1]?.['content']);
    const bytes = Buffer.from(content, 'base64');
    if (SHOTS !== undefined) writeFileSync(join(SHOTS, 'saved-graph.png'), bytes);
    expect(bytes.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    expect(bytes.readUInt32BE(16)).toBe(Math.round(Number(width) * 2));
    expect(bytes.readUInt32BE(20)).toBe(Math.round(Number(height) * 2));
    const colors = await page.page.evaluate(async (data) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
      const context = canvas.getContext('2d');
      context?.drawImage(image, 0, 0);
      const pixels = context?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      const seen = new Set<string>();
      for (let i = 0; i < pixels.length; i += 4) seen.add([...pixels.slice(i, i + 3)].join());
      return [...seen];
    }, content);
    const rgb = (color: string): string =>
      [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16)).join();
    const light = colorsOf('light');
    for (const token of ['treatment', 'outcome', 'instrument', 'causalPath'] as const)
      expect(colors).toContain(rgb(light.get(token) ?? ''));
    expect(colors).toContain('255,255,255');
    // Nobody named a file, so that there is nothing to say.
    expect(await page.page.locator('.share .word').textContent()).toBe('');
  });

  test('fits a narrow panel, in every theme', async () => {
    for (const theme of ['dark', 'light', 'hcDark', 'hcLight'] as const) {
      const page = await showing(view(HIDDEN_TASTE), { theme, width: 360, height: 700 });
      await button(page).click();
      const menu = await page.page.getByRole('menu').boundingBox();
      expect(menu?.x ?? -1).toBeGreaterThanOrEqual(0);
      expect((menu?.x ?? 0) + (menu?.width ?? 999)).toBeLessThanOrEqual(360);
      await shot(page, `share-${theme}`);
    }
  });
});

describe.skipIf(!BROWSER)('the menu of a figure', () => {
  const { showing } = useTabs();

  test('saves the picture that it stands beside, by the keyboard alone', async () => {
    const page = await showing(view(MUSIC, done(MUSIC_REPORT)), { theme: 'hcLight', height: 1400 });
    await page.answering('save', 'forest.svg');
    const menu = page.page.getByRole('button', {
      name: 'Save the picture “Effect of personalized on engagement”',
    });
    await menu.focus();
    await page.page.keyboard.press('ArrowDown');
    await page.page.keyboard.press('Enter');
    const { name, format, content } = await eventually(page, 'save');
    expect([name, format]).toEqual(['Effect of personalized on engagement', 'svg']);
    const svg = String(content);
    parseXml(svg);
    for (const { name: estimate } of MUSIC_REPORT.estimates) expect(svg).toContain(estimate);
    expect(svg).toContain(colorsOf('light').get('causalPath') ?? 'missing');
    expect(svg).not.toMatch(/class=|style=|tabindex|role="button"/);
    await page.page.locator('.word').filter({ hasText: 'Saved as forest.svg.' }).waitFor();
    await shot(page, 'figure-hcLight');
  });

  test('paper has the light colours of the palette', () => {
    const css = readFileSync(join(import.meta.dirname, '../../media/style/share.css'), 'utf8');
    const paper = css.slice(css.indexOf('.on-paper {'));
    for (const [token, color] of colorsOf('light'))
      expect(paper).toContain(
        `--${token.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${color};`,
      );
    const { background, text, quiet } = SURFACES.light;
    expect(paper).toContain(`--paper: ${background};\n  --ink: ${text};\n  --quiet: ${quiet};`);
  });
});
