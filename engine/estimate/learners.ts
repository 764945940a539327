/** The machine learners of the `learner` option. */

import type { Learner } from '../learn/learner.ts';
import { type EstimationFailure, failure } from './problem.ts';

/** Where a learner stands, and which it is. */
export type LearnerResult = { readonly kind: 'learner'; readonly learner: Learner } | EstimationFailure;

/** The learner called `boosting`. */
export function boostingLearner(): LearnerResult {
  return failure(
    'not-available',
    '`learner boosting` is not computed by this version yet. Use `learner linear`.',
  );
}
