/** Our side of the benches: the study read as the product reads it, and estimates of it in this process. */

import path from 'node:path';
import type { EstimatePlan } from '../../engine/estimate/plan.ts';
import type { EstimationData } from '../../engine/estimate/problem.ts';
import type { Estimate } from '../../engine/estimate/result.ts';
import { runEstimates } from '../../engine/estimate/run.ts';
import { openCrew, usefulThreads } from '../../server/jobs/crew.ts';
import { openDatabase } from '../../server/jobs/duckdb.ts';
import { loadTable } from '../../server/jobs/loadTable.ts';
import { planOf, setting } from '../accuracy/simulated.ts';
import { COLUMNS, COVARIATES } from './study.ts';

/** As in the process of a job; ends with this one. */
const crew = openCrew(
  path.join(process.env['CAUSAL_BENCH_DIST'] ?? '', 'rowThread.cjs'),
  setting('threads', usefulThreads()),
);

/** All columns of the study. */
export async function readStudy(file: string): Promise<EstimationData> {
  const db = await openDatabase();
  const variables = COLUMNS.map((name) => ({ name, definition: null, type: null, label: false }));
  const loaded = await loadTable(db, { path: file, variables, where: null, filters: [] });
  db.close();
  if (loaded.kind === 'failure') throw new Error(loaded.message);
  return { ...loaded, crew };
}

/** A plan for the study: adjusted for all covariates, or with its instrument. */
export function studyPlan(change: Partial<EstimatePlan>): EstimatePlan {
  return planOf({ adjusted: COVARIATES, instruments: change.method === 'iv' ? ['z'] : [], ...change });
}

/** What came of one plan, or an error with its message. */
export async function estimateOf(data: EstimationData, plan: EstimatePlan): Promise<Estimate> {
  const [outcomes] = await runEstimates(data, [plan]);
  const outcome = outcomes?.[0];
  if (outcome === undefined) throw new Error(`${plan.method} gave nothing.`);
  if (outcome.kind === 'failure') throw new Error(`${plan.method}: ${outcome.error.message}`);
  return outcome;
}
