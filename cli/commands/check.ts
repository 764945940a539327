import { analyse } from '../../server/analysis/analyse.ts';
import { withSeverities } from '../../server/analysis/severity.ts';
import { validate } from '../../server/analysis/validate.ts';
import { VERSION } from '../../server/version.ts';
import { type CommandSpec, choice, type ParsedArguments, text, UsageError } from '../arguments.ts';
import { severitiesOf } from '../config.ts';
import { readSpecs, type SpecFile } from '../input.ts';
import { dataPath, surveySpecData } from '../jobs.ts';
import { githubCommands, sarif } from '../output/checkMachines.ts';
import { type CheckedFile, checkText } from '../output/checkText.ts';
import { diagnosticsJson } from '../output/diagnosticsJson.ts';
import { terminalOf } from '../terminal.ts';

export const checkCommand: CommandSpec = {
  name: 'check',
  usage: 'causal check FILE… [--format text|json|sarif|github] [--no-data]',
  summary: 'says what is wrong with specs and their data',
  example: 'causal check examples --format github',
  options: {
    format: { type: 'string', value: 'FORMAT', help: 'text (default), json, sarif or github' },
    'no-data': { type: 'boolean', help: 'leave the data out' },
  },
};

/** Prints the diagnostics of every spec; 1 where one of them is an error. */
export async function check({ positionals, values }: ParsedArguments): Promise<number> {
  const format = choice(values, 'format', ['text', 'json', 'sarif', 'github']);
  const withoutData = values['no-data'] === true;
  const data = text(values, 'data');
  if (withoutData && data !== undefined) {
    throw new UsageError('--no-data leaves the data out, and --data names them. Give one of the two.');
  }
  const files: CheckedFile[] = [];
  for (const spec of await readSpecs(positionals)) files.push(await checkSpec(spec, withoutData, data));
  process.stdout.write(render(files, format));
  return files.some(({ diagnostics }) => diagnostics.some(({ severity }) => severity === 'error')) ? 1 : 0;
}

async function checkSpec(
  spec: SpecFile,
  withoutData: boolean,
  override: string | undefined,
): Promise<CheckedFile> {
  // Before the data, which may take a while: a configuration that cannot be used ends it all.
  const severities = await severitiesOf(spec.folder);
  const analysis = analyse(spec.text);
  const path = withoutData ? null : dataPath(spec, analysis, override);
  const { description, survey } = await surveySpecData(analysis, path);
  const diagnostics = withSeverities(validate(analysis, description, survey), severities);
  return { name: spec.name, text: spec.text, diagnostics };
}

function render(files: readonly CheckedFile[], format: 'text' | 'json' | 'sarif' | 'github'): string {
  switch (format) {
    case 'text':
      return `${checkText(files, terminalOf(process.stdout))}\n`;
    case 'json':
      return `${JSON.stringify(files.map(fileJson), null, 2)}\n`;
    case 'sarif':
      return `${JSON.stringify(sarif(files, VERSION), null, 2)}\n`;
    case 'github':
      return githubCommands(files);
  }
}

function fileJson({ name, text: source, diagnostics }: CheckedFile): object {
  return { file: name, diagnostics: diagnosticsJson(diagnostics, source) };
}
