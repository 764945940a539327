/** The numbers of an estimate by the names that an `expect` may use. */

import { type Estimate, METRIC_WORDS, METRICS, type Metric } from '../../engine/estimate/result.ts';
import { decimalsFor } from '../../engine/report/numbers.ts';
import { formatCount, formatP, withDecimals } from '../numbers.ts';

export interface MetricRow {
  readonly metric: Metric;
  readonly title: string;
  readonly value: string;
  /** What it is, in a sentence. */
  readonly words: string;
}

const TITLES: Readonly<Record<Metric, string>> = {
  estimate: 'Estimate',
  se: 'Standard error',
  p: 'p value',
  ci_low: 'Interval from',
  ci_high: 'Interval to',
  n: 'Rows used',
  first_stage_f: 'First-stage F',
  effective_f: 'Effective F',
  overid_p: 'Over-identification p',
  hausman_p: 'Hausman p',
  max_smd: 'Largest imbalance',
  ess: 'Effective rows',
  min_propensity: 'Smallest propensity',
  max_propensity: 'Largest propensity',
  auc: 'AUC',
  r_squared: 'R²',
  robustness_value: 'Robustness value',
  e_value: 'E-value',
};

/** In which way a metric is written; the rest with four digits. */
const IN_UNITS: ReadonlySet<Metric> = new Set(['estimate', 'se', 'ci_low', 'ci_high']);
const PROBABILITIES: ReadonlySet<Metric> = new Set(['p', 'overid_p', 'hausman_p']);
const COUNTS: ReadonlySet<Metric> = new Set(['n', 'ess']);

function valueWords(metric: Metric, value: number, { estimate, se }: Estimate): string {
  if (IN_UNITS.has(metric)) return withDecimals(value, decimalsFor(estimate, se));
  if (PROBABILITIES.has(metric)) return formatP(value);
  if (COUNTS.has(metric)) return formatCount(value);
  return withDecimals(value, Math.max(0, 3 - Math.floor(Math.log10(Math.max(Math.abs(value), 0.1)))));
}

/** A row for each metric that the method gives, in the order of the manual. */
export function metricRows(estimate: Estimate): readonly MetricRow[] {
  const { metrics } = estimate.diagnostics;
  return METRICS.flatMap((metric) => {
    const value = metrics[metric];
    if (value === undefined || Number.isNaN(value)) return [];
    return [
      {
        metric,
        title: TITLES[metric],
        value: valueWords(metric, value, estimate),
        words: METRIC_WORDS[metric],
      },
    ];
  });
}
