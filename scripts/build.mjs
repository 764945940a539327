/**
 * Bundles the extension, the language server, its worker, the command line and the webview page into dist/.
 *
 * `node scripts/build.mjs` builds for development (source maps); `--production` minifies; `--watch` goes on building.
 */

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { isMain } from './lib/isMain.mjs';
import { thirdPartyNotices } from './lib/notices.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Loads DuckDB's native module, which cannot be bundled: required at run time from node_modules. */
const duckdb = '@duckdb/node-bindings';

/**
 * What is bundled. The `node` ones are CommonJS for Node, the `page` one is a script for the webview. The command
 * line is not part of the extension.
 */
const bundles = [
  { entry: 'client/extension.ts', file: 'client.cjs', kind: 'node', external: ['vscode'] },
  { entry: 'server/main.ts', file: 'server.cjs', kind: 'node' },
  { entry: 'server/jobs/worker.ts', file: 'worker.cjs', kind: 'node', external: [duckdb] },
  { entry: 'server/jobs/rowThread.ts', file: 'rowThread.cjs', kind: 'node' },
  { entry: 'cli/main.ts', file: 'cli.cjs', kind: 'node', external: [duckdb], commandLine: true },
  { entry: 'media/main.tsx', file: 'media/main.js', kind: 'page' },
];

/**
 * The graph layout is a file of its own, loaded only when a graph is drawn; its licence (EPL) asks to be kept apart. The command line takes all of it in one; the
 * page's is the part that works, in a thread of its own.
 */
const elk = {
  commandLine: { from: 'node_modules/elkjs/lib/elk.bundled.js', file: 'elk.cjs' },
  page: { from: 'node_modules/elkjs/lib/elk-worker.min.js', file: 'media/elk.js' },
};

/** What the command line draws PNG with: a module of WebAssembly (its licence, MPL, asks to be kept apart), and the font of the words. */
const pngFiles = [
  { from: 'node_modules/@resvg/resvg-wasm/index_bg.wasm', file: 'png/resvg.wasm' },
  { from: 'node_modules/dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf', file: 'png/DejaVuSansCondensed.ttf' },
  {
    from: 'node_modules/dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf',
    file: 'png/DejaVuSansCondensed-Bold.ttf',
  },
];

/** In a Node bundle `import 'elkjs/…'` becomes a `require` of that file. */
const elkApart = {
  name: 'elk-apart',
  setup(build) {
    build.onResolve({ filter: /^elkjs(\/|$)/ }, () => ({
      path: `./${elk.commandLine.file}`,
      external: true,
    }));
  },
};

/** A page cannot `require`: it is told the file's address instead, and holds only what speaks with it. */
const elkByAddress = {
  name: 'elk-by-address',
  setup(build) {
    // Filters are regular expressions of Go, which know no looking ahead.
    build.onResolve({ filter: /^elkjs(\/|$)/ }, ({ path: asked }) => {
      if (asked.startsWith('elkjs/lib/elk-api')) return null;
      const text = 'The page loads elkjs from the address that the host gives it; it does not import it.';
      return { errors: [{ text }] };
    });
  },
};

/**
 * A plugin for each of `names` that says when the first of them begins to build and when the last has ended: the lines that the
 * problem matcher of .vscode/tasks.json waits for. All count as building until they have been built once.
 */
function announcers(names) {
  const building = new Set(names);
  console.log('[watch] build started');
  return names.map((name) => ({
    name: 'announce',
    setup(build) {
      build.onStart(() => {
        if (building.size === 0) console.log('[watch] build started');
        building.add(name);
      });
      build.onEnd(() => {
        building.delete(name);
        if (building.size === 0) console.log('[watch] build finished');
      });
    },
  }));
}

function nodeOptions(bundle, source) {
  const shebang = bundle.commandLine && !source.startsWith('#!') ? '#!/usr/bin/env node\n' : '';
  return {
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    // Some packages of the VS Code family have a UMD `main` that no bundler can follow.
    mainFields: ['module', 'main'],
    external: bundle.external ?? [],
    plugins: [elkApart],
    banner: { js: `${shebang}const __bundleUrl = require('node:url').pathToFileURL(__filename).href;` },
    define: {
      'import.meta.url': '__bundleUrl',
      'import.meta.dirname': '__dirname',
      'import.meta.filename': '__filename',
    },
  };
}

function pageOptions(production) {
  return {
    platform: 'browser',
    format: 'iife',
    target: ['es2022', 'chrome120'],
    plugins: [elkByAddress],
    define: { 'process.env.NODE_ENV': production ? '"production"' : '"development"' },
    loader: { '.svg': 'dataurl', '.woff2': 'dataurl' },
  };
}

function options(bundle, { outdir, production, plugins = [] }) {
  const source = fs.readFileSync(path.join(root, bundle.entry), 'utf8');
  const own = bundle.kind === 'node' ? nodeOptions(bundle, source) : pageOptions(production);
  return {
    absWorkingDir: root,
    entryPoints: [bundle.entry],
    outfile: path.join(outdir, bundle.file),
    bundle: true,
    charset: 'utf8',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    minify: production,
    sourcemap: production ? false : 'linked',
    sourcesContent: false,
    // The licences of what is bundled go together into one file.
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    ...own,
    plugins: [...own.plugins, ...plugins],
  };
}

function copyElk(outdir) {
  const { commandLine, page } = elk;
  fs.mkdirSync(path.join(outdir, 'media'), { recursive: true });
  fs.copyFileSync(path.join(root, commandLine.from), path.join(outdir, commandLine.file));
  fs.writeFileSync(path.join(outdir, page.file), elkPageScript());
}

/** elkjs's worker, whole and unchanged, as a function whose text the page starts a worker with. */
function elkPageScript() {
  return `function elkWorker() {\n${fs.readFileSync(path.join(root, elk.page.from), 'utf8')}\n}\n`;
}

function copyPngFiles(outdir) {
  fs.mkdirSync(path.join(outdir, 'png'), { recursive: true });
  for (const { from, file } of pngFiles) fs.copyFileSync(path.join(root, from), path.join(outdir, file));
}

const chosen = (extensionOnly) => bundles.filter((bundle) => !(extensionOnly && bundle.commandLine));

/**
 * Builds every bundle once. `outdir` is an absolute path, by default dist/ of the project; `extensionOnly` leaves out
 * what the extension does not run.
 * Returns `{ bundles }`, the files written relative to `outdir`. Throws esbuild's error where a source does not build.
 */
export async function build({
  outdir = path.join(root, 'dist'),
  production = false,
  extensionOnly = false,
} = {}) {
  const built = chosen(extensionOnly);
  const results = await Promise.all(
    built.map((bundle) => esbuild.build(options(bundle, { outdir, production }))),
  );
  copyElk(outdir);
  if (!extensionOnly) copyPngFiles(outdir);
  for (const bundle of built) {
    if (bundle.commandLine) fs.chmodSync(path.join(outdir, bundle.file), 0o755);
  }
  const inputs = results.flatMap((result) => Object.keys(result.metafile.inputs));
  const shippedWhole = [duckdb, 'detect-libc'].map((name) => `node_modules/${name}/package.json`);
  const apart = [elk.page, ...(extensionOnly ? [] : pngFiles)].map(({ from }) => from);
  const notices = thirdPartyNotices(root, [...inputs, ...apart, ...shippedWhole]);
  fs.writeFileSync(path.join(outdir, 'THIRD-PARTY-NOTICES.txt'), notices);
  return { bundles: built.map((bundle) => bundle.file) };
}

async function watch() {
  const outdir = path.join(root, 'dist');
  copyElk(outdir);
  copyPngFiles(outdir);
  const watched = chosen(false);
  const plugins = announcers(watched.map((bundle) => bundle.file));
  const contexts = await Promise.all(
    watched.map((bundle, at) =>
      esbuild.context(options(bundle, { outdir, production: false, plugins: [plugins[at]] })),
    ),
  );
  await Promise.all(contexts.map((context) => context.watch()));
}

if (isMain(import.meta.url)) {
  try {
    if (process.argv.includes('--watch')) await watch();
    else await build({ production: process.argv.includes('--production') });
  } catch (error) {
    // esbuild has already shown its own errors, with the lines that they are in.
    if (!error.errors) console.error(error.message);
    process.exitCode = 1;
  }
}
