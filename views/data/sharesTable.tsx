/** Two variables with levels: how the rows of each level of one are divided over the levels of the other. */

import type { JSX } from 'preact';
import type { SharesPicture } from '../../engine/data/profile/pair.ts';
import { formatCount } from '../numbers.ts';
import { printable } from '../text.ts';
import { shownName, shownShare } from './dataWords.ts';

/** Rows are levels of the first, columns levels of the second; the shares of a row add up to all of it. */
export function SharesTable({ picture }: { readonly picture: SharesPicture }): JSX.Element {
  const { x, y, counts, rows } = picture;
  return (
    <table class="shares">
      <caption>
        Of the rows with each value of {shownName(x.name)} (down), how many have each value of{' '}
        {shownName(y.name)} (across). {formatCount(rows)} rows.
      </caption>
      <thead>
        <tr>
          <th scope="col">
            <bdi>{printable(x.name)}</bdi>
          </th>
          {y.levels.map((level) => (
            <th key={level} scope="col" class="number">
              <bdi>{printable(`${y.name} = ${level}`)}</bdi>
            </th>
          ))}
          <th scope="col" class="number">
            Rows
          </th>
        </tr>
      </thead>
      <tbody>
        {x.levels.map((level, i) => {
          const line = counts[i] ?? [];
          const total = line.reduce((sum, count) => sum + count, 0);
          return (
            <tr key={level}>
              <th scope="row">
                <bdi>{printable(level)}</bdi>
              </th>
              {line.map((count, j) => (
                <td key={j} class="number">
                  {shownShare(count / Math.max(total, 1))}
                </td>
              ))}
              <td class="number quiet">{formatCount(total)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
