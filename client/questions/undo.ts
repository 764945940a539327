import { commands, ViewColumn, window } from 'vscode';
import type { Answerer } from './answerer.ts';

/**
 * Takes the last change of the spec's text back, whoever made it. The editor knows no other way than its own command in the text's editor, which
 * has to have the focus: it is shown, and the page gets the focus back.
 */
export const undo: Answerer<'undo'> = {
  read: ({ redo }) => (typeof redo === 'boolean' ? { redo } : null),
  answer: async ({ redo }, { open, panel }) => {
    const document = await open();
    const shown = window.visibleTextEditors.find((editor) => editor.document === document);
    await window.showTextDocument(document, { viewColumn: shown?.viewColumn ?? ViewColumn.One });
    await commands.executeCommand(redo ? 'redo' : 'undo');
    panel.reveal(undefined, false);
    return null;
  },
};
