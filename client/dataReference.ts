/** How a spec names a data file. */

import nodePath, { type PlatformPath } from 'node:path';

/**
 * The path that a spec in `folder` gives for the file at `path`: relative with slashes, so that it serves on another machine as well,
 * and absolute where the two have nothing in common, or where `folder` is null.
 */
export function dataReference(folder: string | null, path: string, on: PlatformPath = nodePath): string {
  // Elsewhere a backslash is part of a name.
  const written = (chosen: string): string => (on.sep === '\\' ? chosen.replaceAll('\\', '/') : chosen);
  if (folder === null || !isRelated(folder, path, on)) return written(path);
  return written(on.relative(folder, path));
}

/** The statement that names this path. JSON escapes quotation marks and backslashes, and line ends and tabs, as the language does. */
export function dataStatement(path: string): string {
  return `data ${JSON.stringify(path)}`;
}

/** Do they share more than the root, or the root itself be the folder? */
function isRelated(folder: string, path: string, on: PlatformPath): boolean {
  const { root } = on.parse(folder);
  if (on.isAbsolute(on.relative(folder, path))) return false;
  const first = (place: string): string => on.relative(root, place).split(on.sep)[0] ?? '';
  return folder === root || first(folder) === first(path);
}
