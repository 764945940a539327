/** From one drawing of a model to the next without losing the reader: where the old one lies on the new one, and the steps between. */

import type { Arrowhead, Curve, Drawing, DrawnEdge, Point } from './drawing.ts';
import { moved, movedCurve } from './geometry.ts';

function lerp(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}

function pointBetween(a: Point, b: Point, t: number): Point {
  return { x: lerp(a.x, b.x, t), y: lerp(a.y, b.y, t) };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/**
 * By how much the drawing before must be moved to lie on the one after: exactly for the variable named `anchor` where both have
 * it, else by the median over the variables they share (0 where there are none).
 */
export function displacement(before: Drawing, after: Drawing, anchor: string | null): Point {
  const places = new Map(before.nodes.map((node) => [node.name, node]));
  const shifts = after.nodes.flatMap((node) => {
    const old = places.get(node.name);
    if (old === undefined) return [];
    const shift = {
      x: node.x + node.width / 2 - old.x - old.width / 2,
      y: node.y + node.height / 2 - old.y - old.height / 2,
    };
    return [{ name: node.name, shift }];
  });
  const anchored = shifts.find((one) => one.name === anchor);
  if (anchored !== undefined) return anchored.shift;
  return { x: median(shifts.map((one) => one.shift.x)), y: median(shifts.map((one) => one.shift.y)) };
}

/** The same edge moved. */
export function movedEdge(edge: DrawnEdge, by: Point): DrawnEdge {
  return {
    ...edge,
    way: movedCurve(edge.way, by),
    curve: movedCurve(edge.curve, by),
    heads: edge.heads.map(([tip, a, b]): Arrowhead => [moved(tip, by), moved(a, by), moved(b, by)]),
    badge: edge.badge === null ? null : moved(edge.badge, by),
    noteAt: edge.noteAt === null ? null : moved(edge.noteAt, by),
  };
}

/** The same drawing moved; its size stays. */
export function movedDrawing(drawing: Drawing, by: Point): Drawing {
  return {
    ...drawing,
    nodes: drawing.nodes.map((node) => ({ ...node, ...moved(node, by) })),
    edges: drawing.edges.map((edge) => movedEdge(edge, by)),
  };
}

function curveBetween(a: Curve, b: Curve, t: number): Curve {
  if (a.pieces.length !== b.pieces.length) return b;
  return {
    from: pointBetween(a.from, b.from, t),
    pieces: b.pieces.map((piece, i) => {
      const old = a.pieces[i] ?? piece;
      return {
        c1: pointBetween(old.c1, piece.c1, t),
        c2: pointBetween(old.c2, piece.c2, t),
        to: pointBetween(old.to, piece.to, t),
      };
    }),
  };
}

function headBetween(a: Arrowhead | undefined, b: Arrowhead, t: number): Arrowhead {
  if (a === undefined) return b;
  return [pointBetween(a[0], b[0], t), pointBetween(a[1], b[1], t), pointBetween(a[2], b[2], t)];
}

function edgeBetween(a: DrawnEdge | undefined, b: DrawnEdge, t: number): DrawnEdge {
  if (a === undefined || a.curve.pieces.length !== b.curve.pieces.length) return b;
  return {
    ...b,
    curve: curveBetween(a.curve, b.curve, t),
    heads: b.heads.map((head, i) => headBetween(a.heads[i], head, t)),
    badge: a.badge === null || b.badge === null ? b.badge : pointBetween(a.badge, b.badge, t),
    noteAt: a.noteAt === null || b.noteAt === null ? b.noteAt : pointBetween(a.noteAt, b.noteAt, t),
  };
}

function edgeKey(edge: DrawnEdge): string {
  return JSON.stringify([edge.kind, edge.from, edge.to]);
}

/**
 * The drawing `after` with what it shares with `before` on the way between the two, at `t` from 0 (there) to 1 (here). What is new is
 * at its place from the start.
 */
export function between(before: Drawing, after: Drawing, t: number): Drawing {
  const nodes = new Map(before.nodes.map((node) => [node.name, node]));
  const edges = new Map(before.edges.map((edge) => [edgeKey(edge), edge]));
  return {
    ...after,
    width: lerp(before.width, after.width, t),
    height: lerp(before.height, after.height, t),
    nodes: after.nodes.map((node) => ({ ...node, ...pointBetween(nodes.get(node.name) ?? node, node, t) })),
    edges: after.edges.map((edge) => edgeBetween(edges.get(edgeKey(edge)), edge, t)),
  };
}
