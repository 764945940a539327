/** DuckDB's native module for a platform, so that an extension for it can be packaged on any other. */

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { npm, run } from './child.mjs';

/** VS Code's name of a platform to DuckDB's. Where DuckDB has no binary, the extension cannot be packaged. */
const duckdbPlatforms = new Map([
  ['linux-x64', 'linux-x64'],
  ['linux-arm64', 'linux-arm64'],
  ['alpine-x64', 'linux-x64-musl'],
  ['alpine-arm64', 'linux-arm64-musl'],
  ['darwin-x64', 'darwin-x64'],
  ['darwin-arm64', 'darwin-arm64'],
  ['win32-x64', 'win32-x64'],
  ['win32-arm64', 'win32-arm64'],
]);

/** The platforms for which an extension can be packaged, by VS Code's names. */
export const targets = [...duckdbPlatforms.keys()];

/** VS Code's name of the platform that this runs on. */
export function hostTarget() {
  const musl = process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime;
  return `${musl ? 'alpine' : process.platform}-${process.arch}`;
}

async function fetchPackage(name, locked, cache, signal) {
  const place = path.join(cache, `${name.replace('/', '+')}@${locked.version}`);
  if (fs.existsSync(path.join(place, 'package/package.json'))) return path.join(place, 'package');
  fs.rmSync(place, { recursive: true, force: true });
  fs.mkdirSync(place, { recursive: true });
  const call = npm(['pack', `${name}@${locked.version}`, '--pack-destination', place, '--silent']);
  const packed = await run(call.command, call.args, { cwd: place, shell: call.shell, signal });
  const archive = fs.readdirSync(place).find((file) => file.endsWith('.tgz'));
  if (packed.code !== 0 || !archive) {
    throw new Error(
      `${name}@${locked.version} could not be fetched from the npm registry.\n${packed.output.trim()}`,
    );
  }
  const file = path.join(place, archive);
  const digest = `sha512-${createHash('sha512').update(fs.readFileSync(file)).digest('base64')}`;
  if (locked.integrity && locked.integrity !== digest) {
    fs.rmSync(place, { recursive: true, force: true });
    throw new Error(`${name}@${locked.version} is not the file that package-lock.json names.`);
  }
  const unpacked = await run('tar', ['-xzf', archive], { cwd: place, signal });
  if (unpacked.code !== 0) throw new Error(`${archive} could not be unpacked.\n${unpacked.output.trim()}`);
  fs.rmSync(file);
  return path.join(place, 'package');
}

/**
 * The folders of the packages that load DuckDB's native module for `target`, as a Map from package name to folder. Those for this platform
 * come from node_modules, the others at the locked version from the npm registry, kept under `cache`.
 * Throws where the platform is unknown or its package cannot be had.
 */
export async function duckdbPackages(root, target, { cache, signal } = {}) {
  const platform = duckdbPlatforms.get(target);
  if (!platform) throw new Error(`There is no package for "${target}". Known: ${targets.join(', ')}.`);
  const installed = (name) => path.join(root, 'node_modules', name);
  const lock = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  const bindings = '@duckdb/node-bindings';
  const native = `${bindings}-${platform}`;
  const locked = lock[`node_modules/${native}`] ?? {
    version: lock[`node_modules/${bindings}`].optionalDependencies[native],
  };
  const nativeFolder = fs.existsSync(installed(native))
    ? installed(native)
    : await fetchPackage(native, locked, cache, signal);
  return new Map([
    ...[bindings, 'detect-libc'].map((name) => [name, installed(name)]),
    [native, nativeFolder],
  ]);
}
