/** Tests for people: a mark and a name each, what was found under those that did not pass, and a line that sums up. */

import type { SpecTest } from '../../../server/analysis/specTests.ts';
import { type Terminal, wrap } from '../../terminal.ts';
import { count, lineOf, type TestedFile } from './testedFile.ts';

const GROUPS: Readonly<Record<SpecTest['group'], string>> = {
  graph: 'The graph',
  data: 'Expected of the data',
  implications: 'Implied by the graph',
  estimates: 'Expected of the estimates',
};

/** The tests of every file by group. */
export function testText(files: readonly TestedFile[], terminal: Terminal): string {
  const parts = files.map((file) => fileText(file, terminal));
  return `${[...parts, summary(files, terminal)].join('\n\n')}\n`;
}

function fileText(file: TestedFile, terminal: Terminal): string {
  const title = terminal.strong(file.name);
  if (file.tests.length === 0) {
    return `${title}\n  It expects nothing, and its graph implies nothing that the data could tell. Add \`expect identifiable\`, or an \`expect\` to an estimate.`;
  }
  const groups = [...new Set(file.tests.map(({ group }) => group))];
  const lines = groups.flatMap((group) => [
    `  ${terminal.faint(GROUPS[group])}`,
    ...groupLines(
      file,
      file.tests.filter((test) => test.group === group),
      terminal,
    ),
  ]);
  return [title, ...lines].join('\n');
}

/** Of as many implications the number that holds is told; of fewer each. */
const MANY = 6;

/** Tests that do not count are spelled out up to here. */
const SPELLED = 3;

function groupLines(file: TestedFile, tests: readonly SpecTest[], terminal: Terminal): string[] {
  const passed = tests.filter(({ status }) => status === 'passed');
  if (tests[0]?.group !== 'implications' || tests.length < MANY)
    return tests.flatMap((test) => testLines(file, test, terminal));
  const failed = tests.filter(({ status }) => status === 'failed');
  const uncounted = tests.filter(({ status }) => status === 'skipped');
  const line = `  ${terminal.good('✓')} ${passed.length} of ${tests.length} independences hold in the data`;
  return [
    line,
    ...failed.flatMap((test) => testLines(file, test, terminal)),
    ...uncounted.slice(0, SPELLED).flatMap((test) => testLines(file, test, terminal)),
    ...(uncounted.length > SPELLED
      ? [`  ${terminal.warning('–')} ${uncounted.length - SPELLED} more  ${terminal.faint('not counted')}`]
      : []),
  ];
}

function testLines(file: TestedFile, test: SpecTest, terminal: Terminal): string[] {
  const found = wrap(test.message, terminal.width, '      ');
  switch (test.status) {
    case 'passed':
      return [`  ${terminal.good('✓')} ${test.name}  ${terminal.faint(shortened(test.message))}`.trimEnd()];
    case 'skipped':
      return [`  ${terminal.warning('–')} ${test.name}  ${terminal.faint('not counted')}`, found];
    case 'failed':
      return [
        `  ${terminal.error('✗')} ${test.name}  ${terminal.faint(`${file.name}:${lineOf(file, test)}`)}`,
        terminal.error(found),
      ];
  }
}

/** What was found, as far as it is a few numbers. */
function shortened(message: string): string {
  return message.length <= 60 ? message : '';
}

function summary(files: readonly TestedFile[], terminal: Terminal): string {
  const [passed, failed, skipped] = [count(files, 'passed'), count(files, 'failed'), count(files, 'skipped')];
  const text = `${passed} passed, ${failed} failed, ${skipped} not counted.`;
  return failed > 0 ? terminal.error(text) : terminal.good(text);
}
