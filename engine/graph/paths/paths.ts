import type { Node } from '../../model/model.ts';
import { conditioned, type Effect } from '../effect.ts';
import { difference, intersects, members, type NodeSet, nodeSet, union } from '../kernel/nodeSet.ts';
import { isDirected, type Path, type Walk, withoutLoops } from '../kernel/path.ts';
import { ask, distances, walkTo } from '../kernel/reachability.ts';
import { ancestry, connection, connectionVia, skeleton } from '../kernel/tables.ts';
import { ancestors } from '../separation/separation.ts';
import { type PathReport, reportPath } from './pathReport.ts';
import { type PathSearch, simplePaths } from './pathSearch.ts';

/** Which paths are listed, and how many. */
export interface PathOptions {
  /** `all` paths of the graph, the `causal` ones alone, or the `biasing` ones: open, and not causal. */
  readonly which: 'all' | 'causal' | 'biasing';
  readonly limit: number;
  /** Only paths with this node on them. */
  readonly through?: Node;
  /** Steps of the search after which it stops. */
  readonly work?: number;
}

/** Paths, the shorter first, and whether there may be more. */
export interface PathList {
  readonly paths: readonly PathReport[];
  readonly truncated: boolean;
}

const WORK = 2_000_000;

/**
 * Lists simple paths from a treatment to an outcome that meet no other treatment or outcome, in order of
 * length, each with what makes it open or blocked given the set and the selection. For showing only: nothing
 * is decided by it. The number of paths may be exponential, so the work is bounded.
 */
export function listPaths(effect: Effect, set: readonly Node[], options: PathOptions): PathList {
  const given = conditioned(effect, set);
  const paths: PathReport[] = [];
  const budget = { left: options.work ?? WORK };
  for (const path of simplePaths(searchOf(effect, given, options.which), budget)) {
    if (options.which !== 'all' && isDirected(path) !== (options.which === 'causal')) continue;
    if (options.through !== undefined && !path.nodes.includes(options.through)) continue;
    if (paths.length >= options.limit) return { paths, truncated: true };
    paths.push(reportPath(effect.view, path, given));
  }
  return { paths, truncated: budget.left <= 0 };
}

/**
 * An open path, not causal, on which the node lies, given the set and the selection: what a hover shows. Null
 * where there is none, or where the work does not suffice to find it. A linear search that usually settles it
 * comes first.
 */
export function biasingPathThrough(
  effect: Effect,
  set: readonly Node[],
  node: Node,
  { work = WORK }: { readonly work?: number } = {},
): PathReport | null {
  const given = conditioned(effect, set);
  const walk = backdoorWalkThrough(effect, given, node);
  if (walk === null && !intersects(given, effect.forbidden)) return null;
  const path = walk === null ? null : withoutLoops(walk);
  if (path?.nodes.includes(node) && isProper(effect, path)) return reportPath(effect.view, path, given);
  return listPaths(effect, set, { which: 'biasing', limit: 1, through: node, work }).paths[0] ?? null;
}

/** A shortest open walk of the proper back-door graph that comes by the node. */
function backdoorWalkThrough(effect: Effect, given: NodeSet, node: Node): Walk | null {
  const { backdoor, treatment, outcome, graph } = effect;
  const opened = ancestors(backdoor, members(given));
  const via = nodeSet(graph.size, [node]);
  if (treatment[node] === 1 || outcome[node] === 1) {
    const starts = treatment[node] === 1 ? [node] : members(treatment);
    return walkTo(ask(backdoor, connection, { given, opened }), starts, outcome[node] === 1 ? via : outcome);
  }
  return walkTo(ask(backdoor, connectionVia, { given, opened, via }), members(treatment), outcome);
}

function isProper({ treatment, outcome }: Effect, path: Path): boolean {
  return path.nodes.slice(1, -1).every((node) => treatment[node] === 0 && outcome[node] === 0);
}

/** Steers the search for paths: over the whole graph, along its arrows, or over what is open and not causal. */
function searchOf(effect: Effect, given: NodeSet, which: PathOptions['which']): PathSearch {
  const { treatment: barrier, outcome: targets, query } = effect;
  if (which === 'all') {
    const remaining = distances(ask(effect.view, skeleton, { barrier }), query.outcome);
    return { view: effect.view, sources: query.treatment, targets, barrier, passes: () => true, remaining };
  }
  if (which === 'causal') {
    const remaining = distances(ask(effect.view, ancestry, { barrier }), query.outcome);
    const passes: PathSearch['passes'] = (_node, arrived, leaving) => arrived === '→' && leaving === '→';
    return { view: effect.view, sources: query.treatment, targets, barrier, passes, remaining };
  }
  const view = intersects(given, effect.forbidden) ? effect.view : effect.backdoor;
  const opened = ancestors(view, members(given));
  const passes: PathSearch['passes'] = (node, arrived, leaving) =>
    arrived !== '←' && leaving !== '→' ? opened[node] === 1 : given[node] === 0;
  const sets = { given: union(given, barrier), opened: difference(opened, barrier) };
  const remaining = distances(ask(view, connection, sets), query.outcome);
  return { view, sources: query.treatment, targets, barrier, passes, remaining };
}
