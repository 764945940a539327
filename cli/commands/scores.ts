import { extname, resolve } from 'node:path';
import { findMethod } from '../../engine/estimate/methods.ts';
import { type Analysis, analyse, dataFault } from '../../server/analysis/analyse.ts';
import { planEstimation } from '../../server/analysis/estimation.ts';
import { unknownMethodText } from '../../server/analysis/synonyms.ts';
import type { ScoredFile } from '../../server/jobs/protocol.ts';
import { runJob } from '../../server/jobs/runJob.ts';
import {
  type CommandSpec,
  type OptionValues,
  type ParsedArguments,
  text,
  texts,
  UsageError,
  wholeNumber,
} from '../arguments.ts';
import { readOneSpec } from '../input.ts';
import { dataPath, WORKER_PATH } from '../jobs.ts';
import { progressLine } from '../progress.ts';
import { type Terminal, terminalOf, wrap } from '../terminal.ts';

const ENDINGS = ['.csv', '.tsv', '.parquet'];

export const scoresCommand: CommandSpec = {
  name: 'scores',
  usage: 'causal scores FILE -o OUT.csv [--effects] [--method M]',
  summary: 'writes the rows with propensity, weight, stratum, matched row and effect',
  example: 'causal scores examples/music/music.causal -o scores.csv',
  options: {
    output: { type: 'string', short: 'o', value: 'OUT', help: 'the file to write: .csv, .tsv or .parquet' },
    effects: { type: 'boolean', help: 'an effect for each row too, by a doubly robust learner' },
    method: { type: 'string', multiple: true, value: 'M', help: 'what this method says of rows' },
  },
};

/** What scores come from where no method is named: a propensity with its weights, classes and matches. */
const DEFAULT_METHODS = ['ipw', 'stratification', 'matching'];
const EFFECT_METHODS = ['dr_learner', 'x_learner', 't_learner', 's_learner'];

/** Writes the file; 1 where a method could not score, and what the others gave is written all the same. */
export async function scores({ positionals, values }: ParsedArguments): Promise<number> {
  const output = outputPath(values);
  const spec = await readOneSpec(positionals);
  const analysis = analyse(spec.text);
  const { planned, request } = planEstimation(analysis, overrides(values, analysis));
  const path = dataPath(spec, analysis, text(values, 'data'));
  const plans = planned.flatMap((estimate) => (estimate.kind === 'plan' ? [estimate.plan] : []));
  const refused = planned.flatMap((estimate) => (estimate.kind === 'failure' ? [estimate.failure] : []));
  const fault = dataFault(analysis);
  if (fault !== null) return stop(spec.name, `The \`data\` statement has an error. ${fault.message}`);
  if (path === null) return stop(spec.name, 'The spec names no data. Name a file with `--data`.');
  const [unplanned] = refused;
  if (plans.length === 0) return stop(spec.name, unplanned?.error.message ?? 'Nothing asks for an effect.');
  const progress = progressLine(values['quiet'] === true);
  const answer = await runJob(
    { kind: 'scores', data: { path, ...request }, plans, output },
    { workerPath: WORKER_PATH, onProgress: progress.report },
  );
  progress.done();
  if (answer.kind === 'failure') return stop(spec.name, answer.message);
  const failures = refused.map(({ name, error }) => ({ name, columns: [], error }));
  const told = { ...answer, plans: [...failures, ...answer.plans] };
  process.stdout.write(summary(told, text(values, 'output') ?? '', terminalOf(process.stdout)));
  return told.plans.some(({ error }) => error !== null) ? 1 : 0;
}

function stop(name: string, message: string): number {
  process.stderr.write(`${name}: ${message}\n`);
  return 1;
}

function outputPath(values: OptionValues): string {
  const output = text(values, 'output');
  if (output === undefined) throw new UsageError('Name the file to write: `-o scores.csv`.');
  if (!ENDINGS.includes(extname(output).toLowerCase())) {
    throw new UsageError(`${output} is of a kind that is not written. Name a ${ENDINGS.join(', ')} file.`);
  }
  return resolve(output);
}

function overrides(values: OptionValues, { estimates }: Analysis) {
  const asked = texts(values, 'method');
  const unknown = asked.find((method) => findMethod(method) === undefined);
  if (unknown !== undefined) throw new UsageError(unknownMethodText(unknown));
  const written = EFFECT_METHODS.find((method) =>
    estimates.some(({ settings }) => settings?.method === method),
  );
  const effects = values['effects'] === true ? [written ?? 'dr_learner'] : [];
  const methods = asked.length === 0 ? [...DEFAULT_METHODS, ...effects] : [...asked, ...effects];
  const seed = wholeNumber(values, 'seed', 0);
  return { methods: [...new Set(methods)], ...(seed === undefined ? {} : { seed }) };
}

/** What each method gave, and where it is. */
function summary({ rows, plans }: ScoredFile, output: string, terminal: Terminal): string {
  const lines = plans.map(({ name, columns, error }) => {
    if (error !== null)
      return `${terminal.error('✗')} ${name}\n${wrap(error.message, terminal.width, '    ')}`;
    const gave = columns.length === 0 ? 'the same as above' : columns.join(', ');
    return `${terminal.good('✓')} ${name}: ${gave}`;
  });
  const written = plans.some(({ columns }) => columns.length > 0);
  const end = written ? `${rows} rows written to ${output}.` : `Nothing was written to ${output}.`;
  return `${[...lines, end].join('\n')}\n`;
}
