import type { RowCount } from '../../engine/estimate/result.ts';
import { nameList } from '../../engine/wording.ts';
import { formatCount } from '../numbers.ts';
import { shownName } from './contrastPhrases.ts';

/** `49,873 of 50,000 rows used: 100 left out by the filter, 27 with a missing value.`, and what was filled in. */
export function rowWords({ read, used, dropped, filled }: RowCount): string {
  const reasons: string[] = [];
  if (dropped.where > 0) reasons.push(`${formatCount(dropped.where)} left out by the filter`);
  if (dropped.missing > 0) reasons.push(`${formatCount(dropped.missing)} with a missing value`);
  const rest = reasons.length === 0 ? '' : `: ${reasons.join(', ')}`;
  const gaps = Object.entries(filled).map(([name, rows]) => `${shownName(name)} in ${formatCount(rows)}`);
  const made = gaps.length === 0 ? '' : ` Filled in: ${nameList(gaps)} of them.`;
  return `${formatCount(used)} of ${formatCount(read)} rows used${rest}.${made}`;
}
