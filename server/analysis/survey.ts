/** What a spec's data are asked beyond their summaries: overlap, the strength of instruments, and whether they agree with the graph. */

import { type DataRequest, groupColumn } from '../../engine/data/request.ts';
import type { ColumnSummary, VariableKind } from '../../engine/data/variableType.ts';
import type { OneArmedCovariate } from '../../engine/estimate/armLevels.ts';
import type { ImpliedFamily } from '../../engine/estimate/independence/impliedClaims.ts';
import type { IndependenceClaim, IndependenceResult } from '../../engine/estimate/independence/result.ts';
import { findMethod } from '../../engine/estimate/methods.ts';
import type { EstimatePlan } from '../../engine/estimate/plan.ts';
import type { DataFailure } from '../jobs/failure.ts';
import { type Analysis, dataFault } from './analyse.ts';
import { usedColumns } from './dataChecks.ts';
import type { Diagnostic } from './diagnostic.ts';
import { dataRequest } from './estimation.ts';
import { checkUnmapped } from './rules/unmapped.ts';
import { checkExpectedIndependences, expectedIndependences } from './survey/expectations.ts';
import { checkFailure } from './survey/failure.ts';
import { contextOf, impliedFamily } from './survey/family.ts';
import { checkImplications } from './survey/implications.ts';
import { checkOverlap } from './survey/overlap.ts';
import { surveyedPlans } from './survey/plans.ts';
import { checkWeakInstruments } from './survey/weakInstruments.ts';

/** A plan with a name by which its answer is found again when the text has changed elsewhere. */
export interface SurveyedPlan {
  readonly key: string;
  readonly plan: EstimatePlan;
}

/** What to ask of the data; plain, and the same for the same question. */
export interface SurveyRequest {
  /** Requests with the same key have the same answer while the file stays the same. */
  readonly key: string;
  /** Which rows with which meaning of their columns: an answer about others says nothing about this spec. */
  readonly context: string;
  /** Without the path. */
  readonly data: Omit<DataRequest, 'path'>;
  /** Comparisons of arms, and instruments. */
  readonly overlap: readonly SurveyedPlan[];
  readonly instruments: readonly SurveyedPlan[];
  /** Null where the graph is not whole, and an arrow may be missing only because its line is. */
  readonly implications: ImpliedFamily | null;
  readonly expectations: readonly IndependenceClaim[];
  readonly weight: string | null;
  readonly cluster: string | null;
  /** Columns that the spec uses; null where it does not ask a question yet and nothing is said of the others. */
  readonly mapped: readonly string[] | null;
}

export interface TestedClaim extends IndependenceClaim {
  readonly result: IndependenceResult;
}

export interface OverlapFinding {
  readonly key: string;
  readonly covariates: readonly OneArmedCovariate[];
  /** Why the estimate means nothing; null where it does. */
  readonly unreliable: string | null;
  /** What is thin about the overlap without spoiling all of it. */
  readonly warnings: readonly string[];
}

export interface InstrumentFinding {
  readonly key: string;
  readonly weak: boolean;
  readonly n: number;
  /** First-stage F: classic, robust, and effective (Montiel Olea & Pflueger 2013); null where there is none. */
  readonly f: number | null;
  readonly robustF: number | null;
  readonly effectiveF: number | null;
}

/** What came of a survey. */
export interface SurveyAnswer {
  readonly kind: 'survey';
  /** Of the request. */
  readonly key: string;
  readonly context: string;
  readonly overlap: readonly OverlapFinding[];
  readonly instruments: readonly InstrumentFinding[];
  /** Null where they were not asked about. */
  readonly implications: ImplicationFindings | null;
  /** Of every independence that the spec expects. */
  readonly expectations: readonly TestedClaim[];
  /** Columns of the file that the spec does not use and that could be causes, in the order of the file. */
  readonly unmapped: readonly UnmappedColumn[];
}

/** A column that no variable is, and the type that its values show. */
export interface UnmappedColumn {
  readonly name: string;
  readonly type: VariableKind;
}

/** An implication, tested. */
export interface TestedImplication extends TestedClaim {
  /**
   * The same two with all their causes held fixed, looked at where the claim itself seems to fail: if they are independent then, what is missing from
   * the graph joins their causes rather than them. Null where nothing else was looked at.
   */
  readonly wider: TestedClaim | null;
}

export interface ImplicationFindings {
  readonly tested: readonly TestedImplication[];
  /** Implications left out because there were more than are tested, or to save time. */
  readonly untested: number;
  /** Were there too many pairs even to look at? */
  readonly truncated: boolean;
}

/** What to ask of the data of a spec; null where there is nothing to ask. Linear in the text, but for definitions of definitions. */
export function surveyOf(analysis: Analysis): SurveyRequest | null {
  if (dataFault(analysis) !== null) return null;
  const { plans, filters } = surveyedPlans(analysis);
  const keyed = plans.map(({ key, plan }) => ({ key, plan }));
  const overlap = keyed.filter(({ plan }) => findMethod(plan.method)?.strategy === 'backdoor');
  const instruments = keyed.filter(({ plan }) => plan.instruments.length > 0 && plan.identified);
  const implications = impliedFamily(analysis);
  const expectations = expectedIndependences(analysis).map(({ claim }) => claim);
  if (overlap.length + instruments.length + expectations.length === 0 && implications === null) return null;
  const { weight, cluster, id } = analysis.data;
  const units = cluster ?? id;
  const groups = units === null ? null : groupColumn(units);
  const variables = [
    ...(implications?.model.variables ?? []).flatMap(({ name, latent }) => (latent ? [] : [name])),
    ...expectations.flatMap(({ x, y, given }) => [x, y, ...given]),
    ...[weight, groups].filter((name) => name !== null),
  ];
  const request = {
    context: contextOf(analysis),
    data: dataRequest(
      { plans: [...overlap, ...instruments].map(({ plan }) => plan), variables, filters },
      analysis,
    ),
    overlap,
    instruments,
    implications,
    expectations,
    weight,
    cluster: groups,
    mapped: asksQuestion(analysis) ? [...usedColumns(analysis).keys()] : null,
  };
  return { key: JSON.stringify(request), ...request };
}

function asksQuestion({ question }: Analysis): boolean {
  return question.treatment.length > 0 && question.outcome.length > 0;
}

/**
 * What the data say against a spec. Of an answer to an earlier text what still applies is told: nothing where the rows or the meaning of their columns have
 * changed, else each finding about a plan that is still made, or an independence that the graph still implies.
 *
 * @param summaries what is known of the values of columns, by which fixes are spelt
 */
export function checkSurvey(
  analysis: Analysis,
  answer: SurveyAnswer | DataFailure,
  summaries: readonly ColumnSummary[] = [],
): Diagnostic[] {
  if (answer.kind === 'failure') return checkFailure(analysis, answer);
  if (answer.context !== contextOf(analysis)) return [];
  const { plans } = surveyedPlans(analysis);
  return [
    ...checkUnmapped(analysis, answer.unmapped),
    ...checkOverlap(analysis, plans, answer.overlap, summaries),
    ...checkWeakInstruments(analysis, plans, answer.instruments),
    ...checkExpectedIndependences(analysis, answer),
    ...checkImplications(analysis, plans, answer),
  ];
}
