/** SVG documents as PNG, drawn by resvg with a font of its own: the same bytes on every machine. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from './arguments.ts';
import { covers, fontCoverage } from './fontCoverage.ts';

/** Beside this bundle; the build puts them there. */
const FILES = join(import.meta.dirname, 'png');
const FONT = 'DejaVu Sans Condensed';

/** Pixels of the picture for one of the drawing's: sharp in print and on dense screens. */
const SCALE = 2;

/** Longer sides than these do not fit into memory that everybody has. */
const LONGEST = 16_000;

export interface Png {
  readonly bytes: Uint8Array;
  /** Characters that the font has no sign for, each once. */
  readonly unshown: readonly string[];
}

/** Draws a document; fails with a `UsageError` where this machine cannot. */
export async function pngOf(svg: string): Promise<Png> {
  const [regular, bold] = await Promise.all([
    fileOf('DejaVuSansCondensed.ttf'),
    fileOf('DejaVuSansCondensed-Bold.ttf'),
  ]);
  const { Resvg } = await loaded();
  const drawing = new Resvg(svg, {
    font: { fontBuffers: [regular, bold], defaultFontFamily: FONT, sansSerifFamily: FONT },
    fitTo: { mode: 'zoom', value: Math.min(SCALE, LONGEST / longestSide(svg)) },
  });
  const coverage = fontCoverage(regular);
  const unshown = [...new Set(wordsOf(svg))].filter((character) => !covers(coverage, character));
  return { bytes: drawing.render().asPng(), unshown };
}

async function loaded(): Promise<typeof import('@resvg/resvg-wasm')> {
  const module = await fileOf('resvg.wasm');
  const resvg = await import('@resvg/resvg-wasm');
  await resvg.initWasm(module).catch((error: unknown) => {
    throw unavailable(error);
  });
  return resvg;
}

async function fileOf(name: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(join(FILES, name)));
  } catch (error) {
    throw unavailable(error);
  }
}

function unavailable(error: unknown): UsageError {
  const why = error instanceof Error ? error.message : String(error);
  return new UsageError(`PNG cannot be drawn here (${why}). Use --format svg.`);
}

function longestSide(svg: string): number {
  const [, width = '1', height = '1'] = /<svg[^>]* width="([\d.]+)"[^>]* height="([\d.]+)"/.exec(svg) ?? [];
  return Math.max(Number(width), Number(height), 1);
}

/** The characters that are drawn: those of texts, not of titles and descriptions. */
function wordsOf(svg: string): readonly string[] {
  const texts = [...svg.matchAll(/<text\b[^>]*>([\s\S]*?)<\/text>/g)].map(([, words = '']) => words);
  return [...texts.join('').replace(/<[^>]*>|&#?\w+;/g, '')];
}
