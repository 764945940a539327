/** Every spec of the workspace, analysed: the open ones as they are being written, the others as they lie on the disk. */

import { readFile, stat } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { CancellationToken } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { analyse } from '../analysis/analyse.ts';
import type { AnalysedText } from '../features/workspaceSymbols.ts';
import { fileStamp } from '../fileStamp.ts';
import { pathOfUri } from '../uris.ts';
import type { Server } from './server.ts';
import { findSpecs } from './specFiles.ts';

export interface WorkspaceSpecs {
  /** All of them, unless the token says that nobody waits any more. */
  all(token: CancellationToken): Promise<readonly AnalysedText[]>;
}

/** Analyses kept for the next question; of more files than that the rest is read again. */
const KEPT = 100;

interface Shelved {
  readonly state: string;
  readonly spec: AnalysedText;
}

/** Reads a file again only where it has changed. */
export function createWorkspaceSpecs({ documents, session, folders }: Server): WorkspaceSpecs {
  const shelves = new Map<string, Shelved>();
  const read = async (path: string): Promise<AnalysedText[]> => {
    const state = await stateOf(path);
    const known = shelves.get(path);
    if (state !== null && known?.state === state) return [known.spec];
    shelves.delete(path);
    const text = state === null ? null : await readFile(path, 'utf8').catch(() => null);
    if (state === null || text === null) return [];
    const document = TextDocument.create(pathToFileURL(path).toString(), 'causal', 0, text);
    const spec = { document, analysis: analyse(text) };
    if (shelves.size < KEPT) shelves.set(path, { state, spec });
    return [spec];
  };
  return {
    all: async (token) => {
      const open = documents.all();
      const opened = new Set(open.map(({ uri }) => pathOfUri(uri)));
      const closed: AnalysedText[] = [];
      const paths = await findSpecs(folders());
      const present = new Set(paths);
      for (const path of shelves.keys()) if (!present.has(path)) shelves.delete(path);
      for (const path of paths) {
        if (token.isCancellationRequested) break;
        if (!opened.has(path)) closed.push(...(await read(path)));
      }
      return [...open.map((document) => session.specOf(document)), ...closed];
    },
  };
}

async function stateOf(path: string): Promise<string | null> {
  return fileStamp(await stat(path).catch(() => null));
}
