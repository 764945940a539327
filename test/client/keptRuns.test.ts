import { expect, it } from 'vitest';
import { createKeptRuns, type KeptRun } from '../../client/keptRuns.ts';
import { lineChanges } from '../../client/lineChanges.ts';
import { CARD_REPORT } from '../views/realReports.ts';
import { estimate } from '../views/reports.ts';

type Storage = ReturnType<Parameters<typeof createKeptRuns>[0]>;

function storage(version = '1'): Storage {
  const values = new Map<string, unknown>();
  const memento = {
    get: (key: string) => values.get(key),
    // As the editor does: nothing survives but JSON.
    update: async (key: string, value: unknown) => void values.set(key, JSON.parse(JSON.stringify(value))),
    keys: () => [...values.keys()],
  };
  return { memento: memento as unknown as Storage['memento'], version };
}

const RUN: KeptRun = { report: CARD_REPORT, text: 'a -> b', dataState: '1:2', previous: null };

it('runs come back as they were, ends at infinity and all', () => {
  const kept = createKeptRuns(() => place);
  const place = storage();
  const open = estimate({ ci: [Number.NEGATIVE_INFINITY, 1], se: Number.NaN });
  const run = { ...RUN, report: { ...CARD_REPORT, estimates: [open] } };
  kept.write('file:///a', run);
  kept.write('__proto__', RUN);
  expect(kept.read('file:///a')).toEqual(run);
  expect(kept.read('__proto__')).toEqual(RUN);
  expect(kept.read('toString')).toBeNull();
});

it('a run that is too large is not kept, nor the one that it replaces', () => {
  const place = storage();
  const kept = createKeptRuns(() => place);
  kept.write('file:///a', RUN);
  kept.write('file:///b', RUN);
  kept.write('file:///a', { ...RUN, text: 'x'.repeat(500_000) });
  expect(kept.read('file:///a')).toBeNull();
  expect(kept.read('file:///b')).toEqual(RUN);
});

it('the oldest give way to newer ones', () => {
  const place = storage();
  const kept = createKeptRuns(() => place);
  for (let i = 0; i < 6; i++) kept.write(`file:///${i}`, { ...RUN, text: 'x'.repeat(300_000) });
  expect([0, 1, 2, 3, 4, 5].map((i) => kept.read(`file:///${i}`) !== null)).toEqual([
    false,
    false,
    false,
    true,
    true,
    true,
  ]);
});

it('what another version kept, and anything unsound, counts as nothing', () => {
  const place = storage();
  createKeptRuns(() => place).write('file:///a', RUN);
  expect(createKeptRuns(() => ({ ...place, version: '2' })).read('file:///a')).toBeNull();
  for (const runs of [7, [7], [['file:///a', 7]], [['file:///a', '{']], [['file:///a', '{"report":{}}']]]) {
    void place.memento.update('causal.estimates', { version: '1', runs });
    expect(createKeptRuns(() => place).read('file:///a')).toBeNull();
  }
});

it('changed lines are told without spacing, comments and places', () => {
  expect(lineChanges('a -> b\n\n# why\n  b -> c', 'b -> c   \r\n# because\r\na -> b')).toEqual([]);
  expect(lineChanges('a -> b\na -> b', 'a -> b\nb -> c')).toEqual([
    { kind: 'removed', text: 'a -> b' },
    { kind: 'added', text: 'b -> c' },
  ]);
});
