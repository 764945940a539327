import { resolve } from 'node:path';
import { type Analysis, analyse, dataFault } from '../../server/analysis/analyse.ts';
import type { Diagnostic } from '../../server/analysis/diagnostic.ts';
import { profiledData, profiledRoles } from '../../server/analysis/profiling.ts';
import { type DataFailure, dataFailure } from '../../server/jobs/failure.ts';
import type { JobRequest, ProfiledFile } from '../../server/jobs/protocol.ts';
import { runJob } from '../../server/jobs/runJob.ts';
import {
  type CommandSpec,
  choice,
  type OptionValues,
  type ParsedArguments,
  text,
  UsageError,
} from '../arguments.ts';
import { DATA_FILE, readSpecs, type SpecFile } from '../input.ts';
import { dataPath, WORKER_PATH } from '../jobs.ts';
import { diagnosticText } from '../output/checkText.ts';
import { describeJson } from '../output/describe/describeJson.ts';
import { describeText } from '../output/describe/describeText.ts';
import { diagnosticsJson } from '../output/diagnosticsJson.ts';
import { progressLine } from '../progress.ts';
import { type Terminal, terminalOf } from '../terminal.ts';

export const describeCommand: CommandSpec = {
  name: 'describe',
  usage: 'causal describe FILE… [--format text|json]',
  summary: 'what the data of a spec hold, or a data file: rows, variables, balance',
  example: 'causal describe examples/music/music.causal',
  options: {
    format: { type: 'string', value: 'FORMAT', help: 'text (default) or json' },
  },
};

interface Described {
  readonly name: string;
  /** Null for a data file without a spec. */
  readonly spec: { readonly file: SpecFile; readonly analysis: Analysis } | null;
  readonly path: string | null;
  readonly profile: ProfiledFile | DataFailure;
}

/** Describes the data of specs, or data files as they are; 1 where they cannot be read, or the spec has an error. */
export async function describe({ positionals, values }: ParsedArguments): Promise<number> {
  const format = choice(values, 'format', ['text', 'json']);
  if (positionals.length === 0) throw new UsageError('Name a .causal file, or a file with data.');
  const described: Described[] = [];
  for (const name of positionals) {
    if (isData(name)) described.push(await describeFile(name, values));
    else for (const spec of await readSpecs([name])) described.push(await describeSpec(spec, values));
  }
  if (format === 'json') process.stdout.write(`${JSON.stringify(described.map(json), null, 2)}\n`);
  else process.stdout.write(described.map((each) => render(each, terminalOf(process.stdout))).join('\n'));
  return described.some(fails) ? 1 : 0;
}

function isData(name: string): boolean {
  return DATA_FILE.test(name) || /\.(txt|json)(\.gz)?$/i.test(name);
}

async function describeFile(name: string, values: OptionValues): Promise<Described> {
  const path = resolve(name);
  const profile = await run({ path, data: null, roles: { treatment: [], outcome: [] } }, values);
  return { name, spec: null, path, profile };
}

async function describeSpec(file: SpecFile, values: OptionValues): Promise<Described> {
  const analysis = analyse(file.text);
  const path = dataPath(file, analysis, text(values, 'data'));
  const spec = { file, analysis };
  const fault = dataFault(analysis);
  if (fault !== null) {
    const profile = dataFailure('data-statement', `The \`data\` statement has an error. ${fault.message}`);
    return { name: file.name, spec, path, profile };
  }
  if (path === null) {
    const message =
      'The spec names no data. Add a line such as `data "file.csv"`, or name a file with `--data`.';
    return { name: file.name, spec, path, profile: dataFailure('no-data', message) };
  }
  const profile = await run({ path, data: profiledData(analysis), roles: profiledRoles(analysis) }, values);
  return { name: file.name, spec, path, profile };
}

type ProfileRequest = Extract<JobRequest, { readonly kind: 'profile' }>;

async function run(
  request: Omit<ProfileRequest, 'kind'>,
  values: OptionValues,
): Promise<ProfiledFile | DataFailure> {
  const progress = progressLine(values['quiet'] === true);
  const options = { workerPath: WORKER_PATH, onProgress: progress.report };
  const profile = await runJob<'profile'>({ kind: 'profile', ...request }, options);
  progress.done();
  return profile;
}

function faultsOf({ spec }: Described): readonly Diagnostic[] {
  return spec?.analysis.diagnostics.filter(({ severity }) => severity === 'error') ?? [];
}

function json(each: Described): object {
  const { name, spec, path, profile } = each;
  const diagnostics = spec === null ? [] : diagnosticsJson(faultsOf(each), spec.file.text);
  return describeJson(name, path, profile, (variable) => rolesOf(each, variable), diagnostics);
}

/** What the spec has a variable for, in the words of the language. */
function rolesOf({ spec }: Described, variable: string): readonly string[] {
  if (spec === null) return [];
  const { treatment, outcome, instruments, adjusted } = spec.analysis.question;
  const has = (entries: readonly { readonly variable: string }[] | null): boolean =>
    entries?.some((entry) => entry.variable === variable) ?? false;
  return [
    ...(has(treatment) ? ['treatment'] : []),
    ...(has(outcome) ? ['outcome'] : []),
    ...(has(instruments) ? ['instrument'] : []),
    ...(has(adjusted) ? ['adjusted'] : []),
  ];
}

const MARKS: Readonly<Record<string, string>> = {
  treatment: 'T',
  outcome: 'Y',
  instrument: 'Z',
  adjusted: 'X',
};

function render(each: Described, terminal: Terminal): string {
  const { name, spec, profile } = each;
  const errors =
    spec === null
      ? ''
      : faultsOf(each)
          .map((fault) => `${diagnosticText(fault, spec.file, terminal)}\n`)
          .join('');
  if (profile.kind === 'failure') {
    return `${errors}${terminal.strong(name)}\n  ${terminal.error(profile.message)}\n`;
  }
  const marks = profile.variables.flatMap((variable) => {
    const [role] = rolesOf(each, variable.name);
    const mark = role === undefined ? undefined : MARKS[role];
    return mark === undefined ? [] : [[variable.name, mark] as const];
  });
  return errors + describeText(name, profile, new Map(marks), terminal);
}

function fails(each: Described): boolean {
  return each.profile.kind === 'failure' || faultsOf(each).length > 0;
}
