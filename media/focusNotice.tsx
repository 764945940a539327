/** Says that only a part of a large graph is drawn, which, and how to see more. */

import type { JSX } from 'preact';
import { formatCount } from '../views/numbers.ts';
import { isolated, printable } from '../views/text.ts';
import { Icon } from './icons.tsx';
import type { Focus } from './useFocus.ts';

/** Nothing where the whole graph is drawn. */
export function FocusNotice({ focus }: { readonly focus: Focus }): JSX.Element | null {
  const { graph, hidden, centre, steps, wider, narrower } = focus;
  if (hidden === 0) return null;
  const middle = centre === null ? 'treatment and outcome' : isolated(printable(centre));
  const total = formatCount(graph.nodes.length + hidden);
  return (
    <div class="notice notice-caution" role="status">
      <Icon name="alert" />
      <p>
        {total} variables are too many for one picture. Shown are {formatCount(graph.nodes.length)}: those of
        the question and what lies within {steps === 1 ? 'one arrow' : `${steps} arrows`} of {middle};{' '}
        {formatCount(hidden)} are hidden. Search for a variable to look around it.{' '}
        {wider === null ? null : (
          <button type="button" class="link" onClick={wider}>
            Show one arrow further
          </button>
        )}{' '}
        {narrower === null ? null : (
          <button type="button" class="link" onClick={narrower}>
            Show less
          </button>
        )}
      </p>
    </div>
  );
}
