import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { thirdPartyNotices } from '../../scripts/lib/notices.mjs';

/** A folder with these packages installed, each `{ license, text }`. */
function installed(context, packages) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'causal-notices-'));
  context.after(() => fs.rmSync(root, { recursive: true }));
  for (const [name, { license, text }] of Object.entries(packages)) {
    const folder = path.join(root, 'node_modules', name);
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name, version: '1.2.3', license }));
    if (text) fs.writeFileSync(path.join(folder, 'LICENSE'), text);
  }
  return root;
}

test('packages are named once, and those with the same text share it', (context) => {
  const root = installed(context, {
    '@scope/a': { license: 'MIT', text: 'Permission is granted.' },
    b: { license: 'MIT', text: 'Permission is granted.\r\n' },
    c: { license: 'ISC', text: 'Something else.' },
  });
  const inputs = [
    'engine/ours.ts',
    'node_modules/@scope/a/x.js',
    'node_modules/@scope/a/y.js',
    'node_modules/b/z.js',
    'node_modules/c/i.js',
  ];
  const text = thirdPartyNotices(root, inputs);
  assert.equal(text.split('@scope/a 1.2.3 (MIT)').length, 2);
  assert.equal(text.split('Permission is granted.').length, 2);
  assert.match(text, /c 1\.2\.3 \(ISC\)\n\nSomething else\./);
  assert.doesNotMatch(text, /ours/);
});

test('of several licences offered, one that may be shipped is taken', (context) => {
  const root = installed(context, { elk: { license: '(GPL-3.0-or-later OR EPL-2.0)', text: 'text' } });
  assert.match(thirdPartyNotices(root, ['node_modules/elk/i.js']), /elk 1\.2\.3 \(EPL-2\.0\)/);
});

for (const license of ['GPL-3.0-only', 'MIT AND GPL-3.0-only', undefined]) {
  test(`a package under ${license ?? 'no licence'} stops the build`, (context) => {
    const root = installed(context, { strict: { license } });
    assert.throws(() => thirdPartyNotices(root, ['node_modules/strict/i.js']), /strict has the licence/);
  });
}
