/**
 * A first drawing of a model, in a millisecond and without a layout library, for the moments until that has found a better one: layers by the longest way
 * from a cause (Sugiyama, Tagawa & Toda 1981), in each of them an order by the mean place of the neighbours.
 */

import type { GraphSnapshot } from '../engine/report/snapshot.ts';
import { placedBadges } from './badges.ts';
import type { Box, Drawing, DrawnNode, LayoutDirection } from './drawing.ts';
import { drawnEdges } from './drawnEdges.ts';
import { type IndexedEdge, indexedEdges, layeringEdges } from './elkGraph.ts';
import { framed } from './layout.ts';
import { type SizedNode, sizedNode } from './nodeBox.ts';
import { turnedParts, turnedSize } from './turned.ts';

/** Pixels between layers and between the variables of one. */
const ACROSS = 84;
const DOWN = 26;
const SWEEPS = 4;

/** The same snapshot always gives the same drawing; cycles are cut at the arrow that runs against the order of declaration. */
export function firstDrawing(snapshot: GraphSnapshot, direction: LayoutDirection): Drawing {
  const { title, verdict } = snapshot;
  const turned = direction === 'down';
  const sized = snapshot.nodes.map((node) => (turned ? turnedSize(sizedNode(node)) : sizedNode(node)));
  const edges = indexedEdges(snapshot);
  const forward = acyclic(layeringEdges(edges, sized.length), sized.length);
  const layers = orderedLayers(layersOf(sized, forward), forward);
  const places = placesOf(layers, sized);
  const nodes = sized.map((node, place) => ({ ...node, ...(places[place] ?? { x: 0, y: 0 }), turned }));
  const arrows = drawnEdges(edges, nodes, null);
  const plain = nodes.map(({ turned: _turned, ...node }): DrawnNode => node);
  const parts = turned ? turnedParts({ nodes: plain, edges: arrows }) : { nodes: plain, edges: arrows };
  const drawn = framed(parts.nodes, parts.edges);
  return { direction, title, verdict, ...drawn, edges: placedBadges(drawn.edges, drawn.nodes) };
}

/** The edges without those that lead back to a variable that is still being left. */
function acyclic(edges: readonly IndexedEdge[], count: number): readonly IndexedEdge[] {
  const leaving = outgoing(edges, count);
  const state = new Uint8Array(count);
  const kept: IndexedEdge[] = [];
  for (let start = 0; start < count; start++) {
    if (state[start] !== 0) continue;
    const stack = [{ place: start, next: 0 }];
    state[start] = 1;
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const edge = leaving[top.place]?.[top.next++];
      if (edge === undefined) {
        state[top.place] = 2;
        stack.pop();
      } else if (state[edge.to] !== 1) {
        kept.push(edge);
        if (state[edge.to] === 0) {
          state[edge.to] = 1;
          stack.push({ place: edge.to, next: 0 });
        }
      }
    }
  }
  return kept;
}

function outgoing(edges: readonly IndexedEdge[], count: number): readonly (readonly IndexedEdge[])[] {
  const leaving: IndexedEdge[][] = Array.from({ length: count }, () => []);
  for (const edge of edges) leaving[edge.from]?.push(edge);
  return leaving;
}

/** The places of the variables by layer: causes before effects, instruments first, the outcome last, and whatever else is free near its effects. */
function layersOf(
  nodes: readonly SizedNode[],
  edges: readonly IndexedEdge[],
): readonly (readonly number[])[] {
  const order = causesFirst(edges, nodes.length);
  const leaving = outgoing(edges, nodes.length);
  const layer = new Int32Array(nodes.length);
  for (const place of order)
    for (const { to } of leaving[place] ?? []) layer[to] = Math.max(layer[to] ?? 0, (layer[place] ?? 0) + 1);
  const last = layer.reduce((most, one) => Math.max(most, one), 0);
  for (const place of [...order].reverse()) {
    const effects = leaving[place] ?? [];
    if (effects.length === 0) {
      if (nodes[place]?.role === 'outcome') layer[place] = last;
    } else if (nodes[place]?.role !== 'instrument')
      layer[place] = effects.reduce((least, { to }) => Math.min(least, (layer[to] ?? 0) - 1), last);
  }
  const layers: number[][] = Array.from({ length: last + 1 }, () => []);
  for (const [place, one] of layer.entries()) layers[one]?.push(place);
  return layers;
}

/** Every variable after its causes. */
function causesFirst(edges: readonly IndexedEdge[], count: number): readonly number[] {
  const leaving = outgoing(edges, count);
  const waiting = new Int32Array(count);
  for (const { to } of edges) waiting[to] = (waiting[to] ?? 0) + 1;
  const order = [...waiting.keys()].filter((place) => waiting[place] === 0);
  // The list grows while it is read.
  for (const place of order)
    for (const { to } of leaving[place] ?? []) {
      waiting[to] = (waiting[to] ?? 0) - 1;
      if (waiting[to] === 0) order.push(to);
    }
  return order;
}

/** Each layer by the mean height of its neighbours, to the right and to the left in turn. */
function orderedLayers(
  layers: readonly (readonly number[])[],
  edges: readonly IndexedEdge[],
): readonly (readonly number[])[] {
  let ordered = layers;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const toTheRight = sweep % 2 === 0;
    const height = new Map(
      ordered.flatMap((layer) => layer.map((place, at) => [place, at - layer.length / 2])),
    );
    const neighbours = new Map<number, number[]>();
    for (const { from, to } of edges) {
      const [of, by] = toTheRight ? [to, from] : [from, to];
      neighbours.set(of, [...(neighbours.get(of) ?? []), height.get(by) ?? 0]);
    }
    const wish = (place: number): number => {
      const around = neighbours.get(place) ?? [];
      if (around.length === 0) return height.get(place) ?? 0;
      return around.reduce((sum, one) => sum + one, 0) / around.length;
    };
    ordered = ordered.map((layer) => [...layer].sort((a, b) => wish(a) - wish(b)));
  }
  return ordered;
}

/** Upper left corners: layers beside each other, each centred on the same line. */
function placesOf(
  layers: readonly (readonly number[])[],
  nodes: readonly SizedNode[],
): readonly (Pick<Box, 'x' | 'y'> | undefined)[] {
  const places: (Pick<Box, 'x' | 'y'> | undefined)[] = nodes.map(() => undefined);
  let left = 0;
  for (const layer of layers) {
    const sizes = layer.flatMap((place) => nodes[place] ?? []);
    const width = sizes.reduce((most, node) => Math.max(most, node.width), 0);
    let y = -sizes.reduce((sum, node) => sum + node.height + DOWN, -DOWN) / 2;
    for (const place of layer) {
      const node = nodes[place];
      if (node === undefined) continue;
      places[place] = { x: left + (width - node.width) / 2, y };
      y += node.height + DOWN;
    }
    left += width + ACROSS;
  }
  return places;
}
