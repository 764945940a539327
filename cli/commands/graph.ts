import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { formatOf, GRAPH_FORMATS } from '../../formats/formats.ts';
import { type Analysis, analyse } from '../../server/analysis/analyse.ts';
import { snapshotOf } from '../../server/analysis/snapshot.ts';
import { textOfGraph } from '../../server/exchange/textOfGraph.ts';
import { svgDocument } from '../../views/svgDocument.tsx';
import {
  type CommandSpec,
  choice,
  type OptionValues,
  type ParsedArguments,
  text,
  UsageError,
} from '../arguments.ts';
import { drawingOf } from '../drawing.ts';
import { DATA_FILE, readOneSpec } from '../input.ts';
import { writeNotes } from '../output/notes.ts';
import { pngOf } from '../png.ts';

/** The picture shows the question and its answer too; the other formats hold the graph alone. */
const PICTURES: readonly string[] = ['svg', 'png'];

const FORMATS: readonly string[] = [...PICTURES, ...GRAPH_FORMATS.map(({ id }) => id)];

export const graphCommand: CommandSpec = {
  name: 'graph',
  usage: `causal graph FILE [--format FORMAT] [-o OUT]`,
  summary: 'draws the graph of a spec, or writes it for another tool',
  example: 'causal graph examples/music/music.causal -o music.svg',
  options: {
    format: {
      type: 'string',
      value: 'FORMAT',
      help: `${FORMATS.join(', ')}; svg unless -o has the ending of another`,
    },
    output: {
      type: 'string',
      short: 'o',
      value: 'OUT',
      help: 'write to this file rather than to standard output',
    },
  },
};

/** Writes the picture or the graph; 1 where the spec has an error, and what could be read of it is written all the same. */
export async function graph({ positionals, values }: ParsedArguments): Promise<number> {
  const output = text(values, 'output');
  const format = outputFormat(values, output);
  const spec = await readOneSpec(positionals);
  const analysis = analyse(spec.text);
  const written = PICTURES.includes(format)
    ? await draw(analysis, format, spec.name)
    : exported(analysis, format, spec.name);
  if (output === undefined) process.stdout.write(written);
  else await save(output, written);
  return analysis.diagnostics.some(({ severity }) => severity === 'error') ? 1 : 0;
}

/** The graph for another tool; what that has no place for is told on standard error. */
function exported(analysis: Analysis, id: string, name: string): string {
  const format = formatOf(id);
  const written = format === null ? { text: '', notes: [] } : textOfGraph(analysis, format);
  writeNotes(name, written.notes);
  return written.text;
}

/** Formats with the endings of their files. */
const ENDINGS: readonly (readonly [format: string, endings: readonly string[]])[] = [
  ...PICTURES.map((format) => [format, [`.${format}`]] as const),
  ...GRAPH_FORMATS.map(({ id, endings }) => [id, endings] as const),
];

/** The format that is asked for, or else that of the file's ending. Nothing is written over a file of another kind, a spec least of all. */
function outputFormat(values: OptionValues, output: string | undefined): string {
  const asked = choice(values, 'format', FORMATS);
  const ending = output === undefined ? '' : extname(output).toLowerCase();
  if (ending === '') return asked;
  const implied = ENDINGS.filter(([, endings]) => endings.includes(ending)).map(([format]) => format);
  if (values['format'] === undefined) {
    const [first] = implied;
    if (first !== undefined) return first;
    const known = [...new Set(ENDINGS.flatMap(([, endings]) => endings))].join(', ');
    throw new UsageError(`${output} has the ending of no format. Endings are ${known}; or give a --format.`);
  }
  const foreign =
    implied.length > 0 || PICTURES.includes(asked) || ending === '.causal' || DATA_FILE.test(output ?? '');
  if (!implied.includes(asked) && foreign) {
    throw new UsageError(`--format ${asked} does not go with ${output}.`);
  }
  return asked;
}

async function draw(analysis: Analysis, format: string, name: string): Promise<string | Uint8Array> {
  const drawn = await drawingOf(snapshotOf(analysis));
  if (drawn.kind === 'refused')
    throw new UsageError(`${drawn.message}. Use --format dot and draw it with Graphviz's sfdp.`);
  if (format === 'svg') return svgDocument(drawn.drawing);
  const { bytes, unshown } = await pngOf(svgDocument(drawn.drawing, 'light'));
  if (unshown.length > 0)
    writeNotes(name, [
      `The font of PNG pictures has no sign for ${unshown.join(' ')}: boxes stand in their place. Use --format svg, which takes the fonts of whoever looks at it.`,
    ]);
  return bytes;
}

async function save(path: string, picture: string | Uint8Array): Promise<void> {
  await writeFile(path, picture).catch((error: unknown) => {
    throw new UsageError(
      `${path} cannot be written: ${error instanceof Error ? error.message : String(error)}.`,
    );
  });
}
