import { permuteRows } from './permutation.ts';
import type { Refuter } from './refuter.ts';
import { distributionVerdict } from './vanishing.ts';

/** Replaces the outcome by noise of exactly its distribution: its own values, dealt out anew to all rows. */
export const dummyOutcome: Refuter = async (task) => {
  const refits = await permuteRows(
    task,
    {
      names: [task.problem.plan.outcome],
      moving: ({ instruments, treatments }) => [instruments + treatments],
    },
    // Not the permutations of the placebo, with the same products for another reason.
    task.seed + 1,
  );
  return distributionVerdict(task, refits, {
    what: 'estimates on noise',
    passed: 'On an outcome that is mere noise the effect vanishes, as it should.',
    failed:
      'The method finds an effect on an outcome that is mere noise: the number it gives for the real one cannot be trusted either.',
  });
};
