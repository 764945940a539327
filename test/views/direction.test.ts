import { describe, expect, test } from 'vitest';
import type { Drawing } from '../../views/drawing.ts';
import { layoutGraph } from '../../views/layout.ts';
import { provisionalDrawing } from '../../views/provisional.ts';
import { nodeElk } from './elk.ts';
import { ALL_ROLES, CYCLIC, HIDDEN_TASTE, MUSIC, withVariable } from './snapshots.ts';

const elk = nodeElk();

function node(drawing: Drawing, name: string) {
  const found = drawing.nodes.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

/** Pairs of boxes that lie over one another. */
function overlaps({ nodes }: Drawing): number {
  return nodes.flatMap((a, i) =>
    nodes
      .slice(i + 1)
      .filter(
        (b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height,
      ),
  ).length;
}

describe('from top to bottom', () => {
  test.each([MUSIC, HIDDEN_TASTE, ALL_ROLES, CYCLIC])(
    '$title: boxes stand apart, and arrows meet their outlines',
    async (snapshot) => {
      const drawing = await layoutGraph(snapshot, elk, null, 'down');
      expect(drawing.direction).toBe('down');
      expect(overlaps(drawing)).toBe(0);
      for (const edge of drawing.edges) {
        if (edge.kind !== 'directed' || edge.onCycle) continue;
        const [from, to] = [node(drawing, edge.from), node(drawing, edge.to)];
        const tip = edge.heads[0]?.[0];
        expect(edge.way.from.y).toBeGreaterThanOrEqual(from.y - 0.5);
        expect(edge.way.from.y).toBeLessThanOrEqual(from.y + from.height + 0.5);
        expect(tip?.x).toBeGreaterThanOrEqual(to.x - 0.5);
        expect(tip?.x).toBeLessThanOrEqual(to.x + to.width + 0.5);
        expect(tip?.y).toBeGreaterThanOrEqual(to.y - 0.5);
      }
    },
  );

  test('the instrument is on top and the outcome at the foot', async () => {
    const drawing = await layoutGraph(MUSIC, elk, null, 'down');
    const middle = ({ y, height }: { y: number; height: number }) => y + height / 2;
    const all = drawing.nodes.map(middle);
    expect(middle(node(drawing, 'rollout'))).toBeLessThan(Math.min(...all) + 1);
    expect(middle(node(drawing, 'engagement'))).toBeGreaterThan(Math.max(...all) - 1);
  });

  test('an edit keeps places, also before it is laid out, and what is said anew moves nothing', async () => {
    const before = await layoutGraph(MUSIC, elk, null, 'down');
    const edited = withVariable(MUSIC, 'season', [], ['engagement']);
    const quick = provisionalDrawing(edited, before);
    expect(quick?.direction).toBe('down');
    expect(quick === null ? -1 : overlaps(quick)).toBe(0);
    const shift = (drawing: Drawing, name: string) => node(drawing, name).x - node(drawing, 'personalized').x;
    for (const name of ['age', 'premium', 'activity'])
      expect(quick === null ? NaN : shift(quick, name)).toBeCloseTo(shift(before, name), 0);
    const said = { ...MUSIC, title: 'Another' };
    const after = await layoutGraph(said, elk, before, 'down');
    expect(after.nodes.map(({ x, y }) => [x, y])).toEqual(before.nodes.map(({ x, y }) => [x, y]));
  });

  test('turned round and back it is as it was', async () => {
    const across = await layoutGraph(MUSIC, elk);
    const down = await layoutGraph(MUSIC, elk, across, 'down');
    const back = await layoutGraph(MUSIC, elk, down, 'right');
    const order = ({ nodes }: Drawing) =>
      [...nodes].sort((a, b) => a.x - b.x || a.y - b.y).map(({ name }) => name);
    expect(order(back)).toEqual(order(across));
  });
});
