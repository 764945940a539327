import { beforeAll, expect, test } from 'vitest';
import type { Drawing } from '../../views/drawing.ts';
import { layoutGraph } from '../../views/layout.ts';
import { between, displacement, movedDrawing } from '../../views/tween.ts';
import { nodeElk } from './elk.ts';
import { EMPTY, MUSIC, withVariable } from './snapshots.ts';

let before: Drawing;
let after: Drawing;
beforeAll(async () => {
  const elk = nodeElk();
  before = await layoutGraph(MUSIC, elk);
  after = await layoutGraph(withVariable(MUSIC, 'season', [], ['rollout']), elk, before);
});

test('a drawing lies on itself, and a moved one where it was moved', () => {
  expect(displacement(before, before, null)).toEqual({ x: 0, y: 0 });
  const shift = displacement(before, movedDrawing(before, { x: 12, y: -7 }), null);
  expect(shift.x).toBeCloseTo(12);
  expect(shift.y).toBeCloseTo(-7);
});

test('the anchor stays exactly where it is', () => {
  const shift = displacement(before, after, 'age');
  const old = before.nodes.find((node) => node.name === 'age')!;
  const now = after.nodes.find((node) => node.name === 'age')!;
  expect(old.x + old.width / 2 + shift.x).toBeCloseTo(now.x + now.width / 2);
  expect(old.y + old.height / 2 + shift.y).toBeCloseTo(now.y + now.height / 2);
});

test('nothing shared, nothing moved', async () => {
  const empty = await layoutGraph(EMPTY, nodeElk());
  expect(displacement(before, empty, null)).toEqual({ x: 0, y: 0 });
});

test('the way between two drawings starts at one and ends at the other', () => {
  expect(between(before, after, 1)).toEqual(after);
  const start = between(before, after, 0);
  for (const node of before.nodes) {
    const same = start.nodes.find((one) => one.name === node.name)!;
    expect([same.x, same.y]).toEqual([node.x, node.y]);
  }
  expect([start.width, start.height]).toEqual([before.width, before.height]);
  const half = between(before, after, 0.5);
  const at = (drawing: Drawing) => drawing.nodes.find((node) => node.name === 'engagement')!.x;
  expect(at(half)).toBeCloseTo((at(before) + at(after)) / 2);
});
