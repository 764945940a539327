/** Tables of numbers over levels of variables, and the sums and products of a formula on them, forwards and backwards. */

/** An axis is a copy of a variable: its name with primes. */
export interface Axis {
  readonly key: string;
  readonly variable: string;
  readonly size: number;
}

/** A number for every combination of the axes' levels, the last axis counting in ones. */
export interface Tensor {
  readonly axes: readonly Axis[];
  /** `NaN` where the data do not tell. */
  readonly values: Float64Array;
  /** 1 where the number is 0 because no rows are there: it makes nothing of whatever it is multiplied with, even of what is not known. */
  readonly empty: Uint8Array;
}

/** The axes of all, each once, in the order in which they occur. */
export function joinedAxes(lists: readonly (readonly Axis[])[]): Axis[] {
  return [...new Map(lists.flat().map((axis) => [axis.key, axis])).values()];
}

export function sizeOf(axes: readonly Axis[]): number {
  return axes.reduce((product, { size }) => product * size, 1);
}

/** For each entry of a table over `from`, the entry over `to`, which are some of the same axes. */
export function projection(from: readonly Axis[], to: readonly Axis[]): Int32Array {
  const strides = new Map<string, number>();
  let stride = 1;
  for (const { key, size } of [...to].reverse()) {
    strides.set(key, stride);
    stride *= size;
  }
  let places = Int32Array.of(0);
  for (const { key, size } of from) {
    const step = strides.get(key) ?? 0;
    const longer = new Int32Array(places.length * size);
    for (let i = 0; i < longer.length; i++) {
      const outer = Math.floor(i / size);
      longer[i] = places[outer] + step * (i - outer * size);
    }
    places = longer;
  }
  return places;
}

/** The product of factors over `axes`, with the projections onto each of them. */
export function multiplied(
  axes: readonly Axis[],
  factors: readonly Tensor[],
  places: readonly Int32Array[],
): Tensor {
  const size = sizeOf(axes);
  const values = new Float64Array(size).fill(1);
  const empty = new Uint8Array(size);
  factors.forEach((factor, f) => {
    for (let i = 0; i < size; i++) {
      const place = places[f][i];
      values[i] *= factor.values[place];
      if (factor.empty[place] === 1) empty[i] = 1;
    }
  });
  for (let i = 0; i < size; i++) if (empty[i] === 1) values[i] = 0;
  return { axes, values, empty };
}

/** Adds to the gradients of the factors what they get of the product's. */
export function multipliedBack(
  gradient: Float64Array,
  factors: readonly Tensor[],
  places: readonly Int32Array[],
  targets: readonly Float64Array[],
): void {
  for (let i = 0; i < gradient.length; i++) {
    if (gradient[i] === 0) continue;
    factors.forEach((_factor, f) => {
      const others = factors.reduce(
        (product, other, o) => (o === f ? product : product * other.values[places[o][i]]),
        gradient[i],
      );
      // Where another factor is not known the product is that of an empty one, and no rows are there to feel the difference.
      if (!Number.isNaN(others)) targets[f][places[f][i]] += others;
    });
  }
}

/** Sums a table over the axes that `axes` lacks; `places` projects the one onto the other. */
export function summed(axes: readonly Axis[], body: Tensor, places: Int32Array): Tensor {
  const size = sizeOf(axes);
  const values = new Float64Array(size);
  const empty = new Uint8Array(size).fill(1);
  for (let i = 0; i < body.values.length; i++) {
    values[places[i]] += body.values[i];
    if (body.empty[i] === 0) empty[places[i]] = 0;
  }
  return { axes, values, empty };
}

/** The quotient of two tables over `axes`; not known where nothing is divided by. */
export function divided(
  axes: readonly Axis[],
  [above, below]: readonly [Tensor, Tensor],
  [abovePlaces, belowPlaces]: readonly [Int32Array, Int32Array],
): Tensor {
  const size = sizeOf(axes);
  const values = new Float64Array(size);
  const empty = new Uint8Array(size);
  for (let i = 0; i < size; i++) {
    const divisor = below.values[belowPlaces[i]];
    const isKnown = below.empty[belowPlaces[i]] === 0 && divisor !== 0;
    values[i] = isKnown ? above.values[abovePlaces[i]] / divisor : Number.NaN;
    if (isKnown && above.empty[abovePlaces[i]] === 1) empty[i] = 1;
  }
  return { axes, values, empty };
}

/** Adds to the gradients of numerator and denominator what they get of the quotient's. */
export function dividedBack(
  gradient: Float64Array,
  quotient: Tensor,
  below: Tensor,
  [abovePlaces, belowPlaces]: readonly [Int32Array, Int32Array],
  [aboveTarget, belowTarget]: readonly [Float64Array, Float64Array],
): void {
  for (let i = 0; i < gradient.length; i++) {
    if (gradient[i] === 0 || Number.isNaN(quotient.values[i])) continue;
    const share = gradient[i] / below.values[belowPlaces[i]];
    aboveTarget[abovePlaces[i]] += share;
    belowTarget[belowPlaces[i]] -= share * quotient.values[i];
  }
}

/** The level of each axis at an entry. */
export function levelsAt(axes: readonly Axis[], entry: number): number[] {
  let rest = entry;
  return [...axes]
    .reverse()
    .map(({ size }) => {
      const level = rest % size;
      rest = Math.floor(rest / size);
      return level;
    })
    .reverse();
}
