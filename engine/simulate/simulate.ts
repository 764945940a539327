/** Data drawn from a graph: every variable from its parents, by its type, with noise of its own. */

import { type CausalGraph, isAcyclic, neighborsOf } from '../graph/kernel/graph.ts';
import type { Node } from '../model/model.ts';
import { type Random, randomStreams } from '../stats/random.ts';
import { type DrawnType, drawValues, normalDraws } from './draws.ts';

export interface SimulatedVariable {
  readonly name: string;
  readonly latent: boolean;
  readonly type: DrawnType;
}

/** An edge by its ends; `bidirected` is an unmeasured common cause of the two. */
export interface SimulatedEdge {
  readonly kind: 'directed' | 'bidirected';
  readonly from: Node;
  readonly to: Node;
  /** Of a `<->` the covariance that it makes. Null where none is written, and one is drawn. */
  readonly coefficient: number | null;
}

export interface SimulationModel {
  readonly graph: CausalGraph;
  /** By node. */
  readonly variables: readonly SimulatedVariable[];
  readonly edges: readonly SimulatedEdge[];
  /** Rows are there only where each of these is above its middle: a binary one 1, of levels one of the upper half. */
  readonly selection: readonly Node[];
}

export interface Simulation {
  readonly kind: 'simulation';
  /** By node, a value a row: of levels their place, from 0. */
  readonly values: readonly Float64Array[];
  /** By edge, written or drawn. */
  readonly coefficients: readonly number[];
}

export interface SimulationFailure {
  readonly kind: 'failure';
  readonly code: 'cycle' | 'selection';
  readonly message: string;
}

/**
 * Draws `rows` rows. With V's parents P, coefficients c and standard normal noise e, a continuous V is Σ cP + e (Wright 1921; a linear Gaussian structural model); what
 * other types make of Σ cP is told at `drawValues`. A bidirected edge is a standard normal cause of both its ends, with the coefficient √|c| on one and
 * ±√|c| on the other. A coefficient that is not written lies between 0.3 and 0.8, of either sign. Parents with levels count as the place of the level,
 * from 0.
 *
 * Every variable and every coefficient has a stream of its own: the same seed gives the same numbers.
 *
 * Fails on a cycle, and where selection keeps too few of many rows.
 */
export function simulate(model: SimulationModel, rows: number, seed: number): Simulation | SimulationFailure {
  if (!isAcyclic(model.graph)) {
    return {
      kind: 'failure',
      code: 'cycle',
      message: 'The graph has a cycle: no order to draw the variables in.',
    };
  }
  const coefficients = drawCoefficients(model, seed);
  // Selection keeps half of the rows, or half of the half: more are drawn until enough are left.
  for (let factor = 1; factor <= MOST_DRAWN; factor *= 4) {
    const values = drawRows(model, coefficients, rows * factor, seed);
    if (model.selection.length === 0) return { kind: 'simulation', values, coefficients };
    const kept = selectedRows(model, values);
    if (kept.length < rows) continue;
    const chosen = kept.subarray(0, rows);
    const selected = values.map((column) => Float64Array.from(chosen, (row) => column[row]));
    return { kind: 'simulation', values: selected, coefficients };
  }
  return {
    kind: 'failure',
    code: 'selection',
    message: `Of ${rows * MOST_DRAWN} rows the selection keeps fewer than ${rows}. Select by fewer variables.`,
  };
}

/** Rows drawn for each that is wanted, at the most. */
const MOST_DRAWN = 64;

const [WEAKEST, STRONGEST] = [0.3, 0.8];

function drawCoefficients({ edges }: SimulationModel, seed: number): number[] {
  const nextStream = randomStreams(seed);
  return edges.map(({ coefficient }) => {
    const random = nextStream();
    const size = WEAKEST + (STRONGEST - WEAKEST) * random.uniform();
    const drawn = random.uniform() < 0.5 ? -size : size;
    return coefficient ?? Number(drawn.toFixed(3));
  });
}

function drawRows(
  { graph, variables, edges }: SimulationModel,
  coefficients: readonly number[],
  rows: number,
  seed: number,
): Float64Array[] {
  const nextStream = randomStreams(seed ^ VALUES);
  const streams: Random[] = variables.map(() => nextStream());
  const scores = variables.map(() => new Float64Array(rows));
  edges.forEach((edge, index) => {
    if (edge.kind === 'bidirected') addCommonCause(edge, coefficients[index], nextStream(), scores);
  });
  const values: Float64Array[] = variables.map(() => new Float64Array(0));
  const strengths = new Map(
    edges.map((edge, i) => [`${edge.kind} ${edge.from} ${edge.to}`, coefficients[i]]),
  );
  for (const node of graph.order) {
    for (const parent of neighborsOf(graph.parents, node)) {
      addScaled(scores[node], values[parent], strengths.get(`directed ${parent} ${node}`) ?? 0);
    }
    values[node] = drawValues(variables[node].type, scores[node], streams[node]);
  }
  return values;
}

/** Values have other streams than coefficients. */
const VALUES = 0x5f3759df;

function addCommonCause(
  { from, to }: SimulatedEdge,
  covariance: number,
  random: Random,
  scores: readonly Float64Array[],
): void {
  const cause = normalDraws(scores[from].length, random);
  const loading = Math.sqrt(Math.abs(covariance));
  addScaled(scores[from], cause, loading);
  addScaled(scores[to], cause, Math.sign(covariance) * loading);
}

function addScaled(target: Float64Array, values: Float64Array, factor: number): void {
  for (let row = 0; row < target.length; row++) target[row] += factor * values[row];
}

function selectedRows(
  { selection, variables }: SimulationModel,
  values: readonly Float64Array[],
): Int32Array {
  const middles = selection.map((node) => middleOf(variables[node].type, values[node]));
  const rows: number[] = [];
  for (let row = 0; row < values[0].length; row++) {
    if (selection.every((node, i) => values[node][row] > middles[i])) rows.push(row);
  }
  return Int32Array.from(rows);
}

function middleOf(type: DrawnType, values: Float64Array): number {
  if (type.kind === 'binary') return 0.5;
  if (type.kind === 'categorical' || type.kind === 'ordinal') return (type.levels.length - 1) / 2;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
