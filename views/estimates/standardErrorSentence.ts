import type { StandardErrorType } from '../../engine/estimate/result.ts';

const SENTENCES: Readonly<Record<StandardErrorType, string>> = {
  classic: 'Classic: right where the noise is as large in every row.',
  robust: 'Robust (HC1): right also where the noise differs from row to row.',
  hc0: 'Robust (HC0): right also where the noise differs from row to row; a little small in few rows.',
  hc2: 'Robust (HC2): right also where the noise differs from row to row, and in fewer rows.',
  hc3: 'Robust (HC3): right also where the noise differs from row to row; careful in few rows.',
  cluster: 'Clustered: rows of one group count as going together, not as independent.',
  stacked: 'Stacked: takes into account that the weights were estimated as well.',
  'known-propensity':
    'Takes the probabilities of treatment as known, so that what their estimation adds is not in it.',
  stratified: 'From the differences between rows within each class.',
  influence: 'From how much each row moves the estimate (its influence).',
  delta: 'By the delta method: from the errors of the parts that the number is computed of.',
  bootstrap: 'By bootstrap: from estimates of rows drawn again and again.',
};

/** What kind of standard error it is, in a sentence. */
export function standardErrorSentence(type: StandardErrorType): string {
  return SENTENCES[type];
}
