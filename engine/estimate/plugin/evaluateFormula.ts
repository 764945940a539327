/** A formula in probabilities, computed from the weights of cells, with its derivative in every one of them. */

import type { Formula, Probability } from '../../graph/formula/formula.ts';
import type { Cells } from './cells.ts';
import type { FormulaTerm } from './plannedFormula.ts';
import {
  type Axis,
  divided,
  dividedBack,
  joinedAxes,
  levelsAt,
  multiplied,
  multipliedBack,
  projection,
  sizeOf,
  summed,
  type Tensor,
} from './tensor.ts';

/** What the rows of each cell weigh: Σ w, and Σ w y of the outcome. */
export interface CellSums {
  readonly weight: Float64Array;
  readonly outcome: Float64Array;
}

/** A combination of levels that the formula needs and of which there are no rows. */
export type MissingCombination = readonly { readonly variable: string; readonly label: string }[];

export interface EvaluatedFormula {
  /** The mean outcome under each level of the treatment; `NaN` where the data do not tell. */
  readonly means: Float64Array;
  /** What is missing for a mean that is not known. */
  readonly missing: (level: number) => MissingCombination;
  /** Derivative of Σ seed · mean in each cell's sums, for means that are known. */
  readonly gradient: (seed: readonly number[]) => CellSums;
}

interface Roles {
  readonly treatment: string;
  readonly outcome: string;
}

/** Entries in all tables of a formula together, beyond which it is not computed. */
const MOST_ENTRIES = 4_000_000;

/** Are the formula's tables small enough to be computed? */
export function isComputable(formula: Formula<FormulaTerm>, cells: Cells, { outcome }: Roles): boolean {
  let entries = 0;
  const axesIn = (part: Formula<FormulaTerm>): Axis[] => {
    const axes = partAxes(part);
    entries += sizeOf(axes);
    return axes;
  };
  const partAxes = (part: Formula<FormulaTerm>): Axis[] => {
    switch (part.kind) {
      case 'probability':
        return axesOf([...part.given, ...part.of], cells, outcome);
      case 'product':
        return joinedAxes(part.factors.map(axesIn));
      case 'quotient':
        return joinedAxes([axesIn(part.numerator), axesIn(part.denominator)]);
      case 'sum': {
        const bound = new Set(part.over.map(keyOf));
        return axesIn(part.body).filter(({ key }) => !bound.has(key));
      }
    }
  };
  axesIn(formula);
  return entries <= MOST_ENTRIES;
}

/**
 * Evaluates a formula of the mean of the outcome under interventions on the treatment: P(outcome, a | b) counts as Σ w y of the rows with a
 * and b over the weight of those with b, and every other probability as a share of weight. That is the formula averaged over the outcome's
 * values: as the last in the order of causes the outcome is in one factor alone, before its bar, and no sum runs over it.
 */
export function evaluateFormula(
  formula: Formula<FormulaTerm>,
  cells: Cells,
  sums: CellSums,
  { treatment, outcome }: Roles,
): EvaluatedFormula {
  const target = { weight: new Float64Array(cells.count), outcome: new Float64Array(cells.count) };
  const root = stepOf(formula, { cells, sums, outcome, target });
  const places = projection(axesOf([{ variable: treatment, primes: 0 }], cells, outcome), root.table.axes);
  return {
    means: Float64Array.from(places, (place) => root.table.values[place]),
    missing: (level) => root.missing(places[level]),
    gradient: (seed) => {
      target.weight.fill(0);
      target.outcome.fill(0);
      const order = inOrder(root);
      for (const { gradient } of order) gradient.fill(0);
      seed.forEach((value, level) => {
        root.gradient[places[level]] += value;
      });
      for (const step of order.reverse()) step.back();
      return { weight: target.weight.slice(), outcome: target.outcome.slice() };
    },
  };
}

/** One part of the formula as a table, with the parts that it is made of. */
interface Step {
  readonly table: Tensor;
  readonly gradient: Float64Array;
  /** Hands the gradient on to the parts, or to the cells. */
  readonly back: () => void;
  /** A combination for want of which the entry is not known; empty for one that is known. */
  readonly missing: (entry: number) => MissingCombination;
  readonly parts: readonly Step[];
}

interface Setting {
  readonly cells: Cells;
  readonly sums: CellSums;
  readonly outcome: string;
  /** Derivatives in the cells, added up. */
  readonly target: CellSums;
}

/** The steps, each after its parts. */
function inOrder(step: Step): Step[] {
  return [...step.parts.flatMap(inOrder), step];
}

function keyOf({ variable, primes }: FormulaTerm): string {
  return `${variable}${'′'.repeat(primes)}`;
}

/** The axes of the terms but the outcome, whose values are averaged over and not told apart. */
function axesOf(terms: readonly FormulaTerm[], { labels }: Cells, outcome: string): Axis[] {
  return terms
    .filter(({ variable }) => variable !== outcome)
    .map((term) => ({
      key: keyOf(term),
      variable: term.variable,
      size: labels.get(term.variable)?.length ?? 0,
    }));
}

function stepOf(formula: Formula<FormulaTerm>, setting: Setting): Step {
  switch (formula.kind) {
    case 'probability':
      return probabilityStep(formula, setting);
    case 'product':
      return productStep(formula.factors.map((factor) => stepOf(factor, setting)));
    case 'quotient':
      return quotientStep(stepOf(formula.numerator, setting), stepOf(formula.denominator, setting), setting);
    case 'sum':
      return sumStep(stepOf(formula.body, setting), new Set(formula.over.map(keyOf)));
  }
}

function productStep(parts: readonly Step[]): Step {
  const tables = parts.map(({ table }) => table);
  const axes = joinedAxes(tables.map((table) => table.axes));
  const places = tables.map((table) => projection(axes, table.axes));
  const table = multiplied(axes, tables, places);
  const gradient = new Float64Array(table.values.length);
  return {
    table,
    gradient,
    parts,
    back: () =>
      multipliedBack(
        gradient,
        tables,
        places,
        parts.map((part) => part.gradient),
      ),
    missing: (entry) => {
      const unknown = tables.findIndex((factor, f) => Number.isNaN(factor.values[places[f][entry]]));
      return unknown < 0 ? [] : parts[unknown].missing(places[unknown][entry]);
    },
  };
}

function sumStep(body: Step, bound: ReadonlySet<string>): Step {
  const axes = body.table.axes.filter(({ key }) => !bound.has(key));
  const places = projection(body.table.axes, axes);
  const table = summed(axes, body.table, places);
  const gradient = new Float64Array(table.values.length);
  return {
    table,
    gradient,
    parts: [body],
    back: () => {
      for (let i = 0; i < places.length; i++) body.gradient[i] += gradient[places[i]];
    },
    missing: (entry) => {
      const unknown = places.findIndex((place, i) => place === entry && Number.isNaN(body.table.values[i]));
      return unknown < 0 ? [] : body.missing(unknown);
    },
  };
}

function quotientStep(above: Step, below: Step, { cells }: Setting): Step {
  const axes = joinedAxes([above.table.axes, below.table.axes]);
  const places = [projection(axes, above.table.axes), projection(axes, below.table.axes)] as const;
  const table = divided(axes, [above.table, below.table], places);
  const gradient = new Float64Array(table.values.length);
  return {
    table,
    gradient,
    parts: [above, below],
    back: () => dividedBack(gradient, table, below.table, places, [above.gradient, below.gradient]),
    missing: (entry) => {
      const [abovePlace, belowPlace] = [places[0][entry], places[1][entry]];
      const deeper = [...above.missing(abovePlace), ...below.missing(belowPlace)];
      if (deeper.length > 0 || !Number.isNaN(table.values[entry])) return deeper;
      return combinationAt(below.table.axes, belowPlace, cells);
    },
  };
}

/** P(of | given) from sums over the cells that have the levels. */
function probabilityStep({ of, given }: Probability<FormulaTerm>, setting: Setting): Step {
  const { cells, sums, outcome, target } = setting;
  const isMean = of.some(({ variable }) => variable === outcome);
  const givenAxes = axesOf(given, cells, outcome);
  const axes = [...givenAxes, ...axesOf(of, cells, outcome)];
  const [places, givenPlaces] = [cellPlaces(axes, cells), cellPlaces(givenAxes, cells)];
  const ofGiven = projection(axes, givenAxes);
  const added = isMean ? sums.outcome : sums.weight;
  const joint = totals(added, places, sizeOf(axes));
  const weight = totals(sums.weight, places, sizeOf(axes));
  const whole = totals(sums.weight, givenPlaces, sizeOf(givenAxes));
  const table: Tensor = {
    axes,
    values: joint.map((value, i) => (whole[ofGiven[i]] > 0 ? value / whole[ofGiven[i]] : Number.NaN)),
    empty: Uint8Array.from(weight, (value, i) => (value === 0 && whole[ofGiven[i]] > 0 ? 1 : 0)),
  };
  const gradient = new Float64Array(table.values.length);
  const back = (): void => {
    const [onJoint, onWhole] = [new Float64Array(gradient.length), new Float64Array(whole.length)];
    for (let i = 0; i < gradient.length; i++) {
      if (gradient[i] === 0 || Number.isNaN(table.values[i])) continue;
      onJoint[i] = gradient[i] / whole[ofGiven[i]];
      onWhole[ofGiven[i]] -= onJoint[i] * table.values[i];
    }
    const receiver = isMean ? target.outcome : target.weight;
    for (let c = 0; c < cells.count; c++) {
      receiver[c] += onJoint[places[c]];
      target.weight[c] += onWhole[givenPlaces[c]];
    }
  };
  const missing = (entry: number): MissingCombination =>
    Number.isNaN(table.values[entry]) ? combinationAt(givenAxes, ofGiven[entry], cells) : [];
  return { table, gradient, back, missing, parts: [] };
}

/** The entry of each cell in a table over the axes. */
function cellPlaces(axes: readonly Axis[], { codes, count }: Cells): Int32Array {
  const places = new Int32Array(count);
  for (const { variable, size } of axes) {
    const levels = codes.get(variable);
    if (levels === undefined) throw new Error(`The cells do not know ${variable}.`);
    for (let c = 0; c < count; c++) places[c] = places[c] * size + levels[c];
  }
  return places;
}

function totals(values: Float64Array, places: Int32Array, size: number): Float64Array {
  const sums = new Float64Array(size);
  for (let c = 0; c < places.length; c++) sums[places[c]] += values[c];
  return sums;
}

function combinationAt(axes: readonly Axis[], entry: number, { labels }: Cells): MissingCombination {
  return levelsAt(axes, entry).map((level, a) => {
    const { variable } = axes[a];
    return { variable, label: labels.get(variable)?.[level] ?? '' };
  });
}
