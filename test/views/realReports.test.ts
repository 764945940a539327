/** The reports of realReports/ are what the engine makes of the examples; `CAUSAL_FIXTURES=1` writes them anew. */

import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { EstimatePlan } from '../../engine/estimate/plan.ts';
import type { EstimationReport } from '../../engine/estimate/result.ts';
import { toWire } from '../../engine/report/wire.ts';
import { analyse } from '../../server/analysis/analyse.ts';
import { outcomesByPlan, planEstimation } from '../../server/analysis/estimation.ts';
import { openDatabase } from '../../server/jobs/duckdb.ts';
import { estimateData } from '../../server/jobs/estimateData.ts';
import { CARD_REPORT, NSW_REPORT } from './realReports.ts';

const nsw = readFileSync('examples/nsw/nsw.causal', 'utf8').replace(/estimate difference[\s\S]*$/, '');
const card = readFileSync('examples/card/card.causal', 'utf8');

const NSW = `${nsw}
estimate regression as "Adjusted regression" {
  adjust background
  expect p < 0.05
  refute placebo, random_common_cause, subset, sensitivity, e_value
}
estimate ipw as "Propensity weighting" {
  adjust background
  estimand att
  refute placebo, random_common_cause, subset, e_value
  expect max_smd < 0.01
}
estimate aipw as "Doubly robust" {
  adjust background
  refute sensitivity
}
estimate matching as "Matching" {
  adjust background
  refute rosenbaum
}
estimate stratification as "Classes" { adjust background }
estimate dr_learner as "Individual effects" {
  adjust background
  by nodegree
}
estimate id as "Formula"
`;

const CARD = card.replace('expect first_stage_f > 10', 'expect first_stage_f > 20\n  refute placebo, subset');

/** Few refits, and of one estimate what it rests on. */
function shortened(plan: EstimatePlan): EstimatePlan {
  const few = { ...plan, repetitions: 30 };
  return plan.method === 'ipw' ? { ...few, relevance: 'bounded' } : few;
}

async function made(text: string, path: string): Promise<EstimationReport> {
  const { planned, request } = planEstimation(analyse(text));
  const plans = planned.flatMap((each) => (each.kind === 'plan' ? [shortened(each.plan)] : []));
  const db = await openDatabase();
  const job = await estimateData(db, { path, ...request }, plans, () => {});
  db.close();
  if (job.kind === 'failure') throw new Error(job.message);
  const estimates = outcomesByPlan(planned, job.outcomes).flatMap(({ outcomes }) => outcomes);
  return { rows: job.rows, estimates };
}

function write(name: string, report: EstimationReport): void {
  const short = (_key: string, value: unknown): unknown =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(9)) : value;
  writeFileSync(
    new URL(`./realReports/${name}.json`, import.meta.url),
    `${JSON.stringify(toWire(report), short)}\n`,
  );
}

it.each([
  ['nsw', NSW, NSW_REPORT],
  ['card', CARD, CARD_REPORT],
] as const)('%s', async (name, text, kept) => {
  const report = await made(text, `examples/${name}/${name}.csv`);
  if (process.env['CAUSAL_FIXTURES'] === '1') return write(name, report);
  expect(report.rows).toEqual(kept.rows);
  expect(report.estimates.map((each) => each.name)).toEqual(kept.estimates.map((each) => each.name));
  for (const [i, fresh] of report.estimates.entries()) {
    const old = kept.estimates[i];
    if (fresh.kind === 'failure' || old?.kind !== 'estimate') throw new Error(`${fresh.name} has no number.`);
    expect(fresh.estimate / old.estimate).toBeCloseTo(1, 6);
    expect(fresh.se / old.se).toBeCloseTo(1, 6);
    const families = ({ diagnostics }: typeof old): string[] =>
      Object.entries(diagnostics).flatMap(([family, told]) => (told === undefined ? [] : [family]));
    expect(families(fresh).sort()).toEqual(families(old).sort());
    expect(fresh.refutations.map(({ message }) => message)).toEqual(
      old.refutations.map(({ message }) => message),
    );
  }
});
