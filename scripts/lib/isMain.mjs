import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Whether the module at `url` (its import.meta.url) is the script that Node was started with, even by way of a symbolic link. */
export function isMain(url) {
  const script = process.argv[1];
  return script !== undefined && fs.realpathSync(script) === fileURLToPath(url);
}
