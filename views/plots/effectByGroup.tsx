/** For whom is the effect larger? Average effects of groups, and of quarters of what was predicted for single rows. */

import type { EffectGroup } from '../../engine/estimate/diagnostics/heterogeneity.ts';
import type { Estimate } from '../../engine/estimate/result.ts';
import { decimalsFor } from '../../engine/report/numbers.ts';
import { formatCount, formatEstimate, formatInterval, formatP, formatPercent } from '../numbers.ts';
import { isolated, printable } from '../text.ts';
import { type IntervalRow, IntervalRows, MOST_ROWS, type RowSection } from './intervalRows.tsx';
import type { EstimatePlot } from './plotsOf.tsx';

const NAMELESS = 'Effect';

function rowOf({ label, rows, estimate, se, ci }: EffectGroup): IntervalRow {
  return {
    name: isolated(printable(label)),
    value: formatEstimate(estimate, se),
    detail: `${formatCount(rows)} rows`,
    estimate,
    ci,
  };
}

function spoken(group: EffectGroup): string {
  const { name, value } = rowOf(group);
  const interval = formatInterval(group.ci[0], group.ci[1], decimalsFor(group.estimate, group.se));
  return `${name}: ${value}, interval ${interval}`;
}

/** Groups by their variable, the largest of them where there are too many to draw. */
function sectionsOf(groups: readonly EffectGroup[]): readonly RowSection[] {
  const kept = new Set([...groups].sort((a, b) => b.rows - a.rows).slice(0, MOST_ROWS));
  const variables = [...new Set(groups.map(({ variable }) => variable))];
  return variables
    .map((variable) => ({
      heading: isolated(printable(variable)),
      rows: groups.filter((group) => group.variable === variable && kept.has(group)).map(rowOf),
    }))
    .filter(({ rows }) => rows.length > 0);
}

/** Two groups of one variable whose intervals do not meet differ by more than chance; only that much is said. */
function reading(groups: readonly EffectGroup[], level: number): string {
  const pairs = groups.flatMap((low) =>
    groups
      .filter(({ variable, ci }) => variable === low.variable && ci[0] > low.ci[1])
      .map((high) => ({ low, high, gap: high.estimate - low.estimate })),
  );
  const [widest] = pairs.sort((a, b) => b.gap - a.gap);
  const most =
    groups.length > MOST_ROWS ? ` Shown are the ${MOST_ROWS} largest of ${groups.length} groups.` : '';
  if (widest === undefined) {
    return `The ${formatPercent(level)} intervals of the groups overlap: the data do not show that the effect differs between them.${most}`;
  }
  const { low, high } = widest;
  const name = (group: EffectGroup): string => isolated(printable(group.label));
  return `The effect differs: by ${isolated(printable(low.variable))} it is ${formatEstimate(low.estimate, low.se)} for ${name(low)} and ${formatEstimate(high.estimate, high.se)} for ${name(high)}.${most}`;
}

/** Null where no groups were asked for. */
export function effectByGroup(estimate: Estimate): EstimatePlot | null {
  const groups = estimate.diagnostics.heterogeneity?.groups ?? [];
  if (groups.length === 0) return null;
  const sections = sectionsOf(groups);
  const title = 'For whom is the effect larger?';
  const words = reading(groups, estimate.level);
  const list = groups.slice(0, MOST_ROWS).map(spoken).join('; ');
  return {
    id: 'groups',
    title,
    reading: words,
    render: (width) => (
      <IntervalRows
        sections={sections}
        reference={{ value: estimate.estimate, words: 'average of all' }}
        axis={NAMELESS}
        width={width}
        label={`${title} ${words} ${list}.`}
      />
    ),
  };
}

function calibrationWords(estimate: Estimate): string {
  const calibration = estimate.diagnostics.heterogeneity?.calibration ?? null;
  if (calibration === null) return 'Everybody is predicted the same effect.';
  const p = formatP(calibration.p).replace(/^(?=\d)/, '= ');
  const slope = formatEstimate(calibration.slope, calibration.se);
  return calibration.p < 0.05
    ? `Where a larger effect was predicted it is larger (slope ${slope}, of which 1 is perfect; p ${p}): the predictions tell people apart.`
    : `The predicted differences may be chance (slope ${slope}, of which 1 is perfect and 0 says nothing; p ${p}): do not choose people by them.`;
}

/** What became of the predictions: average effects of quarters of them. Null where nothing was predicted, or the same for all. */
export function predictedGroups(estimate: Estimate): EstimatePlot | null {
  const ranked = estimate.diagnostics.heterogeneity?.ranked ?? [];
  if (ranked.length < 2) return null;
  const title = 'Can it be foretold whom it helps?';
  const words = calibrationWords(estimate);
  return {
    id: 'calibration',
    title,
    reading: words,
    render: (width) => (
      <IntervalRows
        sections={[{ heading: '', rows: ranked.map(rowOf) }]}
        reference={{ value: estimate.estimate, words: 'average of all' }}
        axis="Effect, by what was predicted"
        width={width}
        label={`${title} ${words} ${ranked.map(spoken).join('; ')}.`}
      />
    ),
  };
}
