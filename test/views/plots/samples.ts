/** Estimates to draw, as the engine makes them of rows: one of each kind of diagnostics. */

import type { EstimatePlan } from '../../../engine/estimate/plan.ts';
import type { Estimate } from '../../../engine/estimate/result.ts';
import { dataOf, estimateOf, study } from '../../support/estimation.ts';

const ADJUSTED = ['a', 'b', 'g'];

/** The study with an effect that differs by `g`, and an instrument next to useless. */
function columns(rows: number): Record<string, (number | string)[]> {
  const whole = study(rows, 11);
  const g = whole['g'] as string[];
  const t = whole['t'] as number[];
  const y = (whole['y'] as number[]).map((value, i) => value + (g[i] === 's' ? 1.2 * (t[i] ?? 0) : 0));
  // An effect that a modest confounder would undo.
  const noisy = y.map((value, i) => value / 6 + 5 * Math.sin(i * 12.9898));
  return {
    ...whole,
    y,
    noisy,
    late: (whole['a'] as number[]).map((value, i) => ((i * 7919) % 13) + 0.02 * value),
  };
}

const PLANS: Readonly<Record<string, Partial<EstimatePlan>>> = {
  weighting: { method: 'ipw', adjusted: ADJUSTED, propensity: 'boosting', refuters: ['e_value'] },
  trimmed: { method: 'ipw', adjusted: ['z', 'a', 'b', 'g'], trim: 0.1, relevance: 'full' },
  matching: { method: 'matching', adjusted: ADJUSTED, estimand: 'att', refuters: ['rosenbaum'] },
  stratification: { method: 'stratification', adjusted: ADJUSTED },
  regression: { method: 'regression', adjusted: ADJUSTED, refuters: ['sensitivity'] },
  modest: {
    method: 'regression',
    outcome: 'noisy',
    adjusted: ADJUSTED,
    standardError: 'classic',
    refuters: ['sensitivity'],
  },
  robust: { method: 'aipw', outcome: 'noisy', adjusted: ADJUSTED, refuters: ['sensitivity'] },
  instrument: { method: 'iv', instruments: ['z'], adjusted: ['a'] },
  weak: { method: 'iv', instruments: ['late'] },
  several: { method: 'iv', instruments: ['z', 'b'] },
  groups: { method: 'dr_learner', adjusted: ADJUSTED, by: ['g', 'z'], estimand: 'ate' },
  mediation: { method: 'mediation', treatment: 'z', through: ['t'], adjusted: ['a'], parts: ['indirect'] },
};

/** Every sample, by its name. */
export async function samples(rows = 1200): Promise<Readonly<Record<string, Estimate>>> {
  const data = dataOf(columns(rows));
  const entries: [string, Estimate][] = [];
  for (const [name, plan] of Object.entries(PLANS)) entries.push([name, await estimateOf(data, plan)]);
  return Object.fromEntries(entries);
}
