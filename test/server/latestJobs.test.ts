import { expect, test } from 'vitest';
import { latestJobs } from '../../server/latestJobs.ts';

interface Job {
  readonly signal: AbortSignal;
  readonly answer: (text: string) => void;
}

function played() {
  const started: Job[] = [];
  const jobs = latestJobs<string>((answer) => answer !== 'cancelled');
  const ask = (key: string, asker = 'a'): Promise<string> =>
    jobs.ask(
      asker,
      async () => key,
      (signal) =>
        new Promise((resolve) => {
          const job = { signal, answer: resolve };
          started.push(job);
          if (signal.aborted) resolve('cancelled');
          signal.addEventListener('abort', () => resolve('cancelled'));
        }),
    );
  return { jobs, ask, started };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('the same question is worked out once, also while it is on its way', async () => {
  const { ask, started } = played();
  const first = ask('k');
  await settled();
  const second = ask('k');
  await settled();
  started[0]?.answer('all');
  expect(await Promise.all([first, second, ask('k')])).toEqual(['all', 'all', 'all']);
  expect(started).toHaveLength(1);
});

test('a newer question ends the one before it, and one of somebody else does not', async () => {
  const { ask, started } = played();
  const [old, other] = [ask('1'), ask('1', 'b')];
  await settled();
  const next = ask('2');
  expect(await old).toBe('cancelled');
  started.at(-1)?.answer('two');
  expect(await next).toBe('two');
  started[1]?.answer('b');
  expect(await other).toBe('b');
});

test('what was cancelled, or failed, is asked again', async () => {
  const { jobs, ask, started } = played();
  const first = ask('k');
  await settled();
  jobs.release('a');
  expect(await first).toBe('cancelled');
  void ask('k');
  await settled();
  expect(started).toHaveLength(2);
  expect(started[1]?.signal.aborted).toBe(false);
});

test('a key that is found out late does not end a newer question', async () => {
  const jobs = latestJobs<string>(() => true);
  let late: (key: string) => void = () => {};
  const old = jobs.ask(
    'a',
    () => new Promise((resolve) => (late = resolve)),
    async ({ aborted }) => (aborted ? 'cancelled' : 'old'),
  );
  const next = jobs.ask(
    'a',
    async () => '2',
    async ({ aborted }) => (aborted ? 'cancelled' : 'new'),
  );
  expect(await next).toBe('new');
  late('1');
  expect(await old).toBe('cancelled');
});
