/** The machine learners of the `learner` option. */

import { boosting } from '../learn/boosting.ts';
import type { Learner } from '../learn/learner.ts';
import type { EstimationFailure } from './problem.ts';

/** Where a learner stands, and which it is. */
export type LearnerResult = { readonly kind: 'learner'; readonly learner: Learner } | EstimationFailure;

/** The learner called `boosting`. */
export function boostingLearner(): LearnerResult {
  return { kind: 'learner', learner: boosting };
}
