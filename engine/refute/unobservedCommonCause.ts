import { doseOf } from '../estimate/dose.ts';
import type { StrengthGrid } from '../estimate/refutation.ts';
import { leastSquares } from '../stats/leastSquares.ts';
import { numberText } from './distribution.ts';
import { contrastCoefficient } from './linearCoefficient.ts';
import { normalDraws } from './noise.ts';
import { adjustedFor, robustnessValue } from './omittedVariableBias.ts';
import { randomOrder } from './permutation.ts';
import { refit, usedTable, withCovariate } from './refits.ts';
import type { Finding, RefutationTask, Refuter, RefuterAnswer } from './refuter.ts';

/** Strengths that are tried, as partial R² with the treatment and with the outcome. */
const STRENGTHS: readonly number[] = [0.02, 0.05, 0.1, 0.2, 0.4];

/**
 * Adds a confounder U that pulls the estimate towards zero, for each pair of strengths: with partial R² r of the treatment T given the
 * covariates, and q of the outcome Y given treatment and covariates. A regression with such a U is known from the one without
 * (Cinelli & Hazlett 2020). For other methods U is drawn,
 *
 *   U = √r · e_T + √(1 − r) · (√q · e_Y + √(1 − q) · ν),
 *
 * e_T and e_Y being the standardised residuals of T on the covariates and of Y on both, and ν noise; with it held fixed everything is refitted.
 */
export const unobservedCommonCause: Refuter = async (task) => {
  const model = await task.linear();
  if (model === null) return simulated(task);
  const findings = task.estimates.map((_estimate, c) => {
    const found = contrastCoefficient(model, c);
    if (found === null) return { error: 'Too few rows are left to tell.' };
    const estimates = STRENGTHS.map((treatment) =>
      STRENGTHS.map((outcome) => adjustedFor(found.coefficient, { treatment, outcome }).estimate),
    );
    return findingOf(task, c, estimates, robustnessValue(found.coefficient));
  });
  return {
    kind: 'findings',
    findings,
    computation: 'cross-products',
    repetitions: STRENGTHS.length ** 2,
    failed: 0,
  };
};

async function simulated(task: RefutationTask): Promise<RefuterAnswer> {
  const { moments, covariates, outcome, weight } = task.problem;
  const treatment = doseOf(task.problem);
  if (treatment === null) {
    return {
      kind: 'failure',
      message: `A confounder is simulated for a treatment with two levels or a number, and ${task.problem.plan.treatment} has more levels. Use e_value.`,
    };
  }
  const terms = covariates.map((term) => term.expression);
  const first = await leastSquares(moments, treatment, terms, weight);
  const second = await leastSquares(moments, outcome, [...terms, treatment], weight);
  const ofTreatment = standardised(await moments.values(first.residual), first.residualSum / first.weight);
  const ofOutcome = standardised(await moments.values(second.residual), second.residualSum / second.weight);
  const noise = normalDraws(randomOrder(task, task.seed + 5), task.seed + 5)();
  const table = usedTable(task);
  // Where learners take their time, treatment and outcome are moved alike.
  const pairs = STRENGTHS.flatMap((r, i) =>
    STRENGTHS.flatMap((q, j) => (task.slow && i !== j ? [] : [{ r, q, i, j }])),
  );
  const [{ estimate: reported }] = task.estimates;
  const direction = reported < 0 ? -1 : 1;
  const { draws } = await refit(task, pairs.length, (b) => {
    const { r, q } = pairs[b];
    const confounder = ofTreatment.map(
      (value, row) =>
        Math.sqrt(r) * value +
        Math.sqrt(1 - r) * (direction * Math.sqrt(q) * ofOutcome[row] + Math.sqrt(1 - q) * noise[row]),
    );
    return withCovariate(task, table, confounder);
  });
  const findings = task.estimates.map((_estimate, c) => {
    const estimates: (number | null)[][] = STRENGTHS.map(() => STRENGTHS.map(() => null));
    for (const [b, { i, j }] of pairs.entries()) {
      const value = draws[b]?.[c] ?? Number.NaN;
      estimates[i][j] = Number.isFinite(value) ? value : null;
    }
    return findingOf(
      task,
      c,
      estimates,
      crossing(
        task.estimates[c].estimate,
        estimates.map((row, i) => row[i]),
      ),
    );
  });
  const failed = draws.filter((draw) => draw === null).length;
  return { kind: 'findings', findings, computation: 'refits', repetitions: pairs.length - failed, failed };
}

function standardised(values: Float64Array, variance: number): Float64Array {
  const scale = variance > 0 ? Math.sqrt(variance) : 1;
  return values.map((value) => value / scale);
}

/** Where the estimates along the diagonal cross zero, by linear interpolation; null where they do not. */
function crossing(estimate: number, diagonal: readonly (number | null)[]): number | null {
  let [strength, value] = [0, estimate];
  for (const [i, next] of diagonal.entries()) {
    if (next === null) continue;
    if (next * estimate <= 0) return strength + ((STRENGTHS[i] - strength) * value) / (value - next);
    [strength, value] = [STRENGTHS[i], next];
  }
  return null;
}

function findingOf(
  task: RefutationTask,
  contrast: number,
  estimates: StrengthGrid['estimates'],
  flipsAt: number | null,
): Finding {
  const { se } = task.estimates[contrast];
  const largest = STRENGTHS[STRENGTHS.length - 1];
  const tried = [1, 2, 3]
    .map((i) => [STRENGTHS[i], estimates[i][i]] as const)
    .filter((pair): pair is readonly [number, number] => pair[1] !== null)
    .map(([strength, value]) => `${numberText(value, se)} at ${percent(strength)}`);
  const turning =
    flipsAt === null
      ? `No confounder up to ${percent(largest)} of what is left of treatment and outcome turns the sign.`
      : `The sign flips under a confounder that explains ${percent(flipsAt)} of what the covariates leave of the treatment, and of the outcome.`;
  const shown =
    tried.length === 0 ? '' : ` With weaker and stronger ones the estimate is ${tried.join(', ')}.`;
  return {
    passed: null,
    message: `${turning}${shown}`,
    details: { kind: 'grid', grid: { treatment: STRENGTHS, outcome: STRENGTHS, estimates }, flipsAt },
  };
}

/** `0.4 %`, `12 %`. */
export function percent(share: number): string {
  const value = 100 * share;
  return `${value >= 9.95 ? value.toFixed(0) : Number(value.toPrecision(2))} %`;
}
