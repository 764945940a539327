/** Tests as JUnit XML, as the servers of continuous integration read it (the Jenkins schema: suites, cases, failures). */

import type { SpecTest } from '../../../server/analysis/specTests.ts';
import { count, lineOf, type TestedFile } from './testedFile.ts';

/** One suite a file, one class a group. */
export function testJunit(files: readonly TestedFile[]): string {
  const suites = files.map((file) => suite(file)).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="causal" ${counts(files)}>\n${suites}</testsuites>\n`;
}

function counts(files: readonly TestedFile[]): string {
  return `tests="${count(files)}" failures="${count(files, 'failed')}" skipped="${count(files, 'skipped')}" errors="0"`;
}

function suite(file: TestedFile): string {
  const cases = file.tests.map((test) => testCase(file, test)).join('');
  return `  <testsuite name="${escaped(file.name)}" ${counts([file])}>\n${cases}  </testsuite>\n`;
}

function testCase(file: TestedFile, test: SpecTest): string {
  const open = `    <testcase name="${escaped(test.name)}" classname="${test.group}" file="${escaped(file.name)}" line="${lineOf(file, test)}"`;
  switch (test.status) {
    case 'passed':
      return `${open}/>\n`;
    case 'skipped':
      return `${open}>\n      <skipped message="${escaped(test.message)}"/>\n    </testcase>\n`;
    case 'failed':
      return `${open}>\n      <failure message="${escaped(test.message)}">${escaped(`${file.name}:${lineOf(file, test)}: ${test.message}`)}</failure>\n    </testcase>\n`;
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\n': '&#10;',
  '\t': '&#9;',
};

/** As text of XML 1.0; characters that it cannot hold in any form are replaced. */
function escaped(text: string): string {
  return text
    .replaceAll(/(?![\n\t])[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '\ufffd')
    .replaceAll(/[&<>"'\n\t]/g, (character) => ENTITIES[character] ?? character);
}
