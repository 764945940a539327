/** The JSON outputs are a contract: they validate against the schemas that are shipped. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';

const root = resolve(import.meta.dirname, '../..');
const schema = (name: string) =>
  JSON.parse(readFileSync(resolve(root, `docs/schema/${name}.schema.json`), 'utf8'));
const ajv = new Ajv({
  schemas: ['diagnostics', 'check', 'identify', 'describe', 'estimate', 'graph', 'test'].map(schema),
  allowUnionTypes: true,
});

async function expectValid(command: string, args: readonly string[], name: string, input?: string) {
  const { stdout } = await runCli([command, ...args, '--format', 'json'], {
    cwd: root,
    ...(input === undefined ? {} : { input }),
  });
  const validate = ajv.getSchema(`${name}.schema.json`);
  if (validate === undefined) throw new Error(`There is no schema ${name}.`);
  const parsed = JSON.parse(stdout);
  expect(validate(parsed), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  return parsed;
}

describe('JSON', () => {
  it('of check, with and without faults', async () => {
    const files = await expectValid('check', ['examples'], 'check');
    expect(files).toHaveLength(5);
    await expectValid('check', ['-'], 'check', 'variable x\nx -> y');
  });
  it('of describe, of a spec, a file and what cannot be read', async () => {
    const [music] = await expectValid('describe', ['examples/music/music.causal'], 'describe');
    expect(music).toMatchObject({ error: null, suspicious: [] });
    await expectValid('describe', ['examples/music/music.csv'], 'describe');
    await expectValid('describe', ['nowhere.csv'], 'describe');
  });
  it('of identify, for questions that can and cannot be asked', async () => {
    const [hidden, music] = await expectValid('identify', ['examples/music'], 'identify');
    expect(hidden).toMatchObject({
      identifiable: true,
      backdoor: { identifiable: false, minimal: [] },
      instruments: [{ instrument: 'rollout', given: [] }],
    });
    expect(music.backdoor).toMatchObject({
      minimal: [['activity', 'age', 'premium']],
      optimal: ['activity', 'age', 'premium'],
    });
    const [cyclic] = await expectValid(
      'identify',
      ['-'],
      'identify',
      'variable x, y\nx -> y\ny -> x\ntreatment x\noutcome y',
    );
    expect(cyclic).toMatchObject({ failure: { code: 'cycle', variables: ['x', 'y'] }, backdoor: null });
  });
  it('of identify, with a variable called __proto__', async () => {
    const [entry] = await expectValid(
      'identify',
      ['-'],
      'identify',
      'variable __proto__, y\n__proto__ -> y\ntreatment __proto__\noutcome y',
    );
    expect(Object.keys(entry.roles)).toContain('__proto__');
  });
  it('of graph, for an example and for a spec with an error', async () => {
    const graph = await expectValid('graph', ['examples/music/hidden-taste.causal'], 'graph');
    expect(graph).toMatchObject({ format: 'causal-graph', version: 1, class: 'dag' });
    const broken = await expectValid('graph', ['-'], 'graph', 'variable __proto__\n__proto__ -> y');
    expect(broken).toMatchObject({ nodes: [{ name: '__proto__' }], edges: [] });
  });
  it('of test, with tests that pass, fail and do not count', async () => {
    const { summary, files } = await expectValid('test', ['examples/music', 'examples/nsw'], 'test');
    expect(summary).toMatchObject({ failed: 0 });
    expect(files).toHaveLength(3);
    const broken = await expectValid('test', ['-'], 'test', 'expect identifiable\nexpect x');
    expect(broken.summary.failed).toBeGreaterThan(1);
  });
  it('of refute, with every refuter', async () => {
    const names = ['placebo', 'random_common_cause', 'subset', 'dummy_outcome', 'bootstrap'];
    const reports = ['unobserved_common_cause', 'sensitivity', 'e_value', 'rosenbaum'];
    const args = [...names, ...reports].flatMap((name) => ['--refuter', name]);
    const [card] = await expectValid(
      'refute',
      ['examples/card', '--repetitions', '20', '--method', 'regression', ...args],
      'estimate',
    );
    expect(card.estimates[0].refutations).toHaveLength(9);
    const [sensitivity] = card.estimates[0].refutations.filter(
      ({ refuter }: { refuter: string }) => refuter === 'sensitivity',
    );
    expect(sensitivity.details.contour.t[0][0]).toBeCloseTo(sensitivity.details.t, 2);
  });
  it('of estimate, for every example and for a failure', async () => {
    const files = await expectValid('estimate', ['examples'], 'estimate');
    for (const { error, estimates } of files) {
      expect(error).toBeNull();
      for (const estimate of estimates) expect(estimate.error).toBeNull();
    }
    const [failed] = await expectValid(
      'estimate',
      ['-'],
      'estimate',
      'variable x, y\nx -> y\ntreatment x\noutcome y',
    );
    expect(failed).toMatchObject({ rows: null, estimates: [], error: { code: 'no-data' } });
  });
});

describe('machine formats of check', () => {
  it('gives SARIF with a place for each result', async () => {
    const { stdout } = await runCli(['check', '-', '--format', 'sarif'], { input: 'variable x\n\nx -> y' });
    const [run] = JSON.parse(stdout).runs;
    expect(run.results[0]).toMatchObject({
      ruleId: 'undeclared-name',
      level: 'error',
      locations: [
        { physicalLocation: { region: { startLine: 3, startColumn: 6, endLine: 3, endColumn: 7 } } },
      ],
    });
    expect(run.tool.driver.rules[run.results[0].ruleIndex].id).toBe('undeclared-name');
  });
  it('gives one GitHub command a diagnostic', async () => {
    const { stdout } = await runCli(['check', '-', '--format', 'github'], { input: 'variable x\n\nx -> y' });
    expect(stdout).toMatch(
      /^::error file=-,line=3,endLine=3,col=6,endColumn=7,title=undeclared-name::y is not declared/,
    );
  });
});
