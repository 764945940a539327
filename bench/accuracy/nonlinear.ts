/**
 * Accuracy where nothing is a straight line: studies like those of the 2016 challenge (see surfaces.ts), the effect on the treated by methods with
 * and without machine learning. Arguments: `--draws N` studies of each of the twelve kinds (10), `--kind NUMBER` for one of them, from 1.
 */

import type { EstimatePlan } from '../../engine/estimate/plan.ts';
import { randomStreams } from '../../engine/stats/random.ts';
import { brief, printTable } from '../lib/measure.ts';
import { dataOf, estimatesOf, planOf, setting } from './simulated.ts';
import { drawStudy, SURFACES } from './surfaces.ts';

const BOOSTED = { learner: 'boosting', propensity: 'boosting', estimand: 'att' } as const;

const ASKED: readonly (readonly [label: string, plan: Partial<EstimatePlan>])[] = [
  ['aipw, boosting', { method: 'aipw', ...BOOSTED }],
  ['tmle, boosting', { method: 'tmle', ...BOOSTED }],
  ['aipw, linear', { method: 'aipw', estimand: 'att' }],
  ['regression', { method: 'regression' }],
  ['ipw', { method: 'ipw', estimand: 'att' }],
  ['matching', { method: 'matching', estimand: 'att' }],
];

interface Errors {
  readonly label: string;
  readonly errors: number[];
  readonly widths: number[];
  covered: number;
  failed: number;
}

async function main(): Promise<void> {
  const draws = brief ? 1 : setting('draws', 10);
  const only = brief ? 1 : setting('kind', 0);
  const asked = brief ? ASKED.slice(2, 4) : ASKED;
  const stream = randomStreams(2016);
  const all = new Map(asked.map(([label]) => [label, [] as Errors[]]));
  for (const [k, surface] of SURFACES.entries()) {
    const found = asked.map(([label]): Errors => ({ label, errors: [], widths: [], covered: 0, failed: 0 }));
    for (let draw = 0; draw < draws; draw++) {
      const random = stream();
      if (only !== 0 && only !== k + 1) continue;
      const study = drawStudy(surface, random);
      const plans = asked.map(([, plan]) => planOf({ ...plan, adjusted: [...study.covariates].sort() }));
      const estimates = await estimatesOf(dataOf(study.rows, ['k0', 'k1', 'k2']), plans);
      found.forEach((one, i) => {
        const estimate = estimates[i];
        if (estimate === null || estimate === undefined) {
          one.failed += 1;
          return;
        }
        one.errors.push((estimate.estimate - study.att) / study.spread);
        one.widths.push((estimate.ci[1] - estimate.ci[0]) / study.spread);
        if (estimate.ci[0] <= study.att && study.att <= estimate.ci[1]) one.covered += 1;
      });
    }
    if (only !== 0 && only !== k + 1) continue;
    for (const one of found) all.get(one.label)?.push(one);
    console.log(`\n### ${surface.name}, effects spread by ${surface.heterogeneity} sd\n`);
    printTable(HEADER, found.map(row));
  }
  console.log('\n### all studies\n');
  printTable(
    HEADER,
    [...all].map(([label, parts]) => row(together(label, parts))),
  );
}

const HEADER = ['method', 'bias', 'RMSE', 'coverage', 'width', 'failed'];

function together(label: string, parts: readonly Errors[]): Errors {
  return {
    label,
    errors: parts.flatMap(({ errors }) => errors),
    widths: parts.flatMap(({ widths }) => widths),
    covered: parts.reduce((sum, { covered }) => sum + covered, 0),
    failed: parts.reduce((sum, { failed }) => sum + failed, 0),
  };
}

/** Errors in standard deviations of the outcome. */
function row({ label, errors, widths, covered, failed }: Errors): string[] {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return [
    label,
    mean(errors).toFixed(3),
    Math.sqrt(mean(errors.map((error) => error ** 2))).toFixed(3),
    `${((100 * covered) / errors.length).toFixed(0)} %`,
    mean(widths).toFixed(3),
    String(failed),
  ];
}

void main();
