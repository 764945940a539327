import { describe, expect, it } from 'vitest';
import { kolmogorovSmirnov, signedShares } from '../../../engine/stats/kolmogorovSmirnov.ts';
import { randomStreams } from '../../../engine/stats/random.ts';

/** By the definition: at every value the difference of the two shares of weight at or below it. */
function byDefinition(values: Float64Array, first: Float64Array, second: Float64Array): number {
  const total = (weights: Float64Array): number => weights.reduce((sum, weight) => sum + weight, 0);
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!);
  const [ofFirst, ofSecond] = [total(first), total(second)];
  let [below, other, best] = [0, 0, 0];
  order.forEach((row, i) => {
    below += first[row]! / ofFirst;
    other += second[row]! / ofSecond;
    if (values[order[i + 1] ?? -1] !== values[row]) best = Math.max(best, Math.abs(below - other));
  });
  return best;
}

const random = randomStreams(5)();
const uniform = (): number => (random.integer(1 << 30) + 0.5) / (1 << 30);
const normal = (): number => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());

const SHAPES: Readonly<Record<string, () => number>> = {
  'a normal': normal,
  'whole numbers': () => Math.floor(10 * uniform()),
  'an indicator': () => Number(uniform() < 0.3),
  'a heavy tail': () => Math.exp(6 * normal()),
  'the ends of the numbers': () => (uniform() - 0.5) * 1.7e308 * 2,
  'numbers next to zero': () => Math.floor(4 * uniform()) * 5e-324,
  'a crowd and one far away': () => (uniform() < 0.001 ? 1e12 : normal()),
};

describe('the Kolmogorov–Smirnov distance', () => {
  it.each(Object.entries(SHAPES))('of %s is that of its definition', (_name, draw) => {
    const n = 4000;
    const values = Float64Array.from({ length: n }, draw);
    const arm = values.map((value) => Number(uniform() < (value > 0 ? 0.5 : 0.4)));
    const treated = arm.map((in1) => in1 * uniform());
    const control = arm.map((in1) => (1 - in1) * Math.exp(normal()));
    const [plain, weighted] = kolmogorovSmirnov(values, [
      signedShares(
        arm,
        arm.map((in1) => 1 - in1),
      ),
      signedShares(treated, control),
    ]);
    expect(plain).toBeCloseTo(
      byDefinition(
        values,
        arm,
        arm.map((in1) => 1 - in1),
      ),
      11,
    );
    expect(weighted).toBeCloseTo(byDefinition(values, treated, control), 11);
  });

  it('is 0 for a constant and for equal samples, and 1 for samples apart', () => {
    const halves = (n: number): [Float64Array, Float64Array] => {
      const first = Float64Array.from({ length: n }, (_v, i) => Number(i < n / 2));
      return [first, first.map((in1) => 1 - in1)];
    };
    const [first, second] = halves(1000);
    const shares = signedShares(first, second);
    expect(kolmogorovSmirnov(new Float64Array(1000).fill(3), [shares])).toEqual([0]);
    expect(
      kolmogorovSmirnov(
        Float64Array.from({ length: 1000 }, (_v, i) => i % 500),
        [shares],
      )[0],
    ).toBeLessThan(0.0021);
    const apart = Float64Array.from({ length: 1000 }, (_v, i) => i);
    expect(kolmogorovSmirnov(apart, [shares])[0]).toBeCloseTo(1, 12);
  });
});
