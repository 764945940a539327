import { startServer } from '../../server/server.ts';
import type { CommandSpec } from '../arguments.ts';
import { WORKER_PATH } from '../jobs.ts';

export const lspCommand: CommandSpec = {
  name: 'lsp',
  usage: 'causal lsp [--stdio]',
  summary: 'is the language server, on standard input and output',
  example: 'causal lsp',
  options: { stdio: { type: 'boolean', help: 'as it is anyway; some editors insist on saying so' } },
};

/** Serves until the editor ends the connection. */
export function lsp(): Promise<number> {
  return startServer({ workerPath: WORKER_PATH, transport: 'stdio' });
}
