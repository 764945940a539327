/** What axe-core says of the data pane. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { described, pairPicture } from '../views/described.ts';
import { MUSIC } from '../views/snapshots.ts';
import { BROWSER, useTabs } from './tabs.ts';
import { view } from './views.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

describe.skipIf(!BROWSER)('the data pane', () => {
  const { showing } = useTabs();

  test.each([
    ['two groups and a picture of points', 2, 'age', 'engagement'],
    ['four groups and a table of shares', 4, 'region', 'premium'],
  ] as const)('breaks no rule of accessibility: %s', async (_, arms, x, y) => {
    const page = await showing(view(MUSIC), { width: 900, height: 1400 });
    await page.answering('describe', described(arms));
    await page.answering('scatter', pairPicture(x, y, arms));
    await page.page.getByRole('tab', { name: 'Data' }).click();
    await page.page.locator('td[data-row]').first().click();
    await page.page.locator('.pair .plot, .pair table').waitFor();
    // The page's policy lets no other script in; the debugger's protocol is not asked.
    await page.page.evaluate(AXE);
    const violations = await page.page.evaluate(async (): Promise<readonly Violation[]> => {
      const axe = Reflect.get(window, 'axe') as {
        run: (place: string) => Promise<{ violations: readonly Violation[] }>;
      };
      return (await axe.run('.side-pane')).violations.map(({ id, nodes }) => ({
        id,
        nodes: nodes.slice(0, 3).map(({ html }) => ({ html: html.slice(0, 200) })),
      }));
    });
    expect(violations).toEqual([]);
  });
});
