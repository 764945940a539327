/** The main job as a person does it, in a real VS Code: write, see what is wrong, see the graph, estimate with one click. */

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../scripts/lib/child.mjs';
import { eventually } from './editorText.mjs';
import { scenarios } from './harness.mjs';
import { themes } from './settings.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const scenario = scenarios({ workspace: path.join(root, 'examples') });

const music = 'music/music.causal';
const hiddenTaste = 'music/hidden-taste.causal';

/** What the terminal says about a spec of `folder`, parsed. */
async function causal(folder, command, spec) {
  const args = [path.join(root, 'dist/cli.cjs'), command, spec, '--format', 'json'];
  const { output } = await run(process.execPath, args, { cwd: folder });
  return JSON.parse(output)[0];
}

/** Opens a spec and waits for the language server, whose lens is the first that is seen of it. */
async function openSpec(workbench, file) {
  await workbench.openFile(file);
  await workbench.codeLens('Estimate').first().waitFor();
}

async function showGraph(workbench, variables) {
  await workbench.palette('Causal: Show Graph');
  const view = workbench.webview();
  await view
    .getByRole('application', { name: new RegExp(`Causal graph of ${variables} variables`) })
    .waitFor();
  await view.locator('.canvas[aria-busy="false"]').waitFor();
  return view;
}

scenario(
  'a misspelt name is underlined, explained and listed, until it is mended',
  async ({ workbench, outside }) => {
    await openSpec(workbench, music);
    await workbench.replaceLine('personalized -> engagement', 'personalized -> engagment');
    await workbench.squiggles('error').first().waitFor();
    assert.match(await workbench.hover('-> engagment', 'engagment', 'engagment'), /engagement/);
    const problems = await workbench.problems();
    assert.ok(
      problems.some((row) => row.includes('engagment') && row.includes('undeclared-name')),
      problems.join('\n'),
    );
    await workbench.replaceLine('personalized -> engagment', 'personalized -> engagement');
    await workbench.squiggles('error').first().waitFor({ state: 'detached' });
    assert.deepEqual(outside, []);
  },
);

scenario('a line that is half written is an error there and nowhere else', async ({ workbench }) => {
  await openSpec(workbench, music);
  await workbench.replaceLine('outcome    engagement', 'outcome');
  await eventually(
    async () => (await workbench.problems()).some((row) => row.includes('syntax')),
    'a syntax error',
  );
  const errors = (await workbench.problems()).filter((row) => /\bsyntax\b/.test(row));
  assert.equal(errors.length, 1, errors.join('\n'));
});

scenario('a variable under the mouse is explained', async ({ workbench }) => {
  await openSpec(workbench, music);
  const text = await workbench.hover('age, premium, activity -> engagement', 'age', 'confounder');
  assert.match(text, /Years/);
});

scenario('names are completed, and lead to their declarations', async ({ workbench, folder }) => {
  const lines = fs.readFileSync(path.join(folder, music), 'utf8').split('\n');
  const declaration = lines.findIndex((line) => line.startsWith('variable engagement')) + 1;
  await openSpec(workbench, music);
  await workbench.clickWord('outcome    engagement', 'engagement');
  await workbench.page.keyboard.press('F12');
  await eventually(
    async () => (await workbench.statusBar()).includes(`Ln ${declaration},`),
    'the declaration',
  );
  await workbench.replaceLine('outcome    engagement', 'outcome eng');
  assert.ok((await workbench.completions()).includes('engagement'));
});

scenario(
  'the graph is drawn, follows the text, and is legible in every theme',
  async ({ workbench, outside }) => {
    await openSpec(workbench, music);
    const view = await showGraph(workbench, 7);
    await view.getByText('Identified', { exact: true }).waitFor();
    for (const theme of themes.keys()) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`graph-${theme}`);
    }
    await workbench.replaceLine('taste -> activity', 'taste -> activity, personalized, engagement');
    await view.getByText('Instrument only').waitFor();
    await workbench.screenshot('graph-hidden-taste');
    assert.deepEqual(outside, []);
  },
);

scenario('one click estimates, and shows the numbers that the terminal prints', async (scene) => {
  const { workbench, folder, outside } = scene;
  await openSpec(workbench, music);
  await workbench.codeLens('Estimate').first().click();
  const view = workbench.webview();
  const values = view.locator('.card-number');
  const { estimates } = await causal(folder, 'estimate', music);
  await eventually(
    async () => (await values.count()) === estimates.length,
    'the cards of the estimates',
    60_000,
  );
  const shown = (await values.allInnerTexts()).map((text) => /^−?[\d.]+/.exec(text)?.[0] ?? text);
  // The page shows the unadjusted difference first, the terminal's JSON last.
  const naive = estimates.filter(({ estimand }) => estimand === 'unadjusted');
  const others = estimates.filter(({ estimand }) => estimand !== 'unadjusted');
  const decimals = (text) => text.split('.')[1]?.length ?? 0;
  assert.deepEqual(
    shown,
    [...naive, ...others].map(({ estimate }, i) => estimate.toFixed(decimals(shown[i])).replace('-', '−')),
  );
  await workbench.screenshot('estimates');
  assert.deepEqual(outside, []);
});

scenario(
  'where nobody measured a confounder the editor says so, and the instrument still serves',
  async (scene) => {
    const { workbench, folder } = scene;
    await openSpec(workbench, hiddenTaste);
    const problems = await workbench.problems();
    assert.ok(
      problems.some((row) => row.includes('no-backdoor-set')),
      problems.join('\n'),
    );
    const answer = await causal(folder, 'identify', hiddenTaste);
    assert.equal(answer.backdoor.identifiable, false);
    assert.deepEqual(
      answer.instruments.map(({ instrument }) => instrument),
      ['rollout'],
    );
  },
);

scenario('a spec without data is offered the files of its folder', async ({ workbench, folder }) => {
  const lines = ['variable personalized, engagement, age', 'age -> personalized, engagement'];
  const question = ['personalized -> engagement', 'treatment personalized', 'outcome engagement'];
  fs.writeFileSync(path.join(folder, 'music/plain.causal'), [...lines, ...question, ''].join('\n'));
  await openSpec(workbench, 'music/plain.causal');
  await workbench.pick('Causal: Estimate', 'music.csv');
  const values = workbench.webview().locator('.card-number');
  await eventually(async () => (await values.count()) === 2, 'the cards of the estimates', 60_000);
  await workbench.page
    .locator('.view-line')
    .filter({ hasText: /data\s"music\.csv"/ })
    .waitFor();
});

scenario('a run that is cancelled, or whose view is closed, ends without an error', async (scene) => {
  const { workbench, folder, messages } = scene;
  const { page } = workbench;
  const slow = 'estimate regression as "slow" {\n  bootstrap 100000\n}\n';
  fs.appendFileSync(path.join(folder, music), slow);
  await openSpec(workbench, music);
  const start = async () => {
    await workbench.codeLens('Estimate').first().click();
    const view = workbench.webview();
    await view.getByText('Estimating slow').first().waitFor({ timeout: 60_000 });
    return view;
  };

  const view = await start();
  await view.getByRole('button', { name: 'Cancel' }).click();
  await view.getByText('The run was cancelled.').first().waitFor();

  await start();
  const tab = page.locator('.tab').filter({ hasText: 'Model: music.causal' });
  await tab.hover();
  await tab.locator('.codicon-close').click();
  await tab.waitFor({ state: 'detached' });
  // An error would be told when the answer comes, and one that nobody heard of a second after that.
  await page.waitForTimeout(3000);
  assert.deepEqual(await workbench.notification('').allInnerTexts(), []);
  const faults = messages.filter((line) => /disposed|rejected promise|unhandled/i.test(line));
  assert.deepEqual(faults, []);
  await showGraph(workbench, 7);
});

scenario('a spec that asks for no effect is told so before anything else', async ({ workbench, folder }) => {
  fs.writeFileSync(path.join(folder, 'music/ask.causal'), 'variable x, y\nx -> y\n');
  await workbench.openFile('music/ask.causal');
  await workbench.palette('Causal: Estimate');
  await workbench.webview().getByText('There is no treatment.').first().waitFor();
});

scenario(
  'data that are not there are an error on their path, without a stack trace',
  async ({ workbench }) => {
    await openSpec(workbench, music);
    await workbench.replaceLine('data "music.csv" {', 'data "musik.csv" {');
    const found = await eventually(
      async () => (await workbench.problems()).find((row) => row.includes('data-not-found')),
      'the error',
    );
    assert.match(found, /musik\.csv/);
    assert.doesNotMatch(found, /\bat .*:\d+:\d+/);
  },
);
