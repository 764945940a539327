/** Headless Chromium that can reach this machine alone. */

import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { findChromium } from '../../scripts/requirements.mjs';

const switches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--force-color-profile=srgb',
  '--font-render-hinting=none',
  // No name resolves: whatever the extension or the editor asked for outside would fail, and be noted by `openPage`.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/**
 * Starts Chromium with `home`, a temporary folder, for all that it writes. It ends with `close()`, and with this process
 * however that ends. Throws where there is no Chromium.
 */
export function launchBrowser(home) {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('Chromium was not found.');
  const folders = { HOME: home, TMPDIR: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home };
  const env = {
    ...process.env,
    ...folders,
    FONTCONFIG_FILE: fileURLToPath(new URL('fonts.conf', import.meta.url)),
  };
  return chromium.launch({ executablePath, args: switches, env });
}

/** Addresses that belong to the editor itself: webview resources are answered by its own service worker. */
const isLocal = (address) => {
  const { protocol, hostname } = new URL(address);
  if (!/^(https?|wss?):$/.test(protocol)) return true;
  return hostname === '127.0.0.1' || hostname.endsWith('.vscode-resource.vscode-cdn.net');
};

/**
 * Opens a page with a profile of its own. Returns `{ page, outside, messages, close }`: `outside` lists the addresses
 * beyond this machine that the page asked for, `messages` what it wrote to the console; both grow while it lives.
 */
export async function openPage(browser, { width = 1440, height = 900, scale = 1 } = {}) {
  // Pictures are of what stands still.
  const reducedMotion = 'reduce';
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    reducedMotion,
  });
  const outside = [];
  const messages = [];
  context.on('request', (request) => {
    if (!isLocal(request.url())) outside.push(request.url());
  });
  const page = await context.newPage();
  page.on('console', (message) => messages.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => messages.push(`uncaught: ${error.stack ?? error.message}`));
  return { page, outside, messages, close: () => context.close() };
}
