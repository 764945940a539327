/** What tells one state of a file from another. */

import type { Stats } from 'node:fs';

/** Alike only while nobody has written the file; null where there is none. */
export function fileStamp(found: Stats | null | undefined): string | null {
  return found === null || found === undefined ? null : `${found.mtimeMs}:${found.size}`;
}
