/** What leaving out a variable does to an estimate, in words. */

import type { Estimate } from '../../engine/estimate/result.ts';

/** In which units a variable's pull on the treatment is told. */
export function pullUnit({ diagnostics }: Estimate): string {
  return diagnostics.propensityModel?.importances == null
    ? 'standard deviations of the linear predictor'
    : 'shares of what the model of the treatment learned';
}

/** `moves by 2.4 standard errors`, or that it hardly does. */
export function moveWords(move: number): string {
  const moved = Math.abs(move);
  return moved < 0.05 ? 'hardly moves' : `moves by ${moved.toFixed(1)} standard errors`;
}
