import { writeFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { createLineIndex, positionAt } from '../../grammar/lineIndex.ts';
import { type Analysis, analyse, dataFault } from '../../server/analysis/analyse.ts';
import { profiledData, profiledRoles } from '../../server/analysis/profiling.ts';
import { snapshotOf } from '../../server/analysis/snapshot.ts';
import { specTests } from '../../server/analysis/specTests.ts';
import { verdictOf } from '../../server/analysis/verdict.ts';
import { methodText } from '../../server/exchange/methodText.ts';
import { estimateSpec } from '../../server/jobs/estimateSpec.ts';
import type { DataFailure } from '../../server/jobs/failure.ts';
import type { ProfiledFile } from '../../server/jobs/protocol.ts';
import { runJob } from '../../server/jobs/runJob.ts';
import { reportDocument } from '../../views/report/reportDocument.tsx';
import type { ReportPage } from '../../views/report/reportPage.ts';
import {
  type CommandSpec,
  type OptionValues,
  type ParsedArguments,
  text,
  UsageError,
  wholeNumber,
} from '../arguments.ts';
import { drawingOf } from '../drawing.ts';
import { readOneSpec, type SpecFile } from '../input.ts';
import { dataPath, surveySpecData, WORKER_PATH } from '../jobs.ts';
import { reproductionOf } from '../output/report/reproduction.ts';
import { assumptionsOf, questionText, rolesOf, waysOf } from '../output/report/sections.ts';
import { progressLine } from '../progress.ts';

export const reportCommand: CommandSpec = {
  name: 'report',
  usage: 'causal report FILE -o OUT.html',
  summary: 'writes one page with the question, the graph, the data and the estimates',
  example: 'causal report examples/music/music.causal -o music.html',
  options: {
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
  if (output !== undefined && !/^\.html?$/i.test(extname(output))) {
    throw new UsageError(`${output} is not a page. Name a .html file.`);
  }
  const spec = await readOneSpec(positionals);
  const page = await pageOf(spec, values);
  const written = reportDocument(page);
  if (output === undefined) process.stdout.write(written);
  else await save(output, written);
  return isSound(page) ? 0 : 1;
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
