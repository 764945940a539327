/**
 * The model view in headless Chromium: how soon the first graph is there, how soon an edit of the text shows, and how evenly the picture moves. The
 * server's part of an edit is measured by `editor/keystroke`.
 */

import type { Page } from 'playwright-core';
import { toWire } from '../../engine/report/wire.ts';
import type { ViewSnapshot } from '../../media/protocol.ts';
import { analyse } from '../../server/analysis/analyse.ts';
import { snapshotOf } from '../../server/analysis/snapshot.ts';
import { specOf } from '../editor/specs.ts';
import { brief, figure, printTable, summary } from '../lib/measure.ts';
import { CHROMIUM, openPanel, type Panel, scriptBytes } from './panel.ts';

/** Kept small by the packages that are bundled into the page. */
const LARGEST_SCRIPT = 300_000;
const FRAME = 1000 / 60;

interface Drawn {
  readonly snapshot: unknown;
  readonly edges: number;
}

/** The view of a spec with one arrow for each variable and a half, and perhaps one more. */
function drawn(variables: number, more: boolean): Drawn {
  const text = specOf({ variables, edges: Math.round(1.5 * variables) });
  const lines = text.split('\n');
  const last = lines.findLastIndex((line) => line.includes('->'));
  const changed = more ? lines.toSpliced(last + 1, 0, 'v0 <-> v1') : lines;
  const graph = snapshotOf(analyse(changed.join('\n')));
  const view: Omit<ViewSnapshot, 'uri'> = {
    fileName: 'bench.causal',
    graph,
    outdated: null,
    estimates: { status: 'none' },
    lost: false,
    revision: 1,
  };
  return { snapshot: toWire({ uri: 'file:///bench.causal', ...view }), edges: graph.edges.length };
}

/** Milliseconds from the start of the page's script to the frame with the graph. */
async function firstGraph(panel: Panel, variables: number): Promise<number> {
  const page = await panel.open(drawn(variables, false).snapshot);
  const shown = await page.evaluate(() => Reflect.get(window, 'firstGraph') as Promise<number>);
  await page.close();
  return shown;
}

/** Milliseconds from a snapshot with an arrow more, or less, to the frame that shows it. */
async function edits(panel: Panel, variables: number, runs: number): Promise<readonly number[]> {
  const [plain, more] = [drawn(variables, false), drawn(variables, true)];
  const page = await panel.open(plain.snapshot);
  const durations: number[] = [];
  for (let run = 0; run < runs; run++) {
    const { snapshot, edges } = run % 2 === 0 ? more : plain;
    durations.push(
      await page.evaluate(
        ([next, count]) =>
          (Reflect.get(window, 'edited') as (next: unknown, count: number) => Promise<number>)(next, count),
        [snapshot, edges] as const,
      ),
    );
  }
  await page.close();
  return durations;
}

/** Milliseconds between frames while the picture is moved by `work`. */
async function framesOf(page: Page, work: () => Promise<void>): Promise<readonly number[]> {
  await page.evaluate(() => (Reflect.get(window, 'watchFrames') as () => void)());
  await work();
  return page.evaluate(() => {
    Reflect.set(window, 'watching', false);
    const frames: number[] = Reflect.get(window, 'frameTimes');
    return frames.slice(2);
  });
}

function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}

async function movements(panel: Panel, variables: number): Promise<string[][]> {
  const page = await panel.open(drawn(variables, false).snapshot);
  const steps = brief ? 5 : 120;
  const drag = await framesOf(page, async () => {
    await page.mouse.move(450, 300);
    await page.mouse.down();
    for (let step = 0; step < steps; step++)
      await page.mouse.move(450 + 150 * Math.sin(step / 9), 300 + 80 * Math.cos(step / 7));
    await page.mouse.up();
  });
  const zoom = await framesOf(page, async () => {
    for (let step = 0; step < steps; step++) await page.mouse.wheel(0, step % 60 < 30 ? -40 : 40);
  });
  await page.close();
  return [
    ['drag', drag],
    ['zoom', zoom],
  ].map(([name, frames]) => {
    const times = frames as readonly number[];
    return [
      `${String(name)}, ${variables} variables`,
      figure(percentile(times, 0.5)),
      figure(percentile(times, 0.95)),
      figure(FRAME),
      String(times.length),
    ];
  });
}

async function main(): Promise<void> {
  if (CHROMIUM === undefined) {
    console.log(
      'No Chromium was found, so that the page cannot be shown. Install it, or set CAUSAL_CHROMIUM.',
    );
    return;
  }
  const panel = await openPanel(CHROMIUM);
  try {
    const runs = brief ? 1 : 9;
    // The first tab pays for the browser's own start.
    await firstGraph(panel, 30);
    const first: number[] = [];
    for (let run = 0; run < runs; run++) first.push(await firstGraph(panel, 30));
    const rows = [timeRow('first graph, 30 variables', first, 300)];
    for (const [variables, limit] of [
      [30, 100],
      [200, 500],
    ] as const)
      rows.push(
        timeRow(`an edit, ${variables} variables`, await edits(panel, variables, brief ? 2 : 20), limit),
      );
    printTable(['', 'median ms', 'fastest', 'limit', 'of limit'], rows);
    console.log('');
    printTable(
      ['between frames', 'median ms', '95th percentile', 'limit', 'frames'],
      await movements(panel, 200),
    );
  } finally {
    await panel.close();
  }
  const bytes = scriptBytes();
  console.log(
    `\nScript without elkjs: ${Math.round(bytes / 1000)} kB of ${LARGEST_SCRIPT / 1000} (${Math.round((100 * bytes) / LARGEST_SCRIPT)}%).`,
  );
}

function timeRow(name: string, durations: readonly number[], limit: number): string[] {
  const { median, fastest } = summary(durations);
  return [name, figure(median), figure(fastest), String(limit), `${Math.round((100 * median) / limit)}%`];
}

void main();
