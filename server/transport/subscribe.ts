/** Asks a client that has introduced itself for what it can tell. */

import { DidChangeConfigurationNotification, DidChangeWatchedFilesNotification } from 'vscode-languageserver';
import { CONFIG_FILE } from '../configFile.ts';
import { logFault } from '../safely.ts';
import { pathsOfFolders } from './folders.ts';
import type { Server } from './server.ts';

/** Files whose changes matter to specs. */
const WATCHED = ['**/*.{csv,tsv,tab,txt,jsonl,ndjson,json,gz,parquet}', `**/${CONFIG_FILE}`];

/** What the client refuses it does not tell; the server goes on without. */
export function subscribe({ connection, abilities, changeFolders }: Server): void {
  const { configuration, watchesFiles, workspaceFolders } = abilities();
  const fault = (error: unknown): void => logFault(connection, error);
  if (configuration) {
    const section = { section: 'causal' };
    connection.client.register(DidChangeConfigurationNotification.type, section).catch(fault);
  }
  if (watchesFiles) {
    const watchers = WATCHED.map((globPattern) => ({ globPattern }));
    connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(fault);
  }
  if (workspaceFolders) {
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) =>
      changeFolders(pathsOfFolders(added), pathsOfFolders(removed)),
    );
  }
}
