/** The language server's process and the typed ways to talk to it. Loaded late: see languageServer.ts. */

import { type CancellationToken, type Disposable, type ExtensionContext, window } from 'vscode';
import {
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
import { fromWire } from '../engine/report/wire.ts';
import type { RequestDescriptor } from '../server/protocol.ts';
import { crashHandler } from './crashes.ts';
import type { LanguageServer } from './languageServer.ts';
import { SPEC_SCHEMES } from './specSchemes.ts';

const RESTART = 'Restart';

/** Starts the server of this extension; its process ends with the extension. */
export function startLanguageClient(context: ExtensionContext): LanguageServer {
  // One for all clients: what an earlier one wrote is what a person looks for after a crash.
  const log = window.createOutputChannel('Causal', { log: true });
  context.subscriptions.push(log);
  const background = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => log.error(`Work in the background failed. ${textOf(error)}`));
  };
  const crashes = crashHandler(() => background(offerRestart()));
  const create = (): LanguageClient =>
    new LanguageClient('causal', 'Causal', serverOptions(context), {
      ...CLIENT_OPTIONS,
      outputChannel: log,
      errorHandler: crashes,
    });
  const listeners = new Set<Listener>();
  let client = create();
  let restarting: Promise<void> | null = null;

  const stop = async (): Promise<void> => {
    // One that is starting cannot be stopped yet.
    if (client.state === State.Starting) await client.start().catch(() => {});
    if (client.state !== State.StartFailed) await client.stop();
  };
  const startAnew = async (): Promise<void> => {
    crashes.forget();
    // A server that hangs does not say goodbye: its process is ended all the same.
    await stop().catch((error: unknown) => log.warn(textOf(error)));
    if (client.state === State.StartFailed) {
      // It can neither be stopped nor started.
      client = create();
      for (const listener of listeners) listener.listen(client);
    }
    await client.start();
  };
  const restart = (): Promise<void> => {
    restarting ??= startAnew().finally(() => {
      restarting = null;
    });
    return restarting;
  };
  const offerRestart = async (): Promise<void> => {
    const chosen = await window.showErrorMessage(
      'The Causal language server has crashed five times in three minutes, and is not started again by itself. The output channel “Causal” says what happened.',
      RESTART,
    );
    if (chosen === RESTART) await restart();
  };

  const listening = (subscribe: (each: LanguageClient) => Disposable): Disposable => {
    const listener = createListener(subscribe);
    listeners.add(listener);
    listener.listen(client);
    return {
      dispose: () => {
        listeners.delete(listener);
        listener.dispose();
      },
    };
  };

  return {
    ready: client.start(),
    request: async <Params, Result>(
      { method }: RequestDescriptor<Params, Result>,
      params: Params,
      token?: CancellationToken,
    ): Promise<Result> => {
      // A token that is undefined would be sent as a second parameter.
      const answer: unknown = await (token === undefined
        ? client.sendRequest(method, params)
        : client.sendRequest(method, params, token)
      ).catch(explain);
      // The descriptor, which the server imports too, says what the answer is.
      return fromWire(answer) as Result;
    },
    onNotification: ({ method }, notified) => listening((each) => each.onNotification(method, notified)),
    onRunning: (listener) =>
      listening((each) => {
        if (ENDED_STATES.has(each.state)) listener(false);
        return each.onDidChangeState(({ newState }) => {
          if (newState === State.Running) listener(true);
          else if (ENDED_STATES.has(newState)) listener(false);
        });
      }),
    restart,
    stop,
    background,
    // Nobody is there any more who could be told.
    dispose: () => void stop().catch(() => {}),
  };
}

/** Hears something of whichever client there is. */
interface Listener extends Disposable {
  listen(client: LanguageClient): void;
}

function createListener(subscribe: (client: LanguageClient) => Disposable): Listener {
  let subscription: Disposable | null = null;
  return {
    listen: (client) => {
      subscription?.dispose();
      subscription = subscribe(client);
    },
    dispose: () => subscription?.dispose(),
  };
}

const ENDED_STATES: ReadonlySet<State> = new Set([State.Stopped, State.StartFailed]);

/** Codes of the protocol for a connection that ended while, or before, an answer was awaited. */
const ENDED: ReadonlySet<unknown> = new Set([-32096, -32097]);

function explain(error: unknown): never {
  const ended = error instanceof Error && 'code' in error && ENDED.has(error.code);
  throw ended
    ? new Error(
        'The language server ended before it could answer. Try again; where it does not come back, run the command “Causal: Restart Language Server”.',
      )
    : error;
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function serverOptions(context: ExtensionContext): ServerOptions {
  const server = { module: context.asAbsolutePath('dist/server.cjs'), transport: TransportKind.ipc };
  return { run: server, debug: { ...server, options: { execArgv: ['--nolazy', '--inspect=6009'] } } };
}

/** Which files it is about; the server itself asks for what else it has to hear of. */
const CLIENT_OPTIONS: LanguageClientOptions = {
  documentSelector: SPEC_SCHEMES.map((scheme) => ({ language: 'causal', scheme })),
  // Commands and the model view are there: the server may name them.
  initializationOptions: { editor: 'vscode' },
};
