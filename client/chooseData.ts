/** A spec that names no data: the person chooses a file of the workspace, and the statement is written for them. */

import { dirname } from 'node:path';
import { Position, type QuickPickItem, type Uri, WorkspaceEdit, window, workspace } from 'vscode';
import { type DataFileCandidate, rankDataRequest } from '../server/protocol.ts';
import { dataReference, dataStatement } from './dataReference.ts';
import type { LanguageServer } from './languageServer.ts';

/** Files looked at; a workspace with more is one where a person knows the name. */
const MAXIMUM_FILES = 200;

/**
 * Offers the data files of the workspace, the one whose header fits the spec best first, and writes the chosen one into it.
 * False where nothing was chosen.
 */
export async function chooseData(uri: Uri, server: LanguageServer): Promise<boolean> {
  const files = await workspace.findFiles(
    '**/*.{csv,tsv,jsonl,ndjson,csv.gz,tsv.gz,jsonl.gz,parquet}',
    '**/node_modules/**',
    MAXIMUM_FILES,
  );
  const candidates = await server.request(rankDataRequest, {
    uri: uri.toString(),
    paths: files.map((file) => file.fsPath),
  });
  if (candidates.length === 0) {
    void window.showWarningMessage(
      'There is no CSV, TSV, JSON-lines or Parquet file in this workspace. Add one, and a line such as `data "file.csv"` to the spec.',
    );
    return false;
  }
  const folder = folderOf(uri);
  const chosen = await window.showQuickPick(
    candidates.map((candidate) => pickItem(candidate, folder)),
    {
      title: 'Which data is this spec about?',
      placeHolder: 'The file is written into the spec as its data statement',
    },
  );
  if (chosen === undefined) return false;
  const edit = new WorkspaceEdit();
  edit.insert(uri, new Position(0, 0), `${dataStatement(chosen.label)}\n\n`);
  return workspace.applyEdit(edit);
}

/** Where the server looks for the data of a spec; null where it does not know. */
function folderOf(uri: Uri): string | null {
  if (uri.scheme === 'file') return dirname(uri.fsPath);
  const [first] = workspace.workspaceFolders ?? [];
  return first?.uri.scheme === 'file' ? first.uri.fsPath : null;
}

function pickItem({ path, matching, variables }: DataFileCandidate, folder: string | null): QuickPickItem {
  return {
    label: dataReference(folder, path),
    description: `has ${matching} of the ${variables} columns`,
  };
}
