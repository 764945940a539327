import { describe, expect, test } from 'vitest';
import type { GraphSnapshot } from '../../engine/report/snapshot.ts';
import type { Box } from '../../views/drawing.ts';
import { layoutGraph } from '../../views/layout.ts';
import { provisionalDrawing } from '../../views/provisional.ts';
import { nodeElk } from './elk.ts';
import { large, MUSIC, NSW, withVariable } from './snapshots.ts';

/** The same graph with one more arrow. */
function withArrow(snapshot: GraphSnapshot, from: string, to: string): GraphSnapshot {
  const edge = {
    from,
    to,
    kind: 'directed',
    note: undefined,
    causal: false,
    biasing: false,
    onCycle: false,
  } as const;
  return { ...snapshot, edges: [...snapshot.edges, edge] };
}

function apart(a: Box, b: Box): boolean {
  return a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
}

describe('the drawing of an edit that is not laid out yet', () => {
  test('shows a new arrow, and moves nothing', async () => {
    const before = await layoutGraph(MUSIC, nodeElk());
    const [first, last] = [before.nodes[0]?.name ?? '', before.nodes.at(-1)?.name ?? ''];
    const drawing = provisionalDrawing(withArrow(MUSIC, first, last), before);
    expect(drawing?.edges).toHaveLength(before.edges.length + 1);
    const shift = (drawing?.nodes[0]?.y ?? 0) - (before.nodes[0]?.y ?? 0);
    expect(drawing?.nodes.map(({ x, y }) => [x, y - shift])).toEqual(before.nodes.map(({ x, y }) => [x, y]));
    expect(drawing?.edges.at(-1)?.curve.pieces.length).toBeGreaterThan(0);
  });

  test.each([
    ['NSW', NSW],
    ['forty variables', large(40)],
  ])('puts a new variable where no other is: %s', async (_name, snapshot) => {
    const before = await layoutGraph(snapshot, nodeElk());
    const some = snapshot.nodes[2]?.name ?? '';
    for (const next of [
      withVariable(snapshot, 'added', [], []),
      withVariable(snapshot, 'added', [some], []),
      withVariable(snapshot, 'added', [], [some]),
    ]) {
      const drawing = provisionalDrawing(next, before);
      const added = drawing?.nodes.find(({ name }) => name === 'added');
      if (added === undefined) throw new Error('not drawn');
      for (const node of drawing?.nodes ?? []) if (node !== added) expect(apart(node, added)).toBe(true);
    }
  });

  test('draws what is left where variables and arrows are gone', async () => {
    const before = await layoutGraph(MUSIC, nodeElk());
    const gone = MUSIC.nodes[1]?.name;
    const next = {
      ...MUSIC,
      nodes: MUSIC.nodes.filter(({ name }) => name !== gone),
      edges: MUSIC.edges.filter(({ from, to }) => from !== gone && to !== gone),
    };
    const drawing = provisionalDrawing(next, before);
    expect(drawing?.nodes.map(({ name }) => name)).toEqual(next.nodes.map(({ name }) => name));
    expect(drawing?.edges).toHaveLength(next.edges.length);
  });

  test('is not there where there is nothing to go by', async () => {
    const before = await layoutGraph(MUSIC, nodeElk());
    expect(provisionalDrawing(NSW, { ...before, nodes: [], edges: [] })).toBeNull();
    expect(provisionalDrawing(large(60), before)).toBeNull();
  });

  test('closes loops and cycles, for all that they are wrong', async () => {
    const before = await layoutGraph(MUSIC, nodeElk());
    const [a, b] = [before.edges[0]?.from ?? '', before.edges[0]?.to ?? ''];
    const drawing = provisionalDrawing(withArrow(withArrow(MUSIC, b, a), a, a), before);
    expect(drawing?.edges.slice(-2).every(({ curve }) => curve.pieces.length > 0)).toBe(true);
  });
});
