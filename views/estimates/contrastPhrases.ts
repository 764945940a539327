/** What an estimate compares, as parts of sentences. */

import type { EstimateHeading, EstimateOutcome } from '../../engine/estimate/result.ts';
import { isolated, printable } from '../text.ts';

/** A name of the person's own as it may stand in a sentence. */
export function shownName(name: string): string {
  return isolated(printable(name));
}

export interface ContrastPhrases {
  /** `treat were 1 rather than 0`, `age went up by one unit`: what `if` is followed by. */
  readonly ifOnly: string;
  /** `treat = 1 rather than 0`, `one more unit of age`: what does something. */
  readonly doer: string;
  /** Who is compared: `rows with treat = 1`, and `rows with treat = 0`; of a number those who differ by the change. */
  readonly these: string;
  readonly those: string;
  /** `treat = 1`, and `treat = 0`. */
  readonly level: string;
  readonly reference: string;
}

function doseOf(outcome: EstimateOutcome): boolean {
  return outcome.kind === 'estimate' && outcome.dose;
}

/** The phrases for an outcome's treatment and contrast. */
export function contrastPhrases(outcome: EstimateOutcome): ContrastPhrases {
  const { contrast }: EstimateHeading = outcome;
  const treatment = shownName(outcome.treatment);
  const [level, reference] = contrast.map(shownName);
  const values = { level: `${treatment} = ${level}`, reference: `${treatment} = ${reference}` };
  if (!doseOf(outcome))
    return {
      ...values,
      ifOnly: `${treatment} were ${level} rather than ${reference}`,
      doer: `${treatment} = ${level} rather than ${reference}`,
      these: `rows with ${treatment} = ${level}`,
      those: `rows with ${treatment} = ${reference}`,
    };
  if (level === '1' && reference === '0')
    return {
      ...values,
      ifOnly: `${treatment} went up by one unit`,
      doer: `one more unit of ${treatment}`,
      these: `rows with one more unit of ${treatment}`,
      those: 'rows with one less',
    };
  return {
    ...values,
    ifOnly: `${treatment} went from ${reference} to ${level}`,
    doer: `${treatment} at ${level} rather than ${reference}`,
    these: `rows with ${treatment} at ${level}`,
    those: `rows with it at ${reference}`,
  };
}
