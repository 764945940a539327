import { writeFile } from 'node:fs/promises';
import { createLineIndex, positionAt } from '../../grammar/lineIndex.ts';
import { parse } from '../../grammar/parse.ts';
import { print } from '../../grammar/print.ts';
import { type CommandSpec, type ParsedArguments, UsageError } from '../arguments.ts';
import { readSpecs, type SpecFile } from '../input.ts';

export const fmtCommand: CommandSpec = {
  name: 'fmt',
  usage: 'causal fmt FILE… [--check]',
  summary: 'lays specs out in the one canonical way, in place',
  example: 'causal fmt examples --check',
  options: {
    check: { type: 'boolean', help: 'change nothing, and name the files that are laid out otherwise' },
  },
};

type Formatted =
  | { readonly kind: 'formatted'; readonly text: string; readonly changed: boolean }
  | { readonly kind: 'broken'; readonly message: string };

/** Rewrites files, or standard input to standard output; 1 where one has a syntax error, or `--check` finds one to lay out. */
export async function fmt({ positionals, values }: ParsedArguments): Promise<number> {
  const check = values['check'] === true;
  let failed = false;
  for (const spec of await readSpecs(positionals)) {
    const formatted = format(spec);
    if (formatted.kind === 'broken') process.stderr.write(`${formatted.message}\n`);
    else if (spec.name === '-' && !check) process.stdout.write(formatted.text);
    else if (formatted.changed) await change(spec, formatted.text, check);
    failed ||= formatted.kind === 'broken' || (check && formatted.changed);
  }
  return failed ? 1 : 0;
}

async function change({ name }: SpecFile, text: string, check: boolean): Promise<void> {
  if (!check) {
    await writeFile(name, text).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new UsageError(`${name} cannot be written: ${reason}.`);
    });
  }
  process.stdout.write(`${name}\n`);
}

/** In the line ends and with the byte-order mark that the file has; what cannot be read cannot be printed either. */
function format({ name, text }: SpecFile): Formatted {
  const { document, faults } = parse(text);
  const [fault] = faults;
  if (fault !== undefined) {
    const { line, character } = positionAt(createLineIndex(text), fault.range.start);
    return {
      kind: 'broken',
      message: `${name}:${line + 1}:${character + 1} is not laid out: ${fault.message}`,
    };
  }
  const printed = print(document);
  const lines = text.includes('\r\n') ? printed.replaceAll('\n', '\r\n') : printed;
  const marked = text.startsWith('\uFEFF') ? `\uFEFF${lines}` : lines;
  return { kind: 'formatted', text: marked, changed: marked !== text };
}
