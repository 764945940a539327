/** Options that another option of the same statement leaves nothing to do. */

import { isLearned } from '../../engine/estimate/propensity.ts';
import type { EstimateOption } from '../../grammar/tree.ts';
import { type Diagnostic, diagnostic } from './diagnostic.ts';
import { withoutOption } from './estimateOptions.ts';
import type { EstimateSettings } from './estimateSettings.ts';

/** Methods with a model of the treatment and one of the outcome, both of which `learner` chooses. */
const TWO_MODELS: ReadonlySet<string> = new Set(['aipw', 'tmle']);

/** Tells, of the options of a doubly robust estimate, those that its learner leaves nothing to do: nothing that is said is passed over in silence. */
export function idleOptions(options: readonly EstimateOption[], settings: EstimateSettings): Diagnostic[] {
  const { method, learner, propensity } = settings;
  if (!TWO_MODELS.has(method)) return [];
  return options.flatMap((option) => {
    if (option.kind === 'folds' && learner === 'linear' && !isLearned(settings)) {
      return [
        idle(
          option,
          `\`folds\` has nothing to do here: ${method} cuts the rows for \`learner boosting\`, and with \`learner linear\` its models are fitted once, to all rows. Remove it, or add \`learner boosting\`.`,
        ),
      ];
    }
    if (option.kind === 'propensity' && learner === 'boosting' && propensity !== 'boosting') {
      return [
        idle(
          option,
          `With \`learner boosting\` ${method} learns the propensity too, so \`propensity ${propensity}\` has nothing to do. Remove one of the two.`,
        ),
      ];
    }
    return [];
  });
}

function idle(option: EstimateOption, message: string): Diagnostic {
  const range = option.kind === 'unknown' ? option.name.range : option.keyword;
  return diagnostic('method-mismatch', range, message, { mends: [withoutOption(range)] });
}
