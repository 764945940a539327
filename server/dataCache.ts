/** What data files hold: read for those who ask, once for each state of a file, by one process a file at a time. */

import { isPattern, stateOfPaths } from './jobs/dataPaths.ts';
import type { DataDescription } from './jobs/describeData.ts';
import { type DataFailure, dataFailure } from './jobs/failure.ts';

export type DataAnswer = DataDescription | DataFailure;

export interface DataCache {
  /**
   * The answer for the file as it is now, for somebody who has at most one question at a time: null where `asker` asked again
   * meanwhile, or was released.
   */
  describe(asker: string, path: string, columns: readonly string[]): Promise<DataAnswer | null>;
  /** Nobody waits for what `asker` asked; what is read for nobody else ends. */
  release(asker: string): void;
  /** The file may have changed. */
  forget(path: string): void;
}

/** Reads a file for these of its columns; ends at once, with whatever answer, when the signal says so. */
export type Describe = (path: string, columns: readonly string[], signal: AbortSignal) => Promise<DataAnswer>;

interface Question {
  readonly columns: readonly string[];
  readonly answer: (answer: DataAnswer | null) => void;
}

/** What is known of one file, and who waits for more. */
interface Shelf {
  readonly path: string;
  /** State of the file that all of this is about; null where it has to be looked at again. */
  state: string | null;
  /** With the summaries of the columns read so far. */
  description: DataDescription | null;
  readonly read: Set<string>;
  failure: { readonly columns: readonly string[]; readonly failure: DataFailure } | null;
  running: AbortController | null;
  readonly waiting: Map<string, Question>;
}

/** Files remembered; those that somebody waits for come on top. */
const KEPT = 16;

/** What tells one state of a file from another; never rejects. */
export type StateOf = (path: string) => Promise<string>;

/** A cache that reads files with `describe`, and again once `stateOf` tells of another state. */
export function dataCache(describe: Describe, stateOf: StateOf = stateOfPaths): DataCache {
  const shelves = new Map<string, Shelf>();
  /** The newest question of each asker: the file's state is looked up in between, in no order. */
  const newest = new Map<string, object>();
  const withdraw = (asker: string): void => {
    for (const shelf of shelves.values()) {
      shelf.waiting.get(asker)?.answer(null);
      shelf.waiting.delete(asker);
    }
  };
  const settle = (): void => {
    for (const shelf of shelves.values()) serve(shelf, describe);
    dropOldest(shelves);
  };
  return {
    describe: async (asker, path, columns) => {
      const ticket = {};
      newest.set(asker, ticket);
      const state = await stateOf(path);
      if (newest.get(asker) !== ticket) return null;
      withdraw(asker);
      const shelf = takeShelf(shelves, path);
      if (shelf.state !== state) clear(shelf, state);
      const answer = new Promise<DataAnswer | null>((resolve) => {
        shelf.waiting.set(asker, { columns, answer: resolve });
      });
      settle();
      return answer;
    },
    release: (asker) => {
      newest.delete(asker);
      withdraw(asker);
      settle();
    },
    forget: (path) => {
      for (const shelf of shelves.values()) {
        // Any file may be one of those that a pattern means.
        if (shelf.path === path || isPattern(shelf.path)) shelf.state = null;
      }
    },
  };
}

/** The shelf of a path, as the one used last. */
function takeShelf(shelves: Map<string, Shelf>, path: string): Shelf {
  const shelf = shelves.get(path) ?? emptyShelf(path);
  shelves.delete(path);
  shelves.set(path, shelf);
  return shelf;
}

function emptyShelf(path: string): Shelf {
  const [read, waiting] = [new Set<string>(), new Map<string, Question>()];
  return { path, state: null, description: null, read, failure: null, running: null, waiting };
}

function dropOldest(shelves: Map<string, Shelf>): void {
  const idle = [...shelves.values()].filter(({ waiting }) => waiting.size === 0);
  for (const { path } of idle.slice(0, Math.max(0, shelves.size - KEPT))) shelves.delete(path);
}

/** The file is another one now: what was read, and what is being read, says nothing about it. */
function clear(shelf: Shelf, state: string): void {
  stop(shelf);
  shelf.state = state;
  shelf.description = null;
  shelf.read.clear();
  shelf.failure = null;
}

function stop(shelf: Shelf): void {
  shelf.running?.abort();
  shelf.running = null;
}

/** Answers what can be answered, and sees to it that the file is read for the rest, and for nobody else. */
function serve(shelf: Shelf, describe: Describe): void {
  for (const [asker, { columns, answer }] of shelf.waiting) {
    const known = knownAnswer(shelf, columns);
    if (known === null) continue;
    shelf.waiting.delete(asker);
    answer(known);
  }
  const [next] = shelf.waiting.values();
  if (next === undefined) stop(shelf);
  // What runs is let run: it tells the columns' names if nothing else, and most names are typed letter by letter.
  else if (shelf.running === null) void read(shelf, unread(shelf, next.columns), describe);
}

async function read(shelf: Shelf, columns: readonly string[], describe: Describe): Promise<void> {
  const controller = new AbortController();
  shelf.running = controller;
  const answer = await describe(shelf.path, columns, controller.signal).catch(asFailure);
  if (shelf.running !== controller) return;
  shelf.running = null;
  if (answer.kind === 'description') keep(shelf, columns, answer);
  else if (isOfFile(answer)) shelf.failure = { columns, failure: answer };
  else fail(shelf, answer);
  serve(shelf, describe);
}

/** Nobody waits for this reading as such: where it breaks, those who wait for the answer are told. */
function asFailure(error: unknown): DataFailure {
  const reason = error instanceof Error ? error.message : String(error);
  return dataFailure('job-failed', `The data process cannot be started: ${reason}`);
}

/** Is it the file that is at fault, and not the process that reads it? Only then will it be so again. */
function isOfFile({ code }: DataFailure): boolean {
  return code !== 'job-failed' && code !== 'cancelled';
}

function fail(shelf: Shelf, failure: DataFailure): void {
  for (const { answer } of shelf.waiting.values()) answer(failure);
  shelf.waiting.clear();
}

function knownAnswer(shelf: Shelf, columns: readonly string[]): DataAnswer | null {
  const wanted = unread(shelf, columns);
  if (shelf.description !== null && wanted.length === 0) return shelf.description;
  if (shelf.failure === null) return null;
  const { failure, columns: asked } = shelf.failure;
  const same = wanted.length === asked.length && wanted.every((name) => asked.includes(name));
  return same || failure.code === 'data-not-found' ? failure : null;
}

/** Of these columns the ones that are yet to be read: a name that is no column, which only the header tells, needs no reading. */
function unread({ description, read }: Shelf, columns: readonly string[]): readonly string[] {
  if (description === null) return columns;
  const existing = new Set(description.columns);
  return columns.filter((name) => existing.has(name) && !read.has(name));
}

function keep(shelf: Shelf, columns: readonly string[], answer: DataDescription): void {
  const known = shelf.description?.summaries ?? [];
  shelf.description = { ...answer, summaries: [...known, ...answer.summaries] };
  for (const name of columns) shelf.read.add(name);
}
