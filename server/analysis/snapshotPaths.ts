/** The paths of an effect as data for a picture: what each does, and what would close it. */

import type { Effect } from '../../engine/graph/effect.ts';
import type { PathReport } from '../../engine/graph/paths/pathReport.ts';
import { listPaths, type PathOptions } from '../../engine/graph/paths/paths.ts';
import type { Node } from '../../engine/model/model.ts';
import { PATH_STATES, type PathState, type SnapshotPath } from '../../engine/report/snapshot.ts';
import { nameList } from '../../engine/wording.ts';
import { pathState } from './pathState.ts';
import type { Structure } from './structure.ts';

/** Paths of a kind that a reader can take in. */
const SHOWN = 8;

/** Steps of the search for one kind: some milliseconds, since it runs at every keystroke. */
const WORK = 50_000;

export interface PathListing {
  readonly paths: readonly SnapshotPath[];
  readonly more: boolean;
}

/** The causal paths, the open biasing ones and those that are closed, some of each, given the set. */
export function snapshotPaths(effect: Effect, set: readonly Node[], structure: Structure): PathListing {
  const list = (which: PathOptions['which'], limit: number) =>
    listPaths(effect, set, { which, limit, work: WORK });
  const lists = [list('causal', SHOWN), list('biasing', SHOWN)];
  // Of all paths only those that the other two lists have no place for.
  const all = list('all', 4 * SHOWN);
  const closed = all.paths.filter(({ open, directed }) => !open && !directed);
  const reports = [...lists.flatMap(({ paths }) => paths), ...closed.slice(0, SHOWN)];
  const paths = reports.map((report) => snapshotPath(report, effect, set, structure));
  return {
    paths: PATH_STATES.flatMap((state) => paths.filter((path) => path.state === state)),
    more: lists.some(({ truncated }) => truncated) || all.truncated || closed.length > SHOWN,
  };
}

/** One path as a picture shows it. */
export function snapshotPath(
  report: PathReport,
  effect: Effect,
  set: readonly Node[],
  structure: Structure,
): SnapshotPath {
  const { names } = structure.graph;
  const { path } = report;
  const named = (nodes: readonly Node[]): string[] => nodes.map((node) => names[node] ?? '');
  const state = stateOf(report);
  const closers = state === 'biasing' ? named(closersOf(report, effect)) : [];
  const does = pathState(report, structure);
  const sentences = [`${does.charAt(0).toUpperCase()}${does.slice(1)}`];
  if (state === 'biasing') sentences.push(wayOut(report, closers, set, structure));
  return {
    nodes: named(path.nodes),
    arrows: path.arrows,
    state,
    sentence: sentences.join(' ').trim(),
    closers,
  };
}

function stateOf({ directed, open }: PathReport): PathState {
  if (directed) return open ? 'causal' : 'cut';
  return open ? 'biasing' : 'closed';
}

/** The variables on a path at which it can be closed: measured, let through, and harmless to hold fixed. */
function closersOf({ inner }: PathReport, { adjustable }: Effect): Node[] {
  return inner.flatMap(({ kind, node }) => (kind === 'passes' && adjustable[node] === 1 ? [node] : []));
}

function wayOut(
  { inner, path }: PathReport,
  closers: readonly string[],
  set: readonly Node[],
  { model, graph }: Structure,
): string {
  const named = (nodes: readonly Node[]): string => nameList(nodes.map((node) => graph.names[node] ?? ''));
  const openers = [...new Set(inner.flatMap((each) => (each.kind === 'opened' ? [each.by] : [])))];
  const left = openers.filter((node) => set.includes(node));
  const ways = [
    ...(closers.length === 0
      ? []
      : [`adjust for ${nameList(closers)}${closers.length > 1 ? ' (one is enough)' : ''}`]),
    ...(left.length === 0 ? [] : [`leave ${named(left)} alone`]),
  ];
  if (ways.length > 0) return `To close it, ${ways.join(', or ')}.`;
  const hidden = [...new Set(path.nodes)].filter((node) => model.variables[node]?.latent === true);
  if (hidden.length > 0)
    return `Nothing measured can close it: ${named(hidden)} ${hidden.length === 1 ? 'is' : 'are'} not measured.`;
  if (path.arrows.includes('↔'))
    return 'Nothing measured can close it: the common cause behind ↔ is not measured.';
  return 'Nothing on it can be adjusted for without harm.';
}
