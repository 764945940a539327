/** What is said about a method of estimation. */

import type { Method } from '../../../engine/estimate/methods.ts';
import { ESTIMANDS, type VocabularyWord } from '../../../grammar/vocabulary.ts';
import { bold, code, paragraphs, prose } from '../markdown.ts';

/** What a method computes and assumes, and what it takes, as Markdown. */
export function methodText(method: Method): string {
  const estimands = method.estimands.map(estimandWords);
  const [first, ...others] = estimands;
  return paragraphs([
    `${bold(method.title)}, ${code(`estimate ${method.name}`)}`,
    prose(method.summary),
    `**Assumes:** ${prose(method.assumes)}`,
    first === undefined
      ? null
      : `**Answers:** ${first}${others.length === 0 ? '' : `; with ${code('estimand')} also ${others.join('; ')}`}`,
    `**Options:** ${method.options.map(code).join(', ')}`,
  ]);
}

function estimandWords(estimand: string): string {
  const words = [...ESTIMANDS, ...OTHER_ESTIMANDS].find(({ word }) => word === estimand);
  const text = words === undefined ? '' : ` (${words.description.replace(/\.$/, '').replace(/^The/, 'the')})`;
  return `${code(estimand)}${prose(text)}`;
}

/** What methods answer and nobody writes. */
const OTHER_ESTIMANDS: readonly VocabularyWord[] = [
  {
    word: 'unadjusted',
    description: 'The difference as it stands in the data, which need not be an effect.',
  },
  { word: 'cate', description: 'The effect for each kind of person.' },
];
