import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { run } from '../../scripts/lib/child.mjs';

const runner = fileURLToPath(new URL('../../scripts/lib/nodeTests.mjs', import.meta.url));
const header =
  "import { after, before, describe, test } from 'node:test'; const fail = () => { throw new Error('x'); };\n";

/** Runs a test file with this text through the runner, and returns its counts and its exit code. */
async function counts(context, text) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'causal-runner-'));
  context.after(() => fs.rmSync(folder, { recursive: true }));
  const [file, result] = ['it.test.mjs', 'result.json'].map((name) => path.join(folder, name));
  fs.writeFileSync(file, header + text);
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { code } = await run(process.execPath, [runner, result, file], { env });
  return { code, ...JSON.parse(fs.readFileSync(result, 'utf8')) };
}

const cases = [
  [
    'passing, failing and skipped tests',
    "test('a', () => {}); test('b', fail); test('c', { skip: true }, fail);",
    [1, 1, 1, 1],
  ],
  [
    'tests in a group, which is none itself',
    "describe('g', () => { test('a', () => {}); test('b', () => {}); });",
    [0, 2, 0, 0],
  ],
  [
    'a group whose set-up fails',
    "describe('g', () => { before(fail); test('a', () => {}); test('b', () => {}); });",
    [1, 0, 2, 0],
  ],
  [
    'a group whose tear-down fails',
    "describe('g', () => { after(fail); test('a', () => {}); });",
    [1, 1, 1, 0],
  ],
  ['a file that cannot be loaded', 'fail();', [1, 0, 1, 0]],
  ['a file that ends the process', 'process.exit(3);', [1, 0, 1, 0]],
];

for (const [title, text, [code, passed, failed, skipped]] of cases) {
  test(title, async (context) => {
    assert.deepEqual(await counts(context, text), { code, passed, failed, skipped });
  });
}
