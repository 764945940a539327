/** The estimates of a view beside a server that the test plays: what they say of text, data, earlier runs and earlier windows. */

import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { KeptRun } from '../../client/keptRuns.ts';
import type { EstimateOutcome } from '../../engine/estimate/result.ts';
import { dataStateRequest, type EstimateAnswer } from '../../server/protocol.ts';
import { DIFFERENCE, estimate, failure } from '../views/reports.ts';

vi.mock('vscode', () => ({
  CancellationTokenSource: class {
    token = { isCancellationRequested: false };
    cancel(): void {
      this.token.isCancellationRequested = true;
    }
    dispose(): void {}
  },
  window: {},
  workspace: {},
}));

const { createEstimateRuns } = await import('../../client/estimateRuns.ts');
type Parts = Parameters<typeof createEstimateRuns>[0];

const TEXT = '# why\ntreat -> y\n\nestimate regression {\n  adjust age\n}\n';
const ROWS = { read: 9, used: 9, dropped: { where: 0, missing: 0 }, filled: {} };

let document: { version: number; text: string; getText: () => string };
let kept: Map<string, KeptRun>;
let dataState: string | null;
/** What the server says to the next run, or why it fails. */
let answer: EstimateAnswer | Error;
let during: (run: string) => void;
let changes: number;

function report(...estimates: EstimateOutcome[]): EstimateAnswer {
  return { kind: 'report', version: document.version, report: { rows: ROWS, estimates }, dataState };
}

function edit(text: string, runs: ReturnType<typeof createEstimateRuns>): void {
  document.version++;
  document.text = text;
  runs.textChanged(text);
}

function window() {
  const server = {
    request: async ({ method }: { method: string }, { run = '' }: { run?: string }) => {
      if (method === dataStateRequest.method) return dataState;
      during(run);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  return createEstimateRuns({
    spec: { toString: () => 'file:///a.causal' } as unknown as Parts['spec'],
    server: server as unknown as Parts['server'],
    open: async () => document as unknown as Awaited<ReturnType<Parts['open']>>,
    kept: { read: (uri) => kept.get(uri) ?? null, write: (uri, run) => void kept.set(uri, run) },
    changed: () => void changes++,
  });
}

beforeEach(() => {
  document = { version: 1, text: TEXT, getText: () => document.text };
  [kept, dataState, during, changes] = [new Map(), '1:100', () => {}, 0];
  answer = report(estimate());
});

describe('results', () => {
  it('are out of date while the text is another, and say in which lines', async () => {
    const runs = window();
    await runs.estimate();
    expect(runs.part().estimates).toMatchObject({ status: 'done', stale: false, changed: null });
    edit(TEXT.replace('adjust age', 'adjust age, sex'), runs);
    expect(runs.part().estimates).toMatchObject({
      stale: true,
      changed: {
        data: false,
        text: [
          { kind: 'removed', text: 'adjust age' },
          { kind: 'added', text: 'adjust age, sex' },
        ],
      },
    });
    edit(TEXT, runs);
    expect(runs.part().estimates).toMatchObject({ stale: false });
  });

  it('are sent again only when their standing changes, not at every key', async () => {
    const runs = window();
    await runs.estimate();
    const before = changes;
    for (const text of ['a', 'ab', 'abc']) edit(text, runs);
    expect(changes).toBe(before + 1);
  });

  it('of a text between the two that are known are out of date without saying why', async () => {
    const runs = window();
    during = () => {
      document.version = 3;
      document.text = 'later';
    };
    answer = { ...report(estimate()), version: 2 } as EstimateAnswer;
    await runs.estimate();
    expect(runs.part().estimates).toMatchObject({ status: 'done', stale: true, changed: null });
  });

  it('stay in view while a run goes on, fails or is cancelled', async () => {
    const runs = window();
    await runs.estimate();
    during = () => {
      expect(runs.part().estimates.status).toBe('running');
      expect(runs.part().kept?.report.estimates).toHaveLength(1);
    };
    answer = new Error('The file is gone.');
    await runs.estimate();
    expect(runs.part()).toMatchObject({
      estimates: { status: 'failed', message: 'The file is gone.' },
      kept: { stale: false },
    });
    during = () => runs.cancel();
    await runs.estimate();
    expect(runs.part()).toMatchObject({ estimates: { status: 'cancelled' }, kept: { stale: false } });
  });

  it('of a newer run are held against the numbers of the one before', async () => {
    const runs = window();
    await runs.estimate();
    expect(runs.part().previous).toBeNull();
    answer = report(estimate({ estimate: 2 }), DIFFERENCE, failure());
    await runs.estimate();
    expect(runs.part().previous).toMatchObject([{ name: 'Regression', result: { estimate: 0.99173312 } }]);
    answer = report(estimate());
    await runs.estimate();
    expect(runs.part().previous?.map(({ result }) => result?.estimate)).toEqual([2, 2.418, undefined]);
  });
});

it('a run tells all its stages and how long it has gone on', async () => {
  const runs = window();
  during = (run) => {
    runs.stages('another', ['x']);
    runs.stages(run, ['Reading a.csv', 'Estimating Regression']);
    expect(runs.progress('another', 'x', 0)).toBe(false);
    expect(runs.progress(run, 'Reading a.csv', 0.2)).toBe(true);
    const { estimates } = runs.part();
    expect(estimates).toMatchObject({
      status: 'running',
      stage: 'Reading a.csv',
      fraction: 0.2,
      stages: ['Reading a.csv', 'Estimating Regression'],
    });
    expect(estimates.status === 'running' && estimates.elapsed).toBeGreaterThanOrEqual(0);
  };
  await runs.estimate();
  expect(runs.progress('late', 'x', 1)).toBe(false);
});

describe('another window', () => {
  beforeEach(async () => {
    const runs = window();
    answer = report(estimate());
    await runs.estimate();
    answer = report(estimate({ estimate: 2 }));
    await runs.estimate();
  });

  it('shows what the one before left, with the numbers before that', async () => {
    const later = window();
    expect(later.part().estimates.status).toBe('none');
    await later.restore();
    expect(later.part()).toMatchObject({
      estimates: { status: 'done', stale: false },
      previous: [{ result: { estimate: 0.99173312 } }],
    });
  });

  it('marks it where the text is another', async () => {
    document.text = `${TEXT}\nage -> y\n`;
    const later = window();
    await later.restore();
    expect(later.part().estimates).toMatchObject({
      stale: true,
      changed: { data: false, text: [{ kind: 'added', text: 'age -> y' }] },
    });
  });

  it('marks it where the data are others', async () => {
    dataState = '2:100';
    const later = window();
    await later.restore();
    expect(later.part().estimates).toMatchObject({ stale: true, changed: { data: true, text: null } });
  });

  it('does not put it over a newer run', async () => {
    const later = window();
    answer = report(estimate({ estimate: 3 }));
    await later.estimate();
    await later.restore();
    const { estimates } = later.part();
    expect(estimates.status === 'done' && estimates.report.estimates[0]).toMatchObject({ estimate: 3 });
  });
});
