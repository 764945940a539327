import { describe, expect, it } from 'vitest';
import { normalUpperTail, rosenbaumBounds, signedRanks } from '../../../engine/refute/rosenbaum.ts';
import { randomStreams } from '../../../engine/stats/random.ts';
import { SEED } from '../../support/seed.ts';

/** Lead in the blood of 33 children of workers exposed to it and of 33 neighbours' children, µg/dl (Morton et al. 1982). */
const EXPOSED = [
  38, 23, 41, 18, 37, 36, 23, 62, 31, 34, 24, 14, 21, 17, 16, 20, 15, 10, 45, 39, 22, 35, 49, 48, 44, 35, 43,
  39, 34, 13, 73, 25, 27,
];
const CONTROL = [
  16, 18, 18, 24, 19, 11, 10, 15, 16, 18, 18, 13, 19, 10, 16, 16, 24, 13, 9, 14, 21, 19, 7, 18, 19, 12, 11,
  22, 25, 16, 13, 11, 13,
];
const LEAD = Float64Array.from(EXPOSED, (value, i) => value - CONTROL[i]);

/** P(statistic ≥ observed) over all 2ⁿ choices of signs, each positive with `chance`. */
function enumeratedTail(ranks: readonly number[], observed: number, chance: number): number {
  let tail = 0;
  for (let signs = 0; signs < 2 ** ranks.length; signs++) {
    let sum = 0;
    let probability = 1;
    ranks.forEach((rank, i) => {
      const positive = ((signs >> i) & 1) === 1;
      probability *= positive ? chance : 1 - chance;
      if (positive) sum += rank;
    });
    if (sum >= observed - 1e-9) tail += probability;
  }
  return tail;
}

describe('Rosenbaum bounds', () => {
  it('gives the published upper bounds of the study of lead in the blood of children', () => {
    // Rosenbaum (2002), Table 4.1: one-sided, from the normal approximation.
    const { statistic, ranks } = signedRanks(LEAD);
    expect(statistic).toBe(527);
    const published = { 2: 0.0018, 3: 0.0136, 4: 0.0388, 4.25: 0.0468, 5: 0.074 };
    for (const [gamma, p] of Object.entries(published)) {
      const chance = Number(gamma) / (1 + Number(gamma));
      expect(normalUpperTail(ranks, statistic, chance)).toBeCloseTo(p, 4);
    }
  });

  it('is exact on few pairs, with ties and pairs that do not differ, as enumeration of all signs shows', () => {
    const random = randomStreams(SEED)();
    for (let round = 0; round < 20; round++) {
      const differences = Float64Array.from({ length: 9 }, () => random.integer(9) - 3);
      const { statistic, ranks } = signedRanks(differences);
      const total = ranks.reduce((sum, rank) => sum + rank, 0);
      const answer = rosenbaumBounds(differences, 0.05);
      if (answer.test === 'mcnemar') continue;
      expect(answer.exact).toBe(true);
      const favourable = Math.max(statistic, total - statistic);
      for (const { gamma, low, high } of answer.bounds) {
        const bound = (chance: number): number =>
          Math.min(1, 2 * enumeratedTail([...ranks], favourable, chance));
        expect(high).toBeCloseTo(bound(gamma / (1 + gamma)), 12);
        expect(low).toBeCloseTo(bound(1 / (1 + gamma)), 12);
      }
    }
  });

  it('tests binary outcomes by the pairs that differ, as enumeration of all signs shows', () => {
    const differences = Float64Array.from([1, 1, 0, 1, 1, -1, 1, 0, 1, 1, 1, 1, 0, 1]);
    const answer = rosenbaumBounds(differences, 0.05);
    expect(answer).toMatchObject({
      test: 'mcnemar',
      exact: true,
      pairs: 14,
      unequal: 11,
      statistic: 10,
      direction: 1,
    });
    for (const { gamma, low, high } of answer.bounds) {
      const bound = (chance: number): number =>
        Math.min(1, 2 * enumeratedTail(Array(11).fill(1), 10, chance));
      expect(high).toBeCloseTo(bound(gamma / (1 + gamma)), 12);
      expect(low).toBeCloseTo(bound(1 / (1 + gamma)), 12);
    }
  });

  it('finds the Γ at which the upper bound is the level of the test', () => {
    const { ranks } = signedRanks(LEAD);
    const answer = rosenbaumBounds(LEAD, 0.05);
    expect(answer.gamma).toBeGreaterThan(3);
    expect(answer.gamma).toBeLessThan(4.25);
    const at = (gamma: number) => answer.bounds.find((row) => row.gamma === gamma)?.high ?? 0;
    expect(at(3)).toBeLessThan(0.05);
    expect(at(4)).toBeGreaterThan(0.05);
    // For a binary outcome the binomial can be solved by hand: all n differences up, 2 λⁿ = 0.05.
    const chance = 0.025 ** (1 / 8);
    expect(rosenbaumBounds(new Float64Array(8).fill(1), 0.05).gamma).toBeCloseTo(chance / (1 - chance), 9);
    // Tenfold the pairs are too many to enumerate; Γ is where the normal tail is half the level.
    const many = Float64Array.from({ length: 330 }, (_difference, i) => LEAD[i % 33]);
    const found = rosenbaumBounds(many, 0.05);
    expect(found.exact).toBe(false);
    const gamma = found.gamma ?? 0;
    const large = signedRanks(many);
    expect(normalUpperTail(large.ranks, large.statistic, gamma / (1 + gamma))).toBeCloseTo(0.025, 9);
    expect(ranks.length).toBe(32);
  });

  it('is the same for the other sign, and has no Γ where nothing is significant', () => {
    const answer = rosenbaumBounds(LEAD, 0.05);
    const flipped = rosenbaumBounds(
      LEAD.map((value) => -value),
      0.05,
    );
    expect(flipped.direction).toBe(-1);
    expect(flipped.gamma).toBeCloseTo(answer.gamma ?? 0, 9);
    expect(flipped.p).toBeCloseTo(answer.p, 12);
    expect(rosenbaumBounds(Float64Array.from([1, -1.5, 2, -2.5]), 0.05).gamma).toBeNull();
    expect(rosenbaumBounds(new Float64Array(5), 0.05)).toMatchObject({ unequal: 0, p: 1, gamma: null });
    expect(rosenbaumBounds(new Float64Array(0), 0.05)).toMatchObject({ pairs: 0, p: 1, gamma: null });
  });
});
