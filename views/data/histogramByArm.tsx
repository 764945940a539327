/** How a number is spread in each group of the rows: two groups up and down from one line, more of them one above the other. */

import type { JSX } from 'preact';
import type { ArmSplit } from '../../engine/data/profile/armSplit.ts';
import type { ArmCounts } from '../../engine/data/profile/byArm.ts';
import type { Bins } from '../../engine/data/variableType.ts';
import { printable, textWidth, truncated } from '../text.ts';
import { shownName, shownNumber, shownShare } from './dataWords.ts';

const HALF = 34;
const ROW = 24;
const FOOT = 15;
const FONT = 10;
const GAP = 6;

export interface HistogramProps {
  readonly name: string;
  readonly bins: Bins;
  /** Null where all rows are one group; then `arms` is that group alone. */
  readonly split: ArmSplit | null;
  readonly arms: readonly ArmCounts[];
  /** Pixels. */
  readonly width: number;
}

/** The shares of a group's own rows, so that groups of different sizes are compared. */
function sharesOf({ counts, present }: ArmCounts): readonly number[] {
  return counts.map((count) => count / Math.max(present, 1));
}

/** Bars on a line at `base`, as one outline; `unit` is the height of all rows, below 0 for bars that hang down. */
function barsPath(shares: readonly number[], left: number, step: number, base: number, unit: number): string {
  return shares
    .map((share, i) => {
      if (share === 0) return '';
      const [from, to] = [left + i * step + 0.5, left + (i + 1) * step - 0.5];
      return `M${from.toFixed(1)} ${base}V${(base - share * unit).toFixed(1)}H${Math.max(to, from + 0.5).toFixed(1)}V${base}Z`;
    })
    .join('');
}

/** Every other group is hollow; all rows as one group are filled. */
export function barsClass(arm: number, arms: number): string {
  return arms === 1 ? 'bars arm-1 solid' : `bars arm-${arm} ${arm % 2 === 0 ? 'hollow' : 'solid'}`;
}

interface Strip {
  readonly label: string;
  readonly shares: readonly number[];
  readonly base: number;
  /** Height of the tallest bar that there is anywhere; below 0 for bars that hang down. */
  readonly reach: number;
  readonly labelY: number;
}

/** Where the bars of each group stand. */
function stripsOf({ split, arms }: HistogramProps): {
  readonly strips: readonly Strip[];
  readonly foot: number;
} {
  const labels = arms.map((_, i) => printable(split?.arms[i]?.label ?? ''));
  const shares = arms.map(sharesOf);
  if (arms.length === 2) {
    const strips = [0, 1].map((i) => ({
      label: labels[i] ?? '',
      shares: shares[i] ?? [],
      base: HALF,
      reach: i === 1 ? HALF - 2 : 2 - HALF,
      labelY: i === 1 ? HALF - 8 : HALF + 16,
    }));
    return { strips, foot: 2 * HALF };
  }
  const height = arms.length === 1 ? HALF : ROW;
  const strips = shares.map((each, i) => {
    const base = (i + 1) * height;
    return { label: labels[i] ?? '', shares: each, base, reach: height - 3, labelY: base - 4 };
  });
  return { strips, foot: height * arms.length };
}

function spoken({ name, bins, split, arms }: HistogramProps): string {
  const peak = (shares: readonly number[]): string => {
    const most = shares.indexOf(Math.max(...shares));
    const width = (bins.high - bins.low) / bins.counts.length;
    return `most often around ${shownNumber(Number((bins.low + (most + 0.5) * width).toPrecision(3)))} (${shownShare(shares[most] ?? 0)})`;
  };
  const each = arms.map((arm, i) => {
    const label = split?.arms[i]?.label;
    return `${label === undefined ? '' : `where ${printable(label)} `}${arm.present === 0 ? 'no values' : peak(sharesOf(arm))}`;
  });
  return `${shownName(name)}: ${each.join('; ')}.`;
}

/** The bars are shares of the group's own rows. The name of a group stands left of its bars; the last of two groups points up, filled. */
export function HistogramByArm(props: HistogramProps): JSX.Element {
  const { bins, arms, width } = props;
  const { strips, foot } = stripsOf(props);
  const widest = Math.max(0, ...strips.map(({ label }) => textWidth(label, FONT)));
  const left = widest === 0 ? 0 : Math.min(Math.ceil(widest), width * 0.3) + GAP;
  const step = (width - left) / bins.counts.length;
  const most = Math.max(1e-9, ...strips.flatMap(({ shares }) => shares));
  const [low, high] = [shownNumber(bins.low), shownNumber(bins.high)];
  return (
    <svg
      class="histogram"
      width={width}
      height={foot + FOOT}
      viewBox={`0 0 ${width} ${foot + FOOT}`}
      role="img"
      aria-label={spoken(props)}
    >
      {strips.map(({ label, shares, base, reach, labelY }, i) => (
        <g key={i}>
          {label === '' ? null : (
            <text class="quiet" x="0" y={labelY} font-size={FONT} unicode-bidi="plaintext">
              {truncated(label, FONT, left - GAP)}
            </text>
          )}
          <path class={barsClass(i, arms.length)} d={barsPath(shares, left, step, base, reach / most)} />
          <path class="frame" d={`M${left} ${base}H${width}`} />
        </g>
      ))}
      <text class="quiet number" x={left} y={foot + 12} font-size={FONT}>
        {bins.below > 0 ? '≤ ' : ''}
        {low}
      </text>
      <text class="quiet number" x={width} y={foot + 12} font-size={FONT} text-anchor="end">
        {bins.above > 0 ? '≥ ' : ''}
        {high}
      </text>
    </svg>
  );
}
