/** What the language server shows while a spec is written, in a real VS Code, as only a person sees it. */

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from './editorText.mjs';
import { scenarios } from './harness.mjs';
import { themes } from './settings.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const scenario = scenarios({ workspace: path.join(root, 'examples') });

const music = 'music/music.causal';

/** A spec that adjusts for a consequence of the outcome, and leaves a confounder open. */
const badControl = `model "Music app"

data "music.csv"

variable personalized : binary       "Shown the personalised feed"
variable engagement   : continuous   "Interactions per day"
variable age, premium, rollout, sessions
variable shares       = sessions + engagement

age, premium, sessions -> personalized, engagement
rollout -> personalized -> engagement -> shares

treatment personalized
outcome   engagement
adjust    age, premium, sessions, shares

estimate regression
`;

/** Opens a spec and waits for the language server, whose lens is the first that is seen of it. */
async function openSpec(workbench, file) {
  await workbench.openFile(file);
  await workbench.codeLens('Estimate').first().waitFor();
}

async function openBadControl({ workbench, folder }) {
  fs.writeFileSync(path.join(folder, 'music/shares.causal'), badControl);
  await openSpec(workbench, 'music/shares.causal');
  await workbench.squiggles('warning').first().waitFor();
}

/** Waits until a line of the editor reads so, and returns it. */
const lineReads = (workbench, expected) =>
  eventually(
    async () => (await workbench.lines()).find((line) => expected.test(line)),
    `a line like ${expected}`,
  );

scenario('a bad control has a light bulb, whose fix is taken by keyboard', async (scene) => {
  const { workbench } = scene;
  const { page } = workbench;
  await openBadControl(scene);
  await workbench.clickWord('adjust    age, premium, sessions, shares', 'shares');
  await page.locator('[class*="codicon-lightbulb"], [class*="codicon-light-bulb"]').first().waitFor();
  await page.keyboard.press('Control+.');
  const menu = page.locator('.action-widget');
  await menu.getByText('Leave out shares').waitFor();
  await workbench.screenshot('quick-fix');
  await page.keyboard.press('Enter');
  await lineReads(workbench, /^adjust +age, premium, sessions$/);
  await workbench.squiggles('warning').first().waitFor({ state: 'detached' });
});

scenario('the code of a diagnostic leads to its place in the manual', async (scene) => {
  const { workbench } = scene;
  await openBadControl(scene);
  await workbench.hover('adjust    age, premium, sessions, shares', 'shares', 'adjust-descendant');
  await workbench.page
    .locator('.monaco-hover:visible a')
    .filter({ hasText: 'adjust-descendant' })
    .first()
    .click();
  await workbench.page.locator('.tab.active').filter({ hasText: 'diagnostics.md' }).waitFor();
  const manual = fs.readFileSync(path.join(root, 'docs/diagnostics.md'), 'utf8').split(/\r?\n/);
  const line = manual.findIndex((text) => /^### .*\badjust-descendant\b/.test(text)) + 1;
  await eventually(async () => (await workbench.statusBar()).includes(`Ln ${line},`), `line ${line}`);
});

scenario('an arrow, a variable and the outcome are explained under the mouse', async ({ workbench }) => {
  await openSpec(workbench, music);
  // What the data say comes later than what the graph says.
  await workbench.squiggles('hint').first().waitFor();
  const arrow = await workbench.hover('premium, activity -> engagement', '->', 'edges');
  assert.match(arrow, /personalized ← age → engagement/);
  assert.match(arrow, /Without them/);
  await workbench.screenshot('hover-arrow');
  const histogram = await workbench.hover('age, premium, activity -> engagement', 'age', 'Mean');
  assert.match(histogram, /[▁▂▃▄▅▆▇█]{10,}/);
  await workbench.screenshot('hover-variable');
  const outcome = await workbench.hover('outcome    engagement', 'engagement', 'is identified');
  assert.match(outcome, /P\(engagement \| do\(personalized\)\)/);
  await workbench.screenshot('hover-outcome');
});

scenario('an adjustment set is completed as a whole', async (scene) => {
  const { workbench } = scene;
  await openBadControl(scene);
  await workbench.replaceLine('adjust    age, premium, sessions, shares', 'adjust    ');
  const [first] = await workbench.completions();
  assert.equal(first, 'age, premium, sessions');
  await workbench.screenshot('completion-set');
  await workbench.page.keyboard.press('Enter');
  await lineReads(workbench, /^adjust +age, premium, sessions$/);
});

scenario('statements are offered once, and a keyword asks for what follows', async (scene) => {
  const { workbench, folder } = scene;
  const { page } = workbench;
  const labels = page.locator('.suggest-widget.visible .monaco-list-row .label-name');
  const text = 'variable x, y\nx -> y\ntreatment x\noutcome y\n';
  fs.writeFileSync(path.join(folder, 'music/new.causal'), text);
  await openSpec(workbench, 'music/new.causal');
  await workbench.clickWord('outcome y', 'outcome');
  await page.keyboard.press('Control+End');
  await page.keyboard.type('est');
  await labels.filter({ hasText: 'estimate' }).first().waitFor();
  const offered = await labels.allInnerTexts();
  assert.equal(new Set(offered).size, offered.length, offered.join('\n'));
  assert.equal(offered[0], 'estimate');
  await workbench.screenshot('completion-statements');
  await page.keyboard.press('Enter');
  await labels.filter({ hasText: 'ipw' }).first().waitFor();
  assert.equal((await labels.allInnerTexts())[0], 'regression');
  await page.keyboard.press('Enter');
  await lineReads(workbench, /^estimate regression$/);
});

scenario('an option is explained as it is typed', async (scene) => {
  const { workbench } = scene;
  const { page } = workbench;
  await openBadControl(scene);
  await workbench.replaceLine('estimate regression', 'estimate regression {');
  await page.keyboard.press('Enter');
  await page.keyboard.type('se ');
  await page.locator('.parameter-hints-widget.visible').getByText('standard error').waitFor();
  await page.locator('.suggest-widget.visible .monaco-list-row').filter({ hasText: 'hc3' }).waitFor();
  await workbench.screenshot('signature-help');
});

scenario('F2 changes a name everywhere', async ({ workbench }) => {
  const { page } = workbench;
  await openSpec(workbench, music);
  await workbench.clickWord('outcome    engagement', 'engagement');
  await page.keyboard.press('F2');
  const field = page.locator('.rename-box input.rename-input');
  await field.waitFor();
  await field.fill('plays per day');
  await field.press('Enter');
  await lineReads(workbench, /^personalized -> `plays per day`$/);
  await lineReads(workbench, /^outcome +`plays per day`$/);
  // The column keeps its name.
  await lineReads(workbench, /^variable `plays per day` .*= engagement/);
});

scenario('the last result stays above its estimate, and says when it is outdated', async ({ workbench }) => {
  await openSpec(workbench, music);
  await workbench.codeLens('Estimate').first().click();
  const result = workbench.codeLens(/^\d\.\d+ \[/);
  await eventually(async () => (await result.count()) === 3, 'a result above each estimate', 60_000);
  assert.doesNotMatch((await result.allInnerTexts()).join(), /outdated/);
  await workbench.screenshot('results');
  await workbench.replaceLine('variable rollout      : binary', 'variable rollout');
  await workbench.codeLens('outdated').first().waitFor();
});

scenario('a file is laid out by the formatter', async ({ workbench }) => {
  await openSpec(workbench, music);
  await workbench.replaceLine('personalized -> engagement', 'personalized->engagement');
  await workbench.palette('Format Document');
  await lineReads(workbench, /^personalized -> engagement$/);
});

scenario('the outline lists the parts of a spec', async ({ workbench }) => {
  await openSpec(workbench, music);
  await workbench.palette('Explorer: Focus on Outline View');
  const rows = workbench.page.locator('.outline-tree .monaco-list-row');
  await rows.filter({ hasText: 'Variables' }).waitFor();
  await workbench.screenshot('outline');
});

scenario('roles have colours of their own, in every theme', async (scene) => {
  const { workbench } = scene;
  await openBadControl(scene);
  await workbench.inlayHint('count').first().waitFor();
  for (const theme of themes.keys()) {
    await workbench.setTheme(theme);
    const colors = await eventually(async () => {
      const found = [
        await workbench.colorOf('treatment personalized', 'personalized'),
        await workbench.colorOf('outcome   engagement', 'engagement'),
        await workbench.colorOf('rollout -> personalized', 'rollout'),
        await workbench.colorOf('age, premium, sessions ->', 'age'),
        await workbench.colorOf('adjust    age', 'adjust'),
        await workbench.colorOf('adjust    age, premium, sessions, shares', 'shares'),
      ];
      return new Set(found).size === found.length && found;
    }, `six colours in ${theme}`);
    assert.equal(colors.length, 6);
    await workbench.screenshot(`roles-${theme}`);
  }
});
