/** The licences of the packages that end up in what is shipped, as one text. */

import fs from 'node:fs';
import path from 'node:path';

/** Licences that may be shipped inside an MIT-licensed extension; another one stops the build until somebody has read it. */
const accepted = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BSL-1.0',
  'BlueOak-1.0.0',
  'EPL-2.0',
  'ISC',
  'MIT',
  // Of files that are shipped as they are, beside our own.
  'MPL-2.0',
  'Unlicense',
]);

/** Packages whose manifest names no licence of the list, with the one that their files have. */
const read = new Map([['dejavu-fonts-ttf', 'Bitstream Vera licence, and public domain']]);

/** Where several are offered, the first that is accepted is the one under which the package is shipped. */
function chosenLicence({ name, license }) {
  const known = read.get(name);
  if (known !== undefined) return known;
  const offered = String(license ?? '')
    .replace(/[()]/g, '')
    .split(/\s+OR\s+/);
  const chosen = offered.find((one) => one.split(/\s+AND\s+/).every((part) => accepted.has(part.trim())));
  if (!chosen) throw new Error(`${name} has the licence "${license}", which nobody has agreed to ship`);
  return chosen;
}

function packageFolder(input) {
  const at = input.lastIndexOf('node_modules/');
  if (at < 0) return null;
  const parts = input.slice(at + 'node_modules/'.length).split('/');
  const name = parts[0].startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
  return input.slice(0, at) + path.posix.join('node_modules', name);
}

function textOf(folder, pattern) {
  const files = fs.readdirSync(folder).filter((file) => pattern.test(file));
  return files
    .map((file) => fs.readFileSync(path.join(folder, file), 'utf8').replace(/\r\n/g, '\n').trim())
    .join('\n\n');
}

function address({ homepage, repository }) {
  const url = typeof repository === 'string' ? repository : repository?.url;
  return (url ?? homepage ?? '')
    .replace(/^git\+/, '')
    .replace(/^git:/, 'https:')
    .replace(/\.git$/, '');
}

/**
 * Writes the notices for `inputs`, the paths (relative to `root`) of bundled or shipped files; those that are not in a
 * package are ours and left out. Packages with the same text share it. Throws on a licence that has not been agreed to.
 */
export function thirdPartyNotices(root, inputs) {
  const folders = [...new Set(inputs.map(packageFolder))].filter((folder) => folder !== null).sort();
  const byText = new Map();
  for (const folder of folders) {
    const place = path.join(root, folder);
    const manifest = JSON.parse(fs.readFileSync(path.join(place, 'package.json'), 'utf8'));
    const licence = chosenLicence(manifest);
    const text =
      [textOf(place, /^(licen[cs]e|copying)/i), textOf(place, /^notice/i)].filter(Boolean).join('\n\n') ||
      `${licence}${manifest.author ? `, ${manifest.author.name ?? manifest.author}` : ''}`;
    const line = [`${manifest.name} ${manifest.version} (${licence})`, address(manifest)]
      .filter(Boolean)
      .join('  ');
    byText.set(text, [...(byText.get(text) ?? []), line]);
  }
  const rule = '-'.repeat(80);
  const sections = [...byText].map(([text, lines]) => `${rule}\n${lines.join('\n')}\n\n${text}\n`);
  return ['Causal contains the following packages, each under its own licence.\n', ...sections].join('\n');
}
