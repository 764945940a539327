/** How an estimate stood up to being refuted: what each check does, what it takes for true, what came of it. */

import type { JSX } from 'preact';
import type { RefutationOutcome } from '../../engine/estimate/refutation.ts';
import { findRefuter } from '../../engine/refute/catalogue.ts';
import { formatCount, formatP } from '../numbers.ts';
import { Prose } from '../prose.tsx';
import { type RefutationStanding, refutationStanding, verdictWords } from '../refutationWords.ts';
import { printable } from '../text.ts';

const SIGNS: Readonly<Record<RefutationStanding, readonly [sign: string, word: string, tone: string]>> = {
  passed: ['✓', 'stands', 'good'],
  failed: ['✗', 'falls', 'bad'],
  told: ['·', 'for you to judge', 'told'],
  'not-asked': ['–', 'could not be asked', 'caution'],
};

/** Of one that reports rather than judges. */
const TOLD = 'Tells how firm the effect is, and judges nothing.';

const DOUBTS: Readonly<Record<RefutationOutcome['verdict'], string>> = {
  machinery: 'Tests the machinery: a failure says that the number is computed wrongly.',
  effect: 'Tests the effect: a failure says that it does not stand firm.',
};

/** How it was made: `100 refits, 2 more could not be estimated; p 0.84`. */
function costWords({ repetitions, failed, computation, p }: RefutationOutcome): string {
  const parts: string[] = [];
  if (repetitions > 0) {
    const how = computation === 'cross-products' ? ' from cross-products' : '';
    const lost = failed === 0 ? '' : `, ${formatCount(failed)} more could not be estimated`;
    parts.push(`${formatCount(repetitions)} refits${how}${lost}`);
  }
  if (p !== null && Number.isFinite(p)) parts.push(`p ${formatP(p).replace(/^(?=\d)/, '= ')}`);
  return parts.join('; ');
}

function RefutationRow({ refutation }: { readonly refutation: RefutationOutcome }): JSX.Element {
  const entry = findRefuter(refutation.refuter);
  const [sign, word, tone] = SIGNS[refutationStanding(refutation)];
  const cost = costWords(refutation);
  return (
    <tr>
      <th scope="row">
        {entry?.title ?? printable(refutation.refuter)}
        <p class="quiet">{entry?.summary}</p>
      </th>
      <td>
        <Prose text={refutation.message} />
        {refutation.nullHypothesis === null ? null : (
          <p class="quiet">Null hypothesis: {refutation.nullHypothesis}</p>
        )}
        <p class="quiet">
          {refutation.passed === null ? TOLD : DOUBTS[refutation.verdict]} {cost === '' ? null : `(${cost}.)`}
        </p>
      </td>
      <td class={`verdict-word remark-${tone}`}>
        <strong>
          <span aria-hidden="true">{sign}</span> {word}
        </strong>
      </td>
    </tr>
  );
}

/** The refutations in the order given, under what they say together. */
export function RefutationTable(props: { readonly refutations: readonly RefutationOutcome[] }): JSX.Element {
  const together = verdictWords(props.refutations);
  return (
    <>
      {together === null ? null : <p>{together}</p>}
      <div class="scroll">
        <table class="plain refutations">
          <caption>Attempts to refute the estimate</caption>
          <thead>
            <tr>
              <th scope="col">Check</th>
              <th scope="col">What came of it</th>
              <th scope="col">Verdict</th>
            </tr>
          </thead>
          <tbody>
            {props.refutations.map((refutation, i) => (
              <RefutationRow key={i} refutation={refutation} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
