import type { WeightHistogram } from './diagnostics/weighting.ts';

/** Bins per doubling of the weight, and the furthest ones on either side of 1: from 1/256 to two million average rows. */
const PER_DOUBLING = 2;
const LOWEST = -16;
const HIGHEST = 42;

/**
 * The weights of two arms in bins of equal width on a logarithmic scale.
 *
 * @param treated one weight a row, 0 or more, of the rows of the arm alone
 */
export function weightHistogram(
  treated: readonly number[] | Float64Array,
  control: readonly number[] | Float64Array,
): WeightHistogram {
  const [ofTreated, ofControl] = [countsOf(treated), countsOf(control)];
  const places = [...ofTreated.counts.keys(), ...ofControl.counts.keys()];
  const first = Math.min(...places);
  const count = places.length === 0 ? 0 : Math.max(...places) - first + 1;
  return {
    zero: { treated: ofTreated.zero, control: ofControl.zero },
    bins: Array.from({ length: count }, (_bin, i) => ({
      from: edge(first + i),
      to: edge(first + i + 1),
      treated: ofTreated.counts.get(first + i) ?? 0,
      control: ofControl.counts.get(first + i) ?? 0,
    })),
  };
}

/** Lower end of a bin, by its place: that of bin 0 is just under 1. */
function edge(place: number): number {
  return 2 ** ((place - 0.5) / PER_DOUBLING);
}

function countsOf(weights: readonly number[] | Float64Array): {
  readonly zero: number;
  readonly counts: ReadonlyMap<number, number>;
} {
  const counts = new Map<number, number>();
  let zero = 0;
  let sum = 0;
  for (const weight of weights) sum += weight;
  const mean = sum / weights.length;
  for (const weight of weights) {
    if (!(weight > 0)) {
      zero += 1;
      continue;
    }
    const place = Math.round(PER_DOUBLING * Math.log2(weight / mean));
    const kept = Math.min(HIGHEST, Math.max(LOWEST, place));
    counts.set(kept, (counts.get(kept) ?? 0) + 1);
  }
  return { zero, counts };
}
