import { createLineIndex, positionAt } from '../../../grammar/lineIndex.ts';
import type { SpecTest, TestStatus } from '../../../server/analysis/specTests.ts';

export interface TestedFile {
  /** As given on the command line. */
  readonly name: string;
  readonly text: string;
  readonly tests: readonly SpecTest[];
}

/** Line of a test in its file, from 1. */
export function lineOf(file: TestedFile, { range }: SpecTest): number {
  return positionAt(createLineIndex(file.text), range.start).line + 1;
}

/** How many tests of some files have a status. */
export function count(files: readonly TestedFile[], status?: TestStatus): number {
  const tests = files.flatMap((file) => file.tests);
  return status === undefined ? tests.length : tests.filter((one) => one.status === status).length;
}
