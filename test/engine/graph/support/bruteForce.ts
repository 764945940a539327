/**
 * The same questions answered from the definitions, by listing paths and subsets. Slow, and written without
 * anything of the engine's graph code, so that the two can be held against one another.
 */
import type { CausalModel, EffectQuery, Node } from '../../../../engine/model/model.ts';

type Mark = '>' | '<' | '=';

export interface BrutePath {
  readonly nodes: readonly Node[];
  readonly marks: readonly Mark[];
}

/**
 * Whether a directed path of any length, none included, leads from one to the other: by transitive closure.
 */
export function reachability(model: CausalModel): boolean[][] {
  const n = model.variables.length;
  const reach = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => i === j));
  for (const { from, to } of model.directed) reach[from]![to] = true;
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) if (reach[i]![k] && reach[k]![j]) reach[i]![j] = true;
  }
  return reach;
}

/** Every simple path between two nodes, one for each choice among parallel edges. */
export function pathsBetween(model: CausalModel, start: Node, end: Node): BrutePath[] {
  const found: BrutePath[] = [];
  const steps = new Map<Node, { to: Node; mark: Mark }[]>();
  const add = (from: Node, to: Node, mark: Mark) =>
    steps.set(from, [...(steps.get(from) ?? []), { to, mark }]);
  const seen = new Set<string>();
  for (const { from, to } of model.directed) {
    if (seen.has(`${from}>${to}`)) continue;
    seen.add(`${from}>${to}`);
    add(from, to, '>');
    add(to, from, '<');
  }
  for (const { from, to } of model.bidirected) {
    if (seen.has(`${from}=${to}`) || seen.has(`${to}=${from}`)) continue;
    seen.add(`${from}=${to}`);
    add(from, to, '=');
    add(to, from, '=');
  }
  const walk = (nodes: Node[], marks: Mark[]): void => {
    const last = nodes[nodes.length - 1]!;
    if (last === end) {
      found.push({ nodes, marks });
      return;
    }
    for (const { to, mark } of steps.get(last) ?? []) {
      if (!nodes.includes(to)) walk([...nodes, to], [...marks, mark]);
    }
  };
  walk([start], []);
  return found;
}

export const isCausal = (path: BrutePath): boolean => path.marks.every((mark) => mark === '>');

/** Whether the path is open given the set. */
export function isOpen(
  path: BrutePath,
  given: readonly Node[],
  reach: readonly (readonly boolean[])[],
): boolean {
  for (let i = 1; i + 1 < path.nodes.length; i++) {
    const node = path.nodes[i]!;
    const collider = path.marks[i - 1] !== '<' && path.marks[i] !== '>';
    if (collider ? !given.some((other) => reach[node]![other]) : given.includes(node)) return false;
  }
  return true;
}

/** m-separation by listing paths. */
export function isSeparated(
  model: CausalModel,
  a: readonly Node[],
  b: readonly Node[],
  given: readonly Node[],
): boolean {
  const reach = reachability(model);
  return a.every((x) =>
    b.every((y) => pathsBetween(model, x, y).every((path) => !isOpen(path, given, reach))),
  );
}

/** The proper paths from treatments to outcomes: only their first node is a treatment. */
export function properPaths(model: CausalModel, query: EffectQuery): BrutePath[] {
  return query.treatment.flatMap((x) =>
    query.outcome.flatMap((y) =>
      pathsBetween(model, x, y).filter((path) =>
        path.nodes.slice(1).every((node) => !query.treatment.includes(node)),
      ),
    ),
  );
}

/** Descendants of the nodes, treatments apart, of proper causal paths. */
export function forbiddenNodes(model: CausalModel, query: EffectQuery): Set<Node> {
  const reach = reachability(model);
  const onPaths = properPaths(model, query)
    .filter(isCausal)
    .flatMap((path) => path.nodes.slice(1));
  return new Set(
    model.variables.map((_, node) => node).filter((node) => onPaths.some((above) => reach[above]![node])),
  );
}

/**
 * A test of adjustment sets by the complete criterion: no forbidden node, and every proper path that is not
 * causal is blocked.
 */
export function adjustmentTest(model: CausalModel, query: EffectQuery): (set: readonly Node[]) => boolean {
  const reach = reachability(model);
  const forbidden = forbiddenNodes(model, query);
  const others = properPaths(model, query).filter((path) => !isCausal(path));
  return (set) => {
    const given = [...set, ...query.selection];
    if (given.some((node) => forbidden.has(node))) return false;
    if (set.some((node) => model.variables[node]!.latent)) return false;
    if (set.some((node) => query.treatment.includes(node) || query.outcome.includes(node))) return false;
    return others.every((path) => !isOpen(path, given, reach));
  };
}

/** The model without the first edges of proper causal paths. */
export function withoutCausalEdges(model: CausalModel, query: EffectQuery): CausalModel {
  const first = properPaths(model, query)
    .filter(isCausal)
    .map((path) => `${path.nodes[0]} ${path.nodes[1]}`);
  return { ...model, directed: model.directed.filter(({ from, to }) => !first.includes(`${from} ${to}`)) };
}

/** A test of conditioning sets for an instrument, by listing paths. */
export function instrumentTest(
  model: CausalModel,
  query: EffectQuery,
  z: Node,
): (set: readonly Node[]) => boolean {
  const [x, y] = [query.treatment[0]!, query.outcome[0]!];
  const forbidden = forbiddenNodes(model, query);
  const cut = withoutCausalEdges(model, query);
  const [reach, cutReach] = [reachability(model), reachability(cut)];
  const [toTreatment, toOutcome] = [pathsBetween(model, z, x), pathsBetween(cut, z, y)];
  return (set) => {
    const given = [...set, ...query.selection];
    if (given.some((node) => forbidden.has(node))) return false;
    return (
      toTreatment.some((path) => isOpen(path, given, reach)) &&
      toOutcome.every((path) => !isOpen(path, given, cutReach))
    );
  };
}

/** A test of front-door sets by Pearl's three conditions. */
export function frontDoorTest(model: CausalModel, query: EffectQuery): (set: readonly Node[]) => boolean {
  const causal = properPaths(model, query).filter(isCausal);
  const withoutOut = (nodes: readonly Node[]): CausalModel => ({
    ...model,
    directed: model.directed.filter(({ from }) => !nodes.includes(from)),
  });
  return (set) =>
    causal.every((path) => path.nodes.some((node) => set.includes(node))) &&
    isSeparated(withoutOut(query.treatment), query.treatment, set, []) &&
    isSeparated(withoutOut(set), set, query.outcome, query.treatment);
}

/** Measured nodes without a role. */
export function measuredOthers(model: CausalModel, query: EffectQuery, ...except: readonly Node[]): Node[] {
  const roles = [...query.treatment, ...query.outcome, ...query.selection, ...except];
  return model.variables.flatMap(({ latent }, node) => (latent || roles.includes(node) ? [] : [node]));
}

/**
 * The latent projection onto the measured nodes (Verma & Pearl 1990), by listing the paths that it stands
 * for.
 */
export function latentProjection(model: CausalModel): CausalModel {
  const hidden = (node: Node) => model.variables[node]!.latent;
  const directed: { from: Node; to: Node }[] = [];
  const bidirected: { from: Node; to: Node }[] = [];
  const measured = model.variables.flatMap(({ latent }, node) => (latent ? [] : [node]));
  for (const a of measured) {
    for (const b of measured) {
      if (a === b) continue;
      const through = pathsBetween(model, a, b).filter((path) => path.nodes.slice(1, -1).every(hidden));
      if (through.some(isCausal)) directed.push({ from: a, to: b });
      const trek = ({ nodes, marks }: BrutePath) =>
        marks[0] !== '>' &&
        marks.at(-1) !== '<' &&
        nodes.every((_, i) => i === 0 || i + 1 === nodes.length || marks[i - 1] === '<' || marks[i] === '>');
      if (a < b && through.some(trek)) bidirected.push({ from: a, to: b });
    }
  }
  return { ...model, directed, bidirected };
}
