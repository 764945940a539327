import { findMethod } from '../../engine/estimate/methods.ts';
import type { RelevanceDepth } from '../../engine/estimate/relevance.ts';
import type { EstimateOutcome } from '../../engine/estimate/result.ts';
import { type Analysis, analyse } from '../../server/analysis/analyse.ts';
import type { Diagnostic } from '../../server/analysis/diagnostic.ts';
import type { EstimationOverrides } from '../../server/analysis/estimation.ts';
import { titleOf } from '../../server/analysis/snapshot.ts';
import { unknownMethodText } from '../../server/analysis/synonyms.ts';
import { estimateSpec, type SpecEstimates } from '../../server/jobs/estimateSpec.ts';
import {
  type CommandSpec,
  choice,
  type OptionValues,
  type ParsedArguments,
  text,
  texts,
  UsageError,
  wholeNumber,
} from '../arguments.ts';
import { readSpecs, type SpecFile } from '../input.ts';
import { dataPath, WORKER_PATH } from '../jobs.ts';
import { diagnosticText } from '../output/checkText.ts';
import { diagnosticsJson } from '../output/diagnosticsJson.ts';
import { estimateJson } from '../output/estimate/estimateJson.ts';
import { estimateText } from '../output/estimate/estimateText.ts';
import { progressLine } from '../progress.ts';
import { terminalOf } from '../terminal.ts';

export const estimateCommand: CommandSpec = {
  name: 'estimate',
  usage: 'causal estimate FILE… [--method M] [--of T --on Y] [--show relevance] [--format text|json]',
  summary: 'runs the estimates of specs on their data',
  example: 'causal estimate examples/card/card.causal --method iv',
  options: {
    method: {
      type: 'string',
      multiple: true,
      value: 'M',
      help: 'run this method in place of the statements',
    },
    of: { type: 'string', value: 'T', help: 'the treatment, in place of the declared one' },
    on: { type: 'string', value: 'Y', help: 'the outcome, in place of the declared one' },
    show: {
      type: 'string',
      value: 'PART',
      help: 'relevance: what drives the treatment, and the estimate without each variable; full-relevance: however long that takes',
    },
    format: { type: 'string', value: 'FORMAT', help: 'text (default) or json' },
  },
};

export interface EstimatedSpec {
  readonly spec: SpecFile;
  readonly analysis: Analysis;
  readonly answer: SpecEstimates;
}

/** Prints the estimates of every spec; 1 where one cannot run, is unreliable or breaks an `expect`, or the spec has an error. */
export async function estimate({ positionals, values }: ParsedArguments): Promise<number> {
  const done = await runSpecs(positionals, values);
  printEstimates(done, values);
  return done.some(fails) ? 1 : 0;
}

/** Runs the estimates of every spec as the options ask, with `more` beside them. */
export async function runSpecs(
  positionals: readonly string[],
  values: OptionValues,
  more: EstimationOverrides = {},
): Promise<EstimatedSpec[]> {
  choice(values, 'format', ['text', 'json']);
  const overrides = { ...readOverrides(values), ...readShown(values), ...more };
  const done: EstimatedSpec[] = [];
  for (const spec of await readSpecs(positionals)) done.push(await estimateOne(spec, overrides, values));
  return done;
}

/** In the format that the options ask for. */
export function printEstimates(done: readonly EstimatedSpec[], values: OptionValues): void {
  if (choice(values, 'format', ['text', 'json']) === 'text') {
    printText(done);
    return;
  }
  const entries = done.map(({ spec, analysis, answer }) => {
    const faults = diagnosticsJson(faultsOf(analysis), spec.text);
    return answer.kind === 'report'
      ? estimateJson(spec.name, answer.report, null, faults)
      : estimateJson(spec.name, null, answer, faults);
  });
  process.stdout.write(`${JSON.stringify(entries, null, 2)}\n`);
}

function readOverrides(values: OptionValues): EstimationOverrides {
  const methods = texts(values, 'method');
  for (const method of methods) checkMethod(method);
  const treatment = text(values, 'of');
  const outcome = text(values, 'on');
  const seed = wholeNumber(values, 'seed', 0);
  return {
    methods,
    ...(treatment === undefined ? {} : { treatment }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(seed === undefined ? {} : { seed }),
  };
}

const SHOWN: Readonly<Record<string, RelevanceDepth>> = { relevance: 'bounded', 'full-relevance': 'full' };

function readShown(values: OptionValues): EstimationOverrides {
  if (text(values, 'show') === undefined) return {};
  const relevance = SHOWN[choice(values, 'show', Object.keys(SHOWN))];
  return relevance === undefined ? {} : { relevance };
}

function checkMethod(method: string): void {
  if (findMethod(method) === undefined) throw new UsageError(unknownMethodText(method));
}

async function estimateOne(
  spec: SpecFile,
  overrides: EstimationOverrides,
  values: OptionValues,
): Promise<EstimatedSpec> {
  const analysis = analyse(spec.text);
  for (const name of [overrides.treatment, overrides.outcome]) {
    if (name !== undefined && !analysis.structure.nodes.has(name)) {
      throw new UsageError(`${spec.name} declares no variable ${name}.`);
    }
  }
  const progress = progressLine(values['quiet'] === true);
  const path = dataPath(spec, analysis, text(values, 'data'));
  const answer = await estimateSpec(analysis, path, overrides, {
    workerPath: WORKER_PATH,
    onProgress: progress.report,
  });
  progress.done();
  return { spec, analysis, answer: withDataOption(answer) };
}

/** Here data can be named in another way too. */
function withDataOption(answer: SpecEstimates): SpecEstimates {
  if (answer.kind === 'report' || answer.code !== 'no-data') return answer;
  return { ...answer, message: `${answer.message} Or name a file with \`--data\`.` };
}

/** What is wrong with the text, and what of it this version passes over. */
function faultsOf({ diagnostics }: Analysis): readonly Diagnostic[] {
  return diagnostics.filter(({ severity, code }) => severity === 'error' || code === 'not-available');
}

function printText(done: readonly EstimatedSpec[]): void {
  const terminal = terminalOf(process.stdout);
  const texts = done.map(({ spec, analysis, answer }) => {
    const errors = faultsOf(analysis)
      .map((each) => `${diagnosticText(each, spec, terminal)}\n`)
      .join('');
    const body =
      answer.kind === 'report'
        ? estimateText(spec.name, titleOf(analysis), answer.report, terminal)
        : `${terminal.strong(spec.name)}\n  ${terminal.error(answer.message)}\n`;
    return errors + body;
  });
  process.stdout.write(texts.join('\n'));
}

function fails({ analysis, answer }: EstimatedSpec): boolean {
  if (answer.kind === 'failure' || hasErrors(analysis)) return true;
  return answer.report.estimates.some((outcome) => !outcome.implied && isBad(outcome));
}

export function hasErrors({ diagnostics }: Analysis): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}

function isBad(outcome: EstimateOutcome): boolean {
  if (outcome.kind === 'failure') return true;
  return !outcome.reliable || outcome.expectations.some(({ passed }) => !passed);
}
