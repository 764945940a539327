/** A model view beside a panel and a server that the test plays. */

import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { HostMessage, WebviewMessage } from '../../media/protocol.ts';
import {
  type EstimateAnswer,
  estimateRequest,
  graphRequest,
  variableAtRequest,
  whatIfRequest,
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

const { createModelView } = await import('../../client/modelView.ts');

type Parts = Parameters<typeof createModelView>[0];

/** A question to the server that the test answers. */
interface Asked {
  readonly method: string;
  readonly answer: (result: unknown) => void;
  readonly fail: (error: Error) => void;
}

const REPORT: EstimateAnswer = {
  kind: 'report',
  version: 1,
  report: { rows: { read: 1, used: 1, dropped: { where: 0, missing: 0 }, filled: {} }, estimates: [] },
};

let asked: Asked[];
let runs: string[];
let posted: HostMessage[];
let faults: unknown[];
let document: { version: number };
let isOpen: boolean;
let disposed: boolean;
let say: (message: WebviewMessage) => void;
/** The panel comes into view again. */
let show: () => void;
/** The server has ended, or runs again. */
let serverRuns: (running: boolean) => void;
let restarts: number;
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
    onRunning: (listener: typeof serverRuns) => {
      serverRuns = listener;
      return { dispose: () => {} };
    },
    restart: async () => void restarts++,
    background: (work: Promise<unknown>) => void work.catch((error: unknown) => faults.push(error)),
  };
  return server as unknown as Parts['server'];
}

beforeEach(() => {
  [asked, runs, posted, faults] = [[], [], [], []];
  restarts = 0;
  [document, disposed, isOpen] = [{ version: 1 }, false, true];
  const spec = { path: '/w/a.causal', scheme: 'file', toString: () => 'file:///w/a.causal' };
  view = createModelView({
    panel: playedPanel(),
    spec: spec as unknown as Parts['spec'],
    server: playedServer(),
    open: async () => {
      isOpen = true;
      return document as Awaited<ReturnType<Parts['open']>>;
    },
    reveal: async () => {},
  });
});

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
    view.textChanged();
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
      document.version = 2;
      view.textChanged();
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
    expect(estimates()).toEqual({ status: 'running', stage: 'Reading a.csv', fraction: 0.5 });
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

describe('a server that has ended', () => {
  beforeEach(ready);

  const shown = () => {
    const last = posted.findLast((message) => message.type === 'snapshot');
    return last?.type === 'snapshot' ? last.snapshot : undefined;
  };

  it('is told to the page, which may ask for another; that one is asked for the graph', async () => {
    serverRuns(false);
    expect(shown()?.lost).toBe(true);
    say({ type: 'restart' });
    await settled();
    expect(restarts).toBe(1);
    const before = asked.length;
    serverRuns(true);
    await settled();
    expect(asked.slice(before).map(({ method }) => method)).toEqual([graphRequest.method]);
    expect(shown()?.lost).toBe(false);
  });
});

describe('what if', () => {
  beforeEach(ready);

  it('is asked of the server and answered; anything else is refused', async () => {
    const supposition = { effect: null, adjust: ['age'], measured: [] };
    say({ type: 'question', id: 1, kind: 'whatIf', asked: { ...supposition, uri: 'file:///etc/passwd' } });
    (await question(whatIfRequest)).answer({ title: 'supposed' });
    await settled();
    say({ type: 'question', id: 2, kind: 'whatIf', asked: { ...supposition, measured: 'taste' } });
    say({ type: 'question', id: 3, kind: 'whatIf', asked: supposition });
    (await question(whatIfRequest)).answer(null);
    await settled();
    expect(posted.slice(-3)).toMatchObject([
      { type: 'answer', id: 1, answer: { title: 'supposed' } },
      { type: 'refusal', id: 2 },
      { type: 'refusal', id: 3 },
    ]);
  });
});
