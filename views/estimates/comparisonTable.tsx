import type { JSX } from 'preact';
import type { EstimateOutcome } from '../../engine/estimate/result.ts';
import { changeNumbers, changesSince, changeWords, type PastEstimate } from './comparison.ts';
import { namesOf } from './namedOutcomes.ts';

/** The numbers of a run beside those of the run before. What moved by more than a standard error is marked. */
export function ComparisonTable(props: {
  readonly before: readonly PastEstimate[];
  readonly now: readonly EstimateOutcome[];
}): JSX.Element {
  const changes = changesSince(props.before, props.now);
  const names = namesOf(changes.flatMap(({ now, past }) => now ?? past ?? []));
  return (
    <div class="scroll">
      <table class="plain comparison">
        <caption>This run and the run before</caption>
        <thead>
          <tr>
            <th scope="col">Estimate</th>
            <th scope="col" class="number">
              Before
            </th>
            <th scope="col" class="number">
              Now
            </th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change, i) => {
            const [before, after] = changeNumbers(change);
            const marked = change.kind !== 'same' && change.kind !== 'within';
            return (
              <tr key={i}>
                <th scope="row">
                  <bdi>{names[i]}</bdi>
                </th>
                <td class="number">{before}</td>
                <td class="number">{after}</td>
                <td class={marked ? 'remark-caution' : 'quiet'}>
                  {marked ? <strong>{changeWords(change)}</strong> : changeWords(change)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p class="quiet">Standard errors are those of the run before.</p>
    </div>
  );
}
