import type { CausalModel, EffectQuery, Node } from '../../../../engine/model/model.ts';
import { latentProjection } from './bruteForce.ts';

/**
 * The yes or no of Shpitser & Pearl's (2006) ID, line by line, on an explicit latent projection: another
 * route than the engine's, which is Tian & Pearl's.
 */
export function isIdentifiable(model: CausalModel, query: EffectQuery): boolean {
  const { directed, bidirected, variables } = latentProjection(model);
  const measured = variables.flatMap(({ latent }, node) => (latent ? [] : [node]));
  const within = (nodes: ReadonlySet<Node>, cut: ReadonlySet<Node> = new Set()) => ({
    directed: directed.filter(({ from, to }) => nodes.has(from) && nodes.has(to) && !cut.has(to)),
    bidirected: bidirected.filter(
      ({ from, to }) => nodes.has(from) && nodes.has(to) && !cut.has(from) && !cut.has(to),
    ),
  });
  const closure = (starts: Iterable<Node>, step: (node: Node) => readonly Node[]): Set<Node> => {
    const found = new Set(starts);
    for (const node of found) for (const next of step(node)) found.add(next);
    return found;
  };
  const ancestors = (of: Iterable<Node>, nodes: ReadonlySet<Node>, cut?: ReadonlySet<Node>) => {
    const edges = within(nodes, cut).directed;
    return closure(of, (node) => edges.filter(({ to }) => to === node).map(({ from }) => from));
  };
  const districts = (nodes: ReadonlySet<Node>): Set<Node>[] => {
    const edges = within(nodes).bidirected;
    const parts: Set<Node>[] = [];
    for (const node of nodes) {
      if (parts.some((part) => part.has(node))) continue;
      const step = (at: Node) =>
        edges.flatMap(({ from, to }) => (from === at ? [to] : to === at ? [from] : []));
      parts.push(closure([node], step));
    }
    return parts;
  };
  const minus = (a: ReadonlySet<Node>, b: ReadonlySet<Node>) =>
    new Set([...a].filter((node) => !b.has(node)));
  const both = (a: ReadonlySet<Node>, b: ReadonlySet<Node>) => new Set([...a].filter((node) => b.has(node)));

  const id = (y: ReadonlySet<Node>, x: ReadonlySet<Node>, v: ReadonlySet<Node>): boolean => {
    if (x.size === 0) return true;
    const above = ancestors(y, v);
    if (above.size < v.size) return id(y, both(x, above), above);
    const idle = minus(minus(v, x), ancestors(y, v, x));
    if (idle.size > 0) return id(y, new Set([...x, ...idle]), v);
    const parts = districts(minus(v, x));
    if (parts.length > 1) return parts.every((part) => id(part, minus(v, part), v));
    const [part] = parts;
    const whole = districts(v);
    if (whole.length === 1) return false;
    const holder = whole.find(
      (other) => part!.has([...other][0]!) || [...part!].every((node) => other.has(node)),
    );
    if (holder === undefined) throw new Error('no district');
    if (holder.size === part!.size && [...part!].every((node) => holder.has(node))) return true;
    return id(y, both(x, holder), holder);
  };
  return id(new Set(query.outcome), new Set(query.treatment), new Set(measured));
}
