/**
 * Which shapes a generalised linear model needs, found step by step in what it has left: forward selection by score tests (Rao 1948). Some rows are held out, and what is found in
 * the others stays if it predicts these better: without that, columns of a few large values would follow what only looks like a shape.
 */

import { type FeatureTable, type LearningTask, type TrainingRows, weightOf } from './learner.ts';
import { standardisedFeatures } from './powers.ts';
import { type Shape, shapeSearch } from './shapeSearch.ts';
import { nameOf, type Shapes, type Term, termsOf, withShapes } from './smoothTerms.ts';

/** How often shapes are looked for, and how many are taken at a time. */
const ROUNDS = 8;
const SHAPES_A_ROUND = 3;

/** One row in so many is held out. */
const HELD_OUT = 5;

/** Of more rows trees find products by themselves, and columns of them would fill the memory. */
const MOST_ROWS_OF_PRODUCTS = 200_000;

/** With more rows than these trees follow whatever it is, and to grow them twice more would take too long. */
const MOST_ROWS_JUDGED = 50_000;

/** What is made of columns, and what in the end is made of that. */
export interface Models {
  /** Means or chances of all rows, by a model with these columns that is fitted to these rows. */
  readonly regress: (terms: readonly Term[], rows: Int32Array) => Float64Array;
  /** What is predicted of all rows in the end, where these rows teach what such a model leaves. */
  readonly finish: (fitted: Float64Array, rows: Int32Array) => Float64Array;
}

/** A model with some shapes, fitted without the rows that are held out, and what it costs these. */
interface Trial {
  readonly shapes: Shapes;
  readonly fitted: Float64Array;
  readonly loss: number;
}

/**
 * The shapes with their columns, over all rows of the table; none where in the end, with what is learnt of the rest, they predict no better.
 *
 * @param room how many columns they may have together
 */
export function selectedShapes(
  table: FeatureTable,
  training: TrainingRows,
  task: LearningTask,
  room: number,
  { regress, finish }: Models,
): Shapes {
  const kept = training.rows.filter((_row, i) => i % HELD_OUT !== 0);
  const heldOut = training.rows.filter((_row, i) => i % HELD_OUT === 0);
  const standard = standardisedFeatures(table, kept);
  const search = shapeSearch(standard, kept, table.rows <= MOST_ROWS_OF_PRODUCTS);
  const cost = (fitted: Float64Array): number => lossOf(fitted, heldOut, training, task);
  const tried = (shapes: Shapes): Trial => {
    const fitted = regress(termsOf(shapes), kept);
    return { shapes, fitted, loss: cost(fitted) };
  };
  const straight = tried(new Map());
  let best = straight;
  for (let round = 0; round < ROUNDS; round++) {
    const { fitted, shapes } = best;
    const left = training.response.map((value, row) => weightOf(training, row) * (value - fitted[row]));
    const found = apart(search(left).filter((shape) => !shapes.has(nameOf(shape))));
    const wider = [SHAPES_A_ROUND, 1]
      .map((most) => withShapes(shapes, found.slice(0, most), standard, room))
      .filter(({ size }) => size > shapes.size);
    const next = firstBetter(wider, tried, best.loss);
    if (next === null) break;
    best = next;
  }
  if (best === straight || training.rows.length > MOST_ROWS_JUDGED) return best.shapes;
  const [bent, plain] = [best, straight].map(({ fitted }) => cost(finish(fitted, kept)));
  return bent < plain ? best.shapes : straight.shapes;
}

function firstBetter(
  candidates: readonly Shapes[],
  tried: (shapes: Shapes) => Trial,
  loss: number,
): Trial | null {
  for (const shapes of candidates) {
    const trial = tried(shapes);
    if (trial.loss < loss) return trial;
  }
  return null;
}

/** Those that share no feature with a stronger one, whose shadow they may be. */
function apart(shapes: readonly Shape[]): readonly Shape[] {
  const features = new Set<number>();
  return shapes.filter((shape) => {
    const free = !shape.some((feature) => features.has(feature));
    if (free) for (const feature of shape) features.add(feature);
    return free;
  });
}

/** Squared error of a mean, or twice the negative log-likelihood of a chance. */
function lossOf(fitted: Float64Array, rows: Int32Array, training: TrainingRows, task: LearningTask): number {
  const one = (value: number, given: number): number =>
    task.kind === 'mean' ? (value - given) ** 2 : -2 * Math.log(value === 1 ? given : 1 - given);
  return rows.reduce(
    (sum, row) => sum + weightOf(training, row) * one(training.response[row], fitted[row]),
    0,
  );
}
