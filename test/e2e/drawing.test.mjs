/** The graph is drawn in the model view, in a real VS Code, and the text follows. */

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from './editorText.mjs';
import { scenarios } from './harness.mjs';
import { line, node, openGraph } from './modelView.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const scenario = scenarios({ workspace: path.join(root, 'examples') });

const music = 'music/music.causal';

async function middle(locator) {
  const { x, y, width, height } = await locator.boundingBox();
  return { x: x + width / 2, y: y + height / 2 };
}

scenario(
  'an arrow that is dragged is a line of the text, and undone from the page',
  async ({ workbench }) => {
    const view = await openGraph(workbench);
    const { mouse, keyboard } = workbench.page;
    await node(view, 'rollout').hover();
    const from = await middle(node(view, 'rollout').locator('.handle'));
    const to = await middle(node(view, 'premium'));
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move(to.x, to.y, { steps: 8 });
    await view.locator('.sign-allowed').waitFor();
    await workbench.screenshot('drawing');
    await mouse.up();
    await line(workbench, /rollout\s->\spremium/).waitFor();
    await view.getByRole('application', { name: /11 arrows/ }).waitFor();
    await node(view, 'premium').focus();
    await keyboard.press('Control+z');
    await line(workbench, /rollout\s->\spremium/).waitFor({ state: 'detached' });
    await view.getByRole('application', { name: /10 arrows/ }).waitFor();
    // The page has the keyboard again.
    await eventually(
      async () => (await workbench.page.evaluate(() => document.activeElement?.tagName)) === 'IFRAME',
      'the focus in the page',
    );
    await node(view, 'premium').focus();
    await keyboard.press('Control+Shift+z');
    await line(workbench, /rollout\s->\spremium/).waitFor();
  },
);

scenario(
  'a variable is deleted by the keyboard where no editor shows the text, in one step',
  async (scene) => {
    const { workbench, folder } = scene;
    const view = await openGraph(workbench);
    const { page } = workbench;
    const tab = page.locator('.tab').filter({ hasText: /^music\.causal/ });
    await tab.hover();
    await tab.locator('.codicon-close').click();
    await tab.waitFor({ state: 'detached' });
    await node(view, 'age').focus();
    await page.keyboard.press('Delete');
    await view.getByRole('application', { name: /Causal graph of 6 variables/ }).waitFor();
    await node(view, 'premium').focus();
    await page.keyboard.press('Control+z');
    await view.getByRole('application', { name: /Causal graph of 7 variables/ }).waitFor();
    await view.locator('.canvas[aria-busy="false"]').waitFor();
    const before = fs.readFileSync(path.join(root, 'examples', music), 'utf8');
    await eventually(
      async () => fs.readFileSync(path.join(folder, music), 'utf8') === before,
      'the file as it was',
    );
  },
);

scenario('what the graph cannot take is refused where it is asked for', async ({ workbench }) => {
  const view = await openGraph(workbench);
  await node(view, 'engagement').focus();
  await workbench.page.keyboard.press('Shift+F10');
  await view.getByRole('menuitem', { name: 'Mark it as never measured' }).click();
  await view.getByRole('alert').getByText('engagement is the outcome').waitFor();
  await workbench.page.keyboard.press('Escape');
  await view.getByRole('alert').waitFor({ state: 'detached' });
});
