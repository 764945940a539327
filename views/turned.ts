/** Drawings with their two axes exchanged: what runs from left to right then runs from top to bottom. */

import type { Arrowhead, Curve, Drawing, DrawnEdge, DrawnNode, Point } from './drawing.ts';

export function turnedPoint({ x, y }: Point): Point {
  return { x: y, y: x };
}

export function turnedSize<Sized extends { readonly width: number; readonly height: number }>(
  box: Sized,
): Sized {
  return { ...box, width: box.height, height: box.width };
}

export function turnedNode(node: DrawnNode): DrawnNode {
  return { ...turnedSize(node), ...turnedPoint(node) };
}

function turnedCurve({ from, pieces }: Curve): Curve {
  return {
    from: turnedPoint(from),
    pieces: pieces.map(({ c1, c2, to }) => ({
      c1: turnedPoint(c1),
      c2: turnedPoint(c2),
      to: turnedPoint(to),
    })),
  };
}

/** An arrow whose marks have no place yet. */
export function turnedEdge(edge: DrawnEdge): DrawnEdge {
  return {
    ...edge,
    way: turnedCurve(edge.way),
    curve: turnedCurve(edge.curve),
    heads: edge.heads.map(([tip, a, b]): Arrowhead => [turnedPoint(tip), turnedPoint(a), turnedPoint(b)]),
  };
}

/** All that a drawing consists of; marks are to be placed anew. */
export function turnedParts({
  nodes,
  edges,
}: Pick<Drawing, 'nodes' | 'edges'>): Pick<Drawing, 'nodes' | 'edges'> {
  return { nodes: nodes.map(turnedNode), edges: edges.map(turnedEdge) };
}
