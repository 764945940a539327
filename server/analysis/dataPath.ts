import { isAbsolute, join } from 'node:path';
import type { Analysis } from './analyse.ts';

/** Absolute path of the data that a spec in `folder` names; null where it names none. */
export function dataPathOf({ data }: Analysis, folder: string): string | null {
  if (data.path === null || data.path === '') return null;
  return isAbsolute(data.path) ? data.path : join(folder, data.path);
}
