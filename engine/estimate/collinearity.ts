import { nameList } from '../wording.ts';
import type { DesignTerm } from './coding.ts';
import type { EstimateWarning } from './result.ts';

/** Names the covariates that said nothing that others had not said. */
export function droppedWarning(
  covariates: readonly DesignTerm[],
  dropped: readonly number[],
): readonly EstimateWarning[] {
  const labels = dropped.filter((term) => term < covariates.length).map((term) => covariates[term].label);
  if (labels.length === 0) return [];
  const message = `${nameList(labels)} ${labels.length === 1 ? 'was' : 'were'} left out: constant, or already told by the other variables. The estimate does not change by it.`;
  return [{ code: 'collinear', message }];
}
