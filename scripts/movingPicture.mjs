/**
 * `npm run moving-picture`: draws docs/images/main-path.gif, the picture of the README, from a real VS Code with the extension as it
 * is packed: a model is opened, its graph shown, an arrow drawn, a supposition made, and the effect estimated.
 */

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import gifenc from 'gifenc';
import { PNG } from 'pngjs';
import { launchBrowser, openPage } from '../test/e2e/browser.mjs';
import { startCodeServer } from '../test/e2e/codeServer.mjs';
import { graphOf, node } from '../test/e2e/modelView.mjs';
import { setUpCodeServer } from '../test/e2e/setup.mjs';
import { openWorkbench } from '../test/e2e/workbench.mjs';
import { ensurePackage } from './package.mjs';

const { applyPalette, GIFEncoder, quantize } = gifenc;
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const target = path.join(root, 'docs/images/main-path.gif');
const VIEW = { width: 1240, height: 900 };
const SPEC = 'music/music.causal';
const SETTINGS = { 'workbench.activityBar.location': 'hidden', 'editor.minimap.enabled': false };
const COLOURS = 128;
const RUN_MS = 120_000;

async function middle(locator) {
  const { x, y, width, height } = await locator.boundingBox();
  return [x + width / 2, y + height / 2];
}

/** Goes the main path, and calls `frame(seconds)` wherever there is something to look at for so long. */
async function mainPath(workbench, frame) {
  const { page } = workbench;
  await workbench.openFile(SPEC);
  await workbench.codeLens('Estimate').first().waitFor();
  await workbench.palette('View: Close Primary Side Bar');
  await frame(1.6);
  await workbench.palette('Causal: Show Graph');
  const view = await graphOf(workbench);
  await frame(2);
  await drawArrow(view, page, frame);
  await suppose(view, frame);
  await view.getByRole('button', { name: 'Estimate', exact: true }).click();
  await frame(0.6);
  await view.locator('.forest').first().waitFor({ timeout: RUN_MS });
  await frame(2.4);
  await view.getByRole('button', { name: 'Adjusted regression', exact: false }).first().click();
  await frame(3);
}

async function drawArrow(view, page, frame) {
  await node(view, 'rollout').hover();
  const [x, y] = await middle(node(view, 'rollout').locator('.handle'));
  const [toX, toY] = await middle(node(view, 'premium'));
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (const part of [0.35, 0.7, 1]) {
    await page.mouse.move(x + (toX - x) * part, y + (toY - y) * part, { steps: 3 });
    await frame(0.35);
  }
  await page.mouse.up();
  await view.getByRole('application', { name: /11 arrows/ }).waitFor();
  await page.waitForTimeout(600);
  await frame(2);
  await node(view, 'premium').focus();
  await page.keyboard.press('Control+z');
  await view.getByRole('application', { name: /10 arrows/ }).waitFor();
  await page.waitForTimeout(600);
  await node(view, 'premium').focus();
  await page.keyboard.press('Escape');
  await page.mouse.move(5, 5);
}

async function suppose(view, frame) {
  const unfold = view.getByRole('button', { name: /^What if/ }).first();
  await unfold.click();
  await frame(1);
  await view
    .getByRole('checkbox', { name: /premium/ })
    .first()
    .click();
  await view.locator('.what-if-banner').waitFor();
  await frame(2.4);
  await view.getByRole('button', { name: 'Reset' }).first().click();
  await unfold.click();
}

/** The frames as a GIF that repeats; frames have the same size, delays are in seconds. */
function encoded(frames) {
  const encoder = GIFEncoder();
  for (const { png, seconds } of frames) {
    const { width, height, data } = PNG.sync.read(png);
    const palette = quantize(data, COLOURS);
    encoder.writeFrame(applyPalette(data, palette), width, height, { palette, delay: seconds * 1000 });
  }
  encoder.finish();
  return encoder.bytes();
}

const log = (line) => console.log(line);
await setUpCodeServer({ log });
const vsix = await ensurePackage({ log });
const server = await startCodeServer({ vsix, settings: SETTINGS });
let browser;
try {
  browser = await launchBrowser(server.home);
  const folder = path.join(server.home, 'w', 'examples');
  fs.cpSync(path.join(root, 'examples'), folder, { recursive: true });
  const { page } = await openPage(browser, VIEW);
  const workbench = await openWorkbench({ page, server, folder, pictures: server.home });
  const frames = [];
  await mainPath(workbench, async (seconds) => {
    await page.waitForTimeout(250);
    frames.push({ png: await page.screenshot(), seconds });
  });
  fs.writeFileSync(target, encoded(frames));
  log(
    `${path.relative(root, target)}: ${frames.length} frames, ${Math.round(fs.statSync(target).size / 1000)} kB`,
  );
} finally {
  await browser?.close();
  await server.stop();
}
