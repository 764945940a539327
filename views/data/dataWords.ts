/** What is said of data in words. */

import type { Arm, ArmSplit } from '../../engine/data/profile/armSplit.ts';
import type { ArmComparison } from '../../engine/data/profile/comparison.ts';
import type { ProfiledRows } from '../../engine/data/profile/described.ts';
import type { VariableSummary } from '../../engine/data/profile/summary.ts';
import { decimalsFor } from '../../engine/report/numbers.ts';
import { formatCount, withDecimals } from '../numbers.ts';
import { isolated, printable } from '../text.ts';

/** A number of a variable, to three significant digits; whole ones without decimals. */
export function shownNumber(value: number): string {
  return withDecimals(value, Number.isInteger(value) ? 0 : decimalsFor(value, Number.NaN));
}

/** A share between 0 and 1 in percent, with a decimal where it is needed to see that it is neither none nor all. */
export function shownShare(share: number): string {
  const percent = share * 100;
  if (percent === 0 || percent === 100) return `${percent} %`;
  if (percent < 0.1) return '< 0.1 %';
  if (percent > 99.9) return '> 99.9 %';
  return `${percent < 10 || percent > 99 ? percent.toFixed(1) : Math.round(percent)} %`;
}

/** A name in a sentence. */
export function shownName(name: string): string {
  return isolated(printable(name));
}

/** `personalized = 1` */
export function armName({ treatment }: ArmSplit, { label }: Arm): string {
  return `${shownName(treatment)} ${printable(label)}`;
}

/** What the groups are, and what is in none of them. */
export function splitWords(split: ArmSplit): string {
  const treatment = shownName(split.treatment);
  const groups =
    split.by === 'median'
      ? `${treatment} has many values, so its rows are split in two at the median`
      : `The rows are split by ${treatment}`;
  const arms = split.arms.map((arm) => `${printable(arm.label)} (${formatCount(arm.rows)} rows)`).join(', ');
  const few =
    split.levelsLeftOut === 0
      ? ''
      : ` Only its ${split.arms.length} commonest levels are shown; ${split.levelsLeftOut} more are not.`;
  const rest =
    split.rest === 0 || split.levelsLeftOut > 0
      ? ''
      : ` ${formatCount(split.rest)} rows have no value of it.`;
  return `${groups}: ${arms}.${few}${rest}`;
}

/** How the pictures of the groups are read. */
export function readingWords({ arms }: ArmSplit): string {
  const [low, high] = arms.map(({ label }) => printable(label));
  const sides =
    arms.length === 2
      ? `Bars that point up, filled, are ${high}; bars that hang down, hollow, are ${low}. `
      : '';
  return `${sides}Every bar is a share of its own group. Groups that look alike can be compared; where they do not, a plain difference of outcomes says little.`;
}

export const CORRELATION_WORDS =
  'A correlation is between −1 and 1: ▲ the two rise together, ▼ one falls as the other rises.';

/** How many rows there are, how many are kept, and why not all. */
export function rowWords({ read, kept, dropped }: ProfiledRows, complete: number): string {
  const reasons = [
    ...(dropped.where > 0 ? [`${formatCount(dropped.where)} left out by the filter`] : []),
    ...(dropped.undecided > 0
      ? [`${formatCount(dropped.undecided)} left out since the filter lacks a value there`]
      : []),
  ];
  const rest = reasons.length === 0 ? '' : ` (${reasons.join(', ')})`;
  const gaps = kept - complete;
  const whole =
    kept === 0
      ? ''
      : gaps === 0
        ? ' Each has a value in every variable.'
        : ` ${formatCount(complete)} have a value in every variable, ${formatCount(gaps)} lack at least one.`;
  return `${formatCount(kept)} of ${formatCount(read)} rows are kept${rest}.${whole}`;
}

/** Mean, spread and range of a number; empty for what has none, and where two values say it all. */
export function numberWords({ numbers, distinct }: VariableSummary): string {
  if (numbers === null || distinct <= 2) return '';
  const { mean, sd, min, max } = numbers;
  const decimals = decimalsFor(mean, Math.max(sd / 10, 0));
  return `mean ${withDecimals(mean, decimals)}, sd ${withDecimals(sd, decimals)}, from ${shownNumber(min)} to ${shownNumber(max)}`;
}

/** How many values are missing, all in all and by group where the groups differ. */
export function missingWords(
  { rows, missing }: VariableSummary,
  split: ArmSplit | null,
  arms: readonly { readonly present: number; readonly missing: number }[],
): string {
  if (missing === 0) return 'none missing';
  const all = `${shownShare(missing / Math.max(rows, 1))} missing (${formatCount(missing)} rows)`;
  const shares = arms.map((arm) => arm.missing / Math.max(arm.missing + arm.present, 1));
  const [first = 0] = shares;
  if (split === null || shares.every((share) => Math.abs(share - first) < 0.005)) return all;
  const each = split.arms.map((arm, i) => `${shownShare(shares[i] ?? 0)} where ${printable(arm.label)}`);
  return `${all}: ${each.join(', ')}`;
}

/** Differences below it count as balance (Austin 2009). */
const BALANCED = 0.1;

/** The largest difference that a variable has between groups, and whether that is much; empty where it is none of those compared. */
export function differenceWords(comparisons: readonly ArmComparison[], variable: string): string {
  const sizes = comparisons.flatMap(({ variables }) =>
    variables.flatMap((compared) =>
      compared.variable === variable && compared.difference !== null ? [Math.abs(compared.difference)] : [],
    ),
  );
  if (sizes.length === 0) return '';
  const largest = Math.max(...sizes);
  const apart = `${largest.toFixed(2)} sd`;
  return largest < BALANCED ? `groups alike (${apart} apart)` : `groups differ by ${apart}`;
}
