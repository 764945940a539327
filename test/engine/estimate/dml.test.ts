import { describe, expect, it } from 'vitest';
import { foldsOf } from '../../../engine/estimate/crossFitting.ts';
import type { EstimatePlan } from '../../../engine/estimate/plan.ts';
import { prepareProblem } from '../../../engine/estimate/problem.ts';
import { dataOf, estimateOf, outcomesOf, planOf, study } from '../../support/estimation.ts';

const ROWS = study(600);
const DATA = dataOf(ROWS);
const PLAN: Partial<EstimatePlan> = { method: 'dml', adjusted: ['a'] };
const numbers = (name: string): number[] => ROWS[name]!.map(Number);

/** Residuals of `y` on a constant and `x`, each fold by the line through the others. */
function residuals(y: readonly number[], x: readonly number[], folds: Int32Array): number[] {
  const line = [0, 1, 2, 3, 4].map((fold) => {
    const rows = y.map((_y, i) => i).filter((i) => folds[i] !== fold);
    const mean = (values: readonly number[]): number =>
      rows.reduce((sum, i) => sum + values[i]!, 0) / rows.length;
    const [mx, my] = [mean(x), mean(y)];
    const slope =
      rows.reduce((sum, i) => sum + (x[i]! - mx) * (y[i]! - my), 0) /
      rows.reduce((sum, i) => sum + (x[i]! - mx) ** 2, 0);
    return { slope, intercept: my - slope * mx };
  });
  return y.map((value, i) => value - line[folds[i]!]!.intercept - line[folds[i]!]!.slope * x[i]!);
}

function cut(): Int32Array {
  const problem = prepareProblem(DATA, planOf(PLAN));
  if ('kind' in problem) throw new Error(problem.message);
  const folds = foldsOf(problem);
  if (folds.kind === 'failure') throw new Error(folds.message);
  return folds.foldOf;
}

describe('double machine learning', () => {
  it('is the regression of residual on residual, by hand', async () => {
    const folds = cut();
    const [y, t] = [
      residuals(numbers('y'), numbers('a'), folds),
      residuals(numbers('t'), numbers('a'), folds),
    ];
    const sum = (f: (i: number) => number): number => y.reduce((total, _y, i) => total + f(i), 0);
    const square = sum((i) => t[i]! ** 2);
    const effect = sum((i) => t[i]! * y[i]!) / square;
    const left = (i: number): number => y[i]! - effect * t[i]!;
    const { estimate, se, diagnostics, seType } = await estimateOf(DATA, PLAN);
    expect(estimate).toBeCloseTo(effect, 12);
    expect(se).toBeCloseTo(Math.sqrt(sum((i) => (t[i]! * left(i)) ** 2)) / square, 12);
    expect(seType).toBe('influence');
    expect(diagnostics.outcomeVariance).toBeCloseTo(sum((i) => left(i) ** 2) / 600, 12);
    expect(diagnostics.rieszVariance).toBeCloseTo(600 / square, 10);
  });

  it('takes a dose, and multiplies its slope by the change that is asked for', async () => {
    const dose = { ...PLAN, treatment: 'a', adjusted: ['b', 'g'] };
    const one = await estimateOf(DATA, dose);
    const five = await estimateOf(DATA, { ...dose, contrast: { level: '2', reference: '7' } });
    expect(five.estimate).toBeCloseTo(-5 * one.estimate, 12);
    expect(five.se).toBeCloseTo(5 * one.se, 12);
    expect(five.diagnostics.rieszVariance).toBeCloseTo(25 * one.diagnostics.rieszVariance!, 8);
  });

  it('takes several levels in one score, whose contrasts agree', async () => {
    const levels = { ...PLAN, treatment: 'g', adjusted: ['a', 'b'] };
    const [first, second] = await outcomesOf(DATA, levels);
    const [between] = await outcomesOf(DATA, { ...levels, contrast: { level: 's', reference: 'o' } });
    if (first?.kind !== 'estimate' || second?.kind !== 'estimate' || between?.kind !== 'estimate') {
      throw new Error('no estimate');
    }
    expect(first.contrast).toEqual(['o', 'n']);
    expect(between.estimate).toBeCloseTo(second.estimate - first.estimate, 12);
    expect(Math.abs(first.estimate - 1)).toBeLessThan(3.5 * first.se);
  });

  it('moves with the seed by less than its own error, and says another fold count another number', async () => {
    const here = await estimateOf(DATA, { ...PLAN, adjusted: ['a', 'b', 'g'] });
    const there = await estimateOf(DATA, { ...PLAN, adjusted: ['a', 'b', 'g'], seed: 9 });
    expect(there.estimate).not.toBe(here.estimate);
    expect(Math.abs(there.estimate - here.estimate)).toBeLessThan(here.se / 4);
    const two = await estimateOf(DATA, { ...PLAN, adjusted: ['a', 'b', 'g'], folds: 2 });
    expect(two.estimate).not.toBe(here.estimate);
  });

  it('by boosting finds an effect that a line misses', async () => {
    const bent = numbers('a').map((a, i) => (a * a > 1 ? 1 : 0) * 4 + numbers('y')[i]! - numbers('a')[i]!);
    const pulled = numbers('a').map((a, i) => Number(a * a > 1 ? i % 10 < 8 : i % 10 < 2));
    const data = dataOf({
      ...ROWS,
      t: pulled,
      y: bent.map((y, i) => y - 2 * numbers('t')[i]! + 2 * pulled[i]!),
    });
    const line = await estimateOf(data, PLAN);
    const trees = await estimateOf(data, { ...PLAN, learner: 'boosting' });
    expect(line.estimate).toBeGreaterThan(3);
    expect(Math.abs(trees.estimate - 2)).toBeLessThan(3.5 * trees.se);
  });

  it('fails where nothing of the treatment is left, or too few rows are', async () => {
    const told = dataOf({ ...ROWS, twin: numbers('t').map((t) => 3 * t - 1) });
    expect(await outcomesOf(told, { ...PLAN, adjusted: ['twin'] })).toMatchObject([
      { error: { code: 'collinear', message: expect.stringContaining('twin') } },
    ]);
    const few = dataOf(study(6, 3));
    expect(await outcomesOf(few, { ...PLAN, adjusted: ['a', 'b', 'z', 'g'], folds: 2 })).toMatchObject([
      { kind: 'failure' },
    ]);
  });
});
