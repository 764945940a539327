import { describe, expect, test } from 'vitest';
import type { GraphSnapshot } from '../../engine/report/snapshot.ts';
import type { Box } from '../../views/drawing.ts';
import { firstDrawing } from '../../views/firstDrawing.ts';
import { complete, HIDDEN_TASTE, HOSTILE, large, MUSIC, NSW } from './snapshots.ts';

function apart(a: Box, b: Box): boolean {
  return a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
}

const SNAPSHOTS: readonly (readonly [string, GraphSnapshot])[] = [
  ['MUSIC', MUSIC],
  ['HIDDEN_TASTE', HIDDEN_TASTE],
  ['NSW', NSW],
  ['HOSTILE', HOSTILE],
  ['sixty variables', large(60)],
  ['every arrow there can be', complete(12)],
];

describe('the first drawing', () => {
  test.each(SNAPSHOTS)('holds everything, and no variable lies on another: %s', (_name, snapshot) => {
    for (const direction of ['right', 'down'] as const) {
      const { nodes, edges, width, height } = firstDrawing(snapshot, direction);
      expect(nodes.map(({ name }) => name)).toEqual(snapshot.nodes.map(({ name }) => name));
      expect(edges).toHaveLength(snapshot.edges.length);
      nodes.forEach((node, i) => {
        expect(
          node.x >= 0 && node.y >= 0 && node.x + node.width <= width && node.y + node.height <= height,
        ).toBe(true);
        for (const other of nodes.slice(i + 1)) expect(apart(node, other)).toBe(true);
      });
    }
  });

  test('leads from causes to effects, instruments first and the outcome last', () => {
    const { nodes } = firstDrawing(MUSIC, 'right');
    const at = new Map(nodes.map((node) => [node.name, node]));
    for (const { from, to, kind } of MUSIC.edges)
      if (kind === 'directed') expect((at.get(from)?.x ?? 0) < (at.get(to)?.x ?? 0)).toBe(true);
    const left = Math.min(...nodes.map(({ x }) => x));
    expect(nodes.filter(({ role }) => role === 'instrument').every(({ x }) => x < left + 200)).toBe(true);
    const outcome = nodes.find(({ role }) => role === 'outcome');
    expect(nodes.every(({ x }) => x <= (outcome?.x ?? 0))).toBe(true);
  });

  test('is there for a cycle too, and always the same', () => {
    const [first] = MUSIC.edges;
    if (first === undefined) throw new Error('no arrow');
    const cyclic = { ...MUSIC, edges: [...MUSIC.edges, { ...first, from: first.to, to: first.from }] };
    expect(firstDrawing(cyclic, 'right')).toEqual(firstDrawing(cyclic, 'right'));
    expect(firstDrawing(cyclic, 'right').edges.every(({ curve }) => curve.pieces.length > 0)).toBe(true);
  });
});
