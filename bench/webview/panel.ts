/** The built page of the model view in a headless browser, with a stub in place of the editor that can be told what to send. */

import fs from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

const DIST = process.env['CAUSAL_BENCH_DIST'] ?? 'dist';

/** The browser that is used; undefined where there is none. */
export const CHROMIUM = process.env['CAUSAL_CHROMIUM'];

/**
 * What the page finds in place of the editor. `firstGraph` settles with the time from the start of the page's script to the frame with the first
 * graph, in milliseconds; `edited` sends a snapshot and settles with the time to the frame that has so many arrows; `frameTimes` are the times between
 * frames while `watching`.
 */
const STUB = `
window.started = performance.now();
window.acquireVsCodeApi = () => ({
  postMessage: ({ type }) => {
    if (type === 'ready') postMessage({ type: 'snapshot', snapshot: window.snapshot }, '*');
  },
  getState: () => undefined,
  setState: () => {},
});
const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(performance.now()))));
const once = (there) => new Promise((resolve) => {
  if (there()) return resolve();
  const observer = new MutationObserver(() => {
    if (!there()) return;
    observer.disconnect();
    resolve();
  });
  observer.observe(document, { childList: true, subtree: true });
}).then(painted);
window.firstGraph = once(() => document.querySelector('.causal-graph') !== null).then((end) => end - window.started);
window.edited = async (snapshot, edges) => {
  const sent = performance.now();
  postMessage({ type: 'snapshot', snapshot }, '*');
  return (await once(() => document.querySelectorAll('.causal-graph .edge').length === edges)) - sent;
};
window.watchFrames = () => {
  window.frameTimes = [];
  window.watching = true;
  let last = performance.now();
  const tick = (now) => {
    window.frameTimes.push(now - last);
    last = now;
    if (window.watching) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
};
`;

const HTML = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Model</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/main.css"></head><body class="vscode-dark" data-elk-url="/elk.js" data-nonce=""><div id="app"></div>
<script src="/snapshot.js"></script><script src="/stub.js"></script><script src="/main.js"></script></body></html>`;

export interface Panel {
  readonly browser: Browser;
  /** Opens a tab that is sent this snapshot as soon as it is ready, and waits for the picture. */
  readonly open: (snapshot: unknown) => Promise<Page>;
  readonly close: () => Promise<void>;
}

/** Serves the page from the built extension's files, and starts the browser. */
export async function openPanel(executablePath: string): Promise<Panel> {
  let snapshot: unknown = null;
  const server = await serve(() => `window.snapshot = ${JSON.stringify(snapshot)};`);
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--no-first-run'] });
  // One context for all tabs: scripts are fetched and compiled once, as in an editor that has shown a panel before.
  const context = await browser.newContext({ viewport: { width: 900, height: 900 } });
  return {
    browser,
    open: async (next) => {
      snapshot = next;
      const page = await context.newPage();
      await page.goto(address);
      await page.locator('.causal-graph').waitFor();
      return page;
    },
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serve(snapshotScript: () => string): Promise<Server> {
  const media = (file: string): string => fs.readFileSync(path.join(DIST, 'media', file), 'utf8');
  const script = 'text/javascript';
  const assets: ReadonlyMap<string, readonly [type: string, body: string]> = new Map([
    ['/', ['text/html', HTML]],
    ['/stub.js', [script, STUB]],
    ['/main.js', [script, media('main.js')]],
    ['/elk.js', [script, media('elk.js')]],
    ['/main.css', ['text/css', media('main.css')]],
  ]);
  const server = createServer((request, response) => {
    const fresh = request.url === '/snapshot.js';
    const [type, body] = fresh ? [script, snapshotScript()] : (assets.get(request.url ?? '') ?? ['', null]);
    const headers = {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': fresh ? 'no-store' : 'max-age=600',
    };
    response.writeHead(body === null ? 404 : 200, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** Bytes of the page's script, without elkjs, as it ships. */
export function scriptBytes(): number {
  return fs.statSync(path.join(DIST, 'media', 'main.js')).size;
}
