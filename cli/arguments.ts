/** Reads the command line with Node's own parser; what does not fit is a usage error, in one line. */

import { parseArgs } from 'node:util';

export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  readonly short?: string;
  /** For `--help`: what stands for the value, and what the option does. */
  readonly value?: string;
  readonly help: string;
}

export interface CommandSpec {
  readonly name: string;
  /** `causal check FILE… [options]`. */
  readonly usage: string;
  readonly summary: string;
  readonly example: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
}

export type OptionValues = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

export interface ParsedArguments {
  readonly positionals: readonly string[];
  readonly values: OptionValues;
}

/** What was asked for cannot be done as it was asked; ends with exit code 2. */
export class UsageError extends Error {}

/** Options of every command. */
export const COMMON_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  data: {
    type: 'string',
    value: 'PATH',
    help: 'where data are read: this file in place of the one the spec names',
  },
  seed: { type: 'string', value: 'N', help: 'where something is random: its seed' },
  quiet: { type: 'boolean', help: 'no progress' },
  debug: { type: 'boolean', help: 'show the stack of a fault of our own' },
  help: { type: 'boolean', short: 'h', help: 'show this help' },
};

/** Parses what follows a command's name. */
export function parseCommandLine(spec: CommandSpec, args: readonly string[]): ParsedArguments {
  const options = Object.fromEntries(
    Object.entries({ ...spec.options, ...COMMON_OPTIONS }).map(([name, { type, multiple, short }]) => [
      name,
      { type, ...(multiple ? { multiple } : {}), ...(short === undefined ? {} : { short }) },
    ]),
  );
  const parsed = parseStrictly(spec.name, args, options);
  // Where nothing is random the seed is not read, and still has to be one.
  wholeNumber(parsed.values, 'seed', 0);
  return parsed;
}

function parseStrictly(
  command: string,
  args: readonly string[],
  options: NonNullable<Parameters<typeof parseArgs>[0]>['options'],
): ParsedArguments {
  try {
    return parseArgs({ args: [...args], options: options ?? {}, allowPositionals: true, strict: true });
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : String(error);
    throw new UsageError(`${message}. Try \`causal ${command} --help\`.`);
  }
}

/** The value of a string option; undefined where it was not given. */
export function text(values: OptionValues, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** All values of a repeatable option. */
export function texts(values: OptionValues, name: string): string[] {
  const value = values[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** The value of an option that takes a whole number from `least` on; undefined where it was not given. */
export function wholeNumber(values: OptionValues, name: string, least: number): number | undefined {
  const given = text(values, name);
  if (given === undefined) return undefined;
  const number = Number(given);
  if (!Number.isSafeInteger(number) || number < least) {
    throw new UsageError(
      `--${name} takes a whole number${least > 0 ? `, at least ${least}` : ''}; it got ${given}.`,
    );
  }
  return number;
}

/** The value of an option that takes one of a few words. */
export function choice<Word extends string>(
  values: OptionValues,
  name: string,
  words: readonly Word[],
): Word {
  const given = text(values, name);
  const [first] = words;
  if (given === undefined && first !== undefined) return first;
  const word = words.find((candidate) => candidate === given);
  if (word === undefined) throw new UsageError(`--${name} takes ${words.join(', ')}; it got ${given}.`);
  return word;
}
