/** The graph as ELK is asked to lay it out, and what ELK answers. */

import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import type { GraphSnapshot, SnapshotEdge } from '../engine/report/snapshot.ts';
import type { Point } from './drawing.ts';
import type { SizedNode } from './nodeBox.ts';

/** What lays out: an instance of elkjs, wherever and however it was loaded. */
export interface LayoutEngine {
  readonly layout: (graph: ElkNode) => Promise<ElkNode>;
}

const GRAPH_OPTIONS: Readonly<Record<string, string>> = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.randomSeed': '1',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
  'elk.separateConnectedComponents': 'true',
  'elk.spacing.componentComponent': '44',
  'elk.spacing.nodeNode': '26',
  'elk.spacing.edgeNode': '18',
  'elk.spacing.edgeEdge': '14',
  'elk.layered.spacing.nodeNodeBetweenLayers': '84',
  'elk.layered.spacing.edgeNodeBetweenLayers': '24',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
  // One way in and one way out of each node: arrows meet at the middle of its sides, where every outline has a point.
  'elk.layered.mergeEdges': 'true',
  'elk.edgeRouting': 'POLYLINE',
};

/** The order of declaration decides where nothing else does. ELK takes time for it that grows with the cube of a layer. */
const IN_ORDER: Readonly<Record<string, string>> = {
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.considerModelOrder.components': 'MODEL_ORDER',
  'elk.layered.cycleBreaking.strategy': 'GREEDY_MODEL_ORDER',
};

const placedBy = (strategy: string): Readonly<Record<string, string>> => ({
  'elk.layered.nodePlacement.strategy': strategy,
});

/**
 * How much care ELK takes, by the number of nodes and edges: Brandes & Köpf centre the causes of a small graph on their effects;
 * network simplex is denser, linear segments nearly so, and both grow slow where Brandes & Köpf does not.
 */
const CARE: readonly { readonly upTo: number; readonly options: Readonly<Record<string, string>> }[] = [
  { upTo: 40, options: { ...IN_ORDER, ...placedBy('BRANDES_KOEPF') } },
  { upTo: 200, options: { ...IN_ORDER, ...placedBy('NETWORK_SIMPLEX') } },
  { upTo: 700, options: placedBy('LINEAR_SEGMENTS') },
  { upTo: Infinity, options: { ...placedBy('BRANDES_KOEPF'), 'elk.layered.thoroughness': '2' } },
];

/** An edge of the snapshot with the places of its ends among the nodes. */
export interface IndexedEdge {
  readonly id: string;
  readonly edge: SnapshotEdge;
  readonly from: number;
  readonly to: number;
}

/** The edges whose two ends are nodes of the snapshot. */
export function indexedEdges(snapshot: GraphSnapshot): readonly IndexedEdge[] {
  const places = new Map(snapshot.nodes.map((node, place) => [node.name, place]));
  return snapshot.edges.flatMap((edge, index) => {
    const from = places.get(edge.from);
    const to = places.get(edge.to);
    return from === undefined || to === undefined ? [] : [{ id: `e${index}`, edge, from, to }];
  });
}

/** Root of a place in a forest of components, shortening the way there. */
function component(parents: number[], place: number): number {
  let root = place;
  while ((parents[root] ?? root) !== root) root = parents[root] ?? root;
  parents[place] = root;
  return root;
}

/**
 * The edges that decide the layers: every directed one that is not a loop, and of the bidirected ones those without
 * which two variables would be drawn as strangers.
 */
export function layeringEdges(edges: readonly IndexedEdge[], nodeCount: number): readonly IndexedEdge[] {
  const parents = Array.from({ length: nodeCount }, (_, place) => place);
  const join = (edge: IndexedEdge): boolean => {
    const a = component(parents, edge.from);
    const b = component(parents, edge.to);
    parents[b] = a;
    return a !== b;
  };
  const directed = edges.filter(({ edge, from, to }) => edge.kind === 'directed' && from !== to);
  for (const edge of directed) join(edge);
  return [...directed, ...edges.filter((edge) => edge.edge.kind === 'bidirected' && join(edge))];
}

function position(name: string, before: ReadonlyMap<string, Point> | null): Record<string, string> {
  const at = before?.get(name);
  return at === undefined ? {} : { 'elk.position': `(${at.x},${at.y})` };
}

/**
 * ELK's input for a snapshot: nodes `n0`, `n1`, … by their place and edges by their id, so that no name of the user's ever becomes
 * an identifier. Variables that `before` has a place for keep their order in their layers. `turned`: the axes will be exchanged.
 */
export function elkGraph(
  nodes: readonly SizedNode[],
  edges: readonly IndexedEdge[],
  before: ReadonlyMap<string, Point> | null,
  turned: boolean,
): ElkNode {
  const layering = layeringEdges(edges, nodes.length);
  const sources = new Set(layering.map((edge) => edge.from));
  const targets = new Set(layering.map((edge) => edge.to));
  const constraint = (node: SizedNode, place: number): Record<string, string> => {
    // ELK turns round the arrows that contradict a constraint, so only a node that has none is held in place.
    const held = (layer: string): Record<string, string> => ({
      'elk.layered.layering.layerConstraint': layer,
    });
    if (node.role === 'instrument' && !targets.has(place)) return held('FIRST');
    if (node.role === 'outcome' && !sources.has(place)) return held('LAST');
    return {};
  };
  return {
    id: 'root',
    layoutOptions: {
      ...GRAPH_OPTIONS,
      'elk.aspectRatio': turned ? '0.6' : '1.8',
      ...CARE.find(({ upTo }) => nodes.length + layering.length <= upTo)?.options,
      'elk.layered.crossingMinimization.semiInteractive': String(before !== null),
    },
    children: nodes.map((node, place) => ({
      id: `n${place}`,
      width: node.width,
      height: node.height,
      layoutOptions: {
        'elk.alignment': 'CENTER',
        ...constraint(node, place),
        ...position(node.name, before),
      },
    })),
    edges: layering.map((edge) => ({
      id: edge.id,
      sources: [`n${edge.from}`],
      targets: [`n${edge.to}`],
    })),
  };
}

/** Every node of an answer of ELK's by its identifier. */
export function placedNodes(answer: ElkNode): ReadonlyMap<string, ElkNode> {
  return new Map(answer.children?.map((node) => [node.id, node]));
}

/** Every edge of an answer of ELK's by its identifier. */
export function routedEdges(answer: ElkNode): ReadonlyMap<string, ElkExtendedEdge> {
  return new Map(answer.edges?.map((edge) => [edge.id, edge]));
}
