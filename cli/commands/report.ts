import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { createLineIndex, positionAt } from '../../grammar/lineIndex.ts';
import { type Analysis, analyse, dataFault } from '../../server/analysis/analyse.ts';
import { profiledData, profiledRoles } from '../../server/analysis/profiling.ts';
import { snapshotOf } from '../../server/analysis/snapshot.ts';
import { specTests } from '../../server/analysis/specTests.ts';
import { verdictOf } from '../../server/analysis/verdict.ts';
import { SCRIPT_FORMATS, type ScriptFormat } from '../../server/exchange/code/scripts.ts';
import { methodText } from '../../server/exchange/methodText.ts';
import { estimateSpec } from '../../server/jobs/estimateSpec.ts';
import type { DataFailure } from '../../server/jobs/failure.ts';
import type { ProfiledFile } from '../../server/jobs/protocol.ts';
import { runJob } from '../../server/jobs/runJob.ts';
import { reportMarkdown } from '../../views/report/markdown/reportMarkdown.tsx';
import { reportDocument } from '../../views/report/reportDocument.tsx';
import type { ReportPage } from '../../views/report/reportPage.ts';
import {
  type CommandSpec,
  choice,
  type OptionValues,
  type ParsedArguments,
  text,
  UsageError,
  wholeNumber,
} from '../arguments.ts';
import { drawingOf } from '../drawing.ts';
import { readOneSpec, type SpecFile } from '../input.ts';
import { dataPath, surveySpecData, WORKER_PATH } from '../jobs.ts';
import { writeNotes } from '../output/notes.ts';
import { reproductionOf } from '../output/report/reproduction.ts';
import { assumptionsOf, questionText, rolesOf, waysOf } from '../output/report/sections.ts';
import { progressLine } from '../progress.ts';

const SCRIPT_IDS: readonly string[] = SCRIPT_FORMATS.map(({ id }) => id);
const FORMATS: readonly string[] = ['html', 'md', 'method', ...SCRIPT_IDS];

/** Of files, with the formats that they are of. */
const ENDINGS: ReadonlyMap<string, readonly string[]> = new Map([
  ['.html', ['html']],
  ['.htm', ['html']],
  ['.md', ['md']],
  ['.markdown', ['md']],
  ['.txt', ['method']],
  ['.py', ['dowhy']],
  ['.r', ['fixest', 'dagitty']],
]);

export const reportCommand: CommandSpec = {
  name: 'report',
  usage: 'causal report FILE [--format FORMAT] -o OUT.html',
  summary: 'writes one page with the question, the graph, the data and the estimates',
  example: 'causal report examples/music/music.causal -o music.html',
  options: {
    format: {
      type: 'string',
      value: 'FORMAT',
      help: 'html (default); md, with its pictures in a folder beside OUT; method, a paragraph for a paper; dowhy, dagitty or fixest, a script',
    },
    output: {
      type: 'string',
      short: 'o',
      value: 'OUT',
      help: 'the file to write; standard output without it',
    },
  },
};

/** Writes the page; 1 where an estimate could not run or is unreliable, or something that must hold does not. The page says so too. */
export async function report({ positionals, values }: ParsedArguments): Promise<number> {
  const output = text(values, 'output');
  const format = reportFormat(values, output);
  const spec = await readOneSpec(positionals);
  const script = SCRIPT_FORMATS.find(({ id }) => id === format);
  if (script !== undefined) return writeScript(script, spec, output);
  const page = await pageOf(spec, values);
  if (format === 'md') await writeMarkdown(page, output);
  else if (format === 'html') await write(output, reportDocument(page));
  else if (page.methods === '') throw new UsageError(`There is nothing to tell of: ${page.failure}`);
  else await write(output, `${page.methods}\n`);
  return isSound(page) ? 0 : 1;
}

/** What is asked for, or what the ending of the file says. Nothing is written over a file of another kind. */
function reportFormat(values: OptionValues, output: string | undefined): string {
  const asked = choice(values, 'format', FORMATS);
  if (output === undefined) return asked;
  const implied = ENDINGS.get(extname(output).toLowerCase());
  if (implied === undefined)
    throw new UsageError(`${output} is not a page. Name a .html file, or one that ends in ${others()}.`);
  if (values['format'] === undefined) return implied[0] ?? asked;
  if (!implied.includes(asked)) throw new UsageError(`--format ${asked} does not go with ${output}.`);
  return asked;
}

function others(): string {
  return [...ENDINGS.keys()].filter((ending) => !ending.startsWith('.htm')).join(', ');
}

/** A script says in its comments what it leaves out; on standard error it is said too. */
async function writeScript(
  script: ScriptFormat,
  spec: SpecFile,
  output: string | undefined,
): Promise<number> {
  const analysis = analyse(spec.text);
  const { text: written, notes } = script.write(analysis);
  writeNotes(spec.name, notes);
  await write(output, written);
  return analysis.diagnostics.some(({ severity }) => severity === 'error') ? 1 : 0;
}

/** Pictures go into a folder named after the text; where the text goes to standard output there are none. */
async function writeMarkdown(page: ReportPage, output: string | undefined): Promise<void> {
  const folder = output === undefined ? null : `${basename(output, extname(output))}-pictures`;
  const { text: written, pictures } = reportMarkdown(page, folder);
  await write(output, written);
  if (output === undefined || folder === null || pictures.length === 0) return;
  const place = join(dirname(output), folder);
  await mkdir(place, { recursive: true }).catch((error: unknown) => {
    throw new UsageError(
      `${place} cannot be made: ${error instanceof Error ? error.message : String(error)}.`,
    );
  });
  for (const { file, svg } of pictures) await save(join(place, file), svg);
}

async function write(output: string | undefined, written: string): Promise<void> {
  if (output === undefined) process.stdout.write(written);
  else await save(output, written);
}

function isSound({ report: estimates, tests, faults }: ReportPage): boolean {
  const bad = (estimates?.estimates ?? []).some(
    (outcome) => !outcome.implied && (outcome.kind === 'failure' || !outcome.reliable),
  );
  const error = faults.some(({ severity }) => severity === 'error');
  return estimates !== null && !bad && !error && !tests.some(({ status }) => status === 'failed');
}

async function pageOf(spec: SpecFile, values: OptionValues): Promise<ReportPage> {
  const analysis = analyse(spec.text);
  const override = text(values, 'data');
  const path = dataPath(spec, analysis, override);
  const { description, survey } = await surveySpecData(analysis, path);
  const fault = dataFault(analysis);
  const described = path === null || fault !== null ? null : await describeData(analysis, path);
  const seed = wholeNumber(values, 'seed', 0);
  const progress = progressLine(values['quiet'] === true);
  const answer = await estimateSpec(analysis, path, seed === undefined ? {} : { seed }, {
    workerPath: WORKER_PATH,
    onProgress: progress.report,
  });
  progress.done();
  const snapshot = snapshotOf(analysis);
  const drawn = await drawingOf(snapshot);
  const found = description?.kind === 'description' ? description : null;
  const unread = description?.kind === 'failure' ? description : null;
  const verdict = verdictOf(analysis);
  return {
    title: snapshot.title ?? spec.name,
    file: spec.name,
    question: questionText(analysis),
    drawing: drawn.kind === 'drawing' ? drawn.drawing : null,
    undrawn: drawn.kind === 'drawing' ? '' : `${drawn.message}.`,
    verdict,
    ways: waysOf(analysis),
    roles: rolesOf(snapshot),
    assumptions: assumptionsOf(snapshot),
    data: {
      name: path === null ? null : (override ?? analysis.data.path ?? path),
      rows: found?.rows ?? null,
      described: described?.kind === 'profiled' ? { ...described, file: basename(path ?? '') } : null,
      unread: described?.kind === 'failure' ? described.message : (fault?.message ?? ''),
    },
    report: answer.kind === 'report' ? answer.report : null,
    failure: answer.kind === 'report' ? '' : answer.message,
    methods: answer.kind === 'report' ? methodText(analysis, answer.report, { data: path, seed }) : '',
    tests: specTests({
      analysis,
      survey: unread ?? survey,
      estimates: answer.kind === 'report' ? answer.byPlan : answer,
    }),
    faults: faultsOf(analysis),
    spec: spec.text,
    reproduction: await reproductionOf(spec, path, override, seed),
  };
}

/** What the rows hold, by group of the treatment. */
function describeData(analysis: Analysis, path: string): Promise<ProfiledFile | DataFailure> {
  const data = profiledData(analysis);
  const roles = profiledRoles(analysis);
  return runJob<'profile'>({ kind: 'profile', path, data, roles, byArm: true }, { workerPath: WORKER_PATH });
}

/** What is wrong with the text, in its order. */
function faultsOf({ diagnostics, text: source }: Analysis): ReportPage['faults'] {
  const lines = createLineIndex(source);
  return diagnostics
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ severity, message, range }) => ({
      severity,
      message,
      line: positionAt(lines, range.start).line + 1,
    }));
}

async function save(path: string, page: string): Promise<void> {
  await writeFile(path, page).catch((error: unknown) => {
    throw new UsageError(
      `${path} cannot be written: ${error instanceof Error ? error.message : String(error)}.`,
    );
  });
}
