import { describe, expect, test } from 'vitest';
import { randomStreams } from '../../../engine/stats/random.ts';

describe('streams of random numbers', () => {
  test('are the same for a seed, and others for another', () => {
    const draw = (seed: number): number[] => {
      const { uniform } = randomStreams(seed)();
      return Array.from({ length: 5 }, uniform);
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  test('one is not moved by what is drawn from another', () => {
    const [left, right] = [randomStreams(3), randomStreams(3)];
    const [first, own] = [left(), left()];
    for (let i = 0; i < 100; i++) first.uniform();
    right();
    expect(own.uniform()).toBe(right().uniform());
  });

  test.each([0, 1, 2])(
    'draw %i of a stream is uniform over small seeds, of the first stream and of the second',
    (place) => {
      for (const stream of [0, 1]) {
        const draws = Array.from({ length: 400 }, (_seed, seed) => {
          const next = randomStreams(seed);
          const all = Array.from({ length: stream + 1 }, next);
          const { uniform } = all[stream]!;
          return Array.from({ length: place + 1 }, uniform)[place]!;
        });
        // Kolmogorov–Smirnov: beyond 1.95/√n in one of a thousand.
        const sorted = draws.sort((a, b) => a - b);
        const furthest = Math.max(...sorted.map((value, i) => Math.abs(value - (i + 0.5) / sorted.length)));
        expect(furthest).toBeLessThan(1.95 / Math.sqrt(sorted.length));
      }
    },
  );
});
