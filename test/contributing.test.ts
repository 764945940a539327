/** The estimator that CONTRIBUTING.md shows is a whole one: it runs, and agrees with the method that does the same. */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Estimator } from '../engine/estimate/estimator.ts';
import { prepareProblem } from '../engine/estimate/problem.ts';
import { propensityCache } from '../engine/estimate/propensity.ts';
import { dataOf, estimateOf, planOf, study } from './support/estimation.ts';

const root = resolve(import.meta.dirname, '..');
const folder = resolve(root, 'node_modules/.cache/causal-contributing');
const shown = /<!-- estimator:begin -->\n```ts\n([\s\S]*?)```\n<!-- estimator:end -->/.exec(
  readFileSync(resolve(root, 'CONTRIBUTING.md'), 'utf8'),
);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the estimator of CONTRIBUTING.md', () => {
  it('gives the difference of means with the error of its influence function', async () => {
    const source = (shown?.[1] ?? '')
      .replaceAll("'../", `'${root}/engine/`)
      .replaceAll("'./", `'${root}/engine/estimate/`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(resolve(folder, 'meanDifference.ts'), source);
    const module: { readonly meanDifference: Estimator } = await import(
      /* @vite-ignore */ resolve(folder, 'meanDifference.ts')
    );
    const data = dataOf(study(400));
    const problem = prepareProblem(data, planOf({ method: 'mean_difference' }));
    if ('kind' in problem) throw new Error(problem.message);
    const answer = await module.meanDifference(problem, { pointOnly: false, propensity: propensityCache() });
    if (answer.kind === 'failure') throw new Error(answer.message);
    const same = await estimateOf(data, { method: 'difference', standardError: 'hc0' });
    expect(answer.contrasts[0]?.estimate).toBeCloseTo(same.estimate, 10);
    expect(answer.contrasts[0]?.se).toBeCloseTo(same.se, 10);
  });
});
