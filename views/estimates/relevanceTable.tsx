/** What drives the treatment, and what the estimate rests on: each variable and the number without it. */

import type { JSX } from 'preact';
import type { Relevance } from '../../engine/estimate/relevance.ts';
import type { Estimate } from '../../engine/estimate/result.ts';
import { NO_NUMBER } from '../../engine/report/numbers.ts';
import { moveWords, pullUnit } from '../facts/relevanceWords.ts';
import { formatEstimate } from '../numbers.ts';
import { Prose } from '../prose.tsx';
import { printable } from '../text.ts';

/** The variables of `relevance`, in its order; columns without a single value are left out. */
export function RelevanceTable(props: {
  readonly estimate: Estimate;
  readonly relevance: Relevance;
}): JSX.Element {
  const { estimate, relevance } = props;
  const { variables, skipped } = relevance;
  const hasPull = variables.some(({ pull }) => pull !== null);
  const hasWithout = variables.some(({ without, failure }) => without !== null || failure !== null);
  return (
    <>
      {hasPull ? <p class="quiet">Pull on the treatment in {pullUnit(estimate)}.</p> : null}
      <div class="scroll">
        <table class="plain">
          <caption>What the estimate rests on</caption>
          <thead>
            <tr>
              <th scope="col">Variable</th>
              {hasPull ? (
                <th scope="col" class="number">
                  Pull
                </th>
              ) : null}
              {hasWithout ? (
                <>
                  <th scope="col" class="number">
                    Without it
                  </th>
                  <th scope="col">The estimate</th>
                </>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {variables.map(({ variable, pull, without, failure }) => (
              <tr key={variable}>
                <th scope="row">
                  <bdi>{printable(variable)}</bdi>
                </th>
                {hasPull ? <td class="number">{pull === null ? NO_NUMBER : pull.toFixed(2)}</td> : null}
                {hasWithout ? (
                  <>
                    <td class="number">
                      {without === null
                        ? NO_NUMBER
                        : formatEstimate(without.estimate, without.se ?? estimate.se)}
                    </td>
                    <td>{without === null ? <Prose text={failure ?? ''} /> : moveWords(without.move)}</td>
                  </>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {skipped === null ? null : (
        <p class="quiet">
          <Prose text={skipped} />
        </p>
      )}
    </>
  );
}
