/** Data files as DuckDB is told to read them: never by guesses, so that the same file is always read the same way. */

import { createReadStream, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { createGunzip } from 'node:zlib';
import { readHeader } from './csvHeader.ts';
import { expandPaths, stateOfPaths } from './dataPaths.ts';
import { type DataFailure, dataFailure } from './failure.ts';

/** One table of data: a file, or several with the same columns, their rows one after the other. */
export interface DataFile {
  readonly kind: 'file';
  /** As it was asked for, absolute: a pattern where there are several. */
  readonly path: string;
  /** At least one, by name. */
  readonly paths: readonly string[];
  readonly format: 'csv' | 'json' | 'parquet';
  /** Names of the columns of CSV as the file has them, in order. Otherwise empty: DuckDB knows. */
  readonly header: readonly string[];
  readonly delimiter: string;
  readonly gzip: boolean;
  /** Which state the files were in when they were opened: see `wasChanged`. */
  readonly state: string;
}

const FORMATS = 'CSV, TSV and JSON lines (each also as .gz), and Parquet';

/** Endings of files that are read, each with its format. */
const ENDINGS: readonly (readonly [ending: RegExp, format: DataFile['format']])[] = [
  [/\.(csv|tsv|tab|txt)(\.gz)?$/, 'csv'],
  [/\.(jsonl|ndjson|json)(\.gz)?$/, 'json'],
  [/\.parquet$/, 'parquet'],
];

/** The header and the delimiter of a file, or of all that fit a pattern; fails where it is not there, cannot be read or has no header. */
export async function openDataFile(path: string): Promise<DataFile | DataFailure> {
  const [paths, state] = await Promise.all([expandPaths(path), stateOfPaths(path)]);
  if ('kind' in paths) return paths;
  const files: OneFile[] = [];
  for (const each of paths) {
    const file = await openOne(each);
    if ('kind' in file) return file;
    files.push(file);
  }
  const [first, ...others] = files;
  if (first === undefined) return dataFailure('data-not-found', `No file fits ${path}.`);
  for (const other of others) {
    const difference = differenceOf(first, other);
    if (difference !== null) return dataFailure('data-unreadable', difference);
  }
  const { format, header, delimiter, gzip } = first;
  return { kind: 'file', path, paths, format, header, delimiter, gzip, state };
}

/** The failure of a file that somebody wrote while it was read; null where nobody did. */
export async function wasChanged({ path, state }: DataFile): Promise<DataFailure | null> {
  if ((await stateOfPaths(path)) === state) return null;
  return dataFailure(
    'data-unreadable',
    `${basename(path)} changed while it was read, and what was read may be neither the old nor the new. Run again once it is written.`,
  );
}

type OneFile = Pick<DataFile, 'format' | 'header' | 'delimiter' | 'gzip'> & { readonly path: string };

async function openOne(path: string): Promise<OneFile | DataFailure> {
  const found = await findFile(path);
  if ('kind' in found) return found;
  const name = basename(path).toLowerCase();
  const format = ENDINGS.find(([ending]) => ending.test(name))?.[1];
  if (format === undefined) {
    return dataFailure(
      'data-unreadable',
      `${basename(path)} is of a kind that is not read. Data are read from ${FORMATS}.`,
    );
  }
  if (found.size === 0) return emptyFile(path);
  const gzip = name.endsWith('.gz');
  const plain = { path, format, header: [], delimiter: '', gzip };
  if (format === 'parquet') return plain;
  try {
    const head = decodeHead(await readHead(path, gzip), path);
    if (typeof head !== 'string') return head;
    if (format === 'json') return head.trim() === '' ? emptyFile(path) : plain;
    const header = readHeader(head, /\.(tsv|tab)(\.gz)?$/.test(name));
    return header === null ? emptyFile(path) : checkHeader({ ...plain, ...header });
  } catch (error) {
    return dataFailure('data-unreadable', `${basename(path)} cannot be read: ${reasonOf(error)}.`);
  }
}

async function findFile(path: string): Promise<Stats | DataFailure> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) {
      return dataFailure(
        'data-unreadable',
        `${path} is a folder. Name a file in it, or all of them: "*.csv".`,
      );
    }
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
  if (hasCode(error, 'Z_DATA_ERROR')) return 'it is called .gz and is not compressed with gzip, or damaged';
  if (hasCode(error, 'Z_BUF_ERROR')) return 'it is cut off in the middle. Copy it again';
  return error instanceof Error ? error.message : String(error);
}

function emptyFile(path: string): DataFailure {
  const needs = /\.(jsonl|ndjson|json)(\.gz)?$/i.test(path)
    ? 'It has to hold an object a row: {"x": 1, "y": 2}.'
    : 'Its first line has to name the columns.';
  return dataFailure('data-unreadable', `${basename(path)} is empty. ${needs}`);
}

/** Enough for any header that a person can look through. */
const HEAD_BYTES = 1 << 20;

async function readHead(path: string, gzip: boolean): Promise<Buffer> {
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
  return Buffer.concat(chunks);
}

/** The beginning of a file as text; a failure where its bytes say that it is none, or in no UTF-8. */
function decodeHead(head: Buffer, path: string): string | DataFailure {
  const utf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (utf16) {
    return dataFailure(
      'data-unreadable',
      `${basename(path)}, byte 1: the text is UTF-16. Save the file as UTF-8 (Excel calls it "CSV UTF-8").`,
    );
  }
  return head.toString('utf8');
}

/** What is no text shows in its first line; what comes later DuckDB tells with its line. */
function checkHeader(file: OneFile): OneFile | DataFailure {
  const name = basename(file.path);
  const broken = file.header.findIndex((column) => column.includes('\uFFFD'));
  if (broken >= 0) {
    return dataFailure(
      'data-unreadable',
      `${name}, line 1: the name of column ${broken + 1} is not UTF-8. Save the file as UTF-8.`,
    );
  }
  const zero = file.header.findIndex((column) => column.includes('\0'));
  if (zero < 0) return file;
  return dataFailure(
    'data-unreadable',
    `${name}, line 1: the name of column ${zero + 1} holds a zero byte, which no text does. Is it a ${file.delimiter === '\t' ? 'TSV' : 'CSV'} file in UTF-8?`,
  );
}

/** Why two files are no one table; null where they are. What Parquet and JSON hold is compared by `columnNames`. */
function differenceOf(first: OneFile, other: OneFile): string | null {
  const [a, b] = [basename(first.path), basename(other.path)];
  if (first.format !== other.format || first.gzip !== other.gzip) {
    return `${a} and ${b} are of different kinds, and cannot be read as one table. Name those of one kind: "*.csv".`;
  }
  if (first.delimiter !== other.delimiter)
    return `${a} and ${b} separate their values differently. Write them alike.`;
  return columnDifference(a, first.header, b, other.header);
}

/** What differs between the columns of two files, for a person; null where nothing does. */
export function columnDifference(
  a: string,
  first: readonly string[],
  b: string,
  other: readonly string[],
): string | null {
  const lost = first.find((column) => !other.includes(column));
  if (lost !== undefined) {
    return `${b} has no column ${lost}, which ${a} has. Files that are read together have the same columns.`;
  }
  const added = other.find((column) => !first.includes(column));
  if (added !== undefined) {
    return `${b} has a column ${added}, which ${a} has not. Files that are read together have the same columns.`;
  }
  const moved = first.findIndex((column, i) => column !== other[i]);
  if (moved < 0 && first.length === other.length) return null;
  return `${b} has its columns in another order than ${a}: column ${moved + 1} is ${other[moved]} rather than ${first[moved]}. Write them alike.`;
}
