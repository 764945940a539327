/** Where the benches keep what takes long to make. */

import os from 'node:os';
import path from 'node:path';

/** A folder of the benches in the user's cache folder; it need not be there yet. */
export function cacheFolder(name: string): string {
  const cache = process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache');
  return path.join(cache, 'causal-bench', name);
}
