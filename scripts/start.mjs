/**
 * `npm start`: the first look. Installs the dependencies where they are missing, builds, and puts the music example through the
 * command line: check, identify, estimate, and the graph as a picture.
 */

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { interrupted, run } from './lib/child.mjs';
import { ensureInstalled } from './lib/install.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const spec = 'examples/music/music.causal';
const picture = 'dist/music.svg';

function fail(message, output) {
  console.error(`${message}\n${output}`);
  process.exit(1);
}

async function prepare() {
  const signal = interrupted();
  const installed = await ensureInstalled(root, { signal, log: console.log });
  if (!installed.ok) fail('The dependencies could not be installed (npm ci).', installed.output);
  const built = await run(process.execPath, ['scripts/build.mjs'], { cwd: root, signal });
  if (built.code !== 0) fail('The build failed.', built.output);
}

/** Shows the command as a person would type it, and runs it. Returns its exit code. */
function causal(...args) {
  console.log(`\n$ causal ${args.join(' ')}`);
  const result = spawnSync(process.execPath, ['dist/cli.cjs', ...args], { cwd: root, stdio: 'inherit' });
  return result.status ?? 1;
}

await prepare();
const codes = [
  causal('check', spec),
  causal('identify', spec),
  causal('estimate', spec),
  causal('graph', spec, '--format', 'svg', '-o', picture),
];
process.exitCode = Math.max(...codes);
if (process.exitCode === 0) {
  console.log(`
The graph is drawn in ${picture}.

  npm run editor    opens VS Code in the browser with the extension and the examples
  npm run package   makes the .vsix, to be installed with: code --install-extension causal-….vsix
  npm test          builds and tests everything`);
}
