import { beforeAll, expect, test } from 'vitest';
import { type Direction, neighbour } from '../../media/navigation.ts';
import type { Drawing } from '../../views/drawing.ts';
import { layoutGraph } from '../../views/layout.ts';
import { nodeElk } from '../views/elk.ts';
import { ALL_ROLES, large, MUSIC } from '../views/snapshots.ts';

let music: Drawing;
beforeAll(async () => {
  music = await layoutGraph(MUSIC, nodeElk());
});

test.each([
  ['rollout', 'right', 'personalized'],
  ['personalized', 'right', 'engagement'],
  ['engagement', 'left', 'personalized'],
  ['taste', 'right', 'activity'],
  ['activity', 'left', 'taste'],
  ['rollout', 'left', null],
  ['age', 'down', 'premium'],
  ['nobody', 'right', null],
] as const)('from %s %s is %s', (from, direction, to) => {
  expect(neighbour(music, from, direction)).toBe(to);
});

test('every variable can be reached by the arrow keys', async () => {
  for (const snapshot of [MUSIC, ALL_ROLES, large(40)]) {
    const drawing = await layoutGraph(snapshot, nodeElk());
    const seen = new Set([drawing.nodes[0].name]);
    for (const name of seen) {
      for (const direction of ['left', 'right', 'up', 'down'] satisfies Direction[]) {
        const next = neighbour(drawing, name, direction);
        if (next !== null) seen.add(next);
      }
    }
    expect(drawing.nodes.map((node) => node.name).filter((name) => !seen.has(name))).toEqual([]);
  }
});
