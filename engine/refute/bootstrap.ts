import { drawGroups } from './groups.ts';
import { groupsVerdict } from './groupsVerdict.ts';
import type { Refuter } from './refuter.ts';

/** Estimates on as many rows, or clusters, drawn with replacement (Efron 1979). */
export const bootstrapped: Refuter = async (task) => {
  const refits = await drawGroups(task, task.seed + 4, (groups, { integer }) => {
    const counts = new Float64Array(groups);
    for (let i = 0; i < groups; i++) counts[integer(groups)] += 1;
    return counts;
  });
  return groupsVerdict(task, refits, {
    what: 'estimates on resampled rows',
    passed: 'Rows drawn again tell the same.',
    failed: 'Rows drawn again tell something else: the estimate is biased in samples of this size.',
  });
};
