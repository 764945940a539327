/** Which comparisons of treatment levels an estimate makes. */

import { nameList } from '../wording.ts';
import type { TreatmentCoding } from './coding.ts';
import { type EstimationFailure, failure } from './problem.ts';

export interface Contrast {
  readonly label: readonly [level: string, reference: string];
  /** Weights of the treatment's terms: of its levels in order, or of the dose alone. */
  readonly weights: readonly number[];
}

export type ContrastResult =
  | { readonly kind: 'contrasts'; readonly contrasts: readonly Contrast[] }
  | EstimationFailure;

/**
 * A discrete treatment: each level against the first, or the one that was asked for. A dose: a change of one unit, or between two values.
 *
 * Fails where a level does not occur, or a dose's value is not a number.
 */
export function contrastsOf(
  treatment: TreatmentCoding,
  asked: { readonly level: string; readonly reference: string } | null,
  name: string,
): ContrastResult {
  if (treatment.kind === 'continuous') return doseContrast(asked, name);
  const labels = treatment.levels.map((level) => level.label);
  if (asked === null) {
    return {
      kind: 'contrasts',
      contrasts: labels.slice(1).map((_label, i) => levelContrast(labels, i + 1, 0)),
    };
  }
  const level = labels.findIndex((label) => sameLevel(label, asked.level));
  const reference = labels.findIndex((label) => sameLevel(label, asked.reference));
  if (level < 0 || reference < 0) {
    const unknown = level < 0 ? asked.level : asked.reference;
    return failure(
      'level-unknown',
      `${name} has no level ${unknown} in the rows used; it has ${nameList(labels)}.`,
    );
  }
  if (level === reference) {
    return failure(
      'level-unknown',
      `A contrast compares two levels of ${name}, and ${labels[level]} stands on both sides.`,
    );
  }
  return { kind: 'contrasts', contrasts: [levelContrast(labels, level, reference)] };
}

/** `1` and `1.0` are the same number. */
export function sameLevel(label: string, asked: string): boolean {
  return label === asked || (label.trim() !== '' && asked.trim() !== '' && Number(label) === Number(asked));
}

function levelContrast(labels: readonly string[], level: number, reference: number): Contrast {
  return {
    label: [labels[level], labels[reference]],
    weights: labels.map((_label, i) => (i === level ? 1 : 0) - (i === reference ? 1 : 0)),
  };
}

function doseContrast(
  asked: { readonly level: string; readonly reference: string } | null,
  name: string,
): ContrastResult {
  if (asked === null) return { kind: 'contrasts', contrasts: [{ label: ['1', '0'], weights: [1] }] };
  const change = Number(asked.level) - Number(asked.reference);
  if (!Number.isFinite(change) || change === 0) {
    return failure(
      'level-unknown',
      `${name} is a number, so its contrast needs two different numbers: \`contrast 10 vs 5\`.`,
    );
  }
  return { kind: 'contrasts', contrasts: [{ label: [asked.level, asked.reference], weights: [change] }] };
}
