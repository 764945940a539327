/** Paths in words, and where in the text their edges stand. */

import { formatPath, type Path } from '../../engine/graph/path.ts';
import type { PathReport } from '../../engine/graph/pathReport.ts';
import type { RelatedPlace } from './diagnostic.ts';
import type { Structure, WrittenEdge } from './structure.ts';

/** `personalized ← taste → engagement`. */
export function pathText(path: Path, structure: Structure): string {
  return formatPath(path, structure.graph.names);
}

/** The edges of a path as they were written, in its order. */
export function pathEdges(path: Path, structure: Structure): WrittenEdge[] {
  return path.arrows.flatMap((arrow, index) => {
    const a = path.nodes[index];
    const b = path.nodes[index + 1];
    const edge = structure.edges.find((candidate) => joins(candidate, arrow, a, b));
    return edge === undefined ? [] : [edge];
  });
}

function joins(
  edge: WrittenEdge,
  arrow: Path['arrows'][number],
  a: number | undefined,
  b: number | undefined,
): boolean {
  if (arrow === '→') return edge.kind === 'directed' && edge.from === a && edge.to === b;
  if (arrow === '←') return edge.kind === 'directed' && edge.from === b && edge.to === a;
  return (
    edge.kind === 'bidirected' && ((edge.from === a && edge.to === b) || (edge.from === b && edge.to === a))
  );
}

/** Each edge of a path with the place where it was written. */
export function pathPlaces(path: Path, structure: Structure): RelatedPlace[] {
  const { names } = structure.graph;
  return pathEdges(path, structure).map(({ kind, from, to, range }) => ({
    range,
    message: `on the path: ${names[from]} ${kind === 'directed' ? '→' : '↔'} ${names[to]}`,
  }));
}

/** Why a path is open, where it is not plain to see: the colliders on it that are conditioned on. */
export function openedBy(report: PathReport, structure: Structure): string {
  const { names } = structure.graph;
  const colliders = report.inner.flatMap((inner) => (inner.kind === 'opened' ? [inner] : []));
  if (colliders.length === 0) return '';
  const parts = colliders.map(({ node, by }) =>
    node === by ? `${names[node]}` : `${names[node]}, through its consequence ${names[by]}`,
  );
  return ` It is open because ${parts.join(' and ')} ${colliders.length === 1 ? 'is' : 'are'} held fixed.`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listNames(names: readonly string[]): string {
  if (names.length <= 1) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
