import { Range, type TextDocument, ViewColumn, window } from 'vscode';
import type { Place } from '../server/protocol.ts';

/** Selects a range of a document in the editor that shows it, or in the first column where none does. */
export async function showPlace(
  document: TextDocument,
  place: { readonly start: Place; readonly end: Place },
): Promise<void> {
  const uri = document.uri.toString();
  const shown = window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri);
  const selection = new Range(place.start.line, place.start.character, place.end.line, place.end.character);
  await window.showTextDocument(document, { viewColumn: shown?.viewColumn ?? ViewColumn.One, selection });
}
