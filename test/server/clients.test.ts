/** Editors differ in what they can do and in what they say: the server as each of them meets it. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DocumentDiagnosticReport } from 'vscode-languageserver-protocol';
import { eventually } from '../support/eventually.ts';
import {
  type Client,
  DOCUMENT_REQUESTS,
  type RunningServer,
  startServer,
} from '../support/languageServer.ts';

let folder: string;
let server: RunningServer | null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'causal-clients-'));
  server = null;
});
afterEach(async () => {
  expect(await server?.stop()).toBe(0);
  rmSync(folder, { recursive: true });
});

const start = async (client: Client = {}): Promise<RunningServer> => {
  server = await startServer(client);
  return server;
};
const at = (...path: string[]): string => join(folder, ...path);
const uriOf = (...path: string[]): string => pathToFileURL(at(...path)).toString();
const codesOf = (report: DocumentDiagnosticReport) =>
  report.kind === 'full' ? report.items.map(({ code }) => code) : null;
const write = (name: string, text: string): void => {
  mkdirSync(join(at(name), '..'), { recursive: true });
  writeFileSync(at(name), text);
};

const PULLS = {
  textDocument: { diagnostic: {} },
  workspace: { diagnostics: { refreshSupport: true } },
};
const SPEC = 'variable x, y, z\nx -> y\ntreatment x\noutcome y\nadjust z\n';

describe('a client that asks for diagnostics', () => {
  it('is offered them, and is not sent them', async () => {
    const { initialized, open, pull, published } = await start({ capabilities: PULLS });
    expect(initialized.capabilities.diagnosticProvider).toMatchObject({ interFileDependencies: true });
    await open(uriOf('a.causal'), 'variable x\nx -> q\n');
    expect(codesOf(await pull(uriOf('a.causal')))).toEqual(['undeclared-name']);
    expect(published).toEqual([]);
  });

  it('is answered once a burst of edits is over, about the last text', async () => {
    const { open, change, pull } = await start({ capabilities: PULLS });
    const uri = uriOf('a.causal');
    await open(uri, 'variable x\n');
    const reports: Promise<DocumentDiagnosticReport>[] = [];
    for (let version = 2; version <= 20; version++) {
      await change(uri, version, `variable x\nx -> q${version}\n`);
      reports.push(pull(uri));
    }
    const ids = (await Promise.all(reports)).map((report) => 'resultId' in report && report.resultId);
    // One, or another where the machine paused amid the burst.
    expect(new Set(ids).size).toBeLessThanOrEqual(3);
    const last = await pull(uri);
    expect(last.kind === 'full' && last.items[0]?.message).toContain('q20');
  });

  it('is told that nothing has changed, and asked to ask again when the data have', async () => {
    write('d.csv', 'x,y\n0,1\n1,2\n');
    const { open, pull, heard } = await start({ capabilities: PULLS });
    const uri = uriOf('a.causal');
    await open(uri, 'data "d.csv"\nvariable x, y, wage\nx -> y\nwage -> y\n');
    const first = await pull(uri);
    expect(codesOf(first)).toEqual([]);
    await eventually(() => expect(heard('workspace/diagnostic/refresh')).not.toEqual([]));
    const second = await pull(uri, first.resultId);
    expect(codesOf(second)).toContain('column-missing');
    expect((await pull(uri, second.resultId)).kind).toBe('unchanged');
  });
});

describe('a pull', () => {
  it('that waits when its document is closed is answered with nothing, also where it is opened again', async () => {
    const { open, close, pull } = await start({ capabilities: PULLS });
    const uri = uriOf('a.causal');
    await open(uri, 'variable x\nx -> old\n');
    const first = pull(uri);
    await close(uri);
    await open(uri, 'variable x\nx -> q\nx -> r\n');
    expect(codesOf(await first)).toEqual([]);
    expect(codesOf(await pull(uri))).toEqual(['undeclared-name', 'undeclared-name']);
  });

  it('is not told that nothing has changed about another text at the same address', async () => {
    const { open, close, pull } = await start({ capabilities: PULLS });
    const uri = uriOf('a.causal');
    await open(uri, 'variable x\nx -> q\n');
    const before = await pull(uri);
    await close(uri);
    await open(uri, 'variable x\n');
    const after = await pull(uri, before.resultId);
    expect(codesOf(after)).not.toContain('undeclared-name');
  });

  it('is asked for again once the rows have been asked', async () => {
    const rows = Array.from(
      { length: 300 },
      (_, i) => `${i % 2},${((i * 7) % 11) + Math.floor(i / 10)},${Math.floor(i / 10)}`,
    );
    write('d.csv', `x,y,a\n${rows.join('\n')}\n`);
    const { open, pull, heard } = await start({ capabilities: PULLS });
    const uri = uriOf('a.causal');
    await open(
      uri,
      'data "d.csv"\nvariable x, y, a\na -> y\nx -> y\ntreatment x\noutcome y\nexpect a independent of y\n',
    );
    const known: unknown[] = [await pull(uri)];
    await eventually(async () => {
      const asked = heard('workspace/diagnostic/refresh').length;
      expect(asked).toBeGreaterThan(known.length - 1);
      const report = await pull(uri);
      known.push(report);
      expect(codesOf(report)).toContain('implication-fails');
    });
  });
});

describe('a sloppy client', () => {
  const REFUSED = [
    'workspace/configuration',
    'client/registerCapability',
    'workspace/diagnostic/refresh',
    'workspace/codeLens/refresh',
    'workspace/inlayHint/refresh',
  ];

  it('that refuses what it said it could do is served, and its configuration file heeded', async () => {
    write('causal.config.json', '{ "severity": { "isolated-variable": "error" } }');
    write('d.csv', 'x,y,z\n0,1,2\n1,2,3\n');
    const running = await start({
      capabilities: {
        ...PULLS,
        workspace: {
          ...PULLS.workspace,
          configuration: true,
          workspaceFolders: true,
          codeLens: { refreshSupport: true },
          inlayHint: { refreshSupport: true },
          didChangeWatchedFiles: { dynamicRegistration: true },
          didChangeConfiguration: { dynamicRegistration: true },
        },
      },
      refuses: REFUSED,
    });
    const uri = uriOf('a.causal');
    await running.open(uri, `data "d.csv"\n${SPEC}`);
    await eventually(async () => {
      const report = await running.pull(uri);
      const found = report.kind === 'full' ? report.items : [];
      expect(found.find(({ code }) => code === 'isolated-variable')).toMatchObject({ severity: 1 });
    });
    await eventually(() => expect(running.heard('workspace/codeLens/refresh')).not.toEqual([]));
  });

  it('that leaves out what it has to say gets an answer to each request', async () => {
    const running = await start();
    const uri = uriOf('a.causal');
    await running.open(uri, SPEC);
    const { connection } = running;
    for (const method of DOCUMENT_REQUESTS) {
      for (const params of [null, {}, { textDocument: null }, { textDocument: { uri } }]) {
        await connection.sendRequest(`textDocument/${method}`, params).catch(() => null);
      }
      for (const place of [
        { line: -1, character: -5 },
        { line: 1e9, character: 1e9 },
        { line: 1, character: 1e9 },
        null,
      ]) {
        const range = place === null ? null : { start: place, end: place };
        await running
          .ask(method, uri, {
            position: place,
            range,
            positions: [place],
            context: null,
            options: null,
            ch: null,
            newName: null,
          })
          .catch(() => null);
      }
    }
    for (const method of [
      'workspace/symbol',
      'workspace/executeCommand',
      'causal/graph',
      'causal/whatIf',
      'causal/estimate',
      'causal/locate',
      'causal/variableAt',
      'causal/rankData',
      'callHierarchy/incomingCalls',
    ])
      for (const params of [null, {}]) await connection.sendRequest(method, params).catch(() => null);
    for (const method of ['workspace/didChangeConfiguration', 'workspace/didChangeWatchedFiles'])
      await connection.sendNotification(method, {});
    await connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ type: 2 }] });
    await connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: null },
      contentChanges: [{ text: 'never' }],
    });
    await connection.sendNotification('textDocument/didClose', { textDocument: { uri: uriOf('b.causal') } });
    expect(await running.ask('documentSymbol', uri)).not.toEqual([]);
  });

  it('that names a data file no system can have is served, as are its other files', async () => {
    const running = await start();
    await running.open(uriOf('a.causal'), 'data "a\\u0000b.csv"\nvariable x\nx -> q\n');
    await running.diagnostics(({ uri, diagnostics }) => uri === uriOf('a.causal') && diagnostics.length > 0);
    await running.open(uriOf('b.causal'), 'data "d.csv"\nvariable x\n');
    const wanted = (code: string) =>
      running.diagnostics(
        (params) => params.uri === uriOf('b.causal') && params.diagnostics.some((one) => one.code === code),
      );
    await wanted('data-not-found');
    write('d.csv', 'y\n0\n1\n');
    await wanted('column-missing');
  });
});

describe('settings', () => {
  const diagnosed = async ({ diagnostics }: RunningServer, code: string) =>
    (await diagnostics((params) => params.diagnostics.some((one) => one.code === code))).diagnostics.find(
      (one) => one.code === code,
    );

  it.each([
    null,
    undefined,
    [],
    'text',
    { severity: null, inlayHints: 3, codeLens: 'yes' },
    { severity: { 'adjust-unneeded': 'loud', __proto__: 'off' } },
  ])('%j of another editor change nothing', async (settings) => {
    const running = await start({ capabilities: { workspace: { configuration: true } }, settings });
    await running.open(uriOf('a.causal'), SPEC);
    expect(await diagnosed(running, 'isolated-variable')).toMatchObject({ severity: 4 });
  });

  it('set the severity of a code, where the client can be asked', async () => {
    const settings = { severity: { 'isolated-variable': 'error' } };
    const running = await start({ capabilities: { workspace: { configuration: true } }, settings });
    await running.open(uriOf('a.causal'), SPEC);
    expect(await diagnosed(running, 'isolated-variable')).toMatchObject({ severity: 1 });
  });

  it('set it where the client only sends them, in whatever wrapping', async () => {
    const running = await start();
    await running.open(uriOf('a.causal'), SPEC);
    const severity = { 'isolated-variable': 'warning' };
    await running.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await running.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { causal: { severity } },
    });
    await eventually(async () =>
      expect(await diagnosed(running, 'isolated-variable')).toMatchObject({ severity: 2 }),
    );
  });

  it('of causal.config.json hold below its folder, and those of the editor above them', async () => {
    write('causal.config.json', '{ "severity": { "isolated-variable": "off", "adjust-unneeded": "error" } }');
    const settings = { severity: { 'adjust-unneeded': 'warning' } };
    const running = await start({ capabilities: { workspace: { configuration: true } }, settings });
    await running.open(uriOf('deep', 'a.causal'), SPEC);
    const { diagnostics: list } = await running.diagnostics((params) =>
      params.diagnostics.some(({ severity }) => severity === 2),
    );
    expect(list.map(({ code }) => code)).toEqual(['adjust-unneeded']);
  });

  it('of a file that comes and goes hold as long as it is there, whoever watches', async () => {
    const running = await start();
    await running.open(uriOf('deep', 'a.causal'), SPEC);
    expect(await diagnosed(running, 'isolated-variable')).toMatchObject({ severity: 4 });
    const last = () => running.published.at(-1)?.diagnostics.find(({ code }) => code === 'isolated-variable');
    write('causal.config.json', '{ "severity": { "isolated-variable": "error" } }');
    await eventually(() => expect(last()).toMatchObject({ severity: 1 }));
    rmSync(at('causal.config.json'));
    await eventually(() => expect(last()).toMatchObject({ severity: 4 }));
  });

  it('that are answered late do not undo newer ones', async () => {
    const answers: ((settings: unknown) => void)[] = [];
    const running = await start({
      capabilities: { workspace: { configuration: true } },
      settings: () => new Promise((resolve) => void answers.push(resolve)),
    });
    await running.open(uriOf('a.causal'), SPEC);
    await running.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await eventually(() => expect(answers).toHaveLength(2));
    answers[1]?.({ severity: { 'isolated-variable': 'error' } });
    await eventually(async () =>
      expect(await diagnosed(running, 'isolated-variable')).toMatchObject({ severity: 1 }),
    );
    answers[0]?.({ severity: { 'isolated-variable': 'warning' } });
    // Whatever came of the late answer has been sent before this one is.
    await running.change(uriOf('a.causal'), 2, `${SPEC}\n`);
    const { diagnostics: list } = await running.diagnostics(({ version }) => version === 2);
    expect(list.find(({ code }) => code === 'isolated-variable')).toMatchObject({ severity: 1 });
  });

  it('that cannot be read are told', async () => {
    write('causal.config.json', '{ "severity": { "adjust-uneeded": "off" } }');
    const running = await start();
    await running.open(uriOf('a.causal'), SPEC);
    await eventually(() =>
      expect(running.heard('window/showMessage')).toMatchObject([
        {
          message: expect.stringContaining(
            'There is no diagnostic adjust-uneeded. Did you mean adjust-unneeded?',
          ),
        },
      ]),
    );
  });
});

describe('files', () => {
  const WAGE = 'data "d.csv"\nvariable x, y, wage\nx, wage -> y\n';
  const until = (running: RunningServer, code: string, there: boolean) =>
    running.diagnostics(
      (params) =>
        params === running.published.at(-1) && params.diagnostics.some((one) => one.code === code) === there,
    );

  it('that the client does not watch are watched by the server', async () => {
    const running = await start();
    await running.open(uriOf('a.causal'), WAGE);
    await until(running, 'data-not-found', true);
    write('d.csv', 'x,y\n0,1\n1,2\n');
    await until(running, 'column-missing', true);
    write('d.csv', 'x,y,wage\n0,1,10\n1,2,20\n');
    await until(running, 'column-missing', false);
    rmSync(at('d.csv'));
    await until(running, 'data-not-found', true);
  });

  it('inside the folders of a client that can watch are left to it', async () => {
    const running = await start({
      capabilities: {
        workspace: { didChangeWatchedFiles: { dynamicRegistration: true }, workspaceFolders: true },
      },
      folders: [uriOf()],
    });
    await eventually(() =>
      expect(JSON.stringify(running.heard('client/registerCapability'))).toContain('csv'),
    );
  });

  it('are looked for in every folder by an untitled spec', async () => {
    write('second/d.csv', 'x,y\n0,1\n1,2\n');
    mkdirSync(at('first'));
    const running = await start({ folders: [uriOf('first'), uriOf('second')] });
    await running.open('untitled:Untitled-1', WAGE);
    await until(running, 'column-missing', true);
  });

  it.each(['file:///%E0%A4%A', 'file://host/share/a.causal', 'vscode-notebook-cell:/a.ipynb#1', 'nonsense'])(
    'are not looked for beside %s',
    async (uri) => {
      const running = await start();
      await running.open(uri, 'data "d.csv"\nvariable x\nx -> q\n');
      await until(running, 'undeclared-name', true);
    },
  );
});

it('a client without capabilities, and a text with Windows line ends, are served', async () => {
  const running = await start();
  await running.open(uriOf('a.causal'), SPEC.replaceAll('\n', '\r\n'));
  await running.diagnostics(({ diagnostics }) => diagnostics.length > 0);
});

describe('lenses', () => {
  const rows = Array.from({ length: 60 }, (_, i) => `${i % 2},${(i % 2) + ((i * 7) % 11)}`).join('\n');
  const SPEC_WITH_DATA = 'data "d.csv"\nvariable x, y\nx -> y\ntreatment x\noutcome y\nestimate regression\n';

  it('of a client without commands of its own name one that the server runs', async () => {
    write('d.csv', `x,y\n${rows}\n`);
    const running = await start();
    const uri = uriOf('a.causal');
    await running.open(uri, SPEC_WITH_DATA);
    const lenses = () =>
      running.connection.sendRequest<{ command: { title: string; command: string; arguments: [string] } }[]>(
        'textDocument/codeLens',
        { textDocument: { uri } },
      );
    const before = await lenses();
    const known = running.initialized.capabilities.executeCommandProvider?.commands ?? [];
    expect(before.map(({ command }) => command.title)).toEqual(['Estimate', 'Estimate']);
    for (const { command } of before) expect(known).toContain(command.command);
    const [{ command }] = before as [(typeof before)[0]];
    await running.connection.sendRequest('workspace/executeCommand', command);
    await eventually(() =>
      expect(running.heard('window/showMessage')).toMatchObject([
        { message: expect.stringMatching(/^Linear regression: 1\.\d+ \[/) },
      ]),
    );
    expect((await lenses()).map((lens) => lens.command.title)).toContainEqual(
      expect.stringMatching(/^1\.\d+ \[/),
    );
    await running.change(uri, 2, `${SPEC_WITH_DATA}\n`);
    expect((await lenses()).map((lens) => lens.command.title)).toContainEqual(
      expect.stringMatching(/outdated$/),
    );
  });

  it('of the extension name its commands', async () => {
    const running = await start({ options: { editor: 'vscode' } });
    const uri = uriOf('a.causal');
    await running.open(uri, SPEC_WITH_DATA);
    const lenses = await running.connection.sendRequest('textDocument/codeLens', { textDocument: { uri } });
    expect(lenses).toMatchObject([
      { command: { command: 'causal.showGraph' } },
      { command: { command: 'causal.estimate' } },
      { command: { command: 'causal.estimate' } },
    ]);
    expect(running.initialized.capabilities.executeCommandProvider).toBeUndefined();
  });
});
