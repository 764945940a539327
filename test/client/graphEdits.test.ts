/** What the page draws, as the extension makes it in the document: one edit, of the text that the server looked at. */

import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { GraphEdit } from '../../engine/report/graphEdit.ts';
import type { GraphEditAnswer } from '../../server/protocol.ts';

const editor = vi.hoisted(() => ({
  applied: [] as unknown[],
  /** Whether the editor takes an edit. */
  takes: true,
  did: [] as string[],
  visible: [] as { readonly document: unknown; readonly viewColumn: number }[],
}));

vi.mock('vscode', () => ({
  env: {},
  ViewColumn: { One: 1 },
  Range: class {
    readonly places: readonly number[];
    constructor(...places: number[]) {
      this.places = places;
    }
  },
  WorkspaceEdit: class {
    readonly replaced: unknown[] = [];
    replace(uri: unknown, range: { readonly places: readonly number[] }, text: string): void {
      this.replaced.push([String(uri), range.places, text]);
    }
  },
  workspace: {
    applyEdit: async (edit: { readonly replaced: readonly unknown[] }) => {
      if (editor.takes) editor.applied.push(edit.replaced);
      return editor.takes;
    },
  },
  window: {
    get visibleTextEditors() {
      return editor.visible;
    },
    showTextDocument: async (_document: unknown, { viewColumn }: { readonly viewColumn: number }) => {
      editor.did.push(`shown in ${viewColumn}`);
    },
  },
  commands: { executeCommand: async (command: string) => void editor.did.push(command) },
}));

const { answerQuestion } = await import('../../client/questions/answer.ts');

type Desk = Parameters<typeof answerQuestion>[1];

const EDIT: GraphEdit = { kind: 'add-arrow', arrow: { kind: 'directed', from: 'a', to: 'b' } };
const EDITS: GraphEditAnswer = {
  kind: 'edits',
  edits: [
    { range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } }, text: 'a -> b\n' },
    { range: { start: { line: 3, character: 2 }, end: { line: 4, character: 1 } }, text: '' },
  ],
  told: 'Drew a → b.',
};

let document: { version: number; isClosed: boolean };
let asked: unknown[];
/** What happens while the server thinks. */
let meanwhile: () => void;
let answer: GraphEditAnswer;

beforeEach(() => {
  Object.assign(editor, { applied: [], takes: true, did: [], visible: [] });
  document = { version: 4, isClosed: false };
  [asked, meanwhile, answer] = [[], () => {}, EDITS];
});

function ask(kind: string, question: unknown) {
  const desk = {
    spec: { toString: () => 'file:///w/a.causal' },
    open: async () => document,
    panel: { reveal: () => void editor.did.push('page') },
    server: {
      request: async (_descriptor: unknown, params: unknown) => {
        asked.push(params);
        meanwhile();
        return answer;
      },
    },
  };
  return answerQuestion({ type: 'question', id: 7, kind, asked: question }, desk as unknown as Desk);
}

describe('an edit of the graph', () => {
  it('is one edit of the document, open in an editor or not', async () => {
    expect(await ask('edit', { edit: EDIT })).toEqual({
      type: 'answer',
      id: 7,
      answer: { told: 'Drew a → b.' },
    });
    expect(asked).toEqual([{ uri: 'file:///w/a.causal', version: 4, edit: EDIT }]);
    expect(editor.applied).toEqual([
      [
        ['file:///w/a.causal', [1, 0, 1, 0], 'a -> b\n'],
        ['file:///w/a.causal', [3, 2, 4, 1], ''],
      ],
    ]);
  });

  it('is not made where the server refuses, and the page is told why', async () => {
    answer = { kind: 'refused', message: 'b → a is already in the graph.' };
    expect(await ask('edit', { edit: EDIT })).toMatchObject({ type: 'refusal', message: answer.message });
    expect(editor.applied).toEqual([]);
  });

  it.each([
    ['typed', () => Object.assign(document, { version: 5 })],
    ['closed', () => Object.assign(document, { isClosed: true })],
  ])('is not made in a text that was %s in the meantime', async (_how, happens) => {
    meanwhile = () => void happens();
    expect(await ask('edit', { edit: EDIT })).toMatchObject({
      type: 'refusal',
      message: expect.stringContaining('has changed in the meantime'),
    });
    expect(editor.applied).toEqual([]);
  });

  it('that the editor does not take is said to have failed', async () => {
    editor.takes = false;
    expect(await ask('edit', { edit: EDIT })).toMatchObject({
      type: 'refusal',
      message: expect.stringContaining('read-only'),
    });
  });

  it('that is none never reaches the server', async () => {
    for (const edit of [undefined, null, 'x', { kind: 'add-arrow', arrow: { from: 'a', to: 'b' } }])
      expect(await ask('edit', { edit })).toMatchObject({ type: 'refusal' });
    expect(asked).toEqual([]);
  });
});

describe('undo', () => {
  it('shows the text where it is, takes the change back, and returns to the page', async () => {
    editor.visible = [{ document, viewColumn: 2 }];
    expect(await ask('undo', { redo: false })).toMatchObject({ type: 'answer' });
    expect(editor.did).toEqual(['shown in 2', 'undo', 'page']);
  });

  it('shows a text that no editor shows, and makes the change again', async () => {
    await ask('undo', { redo: true });
    expect(editor.did).toEqual(['shown in 1', 'redo', 'page']);
    expect(await ask('undo', {})).toMatchObject({ type: 'refusal' });
  });
});
