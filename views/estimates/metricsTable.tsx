import type { JSX } from 'preact';
import type { Estimate } from '../../engine/estimate/result.ts';
import { metricRows } from './metricRows.ts';

/** Every number of an estimate that an `expect` may name, with what it is. */
export function MetricsTable({ estimate }: { readonly estimate: Estimate }): JSX.Element {
  return (
    <div class="scroll">
      <table class="plain">
        <caption>All numbers, by the names that expect knows</caption>
        <thead>
          <tr>
            <th scope="col">Number</th>
            <th scope="col" class="number">
              Value
            </th>
            <th scope="col">What it is</th>
          </tr>
        </thead>
        <tbody>
          {metricRows(estimate).map(({ metric, title, value, words }) => (
            <tr key={metric}>
              <th scope="row">
                {title} <code class="quiet">{metric}</code>
              </th>
              <td class="number">{value}</td>
              <td class="quiet">{words}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
