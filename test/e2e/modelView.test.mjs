/** The model view as people live with it, in a real VS Code: out of date, compared, restored, by the keyboard alone, without a mouse or eyes. */

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from './editorText.mjs';
import { scenarios } from './harness.mjs';
import { graphOf, line, node, openGraph } from './modelView.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const scenario = scenarios({ workspace: path.join(root, 'examples') });
const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const hiddenTaste = 'music/hidden-taste.causal';
const RUN_MS = 60_000;

/** Runs the estimates from the page, and waits for their plot. */
async function estimate(view) {
  await view.getByRole('button', { name: /^(Estimate|Run again)$/ }).click();
  await view.locator('.forest').first().waitFor({ timeout: RUN_MS });
}

scenario(
  'an edit puts the estimates out of date, and a new run is held against the old',
  async ({ workbench }) => {
    const view = await openGraph(workbench);
    await estimate(view);
    assert.equal(await view.getByText('Out of date', { exact: false }).count(), 0);
    await workbench.replaceLine('personalized -> engagement', 'personalized -> engagement  # sure');
    await workbench.replaceLine('personalized -> engagement  # sure', 'personalized, age -> engagement');
    await view.getByText('Out of date', { exact: false }).first().waitFor();
    await workbench.screenshot('stale');
    await view.getByRole('button', { name: 'Run again' }).click();
    await view
      .getByText('Out of date', { exact: false })
      .first()
      .waitFor({ state: 'detached', timeout: RUN_MS });
    await view.getByRole('button', { name: /Compare with the run before/ }).click();
    await workbench.screenshot('compared');
  },
);

scenario('the view comes back after the window is reloaded, as it was left', async ({ workbench }) => {
  const view = await openGraph(workbench);
  await node(view, 'age').click();
  await estimate(view);
  await view.getByRole('tab', { name: 'Data' }).click();
  await view
    .getByText(/rows are kept/)
    .first()
    .waitFor({ timeout: RUN_MS });
  await workbench.page.waitForTimeout(1500);
  await workbench.page.reload();
  const again = await graphOf(workbench);
  await eventually(
    async () => (await node(again, 'age').getAttribute('aria-pressed')) === 'true',
    'the selected variable',
    RUN_MS,
  );
  await again
    .getByText(/rows are kept/)
    .first()
    .waitFor({ timeout: RUN_MS });
  await again.getByRole('tab', { name: /^Estimates/ }).click();
  await again.locator('.forest').first().waitFor();
  await workbench.screenshot('restored');
});

scenario('the keyboard alone walks the graph, into the text and through the cards', async ({ workbench }) => {
  const view = await openGraph(workbench);
  const { keyboard } = workbench.page;
  // The second group of editors, which the view is in.
  await keyboard.press('Control+2');
  const focused = () => view.locator(':focus');
  /** Presses Tab until what has the focus matches. */
  const tabTo = async (selector) => {
    for (let step = 0; step < 40; step++) {
      if ((await view.locator(`${selector}:focus`).count()) > 0) return;
      await keyboard.press('Tab');
    }
    throw new Error(`Tab does not reach ${selector}`);
  };
  await tabTo('.node');
  const first = await focused().getAttribute('aria-label');
  await keyboard.press('ArrowRight');
  await eventually(async () => (await focused().getAttribute('aria-label')) !== first, 'the next variable');
  await tabTo('[role="tab"]');
  await keyboard.press('ArrowRight');
  await view.getByRole('tabpanel', { name: 'Data' }).waitFor();
  await keyboard.press('ArrowLeft');
  await view.getByRole('tabpanel', { name: 'Estimates' }).waitFor();
  await keyboard.press('Tab');
  await tabTo('button.primary');
  await keyboard.press('Enter');
  await view.locator('.forest').first().waitFor({ timeout: RUN_MS });
});

scenario(
  'a supposition changes the verdict before the text does, and can be written down',
  async ({ workbench }) => {
    const view = await openGraph(workbench, hiddenTaste);
    await view.getByText('Instrument only').waitFor();
    await view
      .getByRole('button', { name: /^What if/ })
      .first()
      .click();
    await view.getByRole('checkbox', { name: /taste/ }).click();
    await view.locator('.verdict-identified').waitFor();
    assert.equal(await line(workbench, /^latent\s/).count(), 1);
    await workbench.screenshot('what-if');
    await view.getByRole('button', { name: 'Reset' }).click();
    await view.getByText('Instrument only').waitFor();
  },
);

scenario('the data are looked at beside the graph', async ({ workbench }) => {
  const view = await openGraph(workbench);
  await view.getByRole('tab', { name: 'Data' }).click();
  await view
    .getByText(/rows are kept/)
    .first()
    .waitFor({ timeout: RUN_MS });
  await view.locator('td[data-row]').first().click();
  await view.locator('.pair').first().waitFor({ timeout: RUN_MS });
  await workbench.screenshot('data');
});

scenario('the graph is shared as another tool writes it', async ({ workbench }) => {
  const view = await openGraph(workbench);
  await view.getByRole('button', { name: /^Share/ }).click();
  await view.locator('[role=menuitem]').filter({ hasText: 'DAGitty' }).first().click();
  await view.getByText('DAGitty is on the clipboard.').first().waitFor();
});

scenario('axe-core finds no violation in any theme', async ({ workbench }) => {
  const view = await openGraph(workbench);
  await estimate(view);
  await view.locator('.forest').first().waitFor();
  const found = [];
  for (const theme of ['dark', 'light', 'high-contrast', 'high-contrast-light']) {
    await workbench.setTheme(theme);
    const frame = await (await view.locator('body').elementHandle()).ownerFrame();
    // Asked through the debugger, which the policy of the page does not hold.
    await frame.evaluate(AXE);
    const violations = await frame.evaluate(async () => (await globalThis.axe.run()).violations);
    for (const { id, nodes } of violations) found.push(`${theme}: ${id}: ${nodes[0].html.slice(0, 200)}`);
    await workbench.screenshot(`view-${theme}`);
  }
  assert.deepEqual(found, []);
});
