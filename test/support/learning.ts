import type { Feature, FeatureTable } from '../../engine/learn/learner.ts';
import { randomStreams } from '../../engine/stats/random.ts';

/** Columns of numbers, or of text as levels in code unit order. */
export function featuresOf(columns: Readonly<Record<string, readonly (number | string)[]>>): FeatureTable {
  const features = Object.entries(columns).map(([label, values]): Feature => {
    if (values.every((value) => typeof value === 'number'))
      return { kind: 'numeric', label, values: Float64Array.from(values, Number) };
    const levels = [...new Set(values.map(String))].sort();
    const codes = Int32Array.from(values, (value) => levels.indexOf(String(value)));
    return { kind: 'categorical', label, codes, levels: levels.length };
  });
  return { rows: Object.values(columns)[0]?.length ?? 0, features };
}

/** 0 … `rows` − 1. */
export function allRows(rows: number): Int32Array {
  return Int32Array.from({ length: rows }, (_row, i) => i);
}

export interface Draws {
  uniform(): number;
  normal(): number;
}

/** Numbers drawn from a seed. */
export function drawsOf(seed: number): Draws {
  const { uniform } = randomStreams(seed)();
  return {
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}

/** Root of the mean squared difference. */
export function rootMeanSquare(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(sum / a.length);
}
