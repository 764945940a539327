/** A model view beside a panel and a server that the test plays. */

import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { HostMessage, WebviewMessage } from '../../media/protocol.ts';
import {
  type EstimateAnswer,
  estimateRequest,
  graphRequest,
  variableAtRequest,
} from '../../server/protocol.ts';

const clipboard = vi.hoisted((): string[] => []);

vi.mock('vscode', () => ({
  CancellationTokenSource: class {
    token = { isCancellationRequested: false };
    cancel(): void {
      this.token.isCancellationRequested = true;
    }
    dispose(): void {}
  },
  env: { clipboard: { writeText: (text: string) => Promise.resolve(void clipboard.push(text)) } },
  window: {},
  workspace: {},
}));

import type { KeptRun } from '../../client/keptRuns.ts';

const { createModelView } = await import('../../client/modelView.ts');

type Parts = Parameters<typeof createModelView>[0];

/** A question to the server that the test answers. */
interface Asked {
  readonly method: string;
  readonly answer: (result: unknown) => void;
  readonly fail: (error: Error) => void;
}

const TEXT = 'treat -> y';

const REPORT: EstimateAnswer = {
  kind: 'report',
  version: 1,
  dataState: null,
  report: { rows: { read: 1, used: 1, dropped: { where: 0, missing: 0 }, filled: {} }, estimates: [] },
};

let asked: Asked[];
let runs: string[];
let posted: HostMessage[];
let faults: unknown[];
let document: { version: number; text: string; getText: () => string };
let keptRuns: Map<string, KeptRun>;
let isOpen: boolean;
let disposed: boolean;
let say: (message: WebviewMessage) => void;
/** The panel comes into view again. */
let show: () => void;
let view: ReturnType<typeof createModelView>;

/** As the editor's: everything that is asked of it throws once it is gone. */
function playedPanel(): Parts['panel'] {
  const alive = <T>(value: T): T => {
    if (disposed) throw new Error('Webview is disposed');
    return value;
  };
  const subscription = { dispose: () => {} };
  const webview = {
    postMessage: (message: HostMessage) => alive(Promise.resolve(posted.push(message) > 0)),
    onDidReceiveMessage: (listener: typeof say) => {
      say = listener;
      return subscription;
    },
  };
  const panel = {
    get visible() {
      return alive(true);
    },
    get webview() {
      return alive(webview);
    },
    onDidChangeViewState: (listener: typeof show) => {
      show = listener;
      return subscription;
    },
  };
  return panel as unknown as Parts['panel'];
}

function playedServer(): Parts['server'] {
  const server = {
    request: ({ method }: { method: string }, { run }: { run?: string }) =>
      new Promise((answer, fail) => {
        if (run !== undefined) runs.push(run);
        asked.push({ method, answer, fail });
      }),
    background: (work: Promise<unknown>) => void work.catch((error: unknown) => faults.push(error)),
  };
  return server as unknown as Parts['server'];
}

beforeEach(() => {
  [asked, runs, posted, faults] = [[], [], [], []];
  [disposed, isOpen, keptRuns] = [false, true, new Map()];
  document = { version: 1, text: TEXT, getText: () => document.text };
  const spec = { path: '/w/a.causal', scheme: 'file', toString: () => 'file:///w/a.causal' };
  view = createModelView({
    panel: playedPanel(),
    spec: spec as unknown as Parts['spec'],
    server: playedServer(),
    open: async () => {
      isOpen = true;
      return document as unknown as Awaited<ReturnType<Parts['open']>>;
    },
    reveal: async () => {},
    kept: {
      read: (uri) => keptRuns.get(uri) ?? null,
      write: (uri, run) => void keptRuns.set(uri, run),
    },
  });
});

/** The person writes this. */
function edit(text: string): void {
  document.version++;
  document.text = text;
  view.textChanged(text);
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

function close(): void {
  disposed = true;
  view.dispose();
}

/** The newest question of a kind, once it is asked. */
async function question({ method }: { method: string }): Promise<Asked> {
  await settled();
  const found = asked.findLast((one) => one.method === method);
  if (found === undefined) throw new Error(`${method} was not asked`);
  return found;
}

/** The page has come up. */
async function ready(): Promise<void> {
  say({ type: 'ready' });
  (await question(graphRequest)).answer(null);
  await settled();
}

const estimates = () => {
  const last = posted.findLast((message) => message.type === 'snapshot');
  return last?.type === 'snapshot' ? last.snapshot.estimates : undefined;
};

describe('a view that is closed', () => {
  it('ends its run without a fault', async () => {
    await ready();
    const run = view.estimate();
    const { fail } = await question(estimateRequest);
    close();
    fail(new Error('Request cancelled'));
    await expect(run).resolves.toBeUndefined();
  });

  it('drops what was asked for it, and hears of nothing more', async () => {
    await ready();
    const refreshed = view.refresh();
    const moved = view.cursorMoved({ line: 0, character: 0 } as Parameters<typeof view.cursorMoved>[0]);
    const [graph, name] = [await question(graphRequest), await question(variableAtRequest)];
    close();
    graph.answer({ version: 1, snapshot: {}, broken: false });
    name.answer('x');
    await Promise.all([refreshed, moved]);
    view.textChanged('');
    view.dataChanged();
    expect(faults).toEqual([]);
  });
});

describe('estimates', () => {
  beforeEach(ready);

  const estimated = async (during: () => void = () => {}): Promise<void> => {
    const run = view.estimate();
    const { answer } = await question(estimateRequest);
    during();
    answer(REPORT);
    await run;
  };

  it('are fresh where nothing changed', async () => {
    await estimated();
    expect(estimates()).toMatchObject({ status: 'done', stale: false });
  });

  it('of a text that was edited during the run are stale', async () => {
    await estimated(() => {
      edit('dag');
    });
    expect(estimates()).toMatchObject({ status: 'done', stale: true });
  });

  it('of data that changed during the run, or after it, are stale', async () => {
    await estimated(() => view.dataChanged());
    expect(estimates()).toMatchObject({ status: 'done', stale: true });
    await estimated();
    expect(estimates()).toMatchObject({ status: 'done', stale: false });
    view.dataChanged();
    expect(estimates()).toMatchObject({ status: 'done', stale: true });
  });

  it('tell how far they are without all the rest', async () => {
    void view.estimate();
    await question(estimateRequest);
    const sent = posted.length;
    const id = runs.at(-1) ?? '';
    view.progress('another', 'Reading b.csv', 0);
    view.progress(id, 'Reading a.csv', 0.5);
    expect(posted.slice(sent)).toEqual([{ type: 'progress', stage: 'Reading a.csv', fraction: 0.5 }]);
    show();
    expect(estimates()).toMatchObject({ status: 'running', stage: 'Reading a.csv', fraction: 0.5 });
  });

  it('are made of a spec whose tab was closed', async () => {
    isOpen = false;
    say({ type: 'estimate' });
    (await question(estimateRequest)).answer(REPORT);
    await settled();
    expect(isOpen).toBe(true);
    expect(estimates()).toMatchObject({ status: 'done' });
  });

  it('that the server does not answer fail with its reason', async () => {
    const run = view.estimate();
    (await question(estimateRequest)).fail(new Error('The file is gone.'));
    await run;
    expect(estimates()).toEqual({ status: 'failed', message: 'The file is gone.' });
  });
});

describe('questions of the page', () => {
  beforeEach(ready);

  const replies = () => posted.filter(({ type }) => type === 'answer' || type === 'refusal');

  it('are answered under their numbers', async () => {
    say({ type: 'question', id: 7, kind: 'copy', asked: { text: 'dag { a -> b }' } });
    await settled();
    expect(clipboard).toEqual(['dag { a -> b }']);
    expect(replies()).toEqual([{ type: 'answer', id: 7, answer: null }]);
  });

  it('that nobody knows, or that ask for nonsense, are refused with a sentence', async () => {
    say({ type: 'question', id: 1, kind: 'constructor', asked: {} });
    say({ type: 'question', id: 2, kind: 'copy', asked: { text: 5 } });
    say({ type: 'question', id: 3, kind: 'copy', asked: null });
    say({ type: 'question', id: 'four', kind: 'copy', asked: {} } as unknown as WebviewMessage);
    await settled();
    expect(replies().map((reply) => 'id' in reply && [reply.type, reply.id])).toEqual([
      ['refusal', 1],
      ['refusal', 2],
      ['refusal', 3],
    ]);
  });
});
