/**
 * Scenarios in a real VS Code, for Node's test runner. A test file calls `scenarios` once and then writes one `scenario` for
 * each thing that a person sees. One VS Code serves a file; each scenario has a browser profile and a copy of the
 * workspace of its own. What failed leaves its picture, its console and the server's output in test/e2e/artifacts.
 */

import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { packageFolder, packagePath } from '../../scripts/package.mjs';
import { findChromium } from '../../scripts/requirements.mjs';
import { launchBrowser, openPage } from './browser.mjs';
import { startCodeServer } from './codeServer.mjs';
import { runInExtensionHost } from './extensionHost.mjs';
import { writeSettings } from './settings.mjs';
import { codeServerUnsupported, isCodeServerReady } from './setup.mjs';
import { openWorkbench } from './workbench.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const artifacts = path.join(here, 'artifacts');
const SCENARIO_MS = 180_000;

/** The package under test. */
const vsix = process.env.CAUSAL_VSIX ?? packagePath();

/** Why the scenarios cannot run here, or null. */
function obstacle() {
  const unsupported = codeServerUnsupported();
  if (unsupported) return unsupported;
  if (findChromium() === null)
    return 'Chromium was not found (node scripts/requirements.mjs says how to get it)';
  if (!isCodeServerReady()) return 'code-server is not installed (node test/e2e/setup.mjs)';
  if (!fs.existsSync(vsix)) return `there is no ${path.basename(vsix)} (npm run package)`;
  return null;
}

const fileName = (title) =>
  title
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase()
    .slice(0, 80);

async function keepEvidence(title, { page, messages, server }) {
  const folder = path.join(artifacts, 'failed', fileName(title));
  fs.mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, 'window.png') }).catch(() => {});
  fs.writeFileSync(path.join(folder, 'console.txt'), messages.join('\n'));
  fs.writeFileSync(path.join(folder, 'server.txt'), server.output());
  return path.relative(process.cwd(), folder);
}

/** Opens a window on a fresh copy of the workspace for `body`, keeps what it looked like where that throws, and closes it. */
async function inWindow({ title, server, browser, workspace, folder, view }, body) {
  fs.cpSync(workspace, folder, { recursive: true });
  const window = await openPage(browser, view);
  try {
    const place = { page: window.page, server, folder, pictures: path.join(artifacts, 'pictures') };
    const workbench = await openWorkbench(place);
    await body({ workbench, folder, outside: window.outside, messages: window.messages, server });
  } catch (error) {
    error.message += `\n(picture, console and server output: ${await keepEvidence(title, { ...window, server })})`;
    throw error;
  } finally {
    // Leaving the page properly is what makes VS Code end its extension host at once.
    await window.page.goto('about:blank').catch(() => {});
    await window.close();
  }
}

/** Where something is missing that the tests need, they are skipped and say what; in CI they fail. */
function readiness() {
  const missing = obstacle();
  const skip = missing !== null && !process.env.CI ? missing : false;
  const assure = () => {
    if (missing !== null) throw new Error(missing);
  };
  return { skip, assure };
}

/**
 * Registers the scenarios of a test file. `workspace` is the folder whose copy each scenario opens; `settings` are user settings
 * for all of them, `view` the size of the window (see `openPage`).
 *
 * Returns `scenario(title, body)`; `body` receives `{ workbench, folder, outside, messages, server }`: the window (workbench.mjs),
 * the path of its copy of the workspace, the addresses that it asked for beyond this machine, the lines of its console, and the
 * server.
 */
export function scenarios({ workspace, settings = {}, view = {} }) {
  const { skip, assure } = readiness();
  let server;
  let browser;
  let count = 0;

  before(async () => {
    if (skip) return;
    assure();
    server = await startCodeServer({ vsix, settings });
    browser = await launchBrowser(server.home);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  return function scenario(title, body) {
    test(title, { skip, timeout: SCENARIO_MS }, async () => {
      assure();
      count += 1;
      const folder = path.join(server.home, `w${count}`, path.basename(workspace));
      writeSettings(server.user, settings);
      await inWindow({ title, server, browser, workspace, folder, view }, body);
    });
  };
}

/**
 * Registers the tests of `file`, which run inside an extension host (see host/inHost.cjs) with a copy of `workspace` open. Each
 * shows as a test of its own under `title`.
 */
export function hostTests(title, { workspace, file }) {
  const { skip, assure } = readiness();
  test(title, { skip, timeout: SCENARIO_MS }, async (context) => {
    assure();
    const server = await startCodeServer();
    let browser;
    try {
      browser = await launchBrowser(server.home);
      const folder = path.join(server.home, 'w', path.basename(workspace));
      fs.cpSync(workspace, folder, { recursive: true });
      const results = await runInExtensionHost({ server, browser, folder, extension: packageFolder(), file });
      for (const result of results) {
        await context.test(result.title, () => {
          if (result.error !== null) throw new Error(result.error);
        });
      }
    } finally {
      await browser?.close();
      await server.stop();
    }
  });
}
