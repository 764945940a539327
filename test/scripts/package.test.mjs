import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { listFiles, PackageManager } from '@vscode/vsce';
import { projectFiles } from '../../scripts/package.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('.vscodeignore lets through what the package ships, and nothing else', async () => {
  const listed = await listFiles({ cwd: root, packageManager: PackageManager.None });
  const outside = listed
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => !file.startsWith('dist/'));
  assert.deepEqual(outside.sort(), [...projectFiles(), 'package.json'].sort());
});
