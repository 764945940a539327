/** The mark that a supposition is looked at and not the text, and what it changes. */

import type { JSX } from 'preact';
import type { Supposition, SuppositionChange } from '../../engine/report/snapshot.ts';
import { nameList } from '../../engine/wording.ts';
import { Prose } from '../../views/prose.tsx';
import { isolated, printable } from '../../views/text.ts';
import { Icon, type IconName } from '../icons.tsx';
import { reset, supposes } from './supposition.ts';
import type { WhatIf } from './useWhatIf.ts';

const SIGNS: Readonly<Record<SuppositionChange['kind'], readonly [icon: IconName, word: string]>> = {
  better: ['check', 'Better'],
  same: ['zero', 'The same'],
  worse: ['cross', 'Worse'],
  opens: ['alert', 'Opens'],
  closes: ['check', 'Closes'],
  cuts: ['cross', 'Cuts off'],
  harm: ['alert', 'Harm'],
};

function listed(names: readonly string[]): string {
  return nameList(names.map((name) => isolated(printable(name))));
}

/** `adjusting for age and taste; taste measured`. */
function supposedWords({ adjust, measured }: Supposition): string {
  const words: string[] = [];
  if (measured.length > 0) words.push(`${listed(measured)} measured`);
  if (adjust !== null)
    words.push(adjust.length === 0 ? 'adjusting for nothing' : `adjusting for ${listed(adjust)}`);
  return words.join('; ');
}

/** Says what is supposed and what follows, with the way back; nothing while the text is looked at. */
export function WhatIfBanner({ whatIf }: { readonly whatIf: WhatIf }): JSX.Element | null {
  const { supposition, failure, graph } = whatIf;
  if (!supposes(supposition)) return null;
  return (
    <div class="what-if-banner">
      <p class="what-if-head">
        <strong>What if: {supposedWords(supposition)}</strong>
        <span class="quiet">The text is as it was.</span>
        <button type="button" class="secondary" onClick={() => whatIf.suppose(reset(supposition))}>
          Reset
        </button>
        {whatIf.adopt === null ? null : (
          <button type="button" class="secondary" onClick={whatIf.adopt}>
            Write it into the text
          </button>
        )}
      </p>
      <ul class="changes" role="status">
        {failure === null ? null : (
          <li>
            <Icon name="alert" /> {printable(failure)}
          </li>
        )}
        {(graph?.question?.changes ?? []).map(({ kind, sentence }) => (
          <li key={sentence} class={`change change-${kind}`}>
            <Icon name={SIGNS[kind][0]} />
            <span>
              <span class="visually-hidden">{SIGNS[kind][1]}: </span>
              <Prose text={sentence} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
