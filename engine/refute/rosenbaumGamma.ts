import type { RowScore } from '../estimate/estimator.ts';
import type { Finding, RefutationTask, Refuter } from './refuter.ts';
import { type RosenbaumBounds, rosenbaumBounds } from './rosenbaum.ts';

/**
 * Rosenbaum's Γ of a matched estimate (Rosenbaum 2002). His test is of pairs that share no row, and matches are made with replacement: of the
 * treated with the same nearest control one is kept, the first in an order that the rows' values decide.
 */
export const rosenbaum: Refuter = async (task) => {
  const { plan, moments, outcome, treatment } = task.problem;
  if (plan.weight !== null) {
    return {
      kind: 'failure',
      message: `Rosenbaum's test counts pairs, and has no place for the weight ${plan.weight}. Use e_value.`,
    };
  }
  const scores = (await task.answer.rowScores?.()) ?? [];
  const matches = scores.find(({ name }) => name === 'matched_row');
  if (matches === undefined || treatment.kind !== 'discrete') {
    return { kind: 'failure', message: `${plan.method} made no pairs here. Use e_value.` };
  }
  const outcomes = await moments.values(outcome);
  const treated = await moments.values(treatment.levels[1].indicator);
  const differences = pairDifferences(task, matches, outcomes, treated);
  if (differences.length === 0) return { kind: 'failure', message: 'No treated row has a match of its own.' };
  const alpha = 1 - plan.level;
  const found = findingOf(rosenbaumBounds(differences, alpha), alpha);
  const findings = task.estimates.map(() => found);
  return { kind: 'findings', findings, computation: null, repetitions: 0, failed: 0 };
};

function pairDifferences(
  task: RefutationTask,
  { values: matches }: RowScore,
  outcomes: Float64Array,
  treated: Float64Array,
): Float64Array {
  const taken = new Uint8Array(outcomes.length);
  const differences: number[] = [];
  for (const row of task.order()) {
    const match = matches[row];
    if (treated[row] !== 1 || Number.isNaN(match) || taken[match] === 1) continue;
    taken[match] = 1;
    differences.push(outcomes[row] - outcomes[match]);
  }
  return Float64Array.from(differences);
}

function findingOf(found: RosenbaumBounds, alpha: number): Finding {
  const pairs = `${found.pairs} pairs that share no row`;
  const message =
    found.gamma === null
      ? `In ${pairs} the effect is not significant at ${alpha.toPrecision(2)} even without hidden bias.`
      : `Were one of a pair up to ${found.gamma.toFixed(2)} times as likely to be treated as the other for an unmeasured reason (Γ), the effect would no longer be significant at ${alpha.toPrecision(2)}, in ${pairs}.`;
  return { passed: null, message, details: { kind: 'rosenbaum', alpha, ...found } };
}
