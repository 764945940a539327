import type { Node } from '../model/model.ts';
import type { Effect } from './effect.ts';
import { difference, intersects, members, type NodeSet, nodeSet, union } from './nodeSet.ts';
import { isColliderAt, type Path, withoutLoops } from './path.ts';
import { ask, distances, walkTo } from './reachability.ts';
import { ancestors, descendants, separated } from './separation.ts';
import { minimalSeparator } from './separators.ts';
import { connection, descent, possibleConnection, possibleConnectionInto } from './tables.ts';

/** Where a search stops: after so many branches, or at this count of the workspace's visits. */
export interface SearchBudget {
  readonly branches: number;
  readonly deadline: number;
}

/** An inclusion-minimal conditioning set, the proof that there is none, or neither within the budget. */
export type ConditioningSet =
  | { readonly kind: 'found'; readonly given: readonly Node[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'undecided' };

/**
 * `minimal` where nothing but the selection was required: then no proper subset of the set separates, let
 * alone serves.
 */
type FoundSet =
  | { readonly kind: 'found'; readonly given: readonly Node[]; readonly minimal: boolean }
  | Exclude<ConditioningSet, { readonly kind: 'found' }>;

/** The sets that hold every node of `required` and otherwise only nodes of `allowed`. */
interface Branch {
  readonly required: NodeSet;
  readonly allowed: NodeSet;
}

/**
 * An inclusion-minimal set given which `instrument` is connected with the treatment, and separated from the
 * outcome in the graph without the first edges of the causal paths; it holds no forbidden node (van der
 * Zander, Textor & Liśkiewicz 2015).
 */
export function conditioningSet(effect: Effect, instrument: Node, budget: SearchBudget): ConditioningSet {
  const allowed = difference(effect.adjustable, nodeSet(effect.graph.size, [instrument]));
  const answer = searchSets(effect, instrument, allowed, budget);
  if (answer.kind !== 'found') return answer;
  const { given } = answer;
  return answer.minimal ? { kind: 'found', given } : minimized(effect, instrument, given, budget);
}

/** Drops members for as long as some proper subset serves: each lies within the set less one member. */
function minimized(
  effect: Effect,
  instrument: Node,
  found: readonly Node[],
  budget: SearchBudget,
): ConditioningSet {
  let given = found;
  for (let index = 0; index < given.length; ) {
    const rest = given.filter((_, at) => at !== index);
    const answer = searchSets(effect, instrument, nodeSet(effect.graph.size, rest), budget);
    if (answer.kind === 'undecided') return answer;
    if (answer.kind === 'none') index++;
    else {
      given = answer.given;
      index = 0;
    }
  }
  return { kind: 'found', given };
}

/**
 * Any set within `allowed` that serves. Branch and bound: in each branch the minimal separator nearest to the
 * outcome, which blocks least about the instrument, is tried. The branch is left where no separator is in it
 * (exact), or where the instrument stays cut off from the treatment even if every collider that can be opened
 * is open and nothing undecided blocks (a bound that never errs). Else the path of that bound has a node by
 * which the separator blocks it, and the search branches on having that node or not.
 */
function searchSets(
  effect: Effect,
  instrument: Node,
  allowed: NodeSet,
  { branches, deadline }: SearchBudget,
): FoundSet {
  const { view, backdoor, query, treatment, selection } = effect;
  const pending: Branch[] = [{ required: selection, allowed }];
  for (let count = 0; pending.length > 0; count++) {
    if (count >= branches || view.workspace.visits > deadline) return { kind: 'undecided' };
    const branch = pending.pop()!;
    const { required } = branch;
    const separator = minimalSeparator({ view: backdoor, from: query.outcome, to: [instrument], ...branch });
    if (separator === null) continue;
    const given = union(required, nodeSet(required.length, separator));
    if (!separated(view, [instrument], treatment, given)) {
      const minimal = required === selection;
      return { kind: 'found', given: members(difference(given, selection)), minimal };
    }
    pending.push(...branchesOf(effect, instrument, branch, given));
  }
  return { kind: 'none' };
}

/**
 * What is left to search of a branch in which the set given does not serve: a narrower branch, two halves, or
 * nothing.
 */
function branchesOf(effect: Effect, instrument: Node, branch: Branch, given: NodeSet): Branch[] {
  const narrower = narrowed(effect, branch);
  if (narrower === null) return [];
  if (narrower !== branch) return [narrower];
  const path = hopefulPath(effect, instrument, branch);
  return path === null ? [] : divided(effect, branch, path, given);
}

/**
 * Nodes joined with the outcome, in the graph without the first edges of the causal paths, by a path that no
 * set of the branch blocks: nothing on it can be conditioned on but colliders, which are ancestors of the
 * outcome or of what is required (an inducing path, Verma & Pearl 1990). By the mark at the node.
 */
function boundNodes(
  effect: Effect,
  { required, allowed }: Branch,
): { readonly tail: NodeSet; readonly head: NodeSet } {
  const { backdoor, query, graph } = effect;
  const opened = ancestors(backdoor, [...query.outcome, ...members(required)]);
  const steps = distances(
    ask(backdoor, connection, { given: union(required, allowed), opened }),
    query.outcome,
  );
  const tail = new Uint8Array(graph.size);
  const head = new Uint8Array(graph.size);
  for (let node = 0; node < graph.size; node++) {
    tail[node] = steps[3 * node + 1]! >= 0 ? 1 : 0;
    head[node] = steps[3 * node]! >= 0 || steps[3 * node + 2]! >= 0 ? 1 : 0;
  }
  return { tail, head };
}

/**
 * A path to the treatment that some set of the branch may leave open without joining the instrument with the
 * outcome; null where there is surely none. At a node bound to the outcome by a tail the path would go on to
 * the outcome, unless the node is a collider and conditioned on; at one bound by an arrowhead too, unless the
 * path comes by an arrowhead and leaves by a tail.
 */
function hopefulPath(effect: Effect, instrument: Node, branch: Branch): Path | null {
  const { view, treatment } = effect;
  const { required, allowed } = branch;
  const choice = union(required, allowed);
  const { tail, head } = boundNodes(effect, branch);
  if (intersects(tail, treatment)) return null;
  const opened = difference(ancestors(view, members(choice)), head, difference(tail, choice));
  const table = intersects(head, treatment) ? possibleConnectionInto : possibleConnection;
  const question = ask(view, table, { blocked: union(required, tail), opened, sink: head });
  const walk = walkTo(question, [instrument], treatment);
  return walk === null ? null : withoutLoops(walk);
}

/**
 * The branch without the sets that it cannot need; null where none is left, and the same branch where there
 * are no such sets. Where nothing separates treatment and outcome, the treatment has to be a collider between
 * instrument and outcome that stays closed: nothing that it changes is in the set.
 */
function narrowed(effect: Effect, branch: Branch): Branch | null {
  const { backdoor, view, query } = effect;
  const changed = descendants(view, query.treatment);
  const mayBeChanged = intersects(changed, branch.required) || intersects(changed, branch.allowed);
  if (!mayBeChanged) return branch;
  const ends = { view: backdoor, from: query.outcome, to: query.treatment };
  if (minimalSeparator({ ...ends, ...branch }) !== null) return branch;
  if (intersects(changed, branch.required)) return null;
  return { required: branch.required, allowed: difference(branch.allowed, changed) };
}

/**
 * The two halves of a branch by the first node that closes the path given the set; the more hopeful half
 * comes last, to be searched first.
 */
function divided(effect: Effect, branch: Branch, path: Path, given: NodeSet): Branch[] {
  const { required, allowed } = branch;
  const opened = ancestors(effect.view, members(given));
  for (let index = 1; index + 1 < path.nodes.length; index++) {
    const node = path.nodes[index]!;
    if (!isColliderAt(path, index)) {
      if (given[node] === 1) return [having(branch, node), lacking(branch, node)];
    } else if (opened[node] === 0) {
      const down = walkTo(ask(effect.view, descent, {}), [node], difference(allowed, required));
      const opener = down?.nodes.at(-1);
      if (opener !== undefined) return [lacking(branch, opener), having(branch, opener)];
    }
  }
  return [];
}

function having({ required, allowed }: Branch, node: Node): Branch {
  return { required: union(required, nodeSet(required.length, [node])), allowed };
}

function lacking({ required, allowed }: Branch, node: Node): Branch {
  return { required, allowed: difference(allowed, nodeSet(allowed.length, [node])) };
}
