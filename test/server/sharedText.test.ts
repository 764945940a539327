/** A spec as a text to paste elsewhere, as the extension asks for it over the wire. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toWire } from '../../engine/report/wire.ts';
import { type ExportAnswer, exportGraphRequest, sharedTextRequest } from '../../server/protocol.ts';
import { type RunningServer, startServer } from '../support/languageServer.ts';
import { MUSIC_REPORT } from '../views/reports.ts';

const SPEC = `data "music.csv"
variable personalized, engagement, age
age -> personalized, engagement
personalized -> engagement
treatment personalized
outcome engagement
estimate regression
`;
const uri = 'untitled:Untitled-1';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
  await server.open(uri, SPEC);
});
afterAll(async () => {
  expect(await server.stop()).toBe(0);
});

const shared = (what: unknown, report: unknown = null, of: unknown = uri): Promise<ExportAnswer> =>
  server.connection.sendRequest<ExportAnswer>(sharedTextRequest.method, { uri: of, what, report });

describe('shared texts', () => {
  it.each(['dagitty', 'dot', 'mermaid', 'tikz'])('%s is what the export of graphs gives', async (format) => {
    const exported = await server.connection.sendRequest(exportGraphRequest.method, { uri, format });
    expect(await shared(format)).toEqual(exported);
  });

  it('scripts are those of the terminal', async () => {
    expect(await shared('code:dowhy')).toMatchObject({
      kind: 'text',
      text: expect.stringMatching(/^import numpy/),
    });
    expect(await shared('code:fixest')).toMatchObject({ text: expect.stringMatching(/^library\(fixest\)/) });
    expect(await shared('code:dagitty')).toMatchObject({
      text: expect.stringMatching(/^library\(dagitty\)/),
    });
  });

  it('the paragraph on methods tells of the estimates that are sent, infinite intervals too', async () => {
    const [first, ...rest] = MUSIC_REPORT.estimates;
    const endless = { ...first, ci: [Number.NEGATIVE_INFINITY, 2] };
    const answer = await shared('method', toWire({ ...MUSIC_REPORT, estimates: [endless, ...rest] }));
    expect(answer).toMatchObject({ kind: 'text', notes: [] });
    const text = answer.kind === 'text' ? answer.text : '';
    expect(text).toMatch(/^We estimated the effect of personalized on engagement.*\(seed 1\)\.\n$/s);
    expect(text).toContain('interval −∞ to 2');
  });

  it.each([null, 7, {}, { rows: {}, estimates: [] }, { estimates: 'x', rows: 1 }])(
    'without estimates (%j) says what to do',
    async (report) => {
      expect(await shared('method', report)).toMatchObject({
        kind: 'failure',
        code: 'no-estimates',
        message: expect.stringContaining('Run the estimates first'),
      });
    },
  );

  it.each(['code:stata', 'code:', '', 7, null, '__proto__'])('%j is refused', async (what) => {
    expect(await shared(what)).toMatchObject({ kind: 'failure', code: 'unknown-format' });
  });

  it('of a document that is not open there is none', async () => {
    for (const what of ['method', 'code:dowhy', 'dot'])
      expect(await shared(what, null, 'untitled:other')).toMatchObject({ code: 'not-open' });
  });
});
