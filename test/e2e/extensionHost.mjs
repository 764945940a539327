/** Tests that run inside the extension host of a real VS Code, where `require('vscode')` is the real thing. */

import path from 'node:path';
import { openPage } from './browser.mjs';

const RUN_MS = 120_000;

/** What host/inHost.cjs writes before each of its results. */
const MARK = 'causal-host-test ';

/** What the promise gives, or the word `late` after `ms`. */
function within(ms, promise) {
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, ms, 'late');
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/**
 * Runs the tests of `file` (a CommonJS module made with `inHost`, see host/inHost.cjs) in an extension host that has `folder`
 * open and the unpacked extension at `extension` loaded. `server` and `browser` are running ones.
 *
 * Returns `[{ title, error }]`, `error` being null where the test passed. Rejects where the tests could not be run; the page's
 * console is in the message.
 */
export async function runInExtensionHost({ server, browser, folder, extension, file }) {
  const { page, messages, close } = await openPage(browser);
  const results = [];
  try {
    const ended = new Promise((resolve) => {
      page.exposeFunction('codeAutomationExit', resolve);
      page.exposeFunction('codeAutomationLog', (_level, args) => {
        const text = args.filter((one) => typeof one === 'string').join(' ');
        if (text.startsWith(MARK)) results.push(JSON.parse(text.slice(MARK.length)));
      });
    });
    const remote = (place) => `vscode-remote://${new URL(server.url).host}${path.resolve(place)}`;
    const payload = [
      ['extensionDevelopmentPath', remote(extension)],
      ['extensionTestsPath', remote(file)],
      ['skipWelcome', 'true'],
    ];
    const query = new URLSearchParams({ payload: JSON.stringify(payload) });
    await page.goto(`${server.addressOf(folder)}&${query}`);
    const code = await within(RUN_MS, ended);
    if (code !== 0)
      throw new Error(`The extension host ended with ${code}:\n${messages.slice(-30).join('\n')}`);
    return results;
  } finally {
    await page.goto('about:blank').catch(() => {});
    await close();
  }
}
