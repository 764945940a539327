import { Matrix, solve } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { contains, isBounded, isEmpty, isWholeLine } from '../../../engine/stats/confidenceSet.ts';
import { randomStreams } from '../../../engine/stats/random.ts';
import { type LinearEquations, waldSet } from '../../../engine/stats/waldSet.ts';
import { type Draws, drawsOf } from '../estimate/independence/samples.ts';

/** K equations with a covariance of full rank; `pull` is how far b is from zero, in standard errors. */
function drawEquations(draws: Draws, count: number, pull: number, unit: number): LinearEquations {
  const scores = Array.from({ length: 2 * count }, () =>
    Array.from({ length: 3 * count }, () => draws.normal()),
  );
  const covariance = (i: number, j: number): number =>
    scores[i]!.reduce((sum, value, k) => sum + value * scores[j]![k]!, 0) / (3 * count);
  const block = (row: number, column: number, scale: number): number[][] =>
    Array.from({ length: count }, (_row, i) =>
      Array.from({ length: count }, (_column, j) => scale * covariance(row + i, column + j)),
    );
  return {
    a: Array.from({ length: count }, () => unit * (pull + 2 * draws.normal())),
    b: Array.from({ length: count }, () => pull + draws.normal()),
    aa: block(0, 0, unit * unit),
    ab: block(0, count, unit),
    bb: block(count, count, 1),
  };
}

function statistic({ a, b, aa, ab, bb }: LinearEquations, tau: number): number {
  const value = Matrix.columnVector(a.map((entry, i) => entry - tau * b[i]!));
  const covariance = new Matrix(
    aa.map((row, i) =>
      row.map((entry, j) => entry - tau * (ab[i]![j]! + ab[j]![i]!) + tau * tau * bb[i]![j]!),
    ),
  );
  return value.transpose().mmul(solve(covariance, value)).get(0, 0);
}

describe('the set that a Wald test of linear equations does not reject', () => {
  it.each([1, 2, 3, 6])('is what the test says at each point, for %i equations', (count) => {
    const draws = drawsOf(randomStreams(41)());
    const kinds = new Set<string>();
    for (let draw = 0; draw < 150; draw++) {
      const unit = [1, 1e-6, 1e5][draw % 3]!;
      const equations = drawEquations(draws, count, [0, 1.5, 6][draw % 5 === 0 ? 2 : draw % 2]!, unit);
      const bound = [1, 4, 12][draw % 3]! * count * (draw % 7 === 0 ? 0.1 : 0.6);
      const set = waldSet(equations, bound);
      if (set === null) throw new Error('no set');
      kinds.add(
        isEmpty(set) ? 'empty' : isWholeLine(set) ? 'line' : isBounded(set) ? 'bounded' : 'unbounded',
      );
      for (let step = -60; step <= 60; step++) {
        // A grid that is even in the angle: it reaches far out.
        const tau = unit * Math.tan((step / 61) * (Math.PI / 2));
        const value = statistic(equations, tau);
        if (Math.abs(value - bound) < 1e-6 * bound) continue;
        expect(contains(set, tau), `${draw}: ${value} and ${bound} at ${tau}`).toBe(value < bound);
      }
      for (const edge of set.flat().filter(Number.isFinite)) {
        expect(statistic(equations, edge) / bound).toBeCloseTo(1, 6);
      }
    }
    expect([...kinds].sort()).toEqual(
      count === 1 ? ['bounded', 'line', 'unbounded'] : ['bounded', 'empty', 'line', 'unbounded'],
    );
  });

  it('does not exist where the covariance is singular', () => {
    const ones = [
      [1, 1],
      [1, 1],
    ];
    expect(waldSet({ a: [1, 2], b: [1, 1], aa: ones, ab: ones, bb: ones }, 4)).toBeNull();
    expect(waldSet({ a: [1], b: [1], aa: [[1]], ab: [[0]], bb: [[0]] }, 4)).toBeNull();
  });
});
