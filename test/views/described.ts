/** Data to show, described as the job does it. */

import { splitArms } from '../../engine/data/profile/armSplit.ts';
import { countByArm } from '../../engine/data/profile/byArm.ts';
import type { DescribedData } from '../../engine/data/profile/described.ts';
import { type PairPicture, pairOf } from '../../engine/data/profile/pair.ts';
import { profileTable } from '../../engine/data/profile/profile.ts';
import type { Column, Table } from '../../engine/data/table.ts';

export type Shown = DescribedData & { readonly kind: 'described' };

/** A sequence between 0 and 1 that looks random and is the same each time. */
export function sequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function tableOf(columns: readonly (readonly [string, Column])[]): Table {
  const [first] = columns;
  const rowCount = first?.[1].kind === 'numeric' ? first[1].values.length : 0;
  return { rowCount, columns: new Map(columns) };
}

const numbers = (values: readonly number[]): Column => ({
  kind: 'numeric',
  values: Float64Array.from(values),
});

function describedOf(table: Table, treatment: string | null, outcome: string, file: string): Shown {
  const names = [...table.columns.keys()];
  const roles = { treatment: treatment === null ? [] : [treatment], outcome: [outcome] };
  const profile = profileTable(table, names, new Map(), roles);
  const arms = treatment === null ? null : splitArms(table, treatment);
  const count = table.rowCount;
  return {
    kind: 'described',
    ...profile,
    file,
    rows: { read: count + 130, kept: count, dropped: { where: 100, undecided: 30 } },
    columns: [...names, 'unused'],
    byArm:
      arms === null
        ? null
        : {
            split: arms.split,
            variables: countByArm(table, profile.variables, arms.places, arms.split.arms.length),
          },
  };
}

const ROWS = 3000;

/** The columns of the music example, and some with faults. `arms` is how many levels the treatment has; above 5 it is a number of many values. */
export function musicTable(arms = 2): Table {
  const random = sequence(7);
  const normal = (): number => random() + random() + random() + random() - 2;
  const rows = Array.from({ length: ROWS }, () => {
    const age = Math.round(13 + 60 * random() ** 1.6);
    const activity = 2 + normal() - age / 60;
    const pull = 0.5 + activity / 6 - age / 150 + normal() / 4;
    const personalized = arms > 5 ? 10 * pull : Math.min(arms - 1, Math.max(0, Math.floor(arms * pull)));
    const engagement = 3 + personalized / Math.max(1, arms - 1) + activity - age / 40 + normal();
    return { age, activity, personalized, engagement, premium: random() < age / 80 ? 1 : 0 };
  });
  const column = (name: 'age' | 'activity' | 'personalized' | 'engagement' | 'premium') =>
    [name, numbers(rows.map((row) => row[name]))] as const;
  const regions = ['north', 'south', 'east and the islands', 'west'];
  return tableOf([
    column('personalized'),
    column('engagement'),
    column('age'),
    column('premium'),
    [
      'activity',
      numbers(rows.map(({ activity }) => (activity > 2.2 && random() < 0.3 ? Number.NaN : activity))),
    ],
    [
      'region',
      {
        kind: 'categorical',
        levels: regions,
        codes: Int32Array.from(rows, ({ age }) => (age > 50 ? 1 : Math.floor(random() * 4))),
      },
    ],
    ['rollout', numbers(rows.map(() => (random() < 0.5 ? 1 : 0)))],
    ['row', numbers(rows.map((_, i) => i + 1))],
    ['country', { kind: 'categorical', levels: ['DK'], codes: new Int32Array(ROWS) }],
  ]);
}

export function described(arms = 2): Shown {
  return describedOf(musicTable(arms), 'personalized', 'engagement', 'music.csv');
}

export function undirected(): Shown {
  return describedOf(musicTable(), null, 'engagement', 'music.csv');
}

export function pairPicture(x: string, y: string, arms = 2): PairPicture {
  return pairOf(musicTable(arms), x, y, 'personalized');
}

/** `count` variables beside treatment and outcome. */
export function manyVariables(count: number): Shown {
  const random = sequence(3);
  const [personalized, engagement] = [...musicTable().columns];
  if (personalized === undefined || engagement === undefined) throw new Error('no columns');
  const rest = Array.from(
    { length: count },
    (_, i) => [`variable_${i}`, numbers(Array.from({ length: ROWS }, () => random() * (i + 1)))] as const,
  );
  return describedOf(tableOf([personalized, engagement, ...rest]), 'personalized', 'engagement', 'wide.csv');
}

/** Variables under odd names, the first of them the treatment. */
export function oddlyNamed(names: readonly string[]): Shown {
  const random = sequence(5);
  const columns = names.map(
    (name, i) =>
      [
        name,
        numbers(Array.from({ length: 200 }, () => (i === 0 ? Math.round(random()) : random() * 9))),
      ] as const,
  );
  const level: readonly [string, Column] = [
    'text',
    {
      kind: 'categorical',
      levels: names,
      codes: Int32Array.from({ length: 200 }, (_, i) => i % names.length),
    },
  ];
  return describedOf(tableOf([...columns, level]), names[0] ?? '', names[1] ?? '', '<img src=x>.csv');
}
