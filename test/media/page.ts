/** The built page in a real browser, with a stub in place of the editor, under the policy that the editor enforces. */

import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { toWire } from '../../engine/report/wire.ts';
import type { HostMessage, ViewSnapshot, WebviewMessage } from '../../media/protocol.ts';
import type { Answer, QuestionKind } from '../../media/questions.ts';
import type { ThemeKind } from '../../views/palette.ts';
import { LETTERS, lettersStyle, THEMES, themeStyle } from './themes.ts';

const NONCE = 'bm9uY2U';

/** Chromium of the system; undefined where there is none. */
export const CHROMIUM = [
  process.env['CAUSAL_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
].find((path) => path !== undefined && existsSync(path));

/** What the editor gives a page: messages go into a list that the test reads, state lives as long as the tab. */
const STUB = `
window.posted = [];
window.answers = {};
window.acquireVsCodeApi = () => ({
  postMessage: (message) => {
    window.posted.push(message);
    if (message.type !== 'question' || !(message.kind in window.answers)) return;
    const { id, kind } = message;
    const answer = window.answers[kind];
    const reply = typeof answer?.refusal === 'string' ? { type: 'refusal', id, message: answer.refusal } : { type: 'answer', id, answer };
    setTimeout(() => window.postMessage(reply, '*'));
  },
  getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
  setState: (state) => sessionStorage.setItem('state', JSON.stringify(state)),
});
window.violations = [];
document.addEventListener('securitypolicyviolation', (event) => window.violations.push(event.violatedDirective + ' ' + event.blockedURI));
`;

interface Asset {
  readonly type: string;
  readonly body: string | Buffer;
}

async function bundle(): Promise<{ readonly script: string; readonly style: string }> {
  const result = await build({
    entryPoints: ['media/main.tsx'],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    outfile: 'main.js',
    logLevel: 'silent',
  });
  const text = (suffix: string): string =>
    result.outputFiles.find((file) => file.path.endsWith(suffix))?.text ?? '';
  return { script: text('.js'), style: text('.css') };
}

/** The page as the parameters of its address ask for it. */
function html(asked: URLSearchParams): string {
  const theme = (asked.get('theme') ?? 'dark') as ThemeKind;
  const classes = THEMES[theme].bodyClasses + (asked.has('still') ? ' vscode-reduce-motion' : '');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Model</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/theme-${theme}.css">${asked.has('letters') ? '<link rel="stylesheet" href="/letters.css">' : ''}<link rel="stylesheet" href="/main.css"></head>
<body class="${classes}" data-elk-url="/elk.js" data-nonce="${NONCE}"><div id="app"></div>
<script nonce="${NONCE}" src="/stub.js"></script><script nonce="${NONCE}" src="/main.js"></script></body></html>`;
}

export interface Harness {
  readonly scriptBytes: number;
  readonly open: (options?: OpenOptions) => Promise<ModelPage>;
  readonly close: () => Promise<void>;
}

export interface OpenOptions {
  readonly theme?: ThemeKind;
  readonly width?: number;
  readonly height?: number;
  readonly reduceMotion?: boolean;
  /** In letters that are the same on every machine, to be compared. */
  readonly letters?: boolean;
  /** Pretend that elkjs cannot be fetched. */
  readonly withoutElk?: boolean;
}

/** A tab with the page in it. */
export interface ModelPage {
  readonly page: Page;
  readonly send: (message: HostMessage) => Promise<void>;
  readonly show: (snapshot: ViewSnapshot) => Promise<void>;
  /** From now on questions of this kind are answered with this, or refused with a message. */
  readonly answering: <Kind extends QuestionKind>(
    kind: Kind,
    answer: Answer<Kind> | { readonly refusal: string },
  ) => Promise<void>;
  /** Everything that the page has sent. */
  readonly posted: () => Promise<readonly WebviewMessage[]>;
  /** Console errors, uncaught exceptions and violations of the policy. */
  readonly faults: () => Promise<readonly string[]>;
  /** The faults so far were meant to happen. */
  readonly forgive: () => void;
  readonly close: () => Promise<void>;
}

async function serve(assets: ReadonlyMap<string, Asset>): Promise<Server> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const asset =
      url.pathname === '/'
        ? { type: 'text/html; charset=utf-8', body: html(url.searchParams) }
        : assets.get(url.pathname);
    if (asset === undefined) {
      response.writeHead(404).end();
      return;
    }
    const origin = `http://${request.headers.host}`;
    response.writeHead(200, {
      'cache-control': 'max-age=600',
      'content-type': asset.type,
      'content-security-policy': `default-src 'none'; img-src ${origin} data:; style-src ${origin}; font-src ${origin}; script-src 'nonce-${NONCE}'; worker-src blob:`,
    });
    response.end(asset.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function openPage(context: BrowserContext, address: string, options: OpenOptions): Promise<ModelPage> {
  const { theme = 'dark', width = 760, height = 820 } = options;
  const { reduceMotion = true, letters = false, withoutElk = false } = options;
  const page = await context.newPage();
  await page.setViewportSize({ width, height });
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  if (withoutElk) await page.route('**/elk.js', (route) => route.abort());
  await page.goto(`${address}/?theme=${theme}${reduceMotion ? '&still' : ''}${letters ? '&letters' : ''}`);
  // Like the extension, wait until the page says that it is ready.
  await page.waitForFunction(() => Reflect.get(window, 'posted')?.length > 0);
  const send = (message: HostMessage): Promise<void> =>
    page
      .evaluate((data) => window.postMessage(data, '*'), JSON.parse(JSON.stringify(toWire(message))))
      .then(() => undefined);
  const read = <T>(name: string): Promise<T> => page.evaluate((key) => Reflect.get(window, key), name);
  return {
    page,
    send,
    show: (snapshot) => send({ type: 'snapshot', snapshot }),
    answering: (kind, answer) =>
      page
        .evaluate(([key, value]) => Object.assign(Reflect.get(window, 'answers'), { [key]: value }), [
          kind,
          JSON.parse(JSON.stringify(toWire(answer))) as unknown,
        ] as const)
        .then(() => undefined),
    posted: () => read('posted'),
    faults: async () => [...faults, ...(await read<string[]>('violations'))],
    forgive: () => {
      faults.length = 0;
    },
    close: () => page.close(),
  };
}

/** Builds the page, serves it, and starts a browser; `executablePath` is Chromium's. */
export async function startHarness(executablePath: string): Promise<Harness> {
  const { script, style } = await bundle();
  const require = createRequire(import.meta.url);
  // As the build does.
  const elk = `function elkWorker() {\n${readFileSync(require.resolve('elkjs/lib/elk-worker.min.js'), 'utf8')}\n}`;
  const javascript = (body: string): Asset => ({ type: 'text/javascript; charset=utf-8', body });
  const css = (body: string): Asset => ({ type: 'text/css; charset=utf-8', body });
  const themes = (Object.keys(THEMES) as ThemeKind[]).map(
    (kind) => [`/theme-${kind}.css`, css(themeStyle(kind))] as const,
  );
  const letters = LETTERS.map(
    ([address, file]) =>
      [
        address,
        { type: 'font/ttf', body: readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${file}`)) },
      ] as const,
  );
  const server = await serve(
    new Map([
      ['/main.js', javascript(script)],
      ['/stub.js', javascript(STUB)],
      ['/elk.js', javascript(elk)],
      ['/main.css', css(style)],
      ['/letters.css', css(lettersStyle())],
      ...letters,
      ...themes,
    ]),
  );
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--font-render-hinting=none',
      '--disable-lcd-text',
    ],
  });
  // One context for all tabs: the scripts are fetched and compiled once.
  const context = await browser.newContext({ deviceScaleFactor: 1 });
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    scriptBytes: Buffer.byteLength(script),
    open: (options = {}) => openPage(context, address, options),
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
