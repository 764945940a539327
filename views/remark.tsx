/** A sentence with what kind of news it is in front of it. */

import type { ComponentChildren, JSX } from 'preact';

export type Tone = 'caution' | 'error' | 'good' | 'bad' | 'told';

const TONE_WORDS: Readonly<Record<Tone, string>> = {
  caution: 'Caution',
  error: 'Could not run',
  good: 'Holds',
  bad: 'Fails',
  told: 'Sensitivity',
};

/** `Caution` and the like in front of the children, told by the word and not by its colour alone. */
export function Remark(props: { readonly tone: Tone; readonly children: ComponentChildren }): JSX.Element {
  return (
    <p class={`remark remark-${props.tone}`}>
      <strong>{TONE_WORDS[props.tone]}</strong> {props.children}
    </p>
  );
}
