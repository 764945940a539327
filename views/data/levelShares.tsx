/** The levels of a variable with their shares in each group of the rows, as a table with bars. */

import type { JSX } from 'preact';
import type { ArmSplit } from '../../engine/data/profile/armSplit.ts';
import type { ArmCounts } from '../../engine/data/profile/byArm.ts';
import type { LevelCount } from '../../engine/data/profile/summary.ts';
import { printable } from '../text.ts';
import { shownName, shownShare } from './dataWords.ts';
import { barsClass } from './histogramByArm.tsx';

const MOST_LEVELS = 8;
/** Groups beside which there is room for bars. */
const MOST_BARS = 3;

/** Pixels of the whole, where there are few groups and where there are many. */
const [WIDE_BAR, NARROW_BAR] = [46, 22];

function Bar(props: { readonly share: number; readonly arm: number; readonly arms: number }): JSX.Element {
  const { share, arm, arms } = props;
  const whole = arms > 2 ? NARROW_BAR : WIDE_BAR;
  const length = Math.max(share > 0 ? 1 : 0, share * (whole - 2));
  return (
    <svg class="share" width={whole} height="10" viewBox={`0 0 ${whole} 10`} aria-hidden="true">
      <path class="frame" d="M0.5 0V10" />
      <rect class={barsClass(arm, arms)} x="1" y="1.5" width={length.toFixed(1)} height="7" />
    </svg>
  );
}

/** Shares of the rows with a value, in each group. Without a split there is one column, of all rows. */
export function LevelShares(props: {
  readonly name: string;
  readonly levels: readonly LevelCount[];
  /** Levels that there are, also those that are not listed. */
  readonly distinct: number;
  readonly split: ArmSplit | null;
  readonly arms: readonly ArmCounts[];
}): JSX.Element {
  const { name, levels, distinct, split, arms } = props;
  const shown = levels.slice(0, MOST_LEVELS);
  return (
    <table class="level-shares">
      <caption>Levels of {shownName(name)}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="visually-hidden">Level</span>
          </th>
          {arms.map((_, i) => (
            <th key={i} scope="col">
              {split === null ? 'share' : printable(split.arms[i]?.label ?? '')}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.map(({ level }, place) => (
          <tr key={level}>
            <th scope="row">
              <bdi>{printable(level)}</bdi>
            </th>
            {arms.map(({ counts, present }, i) => {
              const share = (counts[place] ?? 0) / Math.max(present, 1);
              return (
                <td key={i}>
                  {arms.length > MOST_BARS ? null : <Bar share={share} arm={i} arms={arms.length} />}
                  <span class="number">{shownShare(share)}</span>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
      {distinct > shown.length ? (
        <tfoot>
          <tr>
            <td colSpan={arms.length + 1} class="quiet">
              and {distinct - shown.length} more
            </td>
          </tr>
        </tfoot>
      ) : null}
    </table>
  );
}
