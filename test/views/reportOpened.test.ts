/** The report as people open it: from the disk, without a network, light, dark, narrow and on paper. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM } from '../media/page.ts';
import { folderWith, runCli } from '../support/cli.ts';

const root = resolve(import.meta.dirname, '../..');
/** Where pictures of the page are kept to be looked at; nowhere unless it is named. */
const SHOTS = process.env['CAUSAL_SHOTS'];
/** Pixels of an A4 sheet between margins of 14 mm. */
const SHEET = 688;

describe.skipIf(CHROMIUM === undefined)('the report opened from the disk', () => {
  let folder: ReturnType<typeof folderWith>;
  let browser: Browser;
  beforeAll(async () => {
    folder = folderWith({});
    const spec = join(root, 'examples/llm-opt-in/opt-in.causal');
    await runCli(['report', spec, '-o', 'report.html'], { cwd: folder.path });
    browser = await chromium.launch({
      executablePath: CHROMIUM ?? '',
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
    });
  });
  afterAll(async () => {
    await browser?.close();
    folder.remove();
  });

  async function opened(
    options: { width?: number; dark?: boolean; print?: boolean },
    look: (page: Page) => Promise<void>,
  ): Promise<void> {
    const address = pathToFileURL(join(folder.path, 'report.html')).href;
    const context = await browser.newContext({
      offline: true,
      colorScheme: options.dark === true ? 'dark' : 'light',
      viewport: { width: options.width ?? 980, height: 900 },
    });
    const page = await context.newPage();
    const [asked, said]: [string[], string[]] = [[], []];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    if (options.print === true) await page.emulateMedia({ media: 'print' });
    await page.goto(address);
    await look(page);
    expect(asked).toEqual([address]);
    expect(said).toEqual([]);
    await context.close();
  }

  async function shot(page: Page, name: string): Promise<void> {
    if (SHOTS === undefined) return;
    mkdirSync(SHOTS, { recursive: true });
    await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
  }

  const overflow = (page: Page): Promise<number> =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const colors = (page: Page): Promise<readonly string[]> =>
    page.evaluate(() => {
      const { backgroundColor, color } = getComputedStyle(document.body);
      const node = document.querySelector('.node-treatment .outline');
      return [backgroundColor, color, node === null ? '' : getComputedStyle(node).stroke];
    });

  it('asks for nothing, and each entry of its contents leads somewhere', () =>
    opened({}, async (page) => {
      const links = await page
        .locator('nav a')
        .evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''));
      expect(links.length).toBeGreaterThan(8);
      for (const link of links) expect(await page.locator(link).count()).toBe(1);
      expect(await page.locator('svg[role=img]').count()).toBeGreaterThan(10);
      expect(await overflow(page)).toBe(0);
      await shot(page, 'report-light');
    }));

  it('is dark where the reader prefers that', () =>
    opened({ dark: true }, async (page) => {
      expect(await colors(page)).toEqual(['rgb(31, 31, 31)', 'rgb(228, 231, 235)', 'rgb(108, 178, 255)']);
      await shot(page, 'report-dark');
    }));

  it('needs no wider window than a telephone', () =>
    opened({ width: 360 }, async (page) => expect(await overflow(page)).toBe(0)));

  it('is black on white on paper, in the dark as well, and nothing is cut off', () =>
    opened({ dark: true, print: true, width: SHEET }, async (page) => {
      expect(await colors(page)).toEqual(['rgb(255, 255, 255)', 'rgb(0, 0, 0)', 'rgb(11, 92, 173)']);
      const cut = await page.evaluate((width) => {
        const wide = [...document.querySelectorAll('main *')].filter((element) => {
          const box = element.getBoundingClientRect();
          const hidden = element.closest('caption, .visually-hidden, title, desc') !== null;
          return !hidden && box.width > 0 && box.right > width + 1;
        });
        return wide.slice(0, 5).map((element) => `${element.localName}.${element.getAttribute('class')}`);
      }, SHEET);
      expect(cut).toEqual([]);
      await shot(page, 'report-print');
      const pdf = await page.pdf({ preferCSSPageSize: true, format: 'A4' });
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      if (SHOTS !== undefined) writeFileSync(join(SHOTS, 'report.pdf'), pdf);
    }));
});
