/** Runs of estimates that outlive their view and the window: of each spec the newest, as long as they are not too large. */

import type { Memento } from 'vscode';
import type { EstimationReport } from '../engine/estimate/result.ts';
import { fromWire, toWire } from '../engine/report/wire.ts';
import type { PastEstimate } from '../views/estimates/comparison.ts';

/** A run as it is kept. */
export interface KeptRun {
  readonly report: EstimationReport;
  /** The text that it was made from; null where nobody knows it. */
  readonly text: string | null;
  /** What tells the state of its data from others; null where that is not known. */
  readonly dataState: string | null;
  /** The numbers of the run before it. */
  readonly previous: readonly PastEstimate[] | null;
}

export interface KeptRuns {
  /** Null where there is none, or what is there is not sound. */
  readonly read: (spec: string) => KeptRun | null;
  /** One that is too large is not kept, and neither is an older one in its place. */
  readonly write: (spec: string, run: KeptRun) => void;
}

interface Stored {
  /** Of the extension: what another one kept may be of another shape. */
  readonly version: string;
  /** The most recent first; each run as text. */
  readonly runs: readonly (readonly [spec: string, run: string])[];
}

const KEY = 'causal.estimates';
/** Characters of one run, and of all: the editor holds them in memory and in a database. */
const LARGEST_RUN = 400_000;
const LARGEST_ALL = 1_200_000;

function stored(memento: Memento, version: string): Stored['runs'] {
  const value = memento.get<Partial<Stored>>(KEY);
  if (value?.version !== version || !Array.isArray(value.runs)) return [];
  return value.runs.filter(
    (entry) => Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'string',
  );
}

function readRun(text: string): KeptRun | null {
  try {
    const run = fromWire(JSON.parse(text)) as Partial<KeptRun> | null;
    return Array.isArray(run?.report?.estimates) && run.report.rows !== undefined ? (run as KeptRun) : null;
  } catch {
    return null;
  }
}

function within(runs: Stored['runs'], limit: number): Stored['runs'] {
  let left = limit;
  return runs.filter(([, run]) => {
    left -= run.length;
    return left >= 0;
  });
}

/** Where runs are kept. */
export interface RunStorage {
  readonly memento: Memento;
  /** Of the extension. */
  readonly version: string;
}

/** The runs that a memento of the workspace keeps; it is asked for only when a run is read or written. */
export function createKeptRuns(storage: () => RunStorage): KeptRuns {
  return {
    read: (spec) => {
      const { memento, version } = storage();
      const found = stored(memento, version).find(([known]) => known === spec);
      return found === undefined ? null : readRun(found[1]);
    },
    write: (spec, run) => {
      const { memento, version } = storage();
      const text = JSON.stringify(toWire(run));
      const others = stored(memento, version).filter(([known]) => known !== spec);
      const runs = text.length > LARGEST_RUN ? others : [[spec, text] as const, ...others];
      void memento.update(KEY, { version, runs: within(runs, LARGEST_ALL) } satisfies Stored);
    },
  };
}
