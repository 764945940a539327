/** Cycles: an effect needs an order of cause and consequence. */

import { findCycles } from '../../../engine/graph/cycles.ts';
import { createWorkspace, wholeGraph } from '../../../engine/graph/reachability.ts';
import { type Diagnostic, diagnostic } from '../diagnostic.ts';
import { pathEdges, pathPlaces } from '../paths.ts';
import type { Structure } from '../structure.ts';

/** Tells a short cycle of each knot of the graph, and each edge from a variable to itself. */
export function checkCycles(structure: Structure): Diagnostic[] {
  const { graph } = structure;
  const loops = structure.edges
    .filter(({ from, to }) => from === to)
    .map(({ from, range }) =>
      diagnostic(
        'self-loop',
        range,
        `${graph.names[from]} points at itself. Nothing is its own cause: remove this edge.`,
      ),
    );
  const cycles = findCycles(wholeGraph(graph, createWorkspace())).map((cycle) =>
    cycleDiagnostic(cycle, structure),
  );
  return [...loops, ...cycles];
}

function cycleDiagnostic(cycle: readonly number[], structure: Structure): Diagnostic {
  const nodes = [...cycle, ...cycle.slice(0, 1)];
  const path = { nodes, arrows: cycle.map(() => '→' as const) };
  const text = nodes.map((node) => structure.graph.names[node]).join(' → ');
  const [first] = pathEdges(path, structure);
  return diagnostic(
    'cycle',
    first?.range ?? { start: 0, end: 0 },
    `${text} is a circle: each would cause itself, so no effect can be identified. Remove or reverse one of its edges.`,
    { related: pathPlaces(path, structure) },
  );
}
