/** The numbers of several tools from one file. Only with `--peers`. Arguments: `--rows N` (20,000). */

import type { EstimatePlan } from '../../engine/estimate/plan.ts';
import { setting } from '../accuracy/simulated.ts';
import { brief, printTable } from '../lib/measure.ts';
import { estimateOf, readStudy, studyPlan } from './ours.ts';
import { startPython } from './python.ts';
import { studyFile } from './study.ts';

interface Checked {
  readonly name: string;
  readonly plan: Partial<EstimatePlan>;
  readonly peer: string;
  readonly step: string;
  /** How near they should be, or why they are not the same. */
  readonly expected: string;
}

const EXACT = '1e-6 at most';
const FOLDS = 'other folds or none: parts of an error';

const CHECKED: readonly Checked[] = [
  {
    name: 'difference, hc1',
    plan: { method: 'difference', adjusted: [] },
    peer: 'statsmodels',
    step: 'difference',
    expected: EXACT,
  },
  {
    name: 'regression, hc1',
    plan: { method: 'regression' },
    peer: 'statsmodels',
    step: 'ols',
    expected: EXACT,
  },
  {
    name: 'regression',
    plan: { method: 'regression' },
    peer: 'DoWhy',
    step: 'dowhy_regression',
    expected: EXACT,
  },
  { name: 'ipw', plan: { method: 'ipw' }, peer: 'statsmodels Logit', step: 'ipw', expected: EXACT },
  {
    name: 'ipw',
    plan: { method: 'ipw' },
    peer: 'DoWhy, scikit-learn',
    step: 'dowhy_weighting',
    expected: 'as near as its solver comes',
  },
  { name: 'iv, hc1', plan: { method: 'iv' }, peer: 'linearmodels', step: 'iv', expected: EXACT },
  {
    name: 'matching att',
    plan: { method: 'matching', estimand: 'att' },
    peer: 'scikit-learn',
    step: 'matching',
    expected: 'one of several ties, no bias correction',
  },
  {
    name: 'aipw, linear',
    plan: { method: 'aipw' },
    peer: 'DoubleML, linear',
    step: 'double_linear',
    expected: FOLDS,
  },
  {
    name: 'aipw, boosting',
    plan: { method: 'aipw', learner: 'boosting', propensity: 'boosting' },
    peer: 'DoubleML, LightGBM',
    step: 'double_boosting',
    expected: FOLDS,
  },
];

async function main(): Promise<void> {
  const python = startPython();
  if (python === null) return;
  const file = studyFile(brief ? 2000 : setting('rows', 20_000));
  const data = await readStudy(file);
  await python.ask(`read ${file}`);
  const rows: string[][] = [];
  for (const { name, plan, peer, step, expected } of CHECKED) {
    const ours = await estimateOf(data, studyPlan(plan));
    const { values } = await python.ask(step);
    const { estimate = Number.NaN, se } = values;
    const cells = [
      `${name} | ${peer}`,
      ours.estimate.toPrecision(10),
      estimate.toPrecision(10),
      Math.abs(ours.estimate / estimate - 1).toExponential(1),
      se === undefined ? '' : Math.abs(ours.se / se - 1).toExponential(1),
      ((ours.estimate - estimate) / ours.se).toExponential(1),
      expected,
    ];
    console.log(cells.join('  '));
    rows.push(cells);
  }
  python.end();
  console.log('');
  printTable(['ours | peer', 'ours', 'peer', 'relative', 'of the error', 'in errors', 'expected'], rows);
}

void main();
