/** Tabs with the page in them, for the tests of a file; they are skipped where there is no Chromium. */

import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { ViewSnapshot, WebviewMessage } from '../../media/protocol.ts';
import { CHROMIUM, type Harness, type ModelPage, type OpenOptions, startHarness } from './page.ts';

if (CHROMIUM === undefined) {
  console.warn(
    'No Chromium: the tests of the page are skipped. Install it, or set CAUSAL_CHROMIUM to its path.',
  );
}

/** Is there a browser to test in? */
export const BROWSER = CHROMIUM !== undefined;

export interface Tabs {
  readonly scriptBytes: () => number;
  /** A tab of its own, closed after the test. */
  readonly start: (options?: OpenOptions) => Promise<ModelPage>;
  /** The page with a graph of a document it has never seen: a tab of its own where options are given, else the one that all tests share. */
  readonly showing: (snapshot: ViewSnapshot, options?: OpenOptions) => Promise<ModelPage>;
}

/** Starts a browser before the tests of a file and stops it after them; each test ends with no fault in any of its tabs. */
export function useTabs(): Tabs {
  let harness: Harness;
  let common: ModelPage;
  let open: ModelPage[] = [];
  let documents = 0;

  beforeAll(async () => {
    if (CHROMIUM === undefined) return;
    harness = await startHarness(CHROMIUM);
    common = await harness.open();
  });
  afterAll(() => harness?.close());
  afterEach(async () => {
    const faults = await Promise.all([common, ...open].map((page) => page.faults()));
    for (const page of open) await page.close();
    open = [];
    expect(faults.flat()).toEqual([]);
  });

  async function start(options?: OpenOptions): Promise<ModelPage> {
    const page = await harness.open(options);
    open.push(page);
    return page;
  }

  async function showing(snapshot: ViewSnapshot, options?: OpenOptions): Promise<ModelPage> {
    const page = options === undefined ? common : await start(options);
    documents++;
    const uri = `file:///${documents}.causal`;
    await page.page.mouse.move(0, 0);
    await page.page.evaluate(() => {
      Reflect.set(window, 'posted', []);
      document.querySelector('.page')?.classList.add('earlier');
    });
    await page.show({ ...snapshot, uri });
    await page.page.locator('.page:not(.earlier) .canvas[aria-busy="false"] .causal-graph').waitFor();
    const show = (next: ViewSnapshot): Promise<void> =>
      page.show({ ...next, uri: next.uri === snapshot.uri ? uri : next.uri });
    return { ...page, show };
  }

  return { scriptBytes: () => harness.scriptBytes, start, showing };
}

/** A variable in the picture. */
export function node({ page }: ModelPage, name: string): Locator {
  return page.locator(`.node[aria-label^="${name},"], .node[aria-label="${name}"]`);
}

/** How the picture is moved and scaled. */
export async function transform({ page }: ModelPage): Promise<string> {
  return (await page.locator('.canvas > g').getAttribute('transform')) ?? '';
}

/** The messages of one type that the page has sent. */
export async function sent(
  { posted }: ModelPage,
  type: WebviewMessage['type'],
): Promise<readonly WebviewMessage[]> {
  return (await posted()).filter((message) => message.type === type);
}

/** The middle of an element in the tab's pixels. */
export async function centre(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('not on the page');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
