import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { GraphSnapshot } from '../../engine/report/snapshot.ts';
import { analyse } from '../../server/analysis/analyse.ts';
import { snapshotOf } from '../../server/analysis/snapshot.ts';
import { dotDocument } from '../../views/dot.ts';
import type { LayoutEngine } from '../../views/elkGraph.ts';
import { layoutGraph, tooLarge } from '../../views/layout.ts';
import { svgDocument } from '../../views/svgDocument.tsx';
import {
  type CommandSpec,
  choice,
  type OptionValues,
  type ParsedArguments,
  text,
  UsageError,
} from '../arguments.ts';
import { readOneSpec } from '../input.ts';

export const graphCommand: CommandSpec = {
  name: 'graph',
  usage: 'causal graph FILE [--format svg|dot] [-o OUT]',
  summary: 'draws the graph of a spec',
  example: 'causal graph examples/music/music.causal -o music.svg',
  options: {
    format: {
      type: 'string',
      value: 'FORMAT',
      help: 'svg (default) or dot; with -o by the ending of the file',
    },
    output: {
      type: 'string',
      short: 'o',
      value: 'OUT',
      help: 'write to this file rather than to standard output',
    },
  },
};

/** Writes the picture; 1 where the spec has an error, and what could be read of it is drawn all the same. */
export async function graph({ positionals, values }: ParsedArguments): Promise<number> {
  const output = text(values, 'output');
  const format = outputFormat(values, output);
  const spec = await readOneSpec(positionals);
  const analysis = analyse(spec.text);
  const picture = await draw(snapshotOf(analysis), format);
  if (output === undefined) process.stdout.write(picture);
  else await save(output, picture);
  return analysis.diagnostics.some(({ severity }) => severity === 'error') ? 1 : 0;
}

/** Formats by the ending of a file. A picture is not written over a file of another kind, a spec least of all. */
const ENDINGS: ReadonlyMap<string, 'svg' | 'dot'> = new Map([
  ['.svg', 'svg'],
  ['.dot', 'dot'],
  ['.gv', 'dot'],
]);

function outputFormat(values: OptionValues, output: string | undefined): 'svg' | 'dot' {
  const asked = choice(values, 'format', ['svg', 'dot']);
  const ending = output === undefined ? '' : extname(output).toLowerCase();
  if (ending === '') return asked;
  const implied = ENDINGS.get(ending);
  if (implied === undefined) {
    throw new UsageError(`Pictures are written to .svg, .dot or .gv files, and ${output} is none.`);
  }
  if (values['format'] !== undefined && asked !== implied) {
    throw new UsageError(`--format ${asked} does not go with ${output}.`);
  }
  return implied;
}

async function draw(snapshot: GraphSnapshot, format: 'svg' | 'dot'): Promise<string> {
  if (format === 'dot') return dotDocument(snapshot);
  const refusal = tooLarge(snapshot);
  if (refusal !== null)
    throw new UsageError(`${refusal}. Use --format dot and draw it with Graphviz's sfdp.`);
  return svgDocument(await layoutGraph(snapshot, await layoutEngine()));
}

/** Loaded when a picture is drawn: it is by far the largest part of the program. */
async function layoutEngine(): Promise<LayoutEngine> {
  const { default: Elk } = await import('elkjs/lib/elk.bundled.js');
  return new Elk();
}

async function save(path: string, picture: string): Promise<void> {
  await writeFile(path, picture).catch((error: unknown) => {
    throw new UsageError(
      `${path} cannot be written: ${error instanceof Error ? error.message : String(error)}.`,
    );
  });
}
