/** Edits of the graph as an editor asks the language server for them. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import { type GraphEditAnswer, graphEditRequest } from '../../server/protocol.ts';
import { type RunningServer, startServer } from '../support/languageServer.ts';

const URI = 'file:///work/a.causal';
const TEXT = 'variable a, b, c\r\na -> b # why\r\n';
const ARROW = { kind: 'directed', from: 'b', to: 'c' } as const;

let server: RunningServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(async () => {
  expect(await server.stop()).toBe(0);
});

const ask = (params: object): Promise<GraphEditAnswer> =>
  server.connection.sendRequest<GraphEditAnswer>(graphEditRequest.method, {
    uri: URI,
    version: 1,
    edit: { kind: 'add-arrow', arrow: ARROW },
    ...params,
  });

it('answers with places of the text, for the version that is asked about alone', async () => {
  await server.open(URI, TEXT);
  const end = { line: 1, character: 12 };
  expect(await ask({})).toEqual({
    kind: 'edits',
    edits: [{ range: { start: end, end }, text: '\r\nb -> c' }],
    told: 'Drew b → c.',
  });
  await server.change(URI, 2, `${TEXT}\r\n`);
  expect(await ask({})).toEqual({
    kind: 'refused',
    message: 'The text has changed in the meantime. Please try again.',
  });
  expect(await ask({ version: 2, edit: { kind: 'add-arrow', arrow: { ...ARROW, to: 'a' } } })).toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('only one of the two can be the cause'),
  });
});

it('refuses what it does not know', async () => {
  expect(await ask({})).toEqual({ kind: 'refused', message: 'The document is not open.' });
  await server.open(URI, TEXT);
  for (const edit of [undefined, null, 7, { kind: 'paint' }])
    expect(await ask({ edit })).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('versions'),
    });
  expect(await ask({ uri: 7 })).toMatchObject({ kind: 'refused' });
});
