/** The drawing of an edited model before it has been laid out: what stood stays, and what is new is put beside what it belongs to. */

import type { GraphSnapshot } from '../engine/report/snapshot.ts';
import { arcBetween, loopOver } from './arcs.ts';
import { placedBadges } from './badges.ts';
import type { Box, Curve, Drawing, DrawnEdge, DrawnNode } from './drawing.ts';
import { dressedEdge } from './drawnEdges.ts';
import { type IndexedEdge, indexedEdges } from './elkGraph.ts';
import { levelCurve } from './geometry.ts';
import { framed } from './layout.ts';
import { type SizedNode, sizedNode } from './nodeBox.ts';
import { occupancy } from './occupancy.ts';
import { turnedParts, turnedSize } from './turned.ts';

/** Pixels between a variable and the one that it is put beside, across and down. */
const ACROSS = 84;
const DOWN = 26;

/**
 * A drawing of the snapshot in the places of the one before. Null where there is too little to go by: nothing was drawn, or more variables are new
 * than were there.
 */
export function provisionalDrawing(snapshot: GraphSnapshot, before: Drawing): Drawing | null {
  // As if it ran from left to right, whichever way it does.
  const turned = before.direction === 'down';
  const { nodes: stood, edges: drew } = turned ? turnedParts(before) : before;
  const old = new Map(stood.map((node) => [node.name, node]));
  const sized = snapshot.nodes.map((node) => (turned ? turnedSize(sizedNode(node)) : sizedNode(node)));
  const kept = sized.filter(({ name }) => old.has(name)).length;
  if (kept === 0 || sized.length - kept > kept) return null;
  const indexed = indexedEdges(snapshot);
  const nodes = placedNodes(sized, indexed, old);
  const laid = { nodes, edges: provisionalEdges(indexed, nodes, { nodes: stood, edges: drew }) };
  const plain = turned ? turnedParts(laid) : laid;
  const drawn = framed(plain.nodes, plain.edges);
  const edges = placedBadges(drawn.edges, drawn.nodes);
  return { direction: before.direction, title: snapshot.title, verdict: snapshot.verdict, ...drawn, edges };
}

function placedNodes(
  sized: readonly SizedNode[],
  edges: readonly IndexedEdge[],
  old: ReadonlyMap<string, DrawnNode>,
): readonly DrawnNode[] {
  const places: (DrawnNode | undefined)[] = sized.map((node) => {
    const at = old.get(node.name);
    // Centred where it was: a role in words may have made it wider.
    return at === undefined ? undefined : { ...node, ...centredOn(node, at) };
  });
  return sized.map((node, place) => {
    const there = places[place];
    if (there !== undefined) return there;
    const added: DrawnNode = { ...node, ...freePlace(node, wantedPlace(node, place, edges, places), places) };
    places[place] = added;
    return added;
  });
}

function centredOn(node: SizedNode, at: Box): Pick<Box, 'x' | 'y'> {
  return { x: at.x + (at.width - node.width) / 2, y: at.y + (at.height - node.height) / 2 };
}

/** Right of its causes, else left of its effects, else under everything. */
function wantedPlace(
  node: SizedNode,
  place: number,
  edges: readonly IndexedEdge[],
  places: readonly (DrawnNode | undefined)[],
): Pick<Box, 'x' | 'y'> {
  const known = (picked: readonly number[]): readonly DrawnNode[] =>
    picked.flatMap((one) => places[one] ?? []);
  const causes = known(edges.filter(({ to }) => to === place).map(({ from }) => from));
  const effects = known(edges.filter(({ from }) => from === place).map(({ to }) => to));
  const beside = causes.length > 0 ? causes : effects;
  if (beside.length === 0) {
    const all = places.flatMap((one) => one ?? []);
    return {
      x: Math.min(...all.map(({ x }) => x)),
      y: Math.max(...all.map(({ y, height }) => y + height)) + DOWN,
    };
  }
  const middle = beside.reduce((sum, { y, height }) => sum + y + height / 2, 0) / beside.length;
  const x =
    causes.length > 0
      ? Math.max(...causes.map((one) => one.x + one.width)) + ACROSS
      : Math.min(...effects.map((one) => one.x)) - ACROSS - node.width;
  return { x, y: middle - node.height / 2 };
}

/** The wanted place, or the nearest below it that no variable has taken. */
function freePlace(
  { width, height }: SizedNode,
  wanted: Pick<Box, 'x' | 'y'>,
  places: readonly (DrawnNode | undefined)[],
): Pick<Box, 'x' | 'y'> {
  const taken = places.flatMap((one) => one ?? []);
  let { y } = wanted;
  const inTheWay = (): DrawnNode | undefined =>
    taken.find(
      (one) =>
        one.x < wanted.x + width + DOWN &&
        wanted.x < one.x + one.width + DOWN &&
        one.y < y + height + DOWN &&
        y < one.y + one.height + DOWN,
    );
  // Each step passes one variable for good.
  for (let one = inTheWay(); one !== undefined; one = inTheWay()) y = one.y + one.height + DOWN;
  return { x: wanted.x, y };
}

/** Arrows between variables that did not move keep their way; the others run straight to the right, or in an arc. */
function provisionalEdges(
  edges: readonly IndexedEdge[],
  nodes: readonly DrawnNode[],
  before: Pick<Drawing, 'nodes' | 'edges'>,
): readonly DrawnEdge[] {
  const key = ({ kind, from, to }: Pick<DrawnEdge, 'kind' | 'from' | 'to'>): string =>
    JSON.stringify([kind, from, to]);
  const ways = new Map(before.edges.map((edge) => [key(edge), edge.way]));
  const still = unmovedNames(nodes, before);
  const taken = occupancy([...ways.values()]);
  return edges.flatMap(({ edge, from, to }): readonly DrawnEdge[] => {
    const [start, end] = [nodes[from], nodes[to]];
    if (start === undefined || end === undefined) return [];
    const way = still.has(edge.from) && still.has(edge.to) ? ways.get(key(edge)) : undefined;
    if (way !== undefined) return [dressedEdge(edge, way)];
    const drawn = edge.kind === 'directed' ? straightRight(start, end) : null;
    const arc = drawn ?? (from === to ? loopOver(start) : arcBetween(start, end, nodes, taken.holds));
    taken.add(arc);
    return [dressedEdge(edge, arc)];
  });
}

function unmovedNames(nodes: readonly DrawnNode[], before: Pick<Drawing, 'nodes'>): ReadonlySet<string> {
  const old = new Map(before.nodes.map((node) => [node.name, node]));
  const same = nodes.filter((node) => {
    const at = old.get(node.name);
    return at?.width === node.width && at.height === node.height && at.shape === node.shape;
  });
  return new Set(same.map(({ name }) => name));
}

function straightRight(start: Box, end: Box): Curve | null {
  const from = { x: start.x + start.width, y: start.y + start.height / 2 };
  const to = { x: end.x, y: end.y + end.height / 2 };
  return from.x < to.x ? levelCurve([from, to]) : null;
}
