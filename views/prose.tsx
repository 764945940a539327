/** A sentence in which what stands between backticks is code. */

import type { JSX } from 'preact';
import { printable } from './text.ts';

/** The sentence with its code set as code. */
export function Prose({ text }: { readonly text: string }): JSX.Element {
  const parts = printable(text).split('`');
  // An odd number of backticks means that one of them is just a character.
  if (parts.length % 2 === 0) return <>{printable(text)}</>;
  return <>{parts.map((part, i) => (i % 2 === 1 ? <code key={part}>{part}</code> : part))}</>;
}

/** The sentence as plain text, for pictures. */
export function plainProse(text: string): string {
  return printable(text).replace(/`([^`]*)`/g, '$1');
}
