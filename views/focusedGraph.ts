/** Of a graph too large to draw, the part that matters. */

import type { GraphSnapshot, SnapshotEdge, SnapshotNode } from '../engine/report/snapshot.ts';

/** Variables, and variables and arrows together, beyond which a part is drawn: laying out more takes seconds, and nobody could read it. */
const MOST_VARIABLES = 600;
const MOST_PARTS = 2500;

/** Variables and arrows of the part: a picture that a panel can show. */
const PART_VARIABLES = 150;
const PART_ARROWS = 900;

export interface FocusedGraph {
  readonly graph: GraphSnapshot;
  /** Variables that are left out. */
  readonly hidden: number;
}

/** Is the graph drawn in part only? */
export function needsFocus({ nodes, edges }: GraphSnapshot): boolean {
  return nodes.length > MOST_VARIABLES || nodes.length + edges.length > MOST_PARTS;
}

type Neighbours = ReadonlyMap<string, readonly string[]>;

function neighboursOf(edges: readonly SnapshotEdge[]): Neighbours {
  const neighbours = new Map<string, string[]>();
  const add = (here: string, there: string): void => {
    const known = neighbours.get(here);
    if (known === undefined) neighbours.set(here, [there]);
    else known.push(there);
  };
  for (const { from, to } of edges) {
    add(from, to);
    add(to, from);
  }
  return neighbours;
}

/** What stays in sight wherever the reader looks: the question's own variables, its instruments and the shortest of its paths. */
function mainParts({ nodes, question }: GraphSnapshot): readonly string[] {
  const asked = ['treatment', 'outcome', 'instrument'].flatMap((role) =>
    nodes.flatMap((node) => (node.role === role ? [node.name] : [])),
  );
  return [...asked, ...(question?.paths ?? []).flatMap((path) => path.nodes)];
}

/** Variables in the order in which they are reached from the given ones, at most so many arrows away, either way along each. */
function around(starts: readonly string[], steps: number, neighbours: Neighbours): readonly string[] {
  const reached = new Set(starts);
  let frontier: readonly string[] = starts;
  for (let step = 0; step < steps; step++) {
    const next = frontier.flatMap((name) => neighbours.get(name) ?? []).filter((name) => !reached.has(name));
    for (const name of next) reached.add(name);
    frontier = [...new Set(next)];
  }
  return [...reached];
}

/** The first of the names whose arrows among each other are not too many to draw. */
function drawable(names: readonly string[], neighbours: Neighbours): ReadonlySet<string> {
  const kept = new Set<string>();
  let arrows = 0;
  for (const name of names) {
    if (kept.size >= PART_VARIABLES || kept.has(name)) continue;
    const added = (neighbours.get(name) ?? []).filter((other) => kept.has(other)).length;
    if (arrows + added > PART_ARROWS) continue;
    arrows += added;
    kept.add(name);
  }
  return kept;
}

/**
 * The whole of a graph that can be drawn. Of a larger one the variables of the question, and those within so many arrows of the variable
 * `centre` (null: of treatment and outcome), up to what a panel can show; the nearer ones go before.
 */
export function focusedGraph(graph: GraphSnapshot, centre: string | null, steps: number): FocusedGraph {
  if (!needsFocus(graph)) return { graph, hidden: 0 };
  const neighbours = neighboursOf(graph.edges);
  const known = new Set(graph.nodes.map(({ name }) => name));
  const main = mainParts(graph);
  const start = centre !== null && known.has(centre) ? [centre] : main.slice(0, 2);
  const first = start.length > 0 ? start : graph.nodes.slice(0, 1).map(({ name }) => name);
  const kept = drawable([...first, ...main, ...around(first, steps, neighbours)], neighbours);
  const nodes = graph.nodes.filter(({ name }: SnapshotNode) => kept.has(name));
  return {
    graph: { ...graph, nodes, edges: graph.edges.filter(({ from, to }) => kept.has(from) && kept.has(to)) },
    hidden: graph.nodes.length - nodes.length,
  };
}
