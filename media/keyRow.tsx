/** What the marks in the graph mean; roles say so themselves. */

import type { JSX } from 'preact';
import type { Drawing } from '../views/drawing.ts';
import { legendKeys, legendWords, SWATCH_HEIGHT, Swatch, swatchWidth } from '../views/legend.tsx';

/** One line under the graph with the marks that it has. */
export function KeyRow({ drawing }: { readonly drawing: Drawing }): JSX.Element {
  const keys = legendKeys(drawing).filter((key) => key.kind !== 'role');
  return (
    <ul class="keys" aria-label="Key">
      {keys.map((key) => (
        <li key={legendWords(key)}>
          <svg
            width={swatchWidth(key) + 2}
            height={SWATCH_HEIGHT + 2}
            viewBox={`-1 -1 ${swatchWidth(key) + 2} ${SWATCH_HEIGHT + 2}`}
            aria-hidden="true"
          >
            <Swatch legendKey={key} />
          </svg>
          {legendWords(key)}
        </li>
      ))}
      <li class="hint">Select a variable to read what it is for the effect.</li>
    </ul>
  );
}
