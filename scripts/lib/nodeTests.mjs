/**
 * `node scripts/lib/nodeTests.mjs RESULT FILE…` runs test files by Node's own runner, one after the other, prints what
 * they report, and writes `{ passed, failed, skipped }`, over single tests, as JSON to the file RESULT.
 */

import fs from 'node:fs';
import { run } from 'node:test';
import { spec as Spec } from 'node:test/reporters';

const [result, ...files] = process.argv.slice(2);
const count = { passed: 0, failed: 0, skipped: 0 };
let anyFailed = false;

const isGroup = (data) => data.details?.type === 'suite';

const events = run({ files, concurrency: 1 });
events.on('test:pass', (data) => {
  if (isGroup(data)) return;
  if (data.skip === undefined && data.todo === undefined) count.passed += 1;
  else count.skipped += 1;
});
events.on('test:fail', (data) => {
  anyFailed = true;
  if (!isGroup(data)) count.failed += 1;
});
events.on('end', () => {
  // A group can fail by itself, where its tear-down throws.
  if (anyFailed && count.failed === 0) count.failed = 1;
  fs.writeFileSync(result, JSON.stringify(count));
  process.exitCode = anyFailed ? 1 : 0;
});
events.compose(new Spec()).pipe(process.stdout);
