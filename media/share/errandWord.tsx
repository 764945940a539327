import type { JSX } from 'preact';
import { Prose } from '../../views/prose.tsx';
import { Icon } from '../icons.tsx';
import type { Word } from './useErrand.ts';

/** What came of an errand, seen and heard. The element is there before it says something, or nobody would hear it. */
export function ErrandWord({ word }: { readonly word: Word | null }): JSX.Element {
  return (
    <span class={word === null ? 'word' : `word word-${word.kind}`} aria-live="polite">
      {word === null ? null : (
        <>
          <Icon name={word.kind === 'done' ? 'check' : 'alert'} />
          <span>
            <Prose text={word.text} />
          </span>
        </>
      )}
    </span>
  );
}
