/** The open documents with what is known of them; coalesces edits, and publishes diagnostics that belong to the newest text. */

import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Analysis, analyse } from './analysis/analyse.ts';
import { usedColumns } from './analysis/dataChecks.ts';
import { dataPathOf } from './analysis/dataPath.ts';
import type { Diagnostic } from './analysis/diagnostic.ts';
import { validate } from './analysis/validate.ts';
import type { DataCache } from './dataCache.ts';
import type { DataDescription } from './jobs/describeData.ts';
import type { DataFailure } from './jobs/failure.ts';

export interface SessionHost {
  readonly data: DataCache;
  /** Folder for documents that have none of their own (untitled ones); null without a workspace. */
  readonly workspaceFolder: () => string | null;
  readonly publish: (document: TextDocument, diagnostics: readonly Diagnostic[]) => void;
  /** Hears of what should not have happened. */
  readonly fault: (error: unknown) => void;
  /** Tells that what is shown of a document is out of date. */
  readonly changed: (document: TextDocument) => void;
}

export interface Session {
  /** The analysis of this version of the document. */
  analysisOf(document: TextDocument): Analysis;
  /** Absolute path of its data; null where it names none, or no folder is known. */
  dataPathOf(document: TextDocument): string | null;
  /** What its data hold, as far as it is known now. */
  dataOf(document: TextDocument): DataDescription | null;
  /** The document was opened or changed: validate it soon, once for a burst of edits. */
  touch(document: TextDocument): void;
  close(document: TextDocument): void;
  /** A file beside the documents changed: validate what uses it. */
  fileChanged(path: string, open: readonly TextDocument[]): void;
}

/** Quiet time after which a burst of edits is validated, in milliseconds. */
const PATIENCE = 60;

/** A session that tells its host what it finds. */
export function createSession(host: SessionHost): Session {
  const analyses = new WeakMap<TextDocument, { readonly version: number; readonly analysis: Analysis }>();
  const timers = new Map<string, NodeJS.Timeout>();

  const analysisOf = (document: TextDocument): Analysis => {
    const known = analyses.get(document);
    if (known?.version === document.version) return known.analysis;
    const analysis = analyse(document.getText());
    analyses.set(document, { version: document.version, analysis });
    return analysis;
  };
  const pathOf = (document: TextDocument): string | null => {
    const folder = folderOf(document.uri) ?? host.workspaceFolder();
    return folder === null ? null : dataPathOf(analysisOf(document), folder);
  };
  const knownData = (document: TextDocument): DataDescription | DataFailure | null => {
    const path = pathOf(document);
    return path === null ? null : host.data.known(path, columnsOf(analysisOf(document)));
  };
  const validateNow = async (document: TextDocument): Promise<void> => {
    const { version } = document;
    const analysis = analysisOf(document);
    const known = knownData(document);
    host.publish(document, validate(analysis, known));
    host.changed(document);
    const path = pathOf(document);
    if (path === null) return;
    const answer = await host.data.describe(path, columnsOf(analysis));
    // A newer text has its own run; a document that was closed has nothing to be told.
    const current = document.version === version && timers.has(document.uri);
    if (current && answer !== known) host.publish(document, validate(analysis, answer));
  };
  const touch = (document: TextDocument): void => {
    clearTimeout(timers.get(document.uri));
    timers.set(
      document.uri,
      setTimeout(() => void validateNow(document).catch(host.fault), PATIENCE),
    );
  };

  return {
    analysisOf,
    dataPathOf: pathOf,
    dataOf: (document) => {
      const known = knownData(document);
      return known?.kind === 'description' ? known : null;
    },
    touch,
    close: (document) => {
      clearTimeout(timers.get(document.uri));
      timers.delete(document.uri);
      host.publish(document, []);
    },
    fileChanged: (path, open) => {
      host.data.forget(path);
      for (const document of open) if (pathOf(document) === path) touch(document);
    },
  };
}

function columnsOf(analysis: Analysis): string[] {
  return [...usedColumns(analysis).keys()];
}

/** Folder of a file; null for what is not a file. */
function folderOf(uri: string): string | null {
  return uri.startsWith('file:') ? dirname(fileURLToPath(uri)) : null;
}
