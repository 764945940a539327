/** The messages between the extension (host) and the model view (webview). Both sides import this file; the host validates what it receives. */

import type { EstimationReport } from '../engine/estimate/result.ts';
import type { GraphSnapshot } from '../engine/report/snapshot.ts';
import type { PastEstimate } from '../views/estimates/comparison.ts';
import type { Question, Reply } from './questions.ts';

export interface RunProgress {
  /** What is being done, for a person: `Reading music.csv`. */
  readonly stage: string;
  /** Between 0 and 1, or null where it is not known. */
  readonly fraction: number | null;
}

export interface LineChange {
  readonly kind: 'added' | 'removed';
  readonly text: string;
}

/** What has changed since a run. */
export interface ChangedSince {
  /** Lines of the text that say something; empty where only spacing, comments or the order of lines have changed. Null where the text is as it was. */
  readonly text: readonly LineChange[] | null;
  readonly data: boolean;
}

/** What a run gave, and whether it still holds. */
export interface FinishedRun {
  readonly report: EstimationReport;
  /** The text or the data have changed since. */
  readonly stale: boolean;
  /** In which way, where that is known. */
  readonly changed?: ChangedSince | null;
}

export type EstimatesState =
  | { readonly status: 'none' }
  | ({
      readonly status: 'running';
      /** All stages of the run in order, where they are known: `stage` is one of them, or of none. */
      readonly stages?: readonly string[];
      /** Seconds since it began, as the snapshot was sent. */
      readonly elapsed?: number;
    } & RunProgress)
  | ({ readonly status: 'done' } & FinishedRun)
  | { readonly status: 'failed'; readonly message: string }
  | { readonly status: 'cancelled' };

/** A complete picture of what is to be shown; each one replaces the one before. */
export interface ViewSnapshot {
  readonly uri: string;
  /** The spec's file name, for headings. */
  readonly fileName: string;
  /** The last good graph; null before there was one. */
  readonly graph: GraphSnapshot | null;
  /** Why `graph` is not that of the present text, where it is not; null where it is. */
  readonly outdated: string | null;
  readonly estimates: EstimatesState;
  /** The newest run that gave results, shown while `estimates` has none; null where it has, or there was none. */
  readonly kept?: FinishedRun | null;
  /** The numbers of the run before the newest one that gave results; null where there was none. */
  readonly previous?: readonly PastEstimate[] | null;
  /** Another one whenever text or data have changed: what was asked of them before may be out of date. */
  readonly revision: number;
}

/** Sent through `toWire` of wire.ts, since numbers without an end do not survive JSON. */
export type HostMessage =
  | { readonly type: 'snapshot'; readonly snapshot: ViewSnapshot }
  /** How far the run of the snapshot sent last has come: the rest of it stays as it is. */
  | ({ readonly type: 'progress' } & RunProgress)
  /** The editor's cursor stands on this variable (null: on none). */
  | { readonly type: 'highlight'; readonly name: string | null }
  | Reply;

export type WebviewMessage =
  | { readonly type: 'ready' }
  /** Show the declaration of this variable in the text. */
  | { readonly type: 'reveal'; readonly name: string }
  | { readonly type: 'estimate' }
  | { readonly type: 'cancel' }
  | Question;

/** Read by the page from `<body data-…>`: what the host has to tell before the first message. */
export interface PageSettings {
  /** Address of elkjs, fetched when the first graph is drawn. */
  readonly elkUrl: string;
  readonly nonce: string;
}
