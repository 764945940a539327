/** One `estimate` statement with its options read and checked; what is missing takes its default later. */

import type { DataExpression } from '../../engine/data/expression.ts';
import { findMethod, type Method } from '../../engine/estimate/methods.ts';
import { DEFAULT_OPTIONS, type EstimateOptions } from '../../engine/estimate/plan.ts';
import type { Estimand } from '../../engine/estimate/result.ts';
import type { EstimateStatement, Name, Range } from '../../grammar/tree.ts';
import { type Diagnostic, diagnostic } from './diagnostic.ts';
import { readOption, withoutOption } from './estimateOptions.ts';
import { idleOptions } from './idleOptions.ts';
import { respell } from './mend.ts';
import { type DeclaredInstrument, latentsIn, type RoleEntry, roleEntries } from './question.ts';
import type { Structure } from './structure.ts';
import type { SymbolTable } from './symbols.ts';
import { meantMethod, unknownMethodText } from './synonyms.ts';

export interface EstimateSettings extends EstimateOptions {
  readonly method: string;
  /** Null for a default name. */
  readonly title: string | null;
  readonly treatment: RoleEntry | null;
  readonly outcome: RoleEntry | null;
  readonly adjust: readonly RoleEntry[] | null;
  readonly adjustRange: Range | null;
  readonly instruments: readonly DeclaredInstrument[] | null;
  readonly estimand: Estimand | null;
  readonly where: DataExpression | null;
  readonly seed: number | null;
  /** Where the method is named; null for an estimate that no statement asks for. */
  readonly range: Range | null;
}

/** An estimate by `method` with every option at its default. */
export function defaultSettings(method: string): EstimateSettings {
  return {
    ...DEFAULT_OPTIONS,
    method,
    title: null,
    treatment: null,
    outcome: null,
    adjust: null,
    adjustRange: null,
    instruments: null,
    estimand: null,
    where: null,
    seed: null,
    range: null,
  };
}

export type MutableSettings = { -readonly [Key in keyof EstimateSettings]: EstimateSettings[Key] };

/** One statement while its options are read into `settings`. */
export interface Reading {
  readonly settings: MutableSettings;
  readonly method: Method;
  readonly symbols: SymbolTable;
  readonly structure: Structure;
  readonly diagnostics: Diagnostic[];
}

/** Reads a statement; null where it names no method of the language, which the diagnostics tell. */
export function readEstimate(
  statement: EstimateStatement,
  symbols: SymbolTable,
  structure: Structure,
): { settings: EstimateSettings | null; diagnostics: readonly Diagnostic[] } {
  const name = statement.method;
  if (name === undefined) return { settings: null, diagnostics: [] };
  const method = findMethod(name.text);
  if (method === undefined) return { settings: null, diagnostics: [unknownMethod(name)] };
  const entryOf = (role: Name | undefined): RoleEntry | null =>
    role === undefined ? null : (roleEntries([role], symbols, structure)[0] ?? null);
  const settings: MutableSettings = {
    ...defaultSettings(name.text),
    title: statement.title?.value ?? null,
    treatment: entryOf(statement.of),
    outcome: entryOf(statement.on),
    range: name.range,
  };
  const diagnostics: Diagnostic[] = [];
  const reading: Reading = { settings, method, symbols, structure, diagnostics };
  diagnostics.push(
    ...latentsIn(settings.treatment === null ? [] : [settings.treatment], 'treatment', structure),
  );
  diagnostics.push(...latentsIn(settings.outcome === null ? [] : [settings.outcome], 'outcome', structure));
  diagnostics.push(...repeatedOptions(statement.options));
  for (const option of statement.options) readOption(option, reading);
  diagnostics.push(...idleOptions(statement.options, settings));
  return { settings, diagnostics };
}

function unknownMethod(name: Name): Diagnostic {
  return diagnostic('unknown-method', name.range, unknownMethodText(name.text), {
    mends: respell(name.range, meantMethod(name.text)),
  });
}

/** Options that may stand several times: conditions all hold, names and claims add up. */
const REPEATABLE: ReadonlySet<string> = new Set(['where', 'adjust', 'expect', 'refute', 'broken', 'unknown']);

/** Tells options of which only one can be meant. */
export function repeatedOptions(
  options: readonly { readonly kind: string; readonly keyword: Range }[],
): Diagnostic[] {
  const seen = new Map<string, Range>();
  return options.flatMap(({ kind, keyword }) => {
    const first = seen.get(kind);
    if (first === undefined) seen.set(kind, keyword);
    return first === undefined || REPEATABLE.has(kind) ? [] : [saidTwice(kind, keyword, first)];
  });
}

function saidTwice(kind: string, keyword: Range, first: Range): Diagnostic {
  return diagnostic(
    'duplicate-declaration',
    keyword,
    `\`${kind}\` is said twice here. Keep one of the two.`,
    {
      related: [{ range: first, message: `\`${kind}\` is said here first` }],
      mends: [withoutOption(keyword), withoutOption(first)],
    },
  );
}
