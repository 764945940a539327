/** Looking at folders. */

import fs from 'node:fs';
import path from 'node:path';

/** The files under `folder`, as `{ file, bytes }` with forward slashes, sorted by name. */
export function filesUnder(folder) {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => ({
      file: path.relative(folder, file).split(path.sep).join('/'),
      bytes: fs.statSync(file).size,
    }))
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** When the newest of these files and folders (with all they hold) was changed, in milliseconds since 1970; 0 where none is there. */
export function newestChange(places) {
  const times = places
    .filter((place) => fs.existsSync(place))
    .flatMap((place) => {
      const stat = fs.statSync(place);
      if (!stat.isDirectory()) return [stat.mtimeMs];
      return filesUnder(place).map(({ file }) => fs.statSync(path.join(place, file)).mtimeMs);
    });
  return Math.max(0, ...times);
}
