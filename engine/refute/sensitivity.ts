import type { BenchmarkBound, StrengthGrid } from '../estimate/refutation.ts';
import { normalQuantile, studentQuantile } from '../stats/distributions.ts';
import { numberText } from './distribution.ts';
import { contrastCoefficient } from './linearCoefficient.ts';
import {
  adjustedFor,
  benchmark,
  type Coefficient,
  partialR2,
  robustnessValue,
  robustnessValueAt,
  type Strength,
  strengthOf,
} from './omittedVariableBias.ts';
import type { Finding, RefutationTask, Refuter } from './refuter.ts';
import { percent } from './unobservedCommonCause.ts';

/** How many times as strong as a covariate a confounder is imagined. */
const TIMES: readonly number[] = [1, 2, 3];

/** Steps of the contour's axes. */
const STEPS = 20;

/**
 * How strong an omitted variable would have to be. Regressions: Cinelli & Hazlett (2020), from the classical standard error whatever the one
 * reported. Doubly robust methods: the bias is at most √(σ²ν² · q · r/(1 − r)), q being the omitted variable's part of what the
 * outcome model leaves and r its part of the variation of the Riesz representer (Chernozhukov et al. 2022, "Long story short", theorem 2).
 */
export const sensitivity: Refuter = async (task) => {
  const model = await task.linear();
  const doublyRobust = !['difference', 'regression'].includes(task.problem.plan.method);
  if (model === null && !doublyRobust) {
    return {
      kind: 'failure',
      message:
        'The covariates nearly repeat each other, and bounds on top of them would be rounding errors. Adjust for fewer of them.',
    };
  }
  const findings = task.estimates.map((_estimate, c) => {
    if (model === null) return representerFinding(task, c);
    const found = contrastCoefficient(model, c);
    if (found === null) return { error: 'No rows are left to tell the spread of what is unexplained.' };
    return linearFinding(task, c, found.coefficient, found.covariates);
  });
  return { kind: 'findings', findings, computation: null, repetitions: 0, failed: 0 };
};

function linearFinding(
  task: RefutationTask,
  contrast: number,
  coefficient: Coefficient,
  covariates: ReadonlyMap<string, Strength>,
): Finding {
  const alpha = 1 - task.problem.plan.level;
  const bounds = [...covariates].flatMap(([covariate, strength]) =>
    TIMES.flatMap((times) => boundOf(coefficient, covariate, strength, times, alpha)),
  );
  const value = robustnessValue(coefficient);
  const valueAt = robustnessValueAt(coefficient, alpha);
  const grid = contourAxes([
    value,
    ...bounds.flatMap((bound) => [bound.partialR2Treatment, bound.partialR2Outcome]),
  ]);
  const adjusted = grid.map((treatment) =>
    grid.map((outcome) => adjustedFor(coefficient, { treatment, outcome })),
  );
  return {
    passed: null,
    message: [
      robustnessText(
        'what the covariates leave of the treatment, and of the outcome,',
        value,
        valueAt,
        alpha,
      ),
      benchmarkText(bounds, task.estimates[contrast].se),
    ]
      .filter((part) => part !== '')
      .join(' '),
    details: {
      kind: 'linear-bounds',
      robustnessValue: value,
      robustnessValueAlpha: valueAt,
      alpha,
      partialR2: partialR2(coefficient),
      t: coefficient.estimate / coefficient.se,
      df: coefficient.df,
      bounds,
      contour: {
        treatment: grid,
        outcome: grid,
        estimates: adjusted.map((row) => row.map(({ estimate }) => estimate)),
      },
      contourT: adjusted.map((row) => row.map(({ estimate, se }) => (se > 0 ? estimate / se : null))),
    },
  };
}

function boundOf(
  coefficient: Coefficient,
  covariate: string,
  strength: Strength,
  times: number,
  alpha: number,
): BenchmarkBound[] {
  const confounder = benchmark(strength, times);
  if (confounder === null) return [];
  const { estimate, se, df } = adjustedFor(coefficient, confounder);
  if (!Number.isFinite(estimate) || !(se > 0)) return [];
  const width = studentQuantile(1 - alpha / 2, df) * se;
  return [
    {
      covariate,
      times,
      partialR2Treatment: confounder.treatment,
      partialR2Outcome: confounder.outcome,
      estimate,
      se,
      t: estimate / se,
      ci: [estimate - width, estimate + width],
    },
  ];
}

/** From 0 to a little beyond the strengths of interest, at most 0.95. */
function contourAxes(strengths: readonly number[]): number[] {
  const end = Math.min(0.95, Math.max(0.1, 1.25 * Math.max(...strengths)));
  return Array.from({ length: STEPS + 1 }, (_step, i) => (end * i) / STEPS);
}

function robustnessText(what: string, value: number, valueAt: number, alpha: number): string {
  const level = percent(1 - alpha);
  const limit =
    valueAt > 0
      ? `one of ${percent(valueAt)} would bring the ${level} interval to zero`
      : `the ${level} interval holds zero without any`;
  return `An unmeasured confounder that explains ${percent(value)} of ${what} would bring the estimate to zero; ${limit}.`;
}

/** The covariate that comes closest to undoing the estimate. */
function benchmarkText(bounds: readonly BenchmarkBound[], se: number): string {
  const once = bounds.filter(({ times }) => times === 1);
  const [worst] = once.sort((a, b) => Math.abs(a.t) * Math.sign(a.t) - Math.abs(b.t) * Math.sign(b.t));
  if (worst === undefined) return '';
  return `With one as strong as ${worst.covariate} held fixed the estimate would be ${numberText(worst.estimate, se)}.`;
}

function representerFinding(task: RefutationTask, contrast: number): Finding | { readonly error: string } {
  const { answer, estimates } = task;
  const diagnostics = { ...answer.diagnostics, ...answer.contrasts[contrast].diagnostics };
  const { outcomeVariance, rieszVariance } = diagnostics;
  if (outcomeVariance === undefined || rieszVariance === undefined) {
    return {
      error: `Bounds need the variances of the outcome model and of the weights, which ${task.problem.plan.method} does not give here. Use e_value.`,
    };
  }
  const { estimate, se } = estimates[contrast];
  const alpha = 1 - task.problem.plan.level;
  const scale = Math.sqrt(outcomeVariance * rieszVariance);
  const sure = Math.abs(estimate) - normalQuantile(1 - alpha / 2) * se;
  const value = strengthOf(Math.abs(estimate) / scale);
  const valueAt = strengthOf(sure / scale);
  const grid = contourAxes([value]);
  const sign = estimate < 0 ? -1 : 1;
  const contour: StrengthGrid = {
    treatment: grid,
    outcome: grid,
    estimates: grid.map((r) =>
      grid.map((q) => sign * (Math.abs(estimate) - scale * Math.sqrt((q * r) / (1 - r)))),
    ),
  };
  return {
    passed: null,
    message: robustnessText(
      'what the outcome model leaves, and as much of how the estimate weighs rows,',
      value,
      valueAt,
      alpha,
    ),
    details: {
      kind: 'nonparametric-bounds',
      robustnessValue: value,
      robustnessValueAlpha: valueAt,
      alpha,
      scale,
      contour,
    },
  };
}
