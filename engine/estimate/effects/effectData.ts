/** What individual effects are learned from: features, arms, outcome and weights, one a row. */

import { featureTable } from '../../learn/featureTable.ts';
import type { Feature, FeatureTable, LearningTask } from '../../learn/learner.ts';
import type { EstimationProblem } from '../problem.ts';

export interface EffectData {
  readonly features: FeatureTable;
  /** Index of the treatment's level of each row. */
  readonly arms: Int32Array;
  readonly levels: number;
  readonly outcome: Float64Array;
  /** Chances for a two-valued outcome, else means. */
  readonly outcomeTask: LearningTask;
  readonly weights: Float64Array | null;
}

/** Of a discrete treatment. */
export async function effectData(problem: EstimationProblem): Promise<EffectData> {
  const { treatment, moments, outcome, outcomeScale, plan, table } = problem;
  const levels = treatment.kind === 'discrete' ? treatment.levels : [];
  const arms = new Int32Array(table.rowCount);
  for (const [code, level] of levels.entries()) {
    const indicator = await moments.values(level.indicator);
    for (let row = 0; row < arms.length; row++) if (indicator[row] === 1) arms[row] = code;
  }
  return {
    features: featureTable(table, plan.adjusted),
    arms,
    levels: levels.length,
    outcome: await moments.values(outcome),
    outcomeTask: { kind: outcomeScale === 'binary' ? 'probability' : 'mean' },
    weights: problem.weight === undefined ? null : await moments.values(problem.weight),
  };
}

/**
 * The features with the treatment as one of them, once as it was and once for each of `arms` as if all rows had that level: row i of the k-th copy is
 * row k · n + i.
 */
export function withTreatment(
  { features, arms: observed, levels }: EffectData,
  arms: readonly number[],
): FeatureTable {
  const copies = arms.length + 1;
  const { rows } = features;
  const codes = new Int32Array(copies * rows);
  codes.set(observed);
  for (const [k, arm] of arms.entries()) codes.fill(arm, (k + 1) * rows, (k + 2) * rows);
  return {
    rows: copies * rows,
    features: [
      { kind: 'categorical', label: 'treatment', codes, levels },
      ...features.features.map((feature) => repeated(feature, copies)),
    ],
  };
}

function repeated(feature: Feature, copies: number): Feature {
  if (feature.kind === 'numeric') {
    const values = new Float64Array(copies * feature.values.length);
    for (let k = 0; k < copies; k++) values.set(feature.values, k * feature.values.length);
    return { ...feature, values };
  }
  const codes = new Int32Array(copies * feature.codes.length);
  for (let k = 0; k < copies; k++) codes.set(feature.codes, k * feature.codes.length);
  return { ...feature, codes };
}
