/** Tests in the Test Anything Protocol, version 14. */

import type { SpecTest } from '../../../server/analysis/specTests.ts';
import { count, lineOf, type TestedFile } from './testedFile.ts';

/** One numbered line a test, with a YAML block under those that did not pass. */
export function testTap(files: readonly TestedFile[]): string {
  const lines = files
    .flatMap((file) => file.tests.map((test) => ({ file, test })))
    .flatMap(({ file, test }, index) => testLines(file, test, index + 1));
  return `${['TAP version 14', `1..${count(files)}`, ...lines].join('\n')}\n`;
}

function testLines(file: TestedFile, test: SpecTest, number: number): string[] {
  const name = escaped(`${file.name}: ${test.name}`);
  const skipped = test.status === 'skipped';
  const line = `${test.status === 'failed' ? 'not ok' : 'ok'} ${number} - ${name}`;
  if (skipped) return [`${line} # SKIP ${escaped(test.message)}`];
  if (test.status === 'passed') return [line];
  return [
    line,
    '  ---',
    // A string of JSON is one of YAML.
    `  message: ${JSON.stringify(test.message)}`,
    `  file: ${JSON.stringify(file.name)}`,
    `  line: ${lineOf(file, test)}`,
    '  ...',
  ];
}

/** A `#` would start a directive, and a line end the next line. */
function escaped(text: string): string {
  return text.replaceAll(/[\\#]/g, '\\$&').replaceAll(/\s+/g, ' ');
}
