/** The language server as the rest of the extension sees it. Its client is loaded after the editor's start, and requests wait for it. */

import { type CancellationToken, type Disposable, type ExtensionContext, window } from 'vscode';
import type { NotificationDescriptor, RequestDescriptor } from '../server/protocol.ts';

export interface LanguageServer extends Disposable {
  /** Settles when the server answers. */
  readonly ready: Promise<void>;
  request<Params, Result>(
    descriptor: RequestDescriptor<Params, Result>,
    params: Params,
    token?: CancellationToken,
  ): Promise<Result>;
  onNotification<Params>(
    descriptor: NotificationDescriptor<Params>,
    listener: (params: Params) => void,
  ): Disposable;
  /** Hears when it has ended, whatever ended it, and when it runs again. */
  onRunning(listener: (running: boolean) => void): Disposable;
  /** Starts it anew, whatever it is at: one that hangs, that has crashed, or that could not be started. */
  restart(): Promise<void>;
  /** Ends it; settles when its process has been told. */
  stop(): Promise<void>;
  /** Does what nobody waits for: where it fails, as it does while the server is stopped or restarting, the log says so. */
  background(work: Promise<unknown>): void;
}

/** Starts the server of this extension in a later turn: the protocol's client is most of the extension's code, and the editor waits for none of it. */
export function startLanguageServer(context: ExtensionContext): LanguageServer {
  const started = new Promise<void>((resolve) => setImmediate(resolve))
    .then(() => import('./languageClient.ts'))
    .then(({ startLanguageClient }) => startLanguageClient(context));
  started.catch((error: unknown) => window.showErrorMessage(`Causal could not be started: ${String(error)}`));
  const background = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => whenStarted((server) => server.background(Promise.reject(error))));
  };
  // Where it could not be started that has been said.
  const whenStarted = (work: (server: LanguageServer) => void): void => {
    started.then(work, () => {});
  };
  const subscribed = (subscribe: (server: LanguageServer) => Disposable): Disposable => {
    let subscription: Disposable | undefined;
    let disposed = false;
    whenStarted((server) => {
      if (!disposed) subscription = subscribe(server);
    });
    return {
      dispose: () => {
        disposed = true;
        subscription?.dispose();
      },
    };
  };
  return {
    ready: started.then((server) => server.ready),
    request: async (descriptor, params, token) => (await started).request(descriptor, params, token),
    onNotification: (descriptor, listener) =>
      subscribed((server) => server.onNotification(descriptor, listener)),
    onRunning: (listener) => subscribed((server) => server.onRunning(listener)),
    restart: async () => (await started).restart(),
    stop: async () => (await started).stop(),
    background,
    dispose: () => whenStarted((server) => server.dispose()),
  };
}
