import type { RowExpression } from '../stats/rowExpression.ts';
import type { EstimationProblem } from './problem.ts';

/** The treatment as one number a row: a dose, or the second of two levels against the first; null where it has more levels. */
export function doseOf(problem: EstimationProblem): RowExpression | null {
  const { treatment } = problem;
  if (treatment.kind === 'continuous') return treatment.dose;
  return treatment.levels.length === 2 ? treatment.levels[1].indicator : null;
}
