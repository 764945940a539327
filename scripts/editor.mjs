/**
 * `npm run editor`: a real VS Code in the browser, with the extension installed and a copy of examples/ open.
 *
 * `npm run editor -- FOLDER` opens that folder itself; `--port N` chooses the port. Ctrl-C ends it.
 */

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startCodeServer } from '../test/e2e/codeServer.mjs';
import { codeServerUnsupported, setUpCodeServer } from '../test/e2e/setup.mjs';
import { interrupted } from './lib/child.mjs';
import { filesUnder } from './lib/files.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ensurePackage } from './package.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const examples = path.join(root, 'examples');

/** What to open: the folder asked for, or a copy of the examples, so that trying things out changes nothing in the project. */
function openedFolder(asked) {
  if (asked) {
    const folder = path.resolve(asked);
    if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory())
      throw new Error(`There is no folder ${folder}.`);
    return { folder, copied: false };
  }
  const folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'causal-examples-')), 'examples');
  fs.cpSync(examples, folder, { recursive: true, preserveTimestamps: true });
  return { folder, copied: true };
}

/** Whether a copy differs from the examples: then it holds somebody's work. */
function isChanged(copy) {
  const listing = (folder) => JSON.stringify(filesUnder(folder));
  if (listing(copy) !== listing(examples)) return true;
  return filesUnder(copy).some(({ file }) => {
    const [mine, theirs] = [copy, examples].map((folder) => fs.readFileSync(path.join(folder, file)));
    return !mine.equals(theirs);
  });
}

function tidyUp({ folder, copied }) {
  if (!copied) return;
  if (isChanged(folder)) console.log(`You changed the copy of the examples; it stays in ${folder}.`);
  else fs.rmSync(path.dirname(folder), { recursive: true, force: true });
}

async function prepare(signal) {
  const log = (line) => console.log(line);
  const unsupported = codeServerUnsupported();
  if (unsupported) throw new Error(unsupported);
  const installed = await ensureInstalled(root, { signal, log });
  if (!installed.ok) throw new Error(`npm ci failed:\n${installed.output}`);
  await setUpCodeServer({ log, signal });
  return ensurePackage({ log, signal });
}

async function serve({ folder, copied }, port, vsix, signal) {
  const server = await startCodeServer({ vsix, port });
  const where = copied ? `${folder}, a copy of examples/` : folder;
  console.log(`
VS Code with Causal is served, to this machine alone, at

  ${server.addressOf(folder)}

Open folder: ${where}
Ctrl-C ends it.
`);
  const stopped = new Promise((resolve) => signal.addEventListener('abort', resolve));
  const gone = await Promise.race([stopped.then(() => false), server.ended.then(() => true)]);
  if (gone) console.error(`VS Code ended by itself:\n${server.output()}`);
  await server.stop();
  return gone ? 1 : 0;
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { port: { type: 'string' } },
  });
  const signal = interrupted();
  const vsix = await prepare(signal);
  if (signal.aborted) return 130;
  const opened = openedFolder(positionals[0]);
  try {
    return await serve(opened, Number(values.port ?? 0), vsix, signal);
  } finally {
    tidyUp(opened);
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
