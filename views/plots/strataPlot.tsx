/** The classes of the propensity that an estimate compares rows in: the difference in each, and how much it counts. */

import type { Estimate } from '../../engine/estimate/result.ts';
import { formatCount, formatEstimate, formatPercent } from '../numbers.ts';
import { type IntervalRow, IntervalRows, MOST_ROWS } from './intervalRows.tsx';
import type { EstimatePlot } from './plotsOf.tsx';

const NO_INTERVAL: readonly [number, number] = [Number.NaN, Number.NaN];

/** Null for a method without classes. */
export function strataPlot(estimate: Estimate): EstimatePlot | null {
  const { strata = [] } = estimate.diagnostics;
  if (strata.length === 0) return null;
  const shown = strata.slice(0, MOST_ROWS);
  const rows = shown.map(
    ({ from, to, treated, control, difference, share }): IntervalRow => ({
      name: `${from.toFixed(2)} to ${to.toFixed(2)}`,
      value: difference === null ? 'one group only' : formatEstimate(difference, estimate.se),
      detail:
        difference === null
          ? `${formatCount(treated)} and ${formatCount(control)} rows`
          : `counts ${formatPercent(Number(share.toFixed(2)))}`,
      estimate: difference ?? Number.NaN,
      ci: NO_INTERVAL,
    }),
  );
  const usable = strata.flatMap(({ difference }) => (difference === null ? [] : [difference]));
  const lost = strata.length - usable.length;
  const sameSign = usable.every((value) => value > 0) || usable.every((value) => value < 0);
  const agreement =
    usable.length < 2
      ? ''
      : sameSign
        ? `All ${usable.length} classes with both groups point the same way.`
        : 'The classes do not all point the same way; with few rows in each that may be chance.';
  const without =
    lost === 0 ? '' : ` ${lost} of ${strata.length} have rows of one group alone and do not count.`;
  const most = strata.length > MOST_ROWS ? ` Shown are the first ${MOST_ROWS}.` : '';
  const title = 'Do like rows tell the same?';
  const words =
    `Rows with about the same probability of treatment are compared with each other. ${agreement}${without}${most}`.trim();
  return {
    id: 'strata',
    title,
    reading: words,
    render: (width) => (
      <IntervalRows
        sections={[{ heading: 'Probability of treatment', rows }]}
        reference={{ value: estimate.estimate, words: 'the estimate' }}
        axis="Difference between the groups"
        width={width}
        label={`${title} ${words} ${rows.map(({ name, value }) => `${name}: ${value}`).join('; ')}.`}
      />
    ),
  };
}
