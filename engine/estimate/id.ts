/** `id`: the formula that the ID algorithm derives from the graph, computed from the rows. */

import type { Estimator } from './estimator.ts';
import { plugIn } from './plugin/plugIn.ts';
import { failure } from './problem.ts';

/** E[Y | do(t)] by the plug-in of the plan's formula (Shpitser & Pearl 2006; Tian & Pearl 2002), see `plugin/plugIn.ts`. */
export const id: Estimator = async (problem, shared) => {
  const { formula } = problem.plan;
  if (formula === null) return failure('method-mismatch', '`id` needs a formula of the graph, and has none.');
  return plugIn(problem, shared, formula);
};
