import { judged, numberText } from './distribution.ts';
import { headFactor, innerProducts, type LinearModel } from './linearModel.ts';
import { contrastsOfLeft } from './linearRefits.ts';
import { normalDraws } from './noise.ts';
import { partialledOut, withoutFirst } from './normalEquations.ts';
import { leftProducts, randomOrder, unitColumns } from './permutation.ts';
import { type Refits, refit, usedTable, withCovariate } from './refits.ts';
import type { RefutationTask, Refuter } from './refuter.ts';
import { shuffledColumns, shufflesOf } from './shuffles.ts';

/** Adds a covariate of independent normal numbers, new ones each time, and averages how far the estimate moves. */
export const randomCommonCause: Refuter = async (task) => {
  const model = await task.linear();
  const refits = model === null ? await refitted(task) : await fromProducts(task, model);
  return judged(task, refits, (distribution, c) => {
    const { estimate, se } = task.estimates[c];
    const move = distribution.mean - estimate;
    const passed = Math.abs(move) <= se;
    const moved = `by ${numberText(Math.abs(move), Math.abs(move))}, ${passed ? 'within' : 'more than'} its standard error of ${numberText(se, se)}`;
    return {
      passed,
      estimate: distribution.mean,
      interval: distribution.interval,
      details: { kind: 'move', move, se },
      message: passed
        ? `A covariate that has nothing to do with anything moves the estimate ${moved}.`
        : `A covariate that has nothing to do with anything moves the estimate ${moved}: the method is not stable enough to be relied on.`,
    };
  });
};

function refitted(task: RefutationTask): Promise<Refits> {
  const table = usedTable(task);
  const order = randomOrder(task, task.seed + 3);
  const draw = normalDraws(order, task.seed + 3);
  return refit(task, task.repetitions, () => withCovariate(task, table, draw()));
}

/** One column of noise, permuted: its copies are as good as independent, and their products with all columns come at once. */
async function fromProducts(task: RefutationTask, model: LinearModel): Promise<Refits> {
  const { head, size } = model;
  const order = randomOrder(task, task.seed + 3);
  const shuffles = shufflesOf(order, task.repetitions, task.seed + 3);
  const noise = { values: normalDraws(order, task.seed + 3)(), mean: 0, factor: 1 };
  const squares = { ...noise, values: noise.values.map((value) => value * value) };
  const columns = await unitColumns(task, model, null);
  const all = Array.from({ length: size }, (_column, i) => i);
  const rights = shuffledColumns(shuffles, [noise, squares]);
  const [products, squareSums] = await leftProducts(task, shuffles, columns, all, rights);
  const factor = headFactor(model, model.gram);
  const base = innerProducts(model.gram, size, head);
  const count = base.count + 1;
  const draws = Array.from({ length: shuffles.repetitions }, (_draw, b) => {
    const cross = new Float64Array(head * count);
    const inner = new Float64Array(count * count);
    inner[0] = squareSums[0][b];
    for (let i = 0; i < size; i++) {
      const value = products[i][b];
      if (i < head) {
        cross[i * count] = value;
        cross.set(base.cross.subarray(i * base.count, (i + 1) * base.count), i * count + 1);
      } else {
        const row = i - head + 1;
        inner[row] = value;
        inner[row * count] = value;
        inner.set(base.inner.subarray((row - 1) * base.count, row * base.count), row * count + 1);
      }
    }
    const left = partialledOut(factor, head, cross, inner, count);
    return contrastsOfLeft(model, withoutFirst(left, count, inner[0]), base.inner);
  });
  return { computation: 'cross-products', draws };
}
