import { drawGroups } from './groups.ts';
import { groupsVerdict } from './groupsVerdict.ts';
import type { Refuter } from './refuter.ts';
import { shuffle } from './shuffles.ts';

/** Part of the rows, or clusters, in a subset. */
const SHARE = 0.8;

/** Estimates on random 80 % of the rows, or of the clusters. */
export const subset: Refuter = async (task) => {
  const refits = await drawGroups(task, task.seed + 2, (groups, { integer }) => {
    const order = Int32Array.from({ length: groups }, (_group, i) => i);
    shuffle(order, integer);
    const taken = new Float64Array(groups);
    for (const group of order.subarray(0, Math.max(1, Math.round(SHARE * groups)))) taken[group] = 1;
    return taken;
  });
  return groupsVerdict(task, refits, {
    what: 'estimates on random 80 % of the rows',
    passed: 'Parts of the rows tell the same as all of them.',
    failed: 'Parts of the rows tell something else than all of them: a few rows may decide the estimate.',
  });
};
