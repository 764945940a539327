import type { Node } from '../../model/model.ts';
import type { Effect } from '../effect.ts';
import { type Estimand, withPrimes } from '../formula/estimand.ts';
import { type Formula, lengthOf, ONE, probability, product, quotient, sum } from '../formula/formula.ts';
import { simplified } from '../formula/simplify.ts';
import { nodeSet } from '../kernel/nodeSet.ts';
import { ask, reachedNodes, type View } from '../kernel/reachability.ts';
import { projectedParents } from '../kernel/tables.ts';
import { districtOf, type FactorDerivation, type IdResult } from './id.ts';

/** Measured ancestors of the outcomes beyond which no formula is written. */
const VARIABLES = 200;
/** Probabilities in a formula beyond which it is given up: nobody could read it. */
const LENGTH = 2_000;

/** How many times longer than that it may be before equal factors cancel. */
const GROWTH = 20;

type Identifiable = Extract<IdResult, { kind: 'identifiable' }>;

/**
 * The interventional distribution of the outcomes as a formula in the observed one (Tian & Pearl 2002). A
 * variable of it that is neither treatment nor outcome nor summed over may have any value: the result is the
 * same. Null where the formula would be too long to be of use; the effect is identifiable all the same.
 */
export function idEstimand(effect: Effect, id: Identifiable): Estimand | null {
  const formula = idFormula(effect, id);
  return formula === null ? null : withPrimes(formula);
}

/** The same, still in the graph's nodes, for formulas that it is a part of. */
export function idFormula(effect: Effect, id: Identifiable): Formula<Node> | null {
  const { query, causal } = effect;
  if (!causal.includes(1)) return probability(query.outcome, []);
  const factors = factorFormulas(effect, id);
  if (factors === null) return null;
  const inner = id.causes.filter((node) => !query.outcome.includes(node));
  return simplified(sum(inner, product(factors)), id.view);
}

/**
 * A formula for each factor of the derivation, in its order: the distribution of the factor's nodes where
 * everything else is set. Null where they would be too long.
 */
export function factorFormulas(effect: Effect, id: Identifiable): Formula<Node>[] | null {
  if (id.ancestors.length > VARIABLES) return null;
  const builder = { view: id.view, order: orderOf(effect, id.ancestors) };
  const factors: Formula<Node>[] = [];
  for (const derivation of id.derivation) {
    const factor = factorFormula(builder, derivation);
    if (factor === null) return null;
    factors.push(factor);
  }
  return factors;
}

/** Σ over the set of P(outcomes | treatments, set) P(set): the adjustment formula of a valid set. */
export function adjustmentEstimand(effect: Effect, set: readonly Node[]): Estimand {
  const { treatment, outcome } = effect.query;
  const outcomes = probability(outcome, [...treatment, ...set]);
  if (set.length === 0) return withPrimes(outcomes);
  return withPrimes({ kind: 'sum', over: set, body: product([outcomes, probability(set, [])]) });
}

/**
 * Σ over the set of P(set | treatments) Σ over treatments of P(outcomes | treatments, set) P(treatments): Pearl (1995). With `given` held
 * fixed, all of it given that, and averaged over it.
 */
export function frontDoorEstimand(
  effect: Effect,
  set: readonly Node[],
  given: readonly Node[] = [],
): Estimand {
  const { treatment, outcome } = effect.query;
  if (set.length === 0) return withPrimes(probability(outcome, []));
  const outcomes = product([
    probability(outcome, [...treatment, ...set, ...given]),
    probability(treatment, given),
  ]);
  const inner: Formula<Node> = { kind: 'sum', over: treatment, body: outcomes };
  const whole: Formula<Node> = {
    kind: 'sum',
    over: set,
    body: product([probability(set, [...treatment, ...given]), inner]),
  };
  if (given.length === 0) return withPrimes(whole);
  return withPrimes({ kind: 'sum', over: given, body: product([probability(given, []), whole]) });
}

interface Builder {
  readonly view: View;
  /** The measured ancestors, every one after its causes. */
  readonly order: readonly Node[];
}

function orderOf({ graph }: Effect, nodes: readonly Node[]): Node[] {
  const chosen = nodeSet(graph.size, nodes);
  return [...graph.order].filter((node) => chosen[node] === 1);
}

function factorFormula(
  builder: Builder,
  { factor, district, steps }: FactorDerivation,
): Formula<Node> | null {
  let current = district;
  let formula: Formula<Node> = product(inOrder(builder, district).map((node) => ownFactor(builder, node)));
  for (const { ancestral, component } of steps) {
    const marginal = sum(without(current, ancestral), formula);
    if (lengthOf(marginal, LENGTH) * component.length >= LENGTH * GROWTH) return null;
    formula = componentFormula(marginal, inOrder(builder, ancestral), component);
    if (lengthOf(formula, LENGTH) >= LENGTH) return null;
    current = component;
  }
  return sum(without(current, factor), formula);
}

/**
 * P(node | the district it is in among the nodes up to itself, and that district's parents): Tian & Pearl
 * (2002).
 */
function ownFactor({ view, order }: Builder, node: Node): Formula<Node> {
  const { size, latent } = view.graph;
  const before = nodeSet(size, order.slice(0, order.indexOf(node) + 1));
  const district = districtOf(view, before, node);
  const parents = reachedNodes(ask(view, projectedParents, { latent }), district);
  const given = [...district, ...parents.filter((parent) => latent[parent] === 0)];
  return probability(
    [node],
    given.filter((other) => other !== node),
  );
}

/**
 * The factor of a district from that of the whole: products of quotients of what is left when the last nodes
 * are summed out (Tian & Pearl 2002).
 */
function componentFormula(
  whole: Formula<Node>,
  order: readonly Node[],
  component: readonly Node[],
): Formula<Node> {
  const upTo = (count: number): Formula<Node> => (count === 0 ? ONE : sum(order.slice(count), whole));
  const places = order.flatMap((node, index) => (component.includes(node) ? [index] : []));
  return quotient(product(places.map((index) => upTo(index + 1))), product(places.map(upTo)));
}

function inOrder({ order }: Builder, nodes: readonly Node[]): Node[] {
  const chosen = new Set(nodes);
  return order.filter((node) => chosen.has(node));
}

function without(nodes: readonly Node[], others: readonly Node[]): Node[] {
  const dropped = new Set(others);
  return nodes.filter((node) => !dropped.has(node));
}
