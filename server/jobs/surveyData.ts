/** The survey job: what a spec asks of the rows beyond an estimate. */

import { oneArmedCovariates } from '../../engine/estimate/armLevels.ts';
import { doseOf } from '../../engine/estimate/dose.ts';
import { type ImpliedFamily, impliedClaims } from '../../engine/estimate/independence/impliedClaims.ts';
import {
  type IndependenceTester,
  independenceTester,
} from '../../engine/estimate/independence/independence.ts';
import { isRejected, untested } from '../../engine/estimate/independence/result.ts';
import { instrumentDiagnostics } from '../../engine/estimate/instrumentDiagnostics.ts';
import { isWeak } from '../../engine/estimate/instrumentWarnings.ts';
import { assessOverlap, type WeightedEstimand } from '../../engine/estimate/overlap.ts';
import type { EstimatePlan } from '../../engine/estimate/plan.ts';
import { type EstimationData, prepareProblem } from '../../engine/estimate/problem.ts';
import { propensityCache } from '../../engine/estimate/propensity.ts';
import { twoStageLeastSquares } from '../../engine/estimate/structuralFit.ts';
import { fitTwoStages } from '../../engine/estimate/twoStage.ts';
import type {
  ImplicationFindings,
  InstrumentFinding,
  OverlapFinding,
  SurveyAnswer,
  SurveyedPlan,
  SurveyRequest,
  TestedClaim,
  TestedImplication,
} from '../analysis/survey.ts';
import { describeData } from './describeData.ts';
import type { Database } from './duckdb.ts';
import type { DataFailure } from './failure.ts';
import { loadTable } from './loadTable.ts';
import type { JobRequest, JobResults } from './protocol.ts';
import { unmappedColumns } from './unmappedColumns.ts';

/** Describes the file where that is asked for, then surveys it. */
export async function surveyFile(
  db: Database,
  { path, request, describe }: Extract<JobRequest, { kind: 'survey' }>,
): Promise<JobResults['survey']> {
  const description = describe === null ? null : await describeData(db, path, describe);
  if (description?.kind === 'failure') return description;
  return { kind: 'surveyed', description, answer: await surveyData(db, path, request) };
}

/** Answers a survey from the file at `path`; fails where the rows cannot be had. */
export async function surveyData(
  db: Database,
  path: string,
  request: SurveyRequest,
): Promise<SurveyAnswer | DataFailure> {
  const loaded = await loadTable(db, { path, ...request.data });
  if (loaded.kind === 'failure') return loaded;
  const data: EstimationData = loaded;
  const tester = claimTester(data, request);
  const shared = { pointOnly: false, propensity: propensityCache() };
  const overlap: OverlapFinding[] = [];
  for (const each of request.overlap) overlap.push(await surveyOverlap(data, each, shared));
  const instruments: InstrumentFinding[] = [];
  for (const each of request.instruments) instruments.push(...(await surveyInstruments(data, each)));
  const expectations: TestedClaim[] = [];
  for (const claim of request.expectations) expectations.push({ ...claim, result: await tester(claim) });
  return {
    kind: 'survey',
    key: request.key,
    context: request.context,
    overlap,
    instruments,
    implications:
      request.implications === null ? null : await surveyImplications(data, request.implications, tester),
    expectations,
    unmapped: request.mapped === null ? [] : await unmappedColumns(db, path, request.mapped),
  };
}

/** A tester that says of variables without values that they have none. */
function claimTester(data: EstimationData, { weight, cluster }: SurveyRequest): IndependenceTester {
  const present = (name: string | null): string | null =>
    name !== null && data.table.columns.has(name) ? name : null;
  const test = independenceTester({ ...data, weight: present(weight), cluster: present(cluster) });
  return async (claim) => {
    const absent = [claim.x, claim.y, ...claim.given].find((name) => !data.table.columns.has(name));
    if (absent === undefined) return test(claim);
    return untested(data.problems.get(absent)?.message.replace(/\.$/, '') ?? `${absent} has no column`);
  };
}

async function surveyImplications(
  data: EstimationData,
  family: ImpliedFamily,
  test: IndependenceTester,
): Promise<ImplicationFindings> {
  const { claims, wider, beyond, truncated } = impliedClaims(family, (name) => data.table.columns.has(name));
  const tested: TestedImplication[] = [];
  let work = 0;
  for (const claim of claims) {
    work += data.table.rowCount * (claim.given.length + 2);
    if (work > MOST_WORK && tested.length > 0) break;
    const result = await test(claim);
    const fails = result.kind === 'tested' && isRejected(result, result.p, SUSPICIOUS);
    const other = fails ? wider(claim) : null;
    work += other === null ? 0 : data.table.rowCount * (other.given.length + 2);
    tested.push({ ...claim, result, wider: other === null ? null : { ...other, result: await test(other) } });
  }
  return { tested, untested: beyond + claims.length - tested.length, truncated };
}

/** Under this p value, before it is adjusted for others, a failing independence is looked at more closely. */
const SUSPICIOUS = 0.05;

/** Values looked at in all tests of implications together: some ten seconds. The same implications are tested each time. */
const MOST_WORK = 100_000_000;

async function surveyOverlap(
  data: EstimationData,
  { key, plan }: SurveyedPlan,
  shared: Parameters<typeof assessOverlap>[1],
): Promise<OverlapFinding> {
  const covariates = oneArmedCovariates(data, plan);
  const problem = prepareProblem(data, plan);
  // An estimate that trims leaves out whom it cannot compare, and says itself what is left.
  if ('kind' in problem || plan.trim > 0) return { key, covariates, unreliable: null, warnings: [] };
  const { unreliable, warnings } = await assessOverlap(problem, shared, estimandOf(plan));
  return {
    key,
    covariates,
    unreliable: unreliable?.message ?? null,
    warnings: warnings.map(({ message }) => message),
  };
}

/** A regression, and whatever else has no weights of its own, is judged as the effect on everybody. */
function estimandOf({ estimand }: EstimatePlan): WeightedEstimand {
  return estimand === 'att' || estimand === 'atc' || estimand === 'overlap' ? estimand : 'ate';
}

/** Nothing where the estimate could not be made, which it tells itself. */
async function surveyInstruments(
  data: EstimationData,
  { key, plan }: SurveyedPlan,
): Promise<InstrumentFinding[]> {
  const problem = prepareProblem(data, plan);
  if ('kind' in problem) return [];
  const treatment = doseOf(problem);
  if (treatment === null) return [];
  const n = problem.table.rowCount;
  const fit = await fitTwoStages(problem, treatment);
  if (fit.kind === 'failure') return [{ key, weak: true, n, f: null, robustF: null, effectiveF: null }];
  const equation = await twoStageLeastSquares(problem, fit.stages);
  const diagnostics = await instrumentDiagnostics(problem, fit.stages, equation);
  return [
    {
      key,
      weak: isWeak(diagnostics),
      n,
      f: diagnostics.metrics.first_stage_f ?? null,
      robustF: diagnostics.firstStageFRobust ?? null,
      effectiveF: diagnostics.metrics.effective_f ?? null,
    },
  ];
}
