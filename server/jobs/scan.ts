/** Data files as table functions of DuckDB, and what it says of those that it cannot read. */

import { basename } from 'node:path';
import { quoteText } from '../../engine/data/sql.ts';
import type { DataFile } from './dataFile.ts';
import { type DataFailure, dataFailure } from './failure.ts';

/** Cells that mean "no value". */
const MISSING_MARKS = ['', 'NA', 'N/A', 'n/a', '#N/A', 'NaN', 'nan', 'null', 'NULL', '.'];

/** A longer line is one that a quote was left open in. */
const LONGEST_LINE = 16 * 1024 * 1024;

/** Position of the column in CSV or JSON is its name in SQL: names that differ only in case, or not at all, stay apart. */
export function positionalName(index: number): string {
  return `c${index}`;
}

/**
 * The files as a table function of DuckDB, with these types for its columns (`VARCHAR` where none is given).
 *
 * @param names all columns, in order
 */
export function scanSql(
  file: DataFile,
  names: readonly string[],
  types: ReadonlyMap<number, string>,
): string {
  if (file.format === 'parquet') return `read_parquet(${pathList(file)})`;
  if (file.format === 'json') return jsonScan(file, names, types);
  const columns = names.map((_name, i) => `'${positionalName(i)}': '${types.get(i) ?? 'VARCHAR'}'`);
  const options = [
    'auto_detect = false',
    'header = true',
    'strict_mode = true',
    `delim = ${quoteText(file.delimiter)}`,
    `quote = '"'`,
    `escape = '"'`,
    `nullstr = [${MISSING_MARKS.map(quoteText).join(', ')}]`,
    `compression = '${file.gzip ? 'gzip' : 'none'}'`,
    `max_line_size = ${LONGEST_LINE}`,
    // Without it sixteen times the longest line is read for the first row.
    `buffer_size = ${2 * LONGEST_LINE}`,
    `columns = {${columns.join(', ')}}`,
  ];
  return `read_csv(${pathList(file)}, ${options.join(', ')})`;
}

/** Objects of JSON, a row each, in the column `json`. */
export function jsonObjects(file: DataFile): string {
  const lines = /\.json(\.gz)?$/i.test(file.path) ? 'auto' : 'newline_delimited';
  return `read_json_objects(${pathList(file)}, format = '${lines}', compression = '${file.gzip ? 'gzip' : 'uncompressed'}')`;
}

function jsonScan(file: DataFile, names: readonly string[], types: ReadonlyMap<number, string>): string {
  const marks = MISSING_MARKS.map(quoteText).join(', ');
  const keys = names.map((name) => quoteText(`$."${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`));
  const columns = names.map((_name, i) => {
    const text = `CASE WHEN v[${i + 1}] NOT IN (${marks}) THEN v[${i + 1}] END`;
    const type = types.get(i);
    return `${type === undefined ? text : `CAST(${text} AS ${type})`} AS ${positionalName(i)}`;
  });
  // One list of all values: an object is taken apart once, and not for each of its keys.
  const objects = `SELECT json_extract_string(json, [${keys.join(', ')}]) AS v FROM ${jsonObjects(file)}`;
  return `(SELECT ${columns.join(', ')} FROM (${objects}))`;
}

/** Paths as DuckDB takes them, each for the one file of that name: what has a meaning in its patterns stands in brackets. */
function pathList({ paths }: DataFile): string {
  return `[${paths.map((path) => quoteText(path.replace(/[*?[]/g, '[$&]'))).join(', ')}]`;
}

/** What DuckDB says of a file it cannot read, in one sentence for a person. */
export function readFailure(file: DataFile, error: unknown): DataFailure {
  const text = error instanceof Error ? error.message : String(error);
  const line = /CSV Error on Line: (\d+)/.exec(text)?.[1] ?? /at byte \d+ in line (\d+)/.exec(text)?.[1];
  const name = basename(fileOf(text, file));
  const where = line === undefined ? name : `${name}, line ${line}`;
  const count = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(text);
  if (count !== null) {
    const [, expected, found] = count;
    return dataFailure(
      'data-unreadable',
      `${where}: ${found} values where the header names ${expected} columns. ${raggedAdvice(Number(found) - Number(expected), file)}`,
    );
  }
  if (/unterminated quote/i.test(text)) {
    return dataFailure(
      'data-unreadable',
      `${where}: a quoted value has no closing quote. Close it, or double a quote inside a value.`,
    );
  }
  if (/unicode|utf-8/i.test(text)) {
    return dataFailure('data-unreadable', `${where}: the text is not UTF-8. Save the file as UTF-8.`);
  }
  if (/maximum line size/i.test(text)) {
    return dataFailure('data-unreadable', `${where}: the line is longer than 16 MB. Is a quote left open?`);
  }
  const malformed = /Malformed JSON.*?line \d+: (.*?)\.?\s*$/.exec(text)?.[1];
  if (malformed !== undefined) {
    return dataFailure(
      'data-unreadable',
      `${where}: this is no JSON (${malformed}). Mend it; an object a line is read.`,
    );
  }
  const first = text.split('\n', 1)[0] ?? text;
  return dataFailure('data-unreadable', `${where} cannot be read: ${first.replace(/^[\w ]+ Error: /, '')}`);
}

/** Which of several files it is about. */
function fileOf(text: string, { path, paths }: DataFile): string {
  const [only] = paths;
  if (paths.length === 1 && only !== undefined) return only;
  const named = /^\s*file = (.*)$/m.exec(text)?.[1] ?? /in file "(.*?)"/.exec(text)?.[1];
  return paths.find((each) => each === named) ?? path;
}

function raggedAdvice(surplus: number, file: DataFile): string {
  if (surplus > 0)
    return `Mend that line; a value that holds a ${delimiterName(file.delimiter)} needs quotes.`;
  return 'Mend that line; a value that is not known is left empty between its delimiters.';
}

function delimiterName(delimiter: string): string {
  const names: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' };
  return names[delimiter] ?? 'delimiter';
}
