/** From the model's snapshot to a drawing: ELK places the nodes, and the arrows are drawn along the way it found for them. */

import type { GraphSnapshot } from '../engine/report/snapshot.ts';
import { placedBadges } from './badges.ts';
import { calmer, quiet } from './calm.ts';
import type { Drawing, DrawnEdge, DrawnNode, LayoutDirection, Point } from './drawing.ts';
import { drawnEdges, dressedEdge } from './drawnEdges.ts';
import { elkGraph, indexedEdges, type LayoutEngine, placedNodes, routedEdges } from './elkGraph.ts';
import { moved, sampled } from './geometry.ts';
import { sizedNode } from './nodeBox.ts';
import { formatCount } from './numbers.ts';
import { turnedEdge, turnedNode, turnedPoint, turnedSize } from './turned.ts';
import { movedEdge } from './tween.ts';

/** Smallest box around nodes and arrows, as its two corners. */
function extent(nodes: readonly DrawnNode[], edges: readonly DrawnEdge[]): readonly [Point, Point] {
  const points: Point[] = nodes.flatMap((node) => [
    { x: node.x, y: node.y },
    { x: node.x + node.width, y: node.y + node.height },
  ]);
  for (const edge of edges) points.push(...sampled(edge.curve, 16), ...edge.heads.flat());
  const corner = (pick: (a: number, b: number) => number, start: number): Point =>
    points.reduce((so, { x, y }) => ({ x: pick(so.x, x), y: pick(so.y, y) }), { x: start, y: start });
  return [corner(Math.min, Infinity), corner(Math.max, -Infinity)];
}

/** The drawing moved so that everything in it, arcs included, starts at 0, and as large as all of it. */
export function framed(
  nodes: readonly DrawnNode[],
  edges: readonly DrawnEdge[],
): Pick<Drawing, 'nodes' | 'edges' | 'width' | 'height'> {
  const [low, high] = extent(nodes, edges);
  const by = { x: -Math.floor(low.x), y: -Math.floor(low.y) };
  return {
    nodes: nodes.map((node) => ({ ...node, ...moved(node, by) })),
    edges: edges.map((edge) => movedEdge(edge, by)),
    width: Math.ceil(high.x + by.x),
    height: Math.ceil(high.y + by.y),
  };
}

/**
 * The drawing before with what the snapshot says anew, where that moves nothing: the same variables in the same sizes and shapes,
 * and the same arrows. Null where there is anything to lay out.
 */
function redrawn(snapshot: GraphSnapshot, before: Drawing, direction: LayoutDirection): Drawing | null {
  if (before.direction !== direction) return null;
  const sized = snapshot.nodes.map(sizedNode);
  const indexed = indexedEdges(snapshot);
  if (sized.length !== before.nodes.length || indexed.length !== before.edges.length) return null;
  const nodes = sized.flatMap((node, place): readonly DrawnNode[] => {
    const old = before.nodes[place];
    const same =
      old?.name === node.name &&
      old.shape === node.shape &&
      old.width === node.width &&
      old.height === node.height;
    return same ? [{ ...node, x: old.x, y: old.y }] : [];
  });
  const edges = indexed.flatMap(({ edge }, place): readonly DrawnEdge[] => {
    const old = before.edges[place];
    const same = old?.from === edge.from && old.to === edge.to && old.kind === edge.kind;
    return same ? [dressedEdge(edge, old.way)] : [];
  });
  if (nodes.length !== sized.length || edges.length !== indexed.length) return null;
  return {
    ...before,
    title: snapshot.title,
    verdict: snapshot.verdict,
    nodes,
    edges: placedBadges(edges, nodes),
  };
}

/** Above this number of variables two layouts of an edit would take too long to choose between: the order is kept. */
const COMPARED = 60;

async function laidOut(
  snapshot: GraphSnapshot,
  engine: LayoutEngine,
  before: Drawing | null,
  direction: LayoutDirection,
): Promise<Drawing> {
  const turned = direction === 'down';
  const sized = snapshot.nodes.map((node) => (turned ? turnedSize(sizedNode(node)) : sizedNode(node)));
  const indexed = indexedEdges(snapshot);
  const answer = await engine.layout(elkGraph(sized, indexed, orderOf(before), turned));
  const places = placedNodes(answer);
  const nodes = sized.map((node, place) => {
    const at = places.get(`n${place}`);
    return { ...node, x: at?.x ?? 0, y: at?.y ?? 0, turned };
  });
  const arrows = drawnEdges(indexed, nodes, routedEdges(answer));
  const plain = nodes.map(({ turned: _turned, ...node }): DrawnNode => (turned ? turnedNode(node) : node));
  const drawn = framed(plain, turned ? arrows.map(turnedEdge) : arrows);
  const edges = placedBadges(drawn.edges, drawn.nodes);
  return { direction, title: snapshot.title, verdict: snapshot.verdict, ...drawn, edges };
}

/** Where the layout is to find the variables of the drawing before: as if that, too, ran from left to right. */
function orderOf(before: Drawing | null): ReadonlyMap<string, Point> | null {
  if (before === null) return null;
  return new Map(
    before.nodes.map((node) => [node.name, before.direction === 'down' ? turnedPoint(node) : node]),
  );
}

/** Variables and arrows, counted together, beyond which a layout takes minutes and nobody could read the picture. */
const MOST_DRAWN = 5000;

/** Why a graph is not drawn for its size, as a clause; null where it is. */
export function tooLarge({ nodes, edges }: GraphSnapshot): string | null {
  if (nodes.length + edges.length <= MOST_DRAWN) return null;
  return `${formatCount(nodes.length)} variables and ${formatCount(edges.length)} arrows are more than a picture can show`;
}

/**
 * Lays out a snapshot from left to right, or from top to bottom: instruments in the first layer, the outcome in the last, variables of a layer in
 * order of declaration where that costs no crossing. The same snapshot always gives the same drawing. A cyclic graph is
 * drawn all the same. With the drawing that the reader has before them, the variables keep their order where that leaves more
 * of them in their places. Rejects where the graph is too large, or the engine itself fails.
 *
 * Layers after Sugiyama, Tagawa & Toda (1981), places in them after Brandes & Köpf (2001) and Gansner et al. (1993), as ELK
 * implements them.
 */
export async function layoutGraph(
  snapshot: GraphSnapshot,
  engine: LayoutEngine,
  before: Drawing | null = null,
  direction: LayoutDirection = 'right',
): Promise<Drawing> {
  const { title, verdict, nodes } = snapshot;
  const refusal = tooLarge(snapshot);
  if (refusal !== null) throw new Error(refusal);
  if (nodes.length === 0) return { direction, title, verdict, nodes: [], edges: [], width: 0, height: 0 };
  if (before === null || before.nodes.length === 0) return laidOut(snapshot, engine, null, direction);
  const unmoved = redrawn(snapshot, before, direction);
  if (unmoved !== null) return unmoved;
  const kept = await laidOut(snapshot, engine, before, direction);
  // A drawing that is turned moves everything: there is nothing to spare the reader.
  if (before.direction !== direction) return kept;
  if (nodes.length > COMPARED || quiet(before, kept)) return kept;
  return calmer(before, await laidOut(snapshot, engine, null, direction), kept);
}
