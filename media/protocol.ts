/** The messages between the extension (host) and the model view (webview). Both sides import this file; the host validates what it receives. */

import type { EstimationReport } from '../engine/estimate/result.ts';
import type { GraphSnapshot } from '../engine/report/snapshot.ts';
import type { Question, Reply } from './questions.ts';

export interface RunProgress {
  /** What is being done, for a person: `Reading music.csv`. */
  readonly stage: string;
  /** Between 0 and 1, or null where it is not known. */
  readonly fraction: number | null;
}

export type EstimatesState =
  | { readonly status: 'none' }
  | ({ readonly status: 'running' } & RunProgress)
  | {
      readonly status: 'done';
      readonly report: EstimationReport;
      /** The text or the data have changed since. */
      readonly stale: boolean;
    }
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
  /** The language server has ended: what is shown does not follow the text until it runs again. */
  readonly lost: boolean;
  readonly estimates: EstimatesState;
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
  /** Start the language server anew. */
  | { readonly type: 'restart' }
  | Question;

/** Read by the page from `<body data-…>`: what the host has to tell before the first message. */
export interface PageSettings {
  /** Address of elkjs, fetched when the first graph is drawn. */
  readonly elkUrl: string;
  readonly nonce: string;
}
