/** What the page asks about data, as the extension reads and passes it on. */

import { expect, test, vi } from 'vitest';
import type { Desk } from '../../client/questions/answerer.ts';

vi.mock('vscode', () => ({
  Position: class {},
  WorkspaceEdit: class {},
  window: { showWarningMessage: () => {} },
  workspace: { findFiles: async () => [] },
}));

const { answerQuestion } = await import('../../client/questions/answer.ts');

const spec = { scheme: 'file', fsPath: '/w/a.causal', toString: () => 'file:///w/a.causal' };

function desk(answer: unknown): Desk & { readonly asked: unknown[] } {
  const asked: unknown[] = [];
  const server = {
    request: async ({ method }: { readonly method: string }, params: unknown) => {
      asked.push([method, params]);
      return answer;
    },
  };
  return { spec, server, open: async () => ({}), asked } as unknown as Desk & { readonly asked: unknown[] };
}

const ask = (kind: string, asked: unknown, at: Desk) =>
  answerQuestion({ type: 'question', id: 7, kind, asked }, at);

test('what the data hold is asked of the server, for this spec alone', async () => {
  const at = desk({ kind: 'failure', code: 'no-data', message: 'None.' });
  expect(await ask('describe', { uri: 'file:///etc/passwd' }, at)).toEqual({
    type: 'answer',
    id: 7,
    answer: { kind: 'failure', code: 'no-data', message: 'None.' },
  });
  expect(at.asked).toEqual([['causal/describeData', { uri: 'file:///w/a.causal' }]]);
});

test('a pair is two names that differ, and nothing else gets through', async () => {
  const at = desk({ kind: 'nothing' });
  expect(await ask('scatter', { x: 'a', y: '<script>', uri: 'file:///b', more: 1 }, at)).toMatchObject({
    type: 'answer',
    answer: { kind: 'nothing' },
  });
  expect(at.asked).toEqual([['causal/describePair', { uri: 'file:///w/a.causal', x: 'a', y: '<script>' }]]);
  for (const asked of [null, 7, {}, { x: 'a' }, { x: 'a', y: 3 }, { x: ['a'], y: 'b' }, { x: 'a', y: 'a' }])
    expect(await ask('scatter', asked, at)).toMatchObject({ type: 'refusal', id: 7 });
  expect(at.asked).toHaveLength(1);
});

test('where there is no file to choose, none was chosen', async () => {
  expect(await ask('chooseData', {}, desk([]))).toMatchObject({ type: 'answer', answer: false });
});
