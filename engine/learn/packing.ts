/**
 * A weight and a gradient in one number. A histogram needs the sums of both; held as whole numbers in the upper and the lower digits of a double,
 * one addition makes both sums, and exactly: in any order of the rows, and for a sibling by subtraction. Gradients are rounded to a small part of
 * their mean size for it (quantised training: Shi et al. 2022), which only the choice of splits sees.
 */

/** Digits of a double's whole numbers, less one for the sign of the gradients. */
const BITS = 52;
/** Weights that are not whole get at most half of them. */
const WEIGHT_BITS = 26;

/** Gradients that sum to less count as zeros. */
const NOTHING = 1e-250;

export interface PackedWeights {
  /** Whole numbers, one a row; null where each is 1. */
  readonly whole: Float64Array | null;
  /** Whole numbers a unit of weight. */
  readonly unit: number;
  /** Σ of the whole numbers. */
  readonly total: number;
  /** What a whole number of weight counts in a packed sum; a power of 2. */
  readonly place: number;
}

/** Weights as whole numbers: as they are where they are whole, else to the precision that there is room for. */
export function packWeights(weights: Float64Array | null, rows: number): PackedWeights {
  if (weights === null) return { whole: null, unit: 1, total: rows, place: placeOf(rows) };
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const fits = sum <= 2 ** WEIGHT_BITS && weights.every((weight) => Number.isInteger(weight));
  const unit = fits ? 1 : 2 ** WEIGHT_BITS / sum;
  const whole = fits ? weights : weights.map((weight) => Math.round(weight * unit));
  const total = whole.reduce((all, weight) => all + weight, 0);
  return { whole, unit, total, place: placeOf(total) };
}

function placeOf(total: number): number {
  return 2 ** (BITS - Math.ceil(Math.log2(total + 1)));
}

/** The largest scale of gradients at which no sum of them leaves its digits. They are already multiplied by the weights. */
export function gradientScale({ place }: PackedWeights, gradients: Float64Array): number {
  let size = 0;
  for (let i = 0; i < gradients.length; i++) size += Math.abs(gradients[i]);
  return size > NOTHING ? Math.max(0, place / 2 - gradients.length) / size : 1;
}

/** Writes place · weight + round(scale · gradient) of each row to `packed`. */
export function packGradients(
  { whole, place }: PackedWeights,
  gradients: Float64Array,
  scale: number,
  packed: Float64Array,
): void {
  if (whole === null) {
    for (let i = 0; i < gradients.length; i++) packed[i] = place + Math.floor(gradients[i] * scale + 0.5);
  } else {
    for (let i = 0; i < gradients.length; i++) {
      packed[i] = whole[i] * place + Math.floor(gradients[i] * scale + 0.5);
    }
  }
}
