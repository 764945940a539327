/** What can be copied of an estimate: a row here is a button on its card. */

import type { EstimateOutcome } from '../../engine/estimate/result.ts';
import { numberWords } from '../../views/estimates/estimateCard.tsx';

export interface CopyAction {
  readonly label: string;
  /** Null where this outcome has nothing of the kind: the button is then not there. */
  readonly textOf: (outcome: EstimateOutcome) => string | null;
}

export const COPY_ACTIONS: readonly CopyAction[] = [
  {
    label: 'Copy the number',
    textOf: (outcome) => (outcome.kind === 'estimate' ? numberWords(outcome) : null),
  },
];
