/** The plots of estimates in a real browser: read in every theme, at both ends of the widths, with fonts that were measured. */

import { mkdirSync } from 'node:fs';
import { renderToStaticMarkup } from 'preact-render-to-string';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Estimate } from '../../engine/estimate/result.ts';
import type { ThemeKind } from '../../views/palette.ts';
import { plotsOf } from '../../views/plots/plotsOf.tsx';
import { samples } from '../views/plots/samples.ts';
import { faintTexts } from './contrast.ts';
import type { ModelPage } from './page.ts';
import { collisions, faintLines } from './plotFaults.ts';
import { BROWSER, useTabs } from './tabs.ts';

/** Screenshots to look at. */
const ARTIFACTS = 'test/media/artifacts';
const THEMES: readonly ThemeKind[] = ['dark', 'light', 'hcDark', 'hcLight'];

describe.skipIf(!BROWSER)('the plots of estimates', () => {
  const { start } = useTabs();
  let estimates: Readonly<Record<string, Estimate>>;

  beforeAll(async () => {
    mkdirSync(ARTIFACTS, { recursive: true });
    estimates = await samples();
  });

  /** All plots of all samples, `columns` beside each other. */
  async function gallery(theme: ThemeKind, width: number, columns: number): Promise<ModelPage> {
    const figures = Object.entries(estimates).flatMap(([name, estimate]) =>
      plotsOf(estimate).map(
        ({ id, title, reading, render }) =>
          `<td width="${width}"><h3>${name}, ${id}: ${title}</h3><p>${reading}</p>${renderToStaticMarkup(render(width))}</td>`,
      ),
    );
    const rows = Array.from({ length: Math.ceil(figures.length / columns) }, (_row, i) =>
      figures.slice(i * columns, (i + 1) * columns).join(''),
    );
    const page = await start({ theme, width: columns * (width + 20), height: 1000 });
    await page.page.evaluate(
      (html) => {
        document.body.innerHTML = html;
      },
      `<table cellpadding="8"><tr valign="top">${rows.join('</tr><tr valign="top">')}</tr></table>`,
    );
    const height = await page.page.evaluate(() => document.querySelector('table')?.offsetHeight ?? 0);
    await page.page.setViewportSize({ width: columns * (width + 20), height: height + 20 });
    return page;
  }

  test.each(THEMES)('%s', async (theme) => {
    const page = await gallery(theme, 420, 4);
    await page.page.screenshot({ path: `${ARTIFACTS}/plots-${theme}.png` });
    const { read, faint } = await page.page.evaluate(faintTexts);
    expect(read).toBeGreaterThan(300);
    expect(faint).toEqual([]);
    expect(await page.page.evaluate(faintLines)).toEqual([]);
  });

  test.each([
    [320, 4],
    [860, 2],
  ])('at %i pixels nothing is cut off or covered', async (width, columns) => {
    const page = await gallery('light', width, columns);
    await page.page.screenshot({ path: `${ARTIFACTS}/plots-${width}.png` });
    expect(await page.page.evaluate(collisions)).toEqual([]);
  });
});
