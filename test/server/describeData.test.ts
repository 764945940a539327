/** What the model view asks about the data of a document. */

import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type DescribeAnswer,
  describeDataRequest,
  describePairRequest,
  type PairAnswer,
} from '../../server/protocol.ts';
import { folderWith } from '../support/cli.ts';
import { type RunningServer, startServer } from '../support/languageServer.ts';

const HOSTILE = '<b>“ü\u202e';
const rows = Array.from(
  { length: 200 },
  (_, i) => `${i % 2},${(i * 37) % 101},${i % 5 === 0 ? '' : (i * 17) % 7},${i % 3 === 0 ? 'x' : 'y'}`,
).join('\n');
const csv = `t,y,a,${HOSTILE}\n${rows}\n`;
const spec = `data "d.csv" {\n  where y >= 10\n}\nvariable t, y, a, \`${HOSTILE}\`\nlatent u\nvariable h = a > 3\na -> t, y\nt -> y\ntreatment t\noutcome y\n`;

let server: RunningServer;
let folder: ReturnType<typeof folderWith>;
let documents = 0;

beforeAll(async () => {
  folder = folderWith({ 'd.csv': csv });
  server = await startServer();
});
afterAll(async () => {
  expect(await server.stop()).toBe(0);
  folder.remove();
});

async function opened(text: string): Promise<string> {
  documents += 1;
  const uri = pathToFileURL(`${folder.path}/${documents}.causal`).toString();
  await server.open(uri, text);
  return uri;
}

const described = (uri: string): Promise<DescribeAnswer> =>
  server.connection.sendRequest(describeDataRequest.method, { uri });
const pair = (uri: string, x: string, y: string): Promise<PairAnswer> =>
  server.connection.sendRequest(describePairRequest.method, { uri, x, y });

describe('the data of a document', () => {
  it('are described, by group of the treatment', async () => {
    const answer = await described(await opened(spec));
    if (answer.kind === 'failure') throw new Error(answer.message);
    expect(answer.file).toBe('d.csv');
    expect(answer.rows.read).toBe(200);
    expect(answer.rows.kept).toBe(200 - answer.rows.dropped.where);
    expect(answer.rows.dropped.where).toBeGreaterThan(0);
    expect(answer.variables.map(({ name }) => name)).toEqual(['t', 'y', 'a', HOSTILE, 'h']);
    expect(answer.byArm?.split.arms.map(({ label }) => label)).toEqual(['= 0', '= 1']);
    const [, y] = answer.byArm?.variables ?? [];
    const counted = y?.arms.flatMap(({ counts }) => counts).reduce((sum, count) => sum + count, 0);
    expect(counted).toBe(answer.rows.kept);
    expect(answer.comparisons[0]?.variables.map(({ variable }) => variable)).toContain('a');
  });

  it('are read anew once the text asks something else, or the file is another', async () => {
    const uri = await opened(spec);
    const first = await described(uri);
    await server.change(uri, 2, spec.replace('y >= 10', 'y >= 50'));
    const second = await described(uri);
    if (first.kind === 'failure' || second.kind === 'failure') throw new Error('not described');
    expect(second.rows.kept).toBeLessThan(first.rows.kept);
    writeFileSync(`${folder.path}/d.csv`, `${csv}1,99,1,x\n`);
    const third = await described(uri);
    expect(third.kind === 'described' && third.rows.read).toBe(201);
  });

  it('are shown two and two', async () => {
    const uri = await opened(spec);
    const points = await pair(uri, 'a', 'y');
    expect(points).toMatchObject({ kind: 'points', x: { name: 'a' }, y: { kind: 'numbers', name: 'y' } });
    const shares = await pair(uri, HOSTILE, 'h');
    expect(shares).toMatchObject({ kind: 'shares', x: { levels: ['x', 'y'] }, y: { levels: ['0', '1'] } });
    expect(await pair(uri, 'gone', 'y')).toMatchObject({ kind: 'failure', code: 'column-missing' });
  });

  it('that cannot be had are told of with what to do', async () => {
    const asked = async (text: string): Promise<DescribeAnswer> => described(await opened(text));
    expect(await asked('variable a\n')).toMatchObject({ kind: 'failure', code: 'no-data' });
    expect(await asked('data "gone.csv"\nvariable a\n')).toMatchObject({ code: 'data-not-found' });
    expect(await asked('data "d.csv" {\n  where y >\n}\nvariable y\n')).toMatchObject({
      code: 'data-statement',
    });
    expect(await described('file:///nowhere.causal')).toMatchObject({ kind: 'failure', code: 'job-failed' });
  });
});
