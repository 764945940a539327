/**
 * How often 95 % intervals hold the truth: each design is drawn anew `--draws` times (1,000), and each method asked of it. Prints the table of
 * docs/accuracy.md. Arguments: `--draws N`, `--design NUMBER` for one of them, from 1.
 */

import type { EstimationData } from '../../engine/estimate/problem.ts';
import type { Estimate } from '../../engine/estimate/result.ts';
import { contains } from '../../engine/stats/confidenceSet.ts';
import { randomStreams } from '../../engine/stats/random.ts';
import { brief, printTable } from '../lib/measure.ts';
import { type Asked, DESIGNS, type Design } from './designs.ts';
import { dataOf, estimatesOf, planOf, setting } from './simulated.ts';

/** What the draws of one method come to. */
interface Tally {
  readonly asked: Asked;
  covered: number;
  ran: number;
  sum: number;
  squares: number;
  errors: number;
  unbounded: number;
  unreliable: number;
}

const draws = brief ? 2 : setting('draws', 1000);
const only = setting('design', 0);

async function tally(design: Design): Promise<Tally[]> {
  const stream = randomStreams(20_16 + design.rows);
  const tallies = design.asked.map(
    (asked): Tally => ({
      asked,
      covered: 0,
      ran: 0,
      sum: 0,
      squares: 0,
      errors: 0,
      unbounded: 0,
      unreliable: 0,
    }),
  );
  for (let draw = 0; draw < draws; draw++) {
    const data: EstimationData = dataOf(design.draw(stream()), design.groups);
    const plans = design.asked.map(({ plan }) => planOf(plan));
    const estimates = await estimatesOf(data, plans);
    tallies.forEach((one, i) => {
      const estimate = estimates[i];
      if (estimate !== null && estimate !== undefined) add(one, estimate, design);
    });
  }
  return tallies;
}

function add(one: Tally, estimate: Estimate, design: Design): void {
  const truth = design.truth(estimate.estimand);
  const set = one.asked.set === 'anderson-rubin' ? (estimate.diagnostics.andersonRubin ?? []) : [estimate.ci];
  one.ran += 1;
  if (contains(set, truth)) one.covered += 1;
  if (set.some(([low, high]) => !Number.isFinite(high - low))) one.unbounded += 1;
  if (!estimate.reliable) one.unreliable += 1;
  one.sum += estimate.estimate - truth;
  one.squares += (estimate.estimate - truth) ** 2;
  one.errors += estimate.se;
}

function row({ asked, covered, ran, sum, squares, errors, unbounded, unreliable }: Tally): string[] {
  const mean = sum / ran;
  const sd = Math.sqrt(Math.max(squares / ran - mean ** 2, 0));
  return [
    asked.label,
    asked.holds ? 'hold' : 'do not hold',
    `${((100 * covered) / ran).toFixed(1)} %`,
    mean.toFixed(3),
    sd.toFixed(3),
    (errors / ran).toFixed(3),
    String(draws - ran),
    unbounded === 0 ? '' : `${((100 * unbounded) / ran).toFixed(0)} %`,
    unreliable === 0 ? '' : `${((100 * unreliable) / ran).toFixed(0)} %`,
  ];
}

async function main(): Promise<void> {
  const margin = 1.96 * Math.sqrt((0.95 * 0.05) / draws) * 100;
  console.log(
    `${draws} draws each; a coverage of 95 % is seen within ${margin.toFixed(1)} points, nineteen times of twenty.`,
  );
  for (const [index, design] of DESIGNS.entries()) {
    if (only !== 0 && only !== index + 1) continue;
    console.log(`\n### ${design.name}: ${design.rows} rows, ${design.describes}\n`);
    const header = [
      'method',
      'assumptions',
      'coverage',
      'bias',
      'sd',
      'mean error',
      'failed',
      'unbounded',
      'unreliable',
    ];
    printTable(header, (await tally(design)).map(row));
  }
}

void main();
