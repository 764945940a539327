/** Says that results are out of date, by what, and what to do. */

import type { JSX } from 'preact';
import { printable } from '../../views/text.ts';
import type { ChangedSince, LineChange } from '../protocol.ts';
import { Notice } from './notice.tsx';

const MOST_LINES = 8;

function reason({ text, data }: ChangedSince): string {
  if (text !== null && data) return 'the text and the data have changed';
  return data ? 'the data have changed' : 'the text has changed';
}

function Lines({ lines }: { readonly lines: readonly LineChange[] }): JSX.Element {
  if (lines.length === 0)
    return (
      <p class="quiet">Only spacing, comments or the order of lines: the numbers may well be the same.</p>
    );
  const rest = lines.length - MOST_LINES;
  return (
    <ul class="line-changes">
      {lines.slice(0, MOST_LINES).map(({ kind, text }, i) => (
        <li key={i}>
          {kind === 'added' ? 'New: ' : 'Gone: '}
          <code>
            <bdi>{printable(text)}</bdi>
          </code>
        </li>
      ))}
      {rest > 0 ? <li class="quiet">and {rest} more</li> : null}
    </ul>
  );
}

/** `changed` is null where nobody knows what has changed; with `renewing` they are being renewed already. */
export function StaleNotice(props: {
  readonly changed: ChangedSince | null;
  readonly renewing: boolean;
}): JSX.Element {
  const { changed, renewing } = props;
  const what = changed === null ? 'the text or the data have changed' : reason(changed);
  return (
    <Notice tone="caution">
      <p>
        Out of date: {what} since these numbers were computed.{renewing ? '' : ' Run again to renew them.'}
      </p>
      {changed === null || changed.text === null ? null : (
        <details>
          <summary>What has changed in the text</summary>
          <Lines lines={changed.text} />
        </details>
      )}
    </Notice>
  );
}
