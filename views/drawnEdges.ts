/** The arrows of a drawing: the way of each, cut back to its heads. */

import type { ElkEdgeSection, ElkExtendedEdge } from 'elkjs/lib/elk-api.js';
import type { SnapshotEdge } from '../engine/report/snapshot.ts';
import { arcBetween, loopOver, type ShapedBox } from './arcs.ts';
import type { Arrowhead, Curve, CurvePiece, DrawnEdge, DrawnNode, EdgeStyle, Point } from './drawing.ts';
import type { IndexedEdge } from './elkGraph.ts';
import { arrowhead, levelCurve, steadied } from './geometry.ts';
import { occupancy } from './occupancy.ts';

/** Length and width of an arrowhead in pixels; the marked edges are heavier, and so are their heads. */
const HEADS: Readonly<Record<EdgeStyle, readonly [length: number, width: number]>> = {
  plain: [8, 7],
  causal: [10, 9],
  biasing: [11, 10],
  cycle: [10, 9],
};

/** A variable where the layout put it, its axes exchanged or not. */
export type PlacedNode = DrawnNode & Pick<ShapedBox, 'turned'>;

const NOWHERE: Curve = { from: { x: 0, y: 0 }, pieces: [] };

function edgeStyle(edge: SnapshotEdge): EdgeStyle {
  if (edge.onCycle) return 'cycle';
  if (edge.biasing) return 'biasing';
  return edge.causal ? 'causal' : 'plain';
}

function sideOf(node: DrawnNode, side: 'left' | 'right'): Point {
  return { x: side === 'left' ? node.x : node.x + node.width, y: node.y + node.height / 2 };
}

/** A way without bends. */
const STRAIGHT: Pick<ElkEdgeSection, 'bendPoints'> = {};

/** The curve along the way that ELK found for an edge; null where it found none, or one against the direction of the layers. */
function layeredCurve(
  edge: IndexedEdge,
  nodes: readonly DrawnNode[],
  routed: ReadonlyMap<string, ElkExtendedEdge> | null,
): Curve | null {
  const section = routed === null ? STRAIGHT : routed.get(edge.id)?.sections?.[0];
  const from = nodes[edge.from];
  const to = nodes[edge.to];
  if (edge.edge.kind === 'bidirected' || section === undefined || from === undefined || to === undefined)
    return null;
  const points = [sideOf(from, 'right'), ...(section.bendPoints ?? []), sideOf(to, 'left')];
  const rises = points.every((point, i) => i === 0 || point.x > (points[i - 1]?.x ?? 0));
  return rises ? levelCurve(steadied(points)) : null;
}

/** The way of each edge in their order; those that the layers have no way for are laid over the rest. */
function waysOf(
  edges: readonly IndexedEdge[],
  nodes: readonly PlacedNode[],
  routed: ReadonlyMap<string, ElkExtendedEdge> | null,
): readonly Curve[] {
  const layered = edges.map((edge) => layeredCurve(edge, nodes, routed));
  const taken = occupancy(layered.filter((curve) => curve !== null));
  return layered.map((curve, i) => {
    const edge = edges[i];
    const from = nodes[edge?.from ?? 0];
    const to = nodes[edge?.to ?? 0];
    if (curve !== null) return curve;
    if (from === undefined || to === undefined) return NOWHERE;
    const arc = from === to ? loopOver(from) : arcBetween(from, to, nodes, taken.holds);
    taken.add(arc);
    return arc;
  });
}

function difference(end: Point, control: Point): Point {
  return { x: end.x - control.x, y: end.y - control.y };
}

function baseOf(head: Arrowhead): Point {
  return { x: (head[1].x + head[2].x) / 2, y: (head[1].y + head[2].y) / 2 };
}

/** The curve cut back to the base of its arrowheads, and these: at its end, and where `both` is set at its start too. */
function headed(curve: Curve, style: EdgeStyle, both: boolean): Pick<DrawnEdge, 'curve' | 'heads'> {
  const first = curve.pieces[0];
  const last = curve.pieces[curve.pieces.length - 1];
  if (first === undefined || last === undefined) return { curve, heads: [] };
  const [length, width] = HEADS[style];
  const end = arrowhead(last.to, difference(last.to, last.c2), length, width);
  const start = both ? arrowhead(curve.from, difference(curve.from, first.c1), length, width) : null;
  const pieces = curve.pieces.map(
    (piece): CurvePiece => (piece === last ? { ...piece, to: baseOf(end) } : piece),
  );
  return {
    curve: { from: start === null ? curve.from : baseOf(start), pieces },
    heads: start === null ? [end] : [end, start],
  };
}

/** An edge along a given way, in the lines and heads of what it means; its marks have no place yet. */
export function dressedEdge(edge: SnapshotEdge, way: Curve): DrawnEdge {
  const { from, to, kind, causal, biasing, onCycle, note } = edge;
  const style = edgeStyle(edge);
  const line = headed(way, style, kind === 'bidirected');
  return { from, to, kind, style, causal, biasing, onCycle, note, way, ...line, badge: null, noteAt: null };
}

/** Every edge of the snapshot as it is drawn, in the order of the snapshot; without ways (null) those along the layers run straight. */
export function drawnEdges(
  edges: readonly IndexedEdge[],
  nodes: readonly PlacedNode[],
  routed: ReadonlyMap<string, ElkExtendedEdge> | null,
): readonly DrawnEdge[] {
  const ways = waysOf(edges, nodes, routed);
  return edges.map(({ edge }, i) => dressedEdge(edge, ways[i] ?? NOWHERE));
}
