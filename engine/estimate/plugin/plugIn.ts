/** Effects by a formula of discrete variables: every probability in it is the share of rows that have the levels. */

import { rowValues } from '../../stats/rowExpression.ts';
import { nameList } from '../../wording.ts';
import { contrastsOf } from '../contrasts.ts';
import type { InterventionalMean } from '../diagnostics/formula.ts';
import { type ContrastEstimate, type EstimatorAnswer, pointAnswer, type SharedFits } from '../estimator.ts';
import { unusableEstimate } from '../finiteNumbers.ts';
import { influenceError, influenceErrorType } from '../influence.ts';
import { armRows } from '../overlap.ts';
import { type EstimationFailure, type EstimationProblem, failure } from '../problem.ts';
import type { EstimateWarning } from '../result.ts';
import { type Cells, cellsOf, tooManyCombinations } from './cells.ts';
import {
  type CellSums,
  type EvaluatedFormula,
  evaluateFormula,
  isComputable,
  type MissingCombination,
} from './evaluateFormula.ts';
import { formulaVariables, type PlannedFormula } from './plannedFormula.ts';

/**
 * E[Y | do(t)] by the formula with the distribution of the rows in place of that of the population, and its contrasts.
 *
 * The error is the delta method's, exactly: with W and S the sums of w and w y in the cell of row i, its influence is
 * wᵢ (∂τ/∂W + yᵢ ∂τ/∂S), which sums to zero because no formula changes when all weights are doubled (van der Vaart 1998, section 20.1).
 *
 * Fails where a variable but the outcome is a number with many values, a combination of levels that the formula divides by does not
 * occur, or there are too many combinations.
 */
export async function plugIn(
  problem: EstimationProblem,
  shared: SharedFits,
  planned: PlannedFormula,
): Promise<EstimatorAnswer | EstimationFailure> {
  const { plan, table, treatment } = problem;
  const { formula } = planned;
  const variables = formulaVariables(formula).filter((name) => name !== plan.outcome);
  const cells = cellsOf(table, [...new Set([plan.treatment, ...variables])], problem.kinds);
  if (cells.kind === 'failure') return cells;
  const contrasts = contrastsOf(treatment, plan.contrast, plan.treatment);
  if (contrasts.kind === 'failure') return contrasts;
  const rows = await rowNumbers(problem);
  const roles = { treatment: plan.treatment, outcome: plan.outcome };
  if (!isComputable(formula, cells, roles)) return tooManyCombinations(variables.length);
  const evaluated = evaluateFormula(formula, cells, cellSums(cells, rows), roles);
  const used = contrasts.contrasts.flatMap(({ weights }) =>
    weights.flatMap((weight, level) => (weight === 0 ? [] : [level])),
  );
  const unknown = used.find((level) => !Number.isFinite(evaluated.means[level]));
  if (unknown !== undefined) return noRows(problem, evaluated.missing(unknown));
  const points = contrasts.contrasts.map(({ label, weights }) => ({
    contrast: label,
    estimate: weights.reduce((sum, weight, l) => (weight === 0 ? sum : sum + weight * evaluated.means[l]), 0),
  }));
  if (shared.pointOnly) return pointAnswer(points, table.rowCount);
  const arms = armsOf([...new Set(used)], evaluated, cells, rows);
  const estimates: ContrastEstimate[] = [];
  for (const [c, point] of points.entries()) {
    const { weights } = contrasts.contrasts[c];
    const se = await influenceError(problem, rowValues(influences(evaluated.gradient(weights), cells, rows)));
    const ess = arms.filter(({ level }) => weights[level] !== 0).reduce((sum, arm) => sum + arm.effective, 0);
    estimates.push({ ...point, se, diagnostics: { metrics: { ess } } });
  }
  const unusable = unusableEstimate(problem, estimates);
  if (unusable !== null) return unusable;
  const labels = cells.labels.get(plan.treatment) ?? [];
  return {
    kind: 'answer',
    contrasts: estimates,
    df: null,
    seType: influenceErrorType(problem),
    n: table.rowCount,
    diagnostics: {
      metrics: {},
      formula: planned.text,
      combinations: cells.count,
      ...(isBinary(rows.outcome) ? { interventionalMeans: meansOf(evaluated, used, labels) } : {}),
    },
    warnings: [],
    unreliable: armRows(problem).unreliable ?? thinArms(problem, arms, labels),
  };
}

interface RowNumbers {
  readonly weight: Float64Array;
  readonly outcome: Float64Array;
}

async function rowNumbers({ moments, table, outcome, weight }: EstimationProblem): Promise<RowNumbers> {
  return {
    outcome: await moments.values(outcome),
    weight: weight === undefined ? new Float64Array(table.rowCount).fill(1) : await moments.values(weight),
  };
}

function cellSums({ cellOf, count }: Cells, rows: RowNumbers): CellSums {
  const sums = { weight: new Float64Array(count), outcome: new Float64Array(count) };
  for (let i = 0; i < cellOf.length; i++) {
    sums.weight[cellOf[i]] += rows.weight[i];
    sums.outcome[cellOf[i]] += rows.weight[i] * rows.outcome[i];
  }
  return sums;
}

function influences(gradient: CellSums, { cellOf }: Cells, rows: RowNumbers): Float64Array {
  return Float64Array.from(
    cellOf,
    (cell, i) => rows.weight[i] * (gradient.weight[cell] + rows.outcome[i] * gradient.outcome[cell]),
  );
}

function isBinary(values: Float64Array): boolean {
  return values.every((value) => value === 0 || value === 1);
}

function meansOf(
  { means }: EvaluatedFormula,
  levels: readonly number[],
  labels: readonly string[],
): InterventionalMean[] {
  return [...new Set(levels)]
    .sort((a, b) => a - b)
    .map((level) => ({ level: labels[level] ?? '', mean: means[level] }));
}

/** What the mean under one level rests on: it is a sum of outcomes, each with a weight, and these are counted as Kish (1965) does. */
interface InterventionArm {
  readonly level: number;
  readonly rows: number;
  readonly effective: number;
}

function armsOf(
  levels: readonly number[],
  evaluated: EvaluatedFormula,
  { cellOf }: Cells,
  { weight }: RowNumbers,
): InterventionArm[] {
  return levels.map((level) => {
    const { outcome } = evaluated.gradient(Array.from(evaluated.means, (_mean, l) => (l === level ? 1 : 0)));
    let [rows, sum, squares] = [0, 0, 0];
    for (let i = 0; i < cellOf.length; i++) {
      const own = weight[i] * outcome[cellOf[i]];
      if (own !== 0) rows += 1;
      sum += own;
      squares += own * own;
    }
    return { level, rows, effective: sum ** 2 / squares };
  });
}

/** As in `overlap.ts`: fewer effective rows than this, or than this part of those that are used, stand for nobody. */
const MINIMUM_EFFECTIVE_ROWS = 20;
const MINIMUM_EFFECTIVE_SHARE = 1 / 20;

function thinArms(
  { plan }: EstimationProblem,
  arms: readonly InterventionArm[],
  labels: readonly string[],
): EstimateWarning | null {
  const thin = arms.find(
    ({ rows, effective }) => effective < MINIMUM_EFFECTIVE_ROWS || effective < rows * MINIMUM_EFFECTIVE_SHARE,
  );
  if (thin === undefined) return null;
  return {
    code: 'positivity',
    message: `Unreliable: the ${thin.rows} rows behind ${plan.treatment} = ${labels[thin.level]} count for only ${thin.effective.toFixed(1)}, because hardly any have some combination of levels that the formula needs. Merge levels, or bring more data.`,
  };
}

function noRows({ plan }: EstimationProblem, missing: MissingCombination): EstimationFailure {
  const named = nameList(missing.map(({ variable, label }) => `${variable} = ${label}`));
  return failure(
    'positivity',
    `No row has ${named}, and the formula asks what ${plan.outcome} or a cause of it is like there. Merge levels, or leave out with \`where\` those for whom that cannot be.`,
  );
}
