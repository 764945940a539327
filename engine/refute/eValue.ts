import type { Estimand } from '../estimate/result.ts';
import type { Interval } from '../stats/confidenceSet.ts';
import { complement, one, product, type RowExpression } from '../stats/rowExpression.ts';
import type { Finding, RefutationTask, Refuter } from './refuter.ts';

/** The smallest risk ratio with both treatment and outcome by which a confounder could explain `riskRatio` away: VanderWeele & Ding (2017). */
export function eValueOf(riskRatio: number): number {
  const ratio = riskRatio < 1 ? 1 / riskRatio : riskRatio;
  return ratio + Math.sqrt(ratio * (ratio - 1));
}

/** The E-value of the end of an interval of risk ratios that lies next to 1; 1 where it holds 1. */
export function eValueOfLimit([low, high]: Interval): number {
  if (low <= 1 && high >= 1) return 1;
  return eValueOf(low > 1 ? low : high);
}

/** Risk ratio of a standardised difference: exp(0.91 d) (Chinn 2000; VanderWeele & Ding 2017, table 2). */
const PER_DEVIATION = 0.91;

/**
 * The E-value of each contrast and of its interval. The risk ratio of a binary outcome is E[Y₁]/E[Y₀]: of these two risks the estimate
 * gives the difference, and the rows that the estimand speaks of give one of them or their average. Other outcomes go by the standardised
 * difference d, the estimate in standard deviations of the outcome.
 */
export const eValue: Refuter = async (task) => {
  const { outcome, moments, weight = one } = task.problem;
  const squared = product(outcome, outcome);
  const { sums } = await moments.pass({
    sums: [
      weight,
      product(weight, outcome),
      product(weight, squared),
      product(weight, outcome, complement(outcome)),
    ],
  });
  const binary = Math.abs(sums[3]) <= 1e-9 * sums[0] && sums[1] > 0;
  const answers: (Finding | { readonly error: string })[] = [];
  for (const index of task.estimates.keys()) {
    answers.push(binary ? await ofRisks(task, index) : await ofDeviation(task, index));
  }
  return { kind: 'findings', findings: answers, computation: null, repetitions: 0, failed: 0 };
};

async function ofDeviation(
  task: RefutationTask,
  index: number,
): Promise<Finding | { readonly error: string }> {
  const { outcome, moments, weight } = task.problem;
  const { products } = await moments.pass({ products: { terms: [outcome], weight } });
  const deviation = Math.sqrt(products.centred[0] / products.weight);
  const { estimate, ci } = task.estimates[index];
  const ratioOf = (value: number): number => Math.exp((PER_DEVIATION * value) / deviation);
  return findingOf(ratioOf(estimate), [ratioOf(ci[0]), ratioOf(ci[1])], 'standardised difference');
}

async function ofRisks(task: RefutationTask, index: number): Promise<Finding | { readonly error: string }> {
  const { estimate, ci } = task.estimates[index];
  const { risk, share } = await anchorOf(task, index);
  const ratioOf = (difference: number): number => {
    const untreated = risk - share * difference;
    return (untreated + difference) / untreated;
  };
  const risks = [risk - share * estimate, risk + (1 - share) * estimate];
  if (risks.some((value) => !(value > 0 && value <= 1))) {
    return {
      error: `The estimate implies risks of ${risks.map((value) => value.toFixed(3)).join(' and ')}, and a risk lies between 0 and 1: it has no risk ratio.`,
    };
  }
  const limits = [ratioOf(ci[0]), ratioOf(ci[1])].map((ratio, end) =>
    ratio > 0 ? ratio : end === 0 ? 0 : Number.POSITIVE_INFINITY,
  );
  return findingOf(ratioOf(estimate), [limits[0], limits[1]], 'risks');
}

/** A risk known from the rows: E[Y₀] = risk − share · effect. */
async function anchorOf(task: RefutationTask, index: number): Promise<{ risk: number; share: number }> {
  const { answer, problem } = task;
  const { treatment, outcome, moments, weight = one, plan } = problem;
  const { contrast, estimand = plan.estimand } = answer.contrasts[index];
  const levelOf = (label: string): RowExpression | undefined =>
    treatment.kind === 'discrete'
      ? treatment.levels.find((level) => level.label === label)?.indicator
      : undefined;
  const [level, reference] = contrast.map(levelOf);
  if (level === undefined || reference === undefined) {
    const { sums } = await moments.pass({ sums: [weight, product(weight, outcome)] });
    return { risk: sums[1] / sums[0], share: 0.5 };
  }
  const { sums } = await moments.pass({
    sums: [level, reference].flatMap((arm) => [product(weight, arm), product(weight, arm, outcome)]),
  });
  return anchorFromArms(estimand, { treated: [sums[0], sums[1]], control: [sums[2], sums[3]] });
}

/** The treated are known with the treatment, the untreated without; of all of them the average over both is. */
function anchorFromArms(
  estimand: Estimand,
  { treated, control }: Readonly<Record<'treated' | 'control', readonly [rows: number, cases: number]>>,
): { risk: number; share: number } {
  if (estimand === 'att') return { risk: treated[1] / treated[0], share: 1 };
  if (estimand === 'atc') return { risk: control[1] / control[0], share: 0 };
  const rows = treated[0] + control[0];
  return { risk: (treated[1] + control[1]) / rows, share: treated[0] / rows };
}

function findingOf(
  riskRatio: number,
  riskRatioCi: Interval,
  scale: 'risks' | 'standardised difference',
): Finding {
  const value = eValueOf(riskRatio);
  const limit = eValueOfLimit(riskRatioCi);
  const bound =
    limit > 1
      ? `; for the interval to reach no effect, ${limit.toFixed(2)}`
      : '; the interval holds no effect as it is';
  return {
    passed: null,
    message: `A confounder would have to multiply both the chance of treatment and the risk of the outcome by ${value.toFixed(2)}, beyond the covariates, to explain the estimate away${bound}. (Risk ratio ${riskRatio.toFixed(2)}${scale === 'risks' ? '' : ', by the standardised difference'}.)`,
    details: { kind: 'e-value', riskRatio, riskRatioCi, eValue: value, eValueLimit: limit, scale },
  };
}
