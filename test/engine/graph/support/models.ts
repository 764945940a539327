import type { CausalModel, EffectQuery, Node } from '../../../../engine/model/model.ts';

/** A model with its question, from a few lines of text, by names. */
export interface Case {
  readonly model: CausalModel;
  readonly query: EffectQuery;
  readonly adjust: readonly Node[] | null;
  readonly names: readonly string[];
}

/**
 * Reads the plain lines that the reference files use: declarations, `a -> b`, `a <-> b`, roles. Names also
 * come about by use.
 */
export function readCase(text: string): Case {
  const names: string[] = [];
  const latents = new Set<string>();
  const indexOf = (name: string): Node => {
    if (!names.includes(name)) names.push(name);
    return names.indexOf(name);
  };
  const directed: { from: Node; to: Node }[] = [];
  const bidirected: { from: Node; to: Node }[] = [];
  const roles = new Map<string, Node[]>();
  for (const line of text.split(/[\n;]/).map((part) => part.trim())) {
    if (line === '') continue;
    const [word = '', rest = ''] = line.split(/ (.*)/s);
    const list = rest.split(',').map((name) => name.trim());
    if (word === 'variable' || word === 'latent') {
      for (const name of list) indexOf(name);
      if (word === 'latent') for (const name of list) latents.add(name);
    } else if (['treatment', 'outcome', 'adjust', 'selection'].includes(word)) {
      roles.set(word, rest === '' ? [] : list.map(indexOf));
    } else {
      const parts = line.split(/ (->|<-|<->) /);
      for (let i = 1; i < parts.length; i += 2) {
        const [left, right] = [indexOf(parts[i - 1]!), indexOf(parts[i + 1]!)];
        if (parts[i] === '->') directed.push({ from: left, to: right });
        else if (parts[i] === '<-') directed.push({ from: right, to: left });
        else bidirected.push({ from: left, to: right });
      }
    }
  }
  return {
    model: { variables: names.map((name) => ({ name, latent: latents.has(name) })), directed, bidirected },
    query: {
      treatment: roles.get('treatment') ?? [],
      outcome: roles.get('outcome') ?? [],
      selection: roles.get('selection') ?? [],
    },
    adjust: roles.get('adjust') ?? null,
    names,
  };
}

/** A generator of uniform numbers in [0, 1), the same for the same seed (mulberry32). */
export function uniforms(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export interface RandomModel {
  readonly size: number;
  /** Probability of each directed edge along a random order. */
  readonly directed: number;
  readonly bidirected?: number;
  readonly latent?: number;
  /** Pairs of which the first comes before the second in the order of causes. */
  readonly before?: readonly (readonly [Node, Node])[];
}

/** A random acyclic model; the order of causes is not the order of the numbers. */
export function randomModel(random: () => number, shape: RandomModel): CausalModel {
  const order = Array.from({ length: shape.size }, (_, node) => node);
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  for (const [first, second] of shape.before ?? []) {
    const [i, j] = [order.indexOf(first), order.indexOf(second)];
    if (i > j) [order[i], order[j]] = [order[j]!, order[i]!];
  }
  const directed: { from: Node; to: Node }[] = [];
  const bidirected: { from: Node; to: Node }[] = [];
  for (let i = 0; i < order.length; i++) {
    for (let j = i + 1; j < order.length; j++) {
      if (random() < shape.directed) directed.push({ from: order[i]!, to: order[j]! });
      if (random() < (shape.bidirected ?? 0)) bidirected.push({ from: order[i]!, to: order[j]! });
    }
  }
  const variables = order.map((_, node) => ({ name: `v${node}`, latent: random() < (shape.latent ?? 0) }));
  return { variables, directed, bidirected };
}

/**
 * A sparse random model of any size: each node gets about `degree / 2` causes among the nodes before it.
 * Linear.
 */
export function sparseModel(random: () => number, size: number, degree: number, latent = 0.2): CausalModel {
  const directed: { from: Node; to: Node }[] = [];
  for (let i = 0; i < (size * degree) / 2; i++) {
    const [a, b] = [Math.floor(random() * size), Math.floor(random() * size)];
    if (a !== b) directed.push({ from: Math.min(a, b), to: Math.max(a, b) });
  }
  const variables = Array.from({ length: size }, (_, node) => ({
    name: `v${node}`,
    latent: random() < latent,
  }));
  return { variables, directed, bidirected: [] };
}

/** Every subset of the nodes, the smaller first. */
export function subsets(nodes: readonly Node[]): Node[][] {
  const all = Array.from({ length: 1 << nodes.length }, (_, bits) => nodes.filter((_, i) => (bits >> i) & 1));
  return all.sort((a, b) => a.length - b.length);
}

/** The inclusion-minimal ones among the subsets that are accepted. */
export function minimalSubsets(nodes: readonly Node[], accepts: (set: readonly Node[]) => boolean): Node[][] {
  const found: Node[][] = [];
  for (const set of subsets(nodes)) {
    if (found.some((smaller) => smaller.every((node) => set.includes(node)))) continue;
    if (accepts(set)) found.push(set);
  }
  return found;
}

/** Sets in one order, to be compared. */
export function sorted(sets: Iterable<readonly Node[]>): string[] {
  return [...sets].map((set) => [...set].sort((a, b) => a - b).join(' ')).sort();
}
