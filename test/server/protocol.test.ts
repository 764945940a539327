/** What an editor and the language server say to each other. */

import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CancellationTokenSource, type PublishDiagnosticsParams } from 'vscode-languageserver-protocol/node';
import { estimateProgress, estimateRequest, graphRequest, rankDataRequest } from '../../server/protocol.ts';
import { folderWith } from '../support/cli.ts';
import { eventually } from '../support/eventually.ts';
import { type RunningServer, startServer } from '../support/languageServer.ts';
import { childrenOf, ends } from '../support/processes.ts';

const rows = Array.from({ length: 200 }, (_row, i) => `${i % 2},${(i * 37) % 11},${(i * 17) % 7}`).join('\n');
const spec =
  'data "d.csv"\nvariable x, y, a\na -> x, y\nx -> y\ntreatment x\noutcome y\nestimate regression\n';

let server: RunningServer;
let connection: RunningServer['connection'];
let folder: ReturnType<typeof folderWith>;
let uri: string;

beforeEach(async () => {
  folder = folderWith({ 'd.csv': `x,y,a\n${rows}\n`, 'other.csv': 'q,r\n1,2\n', 'a.causal': spec });
  uri = pathToFileURL(`${folder.path}/a.causal`).toString();
  server = await startServer();
  connection = server.connection;
});

afterEach(async () => {
  expect(await server.stop()).toBe(0);
  folder.remove();
});

const open = (text: string): Promise<void> => server.open(uri, text);
const change = (version: number, text: string): Promise<void> => server.change(uri, version, text);

const codes = ({ diagnostics: list }: PublishDiagnosticsParams) => list.map(({ code }) => code);

describe('the language server', () => {
  it('tells faults of text and of data, and takes them back when they are mended', async () => {
    await open(spec.replace('variable x, y, a', 'variable x, y, a, wage').replace('x -> y', 'x -> yy'));
    const first = await server.diagnostics((params) => codes(params).includes('column-missing'));
    expect(codes(first)).toContain('undeclared-name');
    await change(2, spec);
    const mended = await server.diagnostics((params) => params.version === 2);
    expect(codes(mended)).toEqual([]);
  });

  it('answers a burst of edits with diagnostics of the last text alone', async () => {
    await open(spec);
    await server.diagnostics((params) => params.version === 1);
    for (let version = 2; version <= 50; version++) await change(version, `${spec}x -> q${version}\n`);
    const last = await server.diagnostics((params) => params.version === 50);
    expect(last.diagnostics.map(({ message }) => message).join()).toContain('q50 is not declared');
    expect(
      server.published.filter(({ version }) => version !== undefined && version > 1 && version < 49).length,
    ).toBeLessThan(10);
  });

  it('does not validate each of a burst of edits that are typed, and shows nothing older afterwards', async () => {
    await open(spec);
    const validations = () => server.heard('causal/documentChanged') as { version: number }[];
    await eventually(() => expect(validations()).toHaveLength(1));
    for (let version = 2; version <= 51; version++) {
      await change(version, `${spec}x -> q${version}\n`);
      await pause(20);
    }
    const shown = await server.diagnostics((params) => params.version === 51);
    const before = server.published.length;
    expect(shown.diagnostics.map(({ message }) => message).join()).toContain('q51 is not declared');
    await pause(1000);
    expect(server.published.slice(before).every(({ version }) => version === 51)).toBe(true);
    // A busy machine may let the server see a pause or two where there was none.
    const versions = validations().map(({ version }) => version);
    expect([versions[0], versions.at(-1)]).toEqual([1, 51]);
    expect(versions.length).toBeLessThan(15);
  });

  it.skipIf(process.platform === 'win32')('ends with its processes where the editor is gone', async () => {
    const abandoned = await startServer();
    await abandoned.open(uri, `${spec}estimate regression as "slow" {\n  bootstrap 100000\n}\n`);
    abandoned.connection.sendRequest(estimateRequest.method, { uri, run: '3' }).catch(() => {});
    await eventually(() => expect(childrenOf(abandoned.pid)).not.toEqual([]));
    const workers = childrenOf(abandoned.pid);
    abandoned.hangUp();
    for (const id of [abandoned.pid, ...workers]) expect(await ends(id)).toBe(true);
  });

  it('estimates what the terminal estimates, with progress', async () => {
    const stages: string[] = [];
    connection.onNotification(estimateProgress.method, ({ stage }: { stage: string }) => {
      stages.push(stage);
    });
    await open(spec);
    const answer = await connection.sendRequest<{
      kind: string;
      report: { estimates: { name: string; estimate: number }[] };
    }>(estimateRequest.method, { uri, run: '1' });
    expect(answer.kind).toBe('report');
    expect(answer.report.estimates.map(({ name }) => name)).toEqual([
      'Linear regression',
      'Unadjusted difference',
    ]);
    expect(stages.slice(0, 2)).toEqual(['Starting', 'Reading d.csv']);
    expect(stages).toContain('Estimating Linear regression');
  });

  describe.skipIf(process.platform === 'win32')('has the process of a run', () => {
    const slow = `${spec}estimate regression as "slow" {\n  bootstrap 100000\n}\n`;

    /** Starts a run that takes long, and waits until its process resamples. */
    const startRun = async (on: RunningServer) => {
      await on.open(uri, slow);
      const source = new CancellationTokenSource();
      const resampling = new Promise<void>((resolve) => {
        on.connection.onNotification(estimateProgress.method, ({ stage }: { stage: string }) => {
          if (stage === 'Estimating slow') resolve();
        });
      });
      const answer = on.connection.sendRequest(estimateRequest.method, { uri, run: '2' }, source.token);
      await resampling;
      return { source, answer, workers: childrenOf(on.pid) };
    };

    it('end when the run is cancelled', async () => {
      const { source, answer, workers } = await startRun(server);
      source.cancel();
      await expect(answer).rejects.toThrow(/Cancelled/);
      expect(workers).not.toEqual([]);
      for (const worker of workers) expect(await ends(worker)).toBe(true);
    });

    it('end when the server crashes', async () => {
      const crashing = await startServer();
      const { answer, workers } = await startRun(crashing);
      answer.catch(() => {});
      crashing.kill();
      expect(workers).not.toEqual([]);
      for (const worker of workers) expect(await ends(worker)).toBe(true);
    });
  });

  it('gives the graph, marked where the text is broken', async () => {
    await open(spec);
    const graph = await connection.sendRequest<{
      broken: boolean;
      snapshot: { nodes: { name: string; role: string }[] };
    }>(graphRequest.method, { uri });
    expect(graph.broken).toBe(false);
    expect(graph.snapshot.nodes.map(({ name, role }) => [name, role])).toEqual([
      ['x', 'treatment'],
      ['y', 'outcome'],
      ['a', 'confounder'],
    ]);
    await change(2, `${spec}a -> \n`);
    expect(await connection.sendRequest(graphRequest.method, { uri })).toMatchObject({ broken: true });
  });

  it('ranks data files by how well their header fits', async () => {
    await open(spec.replace(/^data.*\n/, ''));
    const ranked = await connection.sendRequest<{ path: string; matching: number }[]>(
      rankDataRequest.method,
      {
        uri,
        paths: [`${folder.path}/other.csv`, `${folder.path}/d.csv`, `${folder.path}/nope.csv`],
      },
    );
    expect(ranked.map(({ path, matching }) => [path.split('/').at(-1), matching])).toEqual([
      ['d.csv', 3],
      ['other.csv', 0],
    ]);
  });

  it('answers requests about documents that are not open with nothing', async () => {
    const at = { textDocument: { uri: 'file:///nowhere.causal' }, position: { line: 0, character: 0 } };
    expect(await connection.sendRequest('textDocument/hover', at)).toBeNull();
    expect(await connection.sendRequest('textDocument/completion', at)).toEqual([]);
    expect(await connection.sendRequest(graphRequest.method, { uri: 'file:///nowhere.causal' })).toBeNull();
  });

  it('hears of a data file that changes', async () => {
    await open(spec.replace('variable x, y, a', 'variable x, y, a, wage'));
    await server.diagnostics((params) => codes(params).includes('column-missing'));
    const { writeFileSync } = await import('node:fs');
    writeFileSync(`${folder.path}/d.csv`, `x,y,a,wage\n${rows.replaceAll('\n', ',1\n')},2\n`);
    const before = server.published.length;
    const changed = pathToFileURL(`${folder.path}/d.csv`).toString();
    await connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: changed, type: 2 }],
    });
    const after = await server.diagnostics(
      (params) => server.published.indexOf(params) >= before && !codes(params).includes('column-missing'),
    );
    expect(codes(after)).not.toContain('column-missing');
  });
});
