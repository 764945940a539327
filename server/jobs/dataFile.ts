/** A data file as DuckDB is told to read it: never by guesses, so that the same file is always read the same way. */

import { createReadStream, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { createGunzip } from 'node:zlib';
import { quoteText } from '../../engine/data/sql.ts';
import { readHeader } from './csvHeader.ts';
import { type DataFailure, dataFailure } from './failure.ts';

export interface DataFile {
  readonly kind: 'file';
  readonly path: string;
  readonly format: 'csv' | 'parquet';
  /** Names of the columns as the file has them, in order. For Parquet empty: DuckDB knows. */
  readonly header: readonly string[];
  readonly delimiter: string;
  readonly gzip: boolean;
}

const FORMATS = 'CSV, TSV (each also as .gz) and Parquet';

/** Cells that mean "no value". */
const MISSING_MARKS = ['', 'NA', 'N/A', 'n/a', '#N/A', 'NaN', 'nan', 'null', 'NULL', '.'];

/** The header and the delimiter of a file; fails where it is not there, cannot be read or has no header. */
export async function openDataFile(path: string): Promise<DataFile | DataFailure> {
  const found = await findFile(path);
  if ('kind' in found) return found;
  const name = basename(path).toLowerCase();
  if (name.endsWith('.parquet'))
    return { kind: 'file', path, format: 'parquet', header: [], delimiter: '', gzip: false };
  const gzip = name.endsWith('.gz');
  if (!/\.(csv|tsv|tab|txt)$/.test(gzip ? name.slice(0, -3) : name)) {
    return dataFailure(
      'data-unreadable',
      `${basename(path)} is of a kind that is not read. Data are read from ${FORMATS}.`,
    );
  }
  if (found.size === 0) return emptyFile(path);
  try {
    const head = await readHead(path, gzip);
    const header = readHeader(head, /\.(tsv|tab)(\.gz)?$/.test(name));
    if (header === null) return emptyFile(path);
    return { kind: 'file', path, format: 'csv', gzip, ...header };
  } catch (error) {
    return dataFailure('data-unreadable', `${basename(path)} cannot be read: ${reasonOf(error)}.`);
  }
}

async function findFile(path: string): Promise<Stats | DataFailure> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return dataFailure('data-unreadable', `${path} is a folder. Name a file in it.`);
    return found;
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) {
      return dataFailure(
        'data-not-found',
        `There is no file ${path}. Paths are relative to the spec's own folder.`,
      );
    }
    return dataFailure('data-unreadable', `${path} cannot be opened: ${reasonOf(error)}.`);
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function reasonOf(error: unknown): string {
  if (hasCode(error, 'EACCES') || hasCode(error, 'EPERM')) return 'you have no permission to read it';
  return error instanceof Error ? error.message : String(error);
}

function emptyFile(path: string): DataFailure {
  return dataFailure(
    'data-unreadable',
    `${basename(path)} is empty. Its first line has to name the columns.`,
  );
}

/** Enough for any header that a person can look through. */
const HEAD_BYTES = 1 << 20;

async function readHead(path: string, gzip: boolean): Promise<string> {
  const file = createReadStream(path, gzip ? {} : { end: HEAD_BYTES - 1 });
  const stream = gzip ? file.pipe(createGunzip()) : file;
  // A pipe does not hand on the errors of its source.
  file.on('error', (error) => stream.destroy(error));
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= HEAD_BYTES) break;
  }
  file.destroy();
  return Buffer.concat(chunks).toString('utf8');
}

/** Position of the column in a CSV file is its name in SQL: names that differ only in case, or not at all, stay apart. */
export function positionalName(index: number): string {
  return `c${index}`;
}

/** The file as a table function of DuckDB, with these types for its columns (`VARCHAR` where none is given). */
export function scanSql(file: DataFile, types: ReadonlyMap<number, string>): string {
  if (file.format === 'parquet') return `read_parquet(${quoteText(file.path)})`;
  const columns = file.header.map((_name, i) => `'${positionalName(i)}': '${types.get(i) ?? 'VARCHAR'}'`);
  const options = [
    'auto_detect = false',
    'header = true',
    'strict_mode = true',
    `delim = ${quoteText(file.delimiter)}`,
    `quote = '"'`,
    `escape = '"'`,
    `nullstr = [${MISSING_MARKS.map(quoteText).join(', ')}]`,
    `compression = '${file.gzip ? 'gzip' : 'none'}'`,
    'max_line_size = 16777216',
    `columns = {${columns.join(', ')}}`,
  ];
  return `read_csv(${quoteText(file.path)}, ${options.join(', ')})`;
}

/** What DuckDB says of a file it cannot read, in one sentence for a person. */
export function readFailure(file: DataFile, error: unknown): DataFailure {
  const text = error instanceof Error ? error.message : String(error);
  const name = basename(file.path);
  const line = /CSV Error on Line: (\d+)/.exec(text)?.[1];
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
  const first = text.split('\n', 1)[0] ?? text;
  return dataFailure('data-unreadable', `${where} cannot be read: ${first.replace(/^[\w ]+ Error: /, '')}`);
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
