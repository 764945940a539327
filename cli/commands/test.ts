import { type Analysis, analyse } from '../../server/analysis/analyse.ts';
import {
  expectsOfEstimates,
  type SpecTest,
  specTests,
  type TestedSpec,
} from '../../server/analysis/specTests.ts';
import { estimateSpec } from '../../server/jobs/estimateSpec.ts';
import {
  type CommandSpec,
  choice,
  type OptionValues,
  type ParsedArguments,
  text,
  wholeNumber,
} from '../arguments.ts';
import { readSpecs, type SpecFile } from '../input.ts';
import { dataPath, surveySpecData, WORKER_PATH } from '../jobs.ts';
import type { TestedFile } from '../output/test/testedFile.ts';
import { testJson } from '../output/test/testJson.ts';
import { testJunit } from '../output/test/testJunit.ts';
import { testTap } from '../output/test/testTap.ts';
import { testText } from '../output/test/testText.ts';
import { progressLine } from '../progress.ts';
import { terminalOf } from '../terminal.ts';

export const testCommand: CommandSpec = {
  name: 'test',
  usage: 'causal test FILE… [--format text|json|junit|tap]',
  summary: 'runs every `expect` of specs, and holds their graphs against the data',
  example: 'causal test examples --format junit > causal.xml',
  options: {
    format: { type: 'string', value: 'FORMAT', help: 'text (default), json, junit or tap' },
  },
};

/** Prints the tests of every spec; 1 where one of them fails, or a spec has an error that keeps its tests from being read. */
export async function test({ positionals, values }: ParsedArguments): Promise<number> {
  const format = choice(values, 'format', ['text', 'json', 'junit', 'tap']);
  const files: TestedFile[] = [];
  for (const spec of await readSpecs(positionals)) files.push(await testSpec(spec, values));
  process.stdout.write(render(files, format));
  return files.some(fails) ? 1 : 0;
}

function fails({ tests }: TestedFile): boolean {
  return tests.some(({ status }) => status === 'failed');
}

async function testSpec(spec: SpecFile, values: OptionValues): Promise<TestedFile> {
  const analysis = analyse(spec.text);
  const path = dataPath(spec, analysis, text(values, 'data'));
  const { description, survey } = await surveySpecData(analysis, path);
  const failed = description?.kind === 'failure' ? description : null;
  const estimates = expectsOfEstimates(analysis) ? await estimatesOf(analysis, path, values) : null;
  const tests = specTests({ analysis, survey: failed ?? survey, estimates });
  return { name: spec.name, text: spec.text, tests: [...syntaxTests(analysis), ...tests] };
}

/** A line that cannot be read may be an `expect`: it is not passed over in silence. */
function syntaxTests({ diagnostics }: Analysis): SpecTest[] {
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .filter(({ code }) => code === 'syntax' || code === 'comment-style' || code === 'undeclared-name')
    .map(({ message, range }) => ({
      group: 'graph',
      name: 'the spec can be read',
      status: 'failed',
      message,
      range,
    }));
}

async function estimatesOf(
  analysis: Analysis,
  path: string | null,
  values: OptionValues,
): Promise<TestedSpec['estimates']> {
  const seed = wholeNumber(values, 'seed', 0);
  const progress = progressLine(values['quiet'] === true);
  const answer = await estimateSpec(analysis, path, seed === undefined ? {} : { seed }, {
    workerPath: WORKER_PATH,
    onProgress: progress.report,
  });
  progress.done();
  return answer.kind === 'report' ? answer.byPlan : answer;
}

function render(files: readonly TestedFile[], format: 'text' | 'json' | 'junit' | 'tap'): string {
  switch (format) {
    case 'text':
      return testText(files, terminalOf(process.stdout));
    case 'json':
      return `${JSON.stringify(testJson(files), null, 2)}\n`;
    case 'junit':
      return testJunit(files);
    case 'tap':
      return testTap(files);
  }
}
