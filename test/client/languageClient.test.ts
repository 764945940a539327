/** The extension and its server's process: started, crashing, hanging, started anew, ended. The client library is played as it behaves. */

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { documentChanged, graphRequest } from '../../server/protocol.ts';
import { eventually } from '../support/eventually.ts';

/** As the library numbers them. */
const State = vi.hoisted(() => ({ Stopped: 1, Running: 2, Starting: 3, StartFailed: 4 }));

interface Played {
  state: number;
  /** What it was made with. */
  readonly options: { readonly errorHandler: { closed(): { action: number; handled?: boolean } } };
  /** The process answers its introduction, or does not. */
  readonly started: (error?: Error) => void;
  readonly said: (method: string, params: unknown) => void;
  /** Set where the process hangs. */
  stopFails: boolean;
  readonly log: string[];
}

const world = vi.hoisted(() => ({
  clients: [] as unknown[],
  commands: new Map<string, (...given: unknown[]) => unknown>(),
  shown: [] as string[],
  logged: [] as string[],
  /** The button that is pressed. */
  pressed: undefined as string | undefined,
  active: undefined as unknown,
}));

vi.mock('vscode', () => {
  const subscription = () => ({ dispose: () => {} });
  const message = async (text: string) => {
    world.shown.push(text);
    return world.pressed;
  };
  const write = (text: string) => void world.logged.push(text);
  const uri = (text: string) => ({ path: text, fsPath: text, scheme: 'file', toString: () => text });
  const webview = () => ({
    html: '',
    asWebviewUri: () => '',
    onDidReceiveMessage: subscription,
    postMessage: async () => true,
  });
  return {
    CancellationTokenSource: class {
      token = { isCancellationRequested: false };
      cancel(): void {}
      dispose(): void {}
    },
    Uri: { parse: uri, joinPath: () => uri('file:///extension') },
    ViewColumn: { Beside: -2 },
    commands: {
      registerCommand: (name: string, run: () => unknown) => {
        world.commands.set(name, run);
        return subscription();
      },
    },
    window: {
      get activeTextEditor() {
        return world.active;
      },
      createOutputChannel: () => ({ error: write, warn: write, dispose: () => {} }),
      createWebviewPanel: () => ({
        webview: webview(),
        visible: true,
        reveal: () => {},
        dispose: () => {},
        onDidDispose: subscription,
        onDidChangeViewState: subscription,
      }),
      onDidChangeTextEditorSelection: subscription,
      registerWebviewPanelSerializer: subscription,
      showErrorMessage: message,
      showInformationMessage: message,
    },
    // A window with a single file and no folder.
    workspace: {
      workspaceFolders: undefined,
      onDidChangeTextDocument: subscription,
      openTextDocument: async () => ({ version: 1 }),
    },
  };
});

vi.mock('vscode-languageclient/node', () => {
  class LanguageClient implements Played {
    #state: number = State.Stopped;
    readonly #hearers = new Set<(change: { newState: number }) => void>();
    stopFails = false;
    readonly log: string[] = [];
    readonly #listeners = new Map<string, (params: unknown) => void>();
    #start: Promise<void> | undefined;
    started: (error?: Error) => void = () => {};
    constructor(
      _id: string,
      _name: string,
      _server: unknown,
      readonly options: Played['options'],
    ) {
      world.clients.push(this);
    }
    get state(): number {
      return this.#state;
    }
    set state(newState: number) {
      this.#state = newState;
      for (const hear of this.#hearers) hear({ newState });
    }
    onDidChangeState(hear: (change: { newState: number }) => void) {
      this.#hearers.add(hear);
      return { dispose: () => this.#hearers.delete(hear) };
    }
    start(): Promise<void> {
      if (this.#start !== undefined) return this.#start;
      this.state = State.Starting;
      this.log.push('start');
      this.#start = new Promise((resolve, reject) => {
        this.started = (error) => {
          this.state = error === undefined ? State.Running : State.StartFailed;
          if (error === undefined) resolve();
          else reject(error);
        };
      });
      return this.#start;
    }
    async stop(): Promise<void> {
      if (this.state === State.Stopped) return;
      if (this.state !== State.Running) throw new Error(`It cannot be stopped: ${this.state}.`);
      this.log.push('stop');
      this.end();
      if (this.stopFails) throw new Error('Stopping the server timed out');
    }
    /** As after a crash that nothing follows. */
    end(): void {
      this.state = State.Stopped;
      this.#start = undefined;
    }
    async sendRequest(method: string): Promise<unknown> {
      if (this.state === State.Stopped || this.state === State.StartFailed)
        throw Object.assign(new Error('Client is not running'), { code: -32096 });
      await this.start();
      this.log.push(method);
      return null;
    }
    onNotification(method: string, listener: (params: unknown) => void) {
      this.#listeners.set(method, listener);
      return { dispose: () => this.#listeners.delete(method) };
    }
    said(method: string, params: unknown): void {
      this.#listeners.get(method)?.(params);
    }
  }
  return {
    LanguageClient,
    State,
    TransportKind: { ipc: 1 },
    CloseAction: { DoNotRestart: 1, Restart: 2 },
    ErrorAction: { Continue: 1, Shutdown: 2 },
  };
});

const { startLanguageClient } = await import('../../client/languageClient.ts');
const { activate, deactivate } = await import('../../client/extension.ts');

const context = () =>
  ({ subscriptions: [], asAbsolutePath: (path: string) => path, extensionUri: {} }) as unknown as Parameters<
    typeof startLanguageClient
  >[0];
const clients = world.clients as (Played & { end(): void })[];
const client = (index = 0) => {
  const found = clients.at(index);
  if (found === undefined) throw new Error('There is no client.');
  return found;
};
const turn = () => new Promise((done) => setImmediate(done));
const graph = { uri: 'file:///a.causal' };

beforeEach(() => {
  world.clients.length = 0;
  world.shown.length = 0;
  world.logged.length = 0;
  world.pressed = undefined;
  world.active = undefined;
});

describe('the server', () => {
  it('is started again after a crash, and not after five in a short time unless that is asked for', async () => {
    const server = startLanguageClient(context());
    client().started();
    await server.ready;
    const { closed } = client().options.errorHandler;
    for (let i = 0; i < 4; i++) expect(closed()).toEqual({ action: 2 });
    expect(world.shown).toEqual([]);
    world.pressed = 'Restart';
    expect(closed()).toEqual({ action: 1, handled: true });
    client().end();
    await turn();
    expect(world.shown).toEqual([expect.stringContaining('crashed five times in three minutes')]);
    expect(client().log).toEqual(['start', 'start']);
    client().started();
    expect(closed()).toEqual({ action: 2 });
  });

  it('is started anew where it hangs', async () => {
    const server = startLanguageClient(context());
    client().started();
    client().stopFails = true;
    const restarted = server.restart();
    await turn();
    client().started();
    await restarted;
    expect(client().log).toEqual(['start', 'stop', 'start']);
    expect(world.logged.join()).toContain('timed out');
  });

  it('is started anew while it starts, and once for two wishes', async () => {
    const server = startLanguageClient(context());
    const restarts = [server.restart(), server.restart()];
    client().started();
    await turn();
    client().started();
    await Promise.all(restarts);
    expect(client().log).toEqual(['start', 'stop', 'start']);
  });

  it('is started anew where it could not be started, and its notifications are heard', async () => {
    const heard: unknown[] = [];
    const server = startLanguageClient(context());
    const subscription = server.onNotification(documentChanged, (params) => heard.push(params));
    server.background(server.ready);
    client().started(new Error('There is no such file.'));
    await turn();
    await expect(server.request(graphRequest, graph)).rejects.toThrow('“Causal: Restart Language Server”');
    const restarted = server.restart();
    await turn();
    expect(clients).toHaveLength(2);
    client(1).started();
    await restarted;
    client(1).said(documentChanged.method, 1);
    subscription.dispose();
    client(1).said(documentChanged.method, 2);
    expect(heard).toEqual([1]);
    expect(await server.request(graphRequest, graph)).toBeNull();
  });

  it('is heard to end and to run again, also where it had ended before and where it is another', async () => {
    const server = startLanguageClient(context());
    const heard: boolean[] = [];
    server.onRunning((running) => heard.push(running));
    server.background(server.ready);
    client().started(new Error('There is no such file.'));
    await turn();
    const late: boolean[] = [];
    const subscription = server.onRunning((running) => late.push(running));
    const restarted = server.restart();
    await turn();
    client(1).started();
    await restarted;
    expect(heard.at(0)).toBe(false);
    expect(heard.at(-1)).toBe(true);
    expect(late.at(0)).toBe(false);
    subscription.dispose();
    client(1).end();
    expect([heard.at(-1), late.at(-1)]).toEqual([false, true]);
  });

  it('says so where it ended before it could answer', async () => {
    const server = startLanguageClient(context());
    client().started();
    client().end();
    await expect(server.request(graphRequest, graph)).rejects.toThrow(/ended before it could answer/);
  });
});

describe('the extension', () => {
  /** Its client is loaded in a later turn. */
  const loaded = (index = 0) => eventually(() => client(index));
  const run = (command: string, ...given: unknown[]) => world.commands.get(command)?.(...given);

  it('is active before its server answers; commands wait for it', async () => {
    activate(context());
    expect(clients).toEqual([]);
    const shown = run('causal.showGraph', 'file:///a.causal');
    await loaded();
    expect(client().log).toEqual(['start']);
    client().started();
    await shown;
    await turn();
    await turn();
    expect(client().log).toEqual(['start', graphRequest.method]);
    await deactivate();
    expect(client().log.at(-1)).toBe('stop');
    await deactivate();
  });

  it('asks for a spec where none is in the editor', async () => {
    activate(context());
    await run('causal.estimate');
    world.active = { document: { languageId: 'csv', uri: { scheme: 'file' } } };
    await run('causal.showGraph');
    expect(world.shown).toEqual([
      expect.stringContaining('Open a .causal file first'),
      expect.stringContaining('Open a .causal file first'),
    ]);
    (await loaded()).started();
    await deactivate();
  });

  it('ends while its server starts, or after it could not be started', async () => {
    activate(context());
    const ended = deactivate();
    (await loaded()).started();
    await ended;
    expect(client().log).toEqual(['start', 'stop']);
    activate(context());
    (await loaded(1)).started(new Error('There is no such file.'));
    await expect(deactivate()).resolves.toBeUndefined();
  });
});
