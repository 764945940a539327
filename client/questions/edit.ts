import { Range, WorkspaceEdit, workspace } from 'vscode';
import { readGraphEdit } from '../../engine/report/graphEdit.ts';
import { graphEditRequest } from '../../server/protocol.ts';
import type { Answerer } from './answerer.ts';

/** Makes a change of the graph in the spec's document, whether or not an editor shows it: one step for undo. */
export const edit: Answerer<'edit'> = {
  read: ({ edit }) => {
    const known = readGraphEdit(edit);
    return known === null ? null : { edit: known };
  },
  answer: async ({ edit }, { spec, server, open }) => {
    const document = await open();
    const { version } = document;
    const answer = await server.request(graphEditRequest, { uri: spec.toString(), version, edit });
    if (answer.kind === 'refused') throw new Error(answer.message);
    // Somebody may have typed while the server was asked: its places are those of another text then.
    if (document.isClosed || document.version !== version)
      throw new Error('The text has changed in the meantime. Please try again.');
    const change = new WorkspaceEdit();
    for (const { range, text } of answer.edits) {
      const { start, end } = range;
      change.replace(spec, new Range(start.line, start.character, end.line, end.character), text);
    }
    if (!(await workspace.applyEdit(change)))
      throw new Error('The editor did not take the change. The file may be read-only.');
    return { told: answer.told };
  },
};
