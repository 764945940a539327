/**
 * Estimates and refuters over rows in memory; with `--peers` the same by other tools, in turn. Arguments: `--rows N` (1,000,000), `--runs N` (3),
 * `--only WORD` for
 * those whose name begins with it, more than once for more.
 */

import type { EstimatePlan } from '../../engine/estimate/plan.ts';
import type { EstimationData } from '../../engine/estimate/problem.ts';
import { setting } from '../accuracy/simulated.ts';
import { brief, figure, printTable } from '../lib/measure.ts';
import { estimateOf, readStudy, studyPlan } from './ours.ts';
import { type Python, startPython, withPeers } from './python.ts';
import { studyFile } from './study.ts';
import { clocked, quickest, ratioText, type Seconds, secondsText } from './ticks.ts';

interface Measured {
  readonly name: string;
  readonly plan: Partial<EstimatePlan>;
  /** What the peer is asked instead, and what it is. */
  readonly peer?: { readonly step: string; readonly is: string };
  readonly limit?: string;
  /** Takes many seconds, and is run once. */
  readonly long?: boolean;
}

const BOOSTED = { learner: 'boosting', propensity: 'boosting' } as const;

const MEASURED: readonly Measured[] = [
  {
    name: 'regression, hc1',
    plan: { method: 'regression' },
    peer: { step: 'ols', is: 'statsmodels OLS, HC1' },
    limit: '0.5×',
  },
  {
    name: 'ipw, stacked errors',
    plan: { method: 'ipw' },
    peer: { step: 'logit', is: 'statsmodels Logit alone' },
    limit: '0.5×',
  },
  { name: 'iv, hc1', plan: { method: 'iv' }, peer: { step: 'iv', is: 'linearmodels IV2SLS' } },
  {
    name: 'matching att, errors',
    plan: { method: 'matching', estimand: 'att' },
    peer: { step: 'matching', is: 'Logit and NearestNeighbors, no error' },
    limit: '2 s',
    long: true,
  },
  { name: 'linear aipw', plan: { method: 'aipw' } },
  { name: 'standardization', plan: { method: 'standardization' } },
  { name: 'entropy_balance att', plan: { method: 'entropy_balance', estimand: 'att' } },
  {
    name: 'boosted aipw',
    plan: { method: 'aipw', ...BOOSTED },
    peer: { step: 'double_boosting', is: 'DoubleML IRM, LightGBM with our rules' },
    limit: '2×',
    long: true,
  },
];

const REFUTERS = [
  'placebo',
  'random_common_cause',
  'subset',
  'dummy_outcome',
  'bootstrap',
  'unobserved_common_cause',
  'sensitivity',
  'e_value',
];

async function main(): Promise<void> {
  const rows = brief ? 3000 : setting('rows', 1_000_000);
  const file = studyFile(rows);
  const data = await readStudy(file);
  const python = withPeers ? startPython() : null;
  await python?.ask('load');
  await python?.ask(`read ${file}`);
  // The compiler has seen the estimators before the first that counts.
  await estimateOf(data, studyPlan({ method: 'difference' }));
  const found: string[][] = [];
  for (const one of MEASURED.filter(({ name }) => isAsked(name))) {
    const cells = await compared(data, one, python);
    console.log(cells.join(' | '));
    found.push(cells);
  }
  python?.end();
  if (found.length > 0) {
    const header = [
      `${rows} rows: clock (processors)`,
      'ours',
      'estimate',
      'peer',
      'its time',
      'ratio',
      'limit',
    ];
    printTable(header, found);
  }
  if (isAsked('refuters')) await refuters(data);
}

function isAsked(name: string): boolean {
  const words = (process.env['CAUSAL_BENCH_ARGUMENTS'] ?? '').split(' ');
  const places = words.flatMap((word, place) => (word === '--only' ? [place + 1] : []));
  return places.length === 0 || places.some((place) => name.startsWith(words[place] ?? ''));
}

async function compared(data: EstimationData, one: Measured, python: Python | null): Promise<string[]> {
  const plan = studyPlan(one.plan);
  const ours: (Seconds & { readonly value: { readonly estimate: number } })[] = [];
  const theirs: Seconds[] = [];
  const runs = brief || one.long ? 1 : setting('runs', 3);
  for (let run = 0; run < runs; run++) {
    ours.push(await clocked(() => estimateOf(data, plan)));
    if (python !== null && one.peer !== undefined) theirs.push(await python.ask(one.peer.step));
  }
  const best = quickest(ours);
  const own = [one.name, secondsText(best), best.value.estimate.toPrecision(8)];
  const limit = one.limit ?? '';
  if (theirs.length === 0 || one.peer === undefined) return [...own, '', '', '', limit];
  const peer = quickest(theirs);
  return [...own, one.peer.is, secondsText(peer), ratioText(best, peer), limit];
}

/** Each refuter, 100 repetitions of a regression; what the regression itself takes is taken off. */
async function refuters(data: EstimationData): Promise<void> {
  const plain = await clocked(() => estimateOf(data, studyPlan({ method: 'regression' })));
  const found: string[][] = [];
  for (const name of REFUTERS) {
    const plan = studyPlan({ method: 'regression', refuters: [name], repetitions: brief ? 5 : 100 });
    const { wall, cpu, value } = await clocked(() => estimateOf(data, plan));
    const [refutation] = value.refutations;
    const seconds = { wall: Math.max(0, wall - plain.wall), cpu: Math.max(0, cpu - plain.cpu) };
    found.push([
      name,
      secondsText(seconds),
      refutation?.computation ?? '',
      refutation?.estimate === null || refutation === undefined ? '' : figure(refutation.estimate),
      refutation?.computation === 'cross-products' ? '2 s' : '',
    ]);
  }
  console.log('');
  printTable(['refuter of a regression, 100 repetitions', 'ours', 'from', 'estimate', 'limit'], found);
}

void main();
