import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { isInstalled } from '../../scripts/lib/install.mjs';

/** A project folder with this lockfile, and with what npm noted when it installed (null: it never did). */
function project(context, wanted, present) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'causal-install-'));
  context.after(() => fs.rmSync(folder, { recursive: true }));
  const write = (file, packages) => fs.writeFileSync(path.join(folder, file), JSON.stringify({ packages }));
  if (wanted) write('package-lock.json', { '': { version: '0.0.0' }, ...wanted });
  if (present) {
    fs.mkdirSync(path.join(folder, 'node_modules'));
    write('node_modules/.package-lock.json', present);
  }
  return folder;
}

const a = { 'node_modules/a': { version: '1.0.0' } };
const native = { 'node_modules/native-elsewhere': { version: '1.0.0', optional: true } };

const cases = [
  ['what the lockfile asks for is there', { ...a }, { ...a }, true],
  ['nothing was ever installed', { ...a }, null, false],
  ['there is no lockfile', null, { ...a }, false],
  ['a package is missing', { ...a, 'node_modules/b': { version: '2.0.0' } }, { ...a }, false],
  ['a package has another version', { 'node_modules/a': { version: '1.0.1' } }, { ...a }, false],
  ['a package for another platform is not there', { ...a, ...native }, { ...a }, true],
  [
    'an optional package has another version',
    { ...native },
    { 'node_modules/native-elsewhere': { version: '0.9.0' } },
    false,
  ],
];

for (const [title, wanted, present, expected] of cases) {
  test(`${title}: ${expected ? 'installed' : 'not installed'}`, (context) => {
    assert.equal(isInstalled(project(context, wanted, present)), expected);
  });
}
