/** The language server as an editor meets it: a process on standard input and output. */

import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import {
  createProtocolConnection,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';

const bundle = resolve(import.meta.dirname, '../../dist/cli.cjs');

export interface RunningServer {
  readonly connection: ProtocolConnection;
  /** Id of its process. */
  readonly pid: number;
  /** All diagnostics that came, in their order. */
  readonly published: readonly PublishDiagnosticsParams[];
  readonly open: (uri: string, text: string) => Promise<void>;
  readonly change: (uri: string, version: number, text: string) => Promise<void>;
  /** Waits for diagnostics that satisfy `enough`, and returns the last that do. */
  readonly diagnostics: (
    enough: (params: PublishDiagnosticsParams) => boolean,
  ) => Promise<PublishDiagnosticsParams>;
  /** Ends the server as an editor does, and returns its exit code. */
  readonly stop: () => Promise<number | null>;
  /** Ends it as a crash does. */
  readonly kill: () => void;
}

export async function startServer(): Promise<RunningServer> {
  const server = spawn(process.execPath, [bundle, 'lsp'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const published: PublishDiagnosticsParams[] = [];
  const waiting: (() => void)[] = [];
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    published.push(params);
    for (const wake of waiting.splice(0)) wake();
  });
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
    workspaceFolders: null,
  });
  await connection.sendNotification('initialized', {});
  return {
    connection,
    pid: server.pid ?? 0,
    published,
    open: (uri, text) =>
      connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'causal', version: 1, text },
      }),
    change: (uri, version, text) =>
      connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      }),
    diagnostics: async (enough) => {
      for (;;) {
        const found = published.findLast(enough);
        if (found !== undefined) return found;
        await new Promise<void>((wake) => waiting.push(wake));
      }
    },
    stop: async () => {
      await connection.sendRequest('shutdown');
      const ended = new Promise<number | null>((done) => server.once('exit', done));
      await connection.sendNotification('exit');
      const code = await ended;
      connection.dispose();
      return code;
    },
    kill: () => {
      connection.dispose();
      server.kill('SIGKILL');
    },
  };
}
