/** Answers what the extension asks beyond the standard protocol. */

import type { CancellationToken, Connection } from 'vscode-languageserver';
import { readGraphEdit } from '../../engine/report/graphEdit.ts';
import { readSupposition } from '../../engine/report/readSupposition.ts';
import { fromWire, toWire } from '../../engine/report/wire.ts';
import { planEstimation } from '../analysis/estimation.ts';
import { nameAt } from '../analysis/mentions.ts';
import { snapshotOf } from '../analysis/snapshot.ts';
import { supposedSnapshot } from '../analysis/suppose.ts';
import { editGraph } from '../features/graphEdits/editGraph.ts';
import { lspRange } from '../features/places.ts';
import { rankDataFiles } from '../features/rankData.ts';
import { stateOfPaths } from '../jobs/dataPaths.ts';
import {
  dataStateRequest,
  describeDataRequest,
  describePairRequest,
  type EstimateAnswer,
  type EstimateParams,
  estimateProgress,
  estimateRequest,
  estimateStages,
  exportGraphRequest,
  type GraphAnswer,
  type GraphEditAnswer,
  graphEditRequest,
  graphFormatsRequest,
  graphRequest,
  importGraphRequest,
  type LocateEstimateParams,
  locateEstimateRequest,
  locateRequest,
  type RequestDescriptor,
  rankDataRequest,
  sharedTextRequest,
  variableAtRequest,
  whatIfRequest,
} from '../protocol.ts';
import { safely } from '../safely.ts';
import { describedDocuments } from './describeDocument.ts';
import { notify } from './notify.ts';
import { runEstimates } from './runEstimates.ts';
import type { Server } from './server.ts';

/** Registers the handlers. */
export function answerOwnRequests(server: Server): void {
  const { connection, documents, session } = server;
  answer(connection, graphRequest, null, ({ uri }) => graphOf(server, uri));
  answer(connection, whatIfRequest, null, (params) => {
    const supposition = readSupposition(params);
    const document = supposition === null ? undefined : documents.get(params.uri);
    return supposition === null || document === undefined
      ? null
      : supposedSnapshot(session.specOf(document).analysis, supposition);
  });
  answer(
    connection,
    estimateRequest,
    failedRun('job-failed', 'The language server failed.'),
    (params, token) => estimateOf(server, params, token),
  );
  answer(connection, locateRequest, null, ({ uri, name }) => {
    const document = documents.get(uri);
    const range = document && session.specOf(document).analysis.symbols.declarations.get(name)?.range;
    return document === undefined || range === undefined ? null : lspRange(document, range);
  });
  answer(connection, locateEstimateRequest, null, (asked) => placeOfEstimate(server, asked));
  answer(connection, dataStateRequest, null, ({ uri }) => dataStateOf(server, uri));
  answer(connection, variableAtRequest, null, ({ uri, position }) => {
    const document = documents.get(uri);
    if (document === undefined) return null;
    return nameAt(session.specOf(document).analysis, document.offsetAt(position))?.text ?? null;
  });
  answer(
    connection,
    graphEditRequest,
    { kind: 'refused', message: 'The language server failed. Its log says where.' },
    (params) => graphEditOf(server, params),
  );
  answer(connection, rankDataRequest, [], ({ uri, paths }) => {
    const document = documents.get(uri);
    return document === undefined ? [] : rankDataFiles(session.specOf(document).analysis, paths);
  });
  const described = describedDocuments(server);
  answer(connection, describeDataRequest, UNDESCRIBED, (params) => {
    const { uri } = members(params);
    return described.describe(String(uri));
  });
  answer(connection, describePairRequest, UNDESCRIBED, (params) => {
    const { uri, x, y } = members(params);
    return described.pair(String(uri), String(x), String(y));
  });
  answer(connection, graphFormatsRequest, [], async () => (await exchange()).graphFormats());
  answer(connection, exportGraphRequest, { ...FAILED, code: 'server-failed' }, async (params) => {
    const { uri, format } = members(params);
    const document = typeof uri === 'string' ? documents.get(uri) : undefined;
    return (await exchange()).exportGraph(document === undefined ? null : session.specOf(document), format);
  });
  answer(connection, sharedTextRequest, { ...FAILED, code: 'server-failed' }, async (params) => {
    const { uri, what, report } = members(params);
    const document = typeof uri === 'string' ? documents.get(uri) : undefined;
    const spec = document === undefined ? null : session.specOf(document);
    return (await import('../features/sharedText.ts')).sharedText(spec, what, fromWire(report));
  });
  answer(
    connection,
    importGraphRequest,
    { ...FAILED, code: 'server-failed', line: null, column: null, notes: [] },
    async (params) => {
      const { text, fileName, format } = members(params);
      return (await exchange()).importGraph(text, fileName, format);
    },
  );
}

/** The languages of other tools are many, and few sessions need one: they are loaded at the first question. */
const exchange = () => import('../features/exchangeGraphs.ts');

const FAILED = { kind: 'failure', message: 'The language server failed. Its log says where.' } as const;

const UNDESCRIBED = { ...FAILED, code: 'job-failed' } as const;

/** What is sent may be no object, and its members anything. */
function members(params: unknown): Readonly<Record<string, unknown>> {
  return typeof params === 'object' && params !== null ? { ...params } : {};
}

function answer<Params, Result>(
  connection: Connection,
  { method }: RequestDescriptor<Params, Result>,
  nothing: Result,
  work: (params: Params, token: CancellationToken) => Result | Promise<Result>,
): void {
  connection.onRequest<unknown, void>(method, (params: Params, token: CancellationToken) =>
    safely<unknown>(connection, token, nothing, async () => toWire(await work(params, token))),
  );
}

function graphOf({ documents, session }: Server, uri: string): GraphAnswer | null {
  const document = documents.get(uri);
  if (document === undefined) return null;
  const { analysis } = session.specOf(document);
  const broken = analysis.diagnostics.some(({ code }) => code === 'syntax' || code === 'comment-style');
  return { version: document.version, snapshot: snapshotOf(analysis), broken };
}

function graphEditOf({ documents, session }: Server, params: unknown): GraphEditAnswer {
  const { uri, version, edit } = members(params);
  const document = typeof uri === 'string' ? documents.get(uri) : undefined;
  const change = readGraphEdit(edit);
  if (document === undefined) return { kind: 'refused', message: 'The document is not open.' };
  if (change === null)
    return { kind: 'refused', message: 'The editor and the language server are of different versions.' };
  if (document.version !== version)
    return { kind: 'refused', message: 'The text has changed in the meantime. Please try again.' };
  const plan = editGraph(change, session.specOf(document));
  if (plan.kind === 'refused') return plan;
  const edits = plan.edits.map(({ range, text }) => ({ range: lspRange(document, range), text }));
  return { kind: 'edits', edits, told: plan.told };
}

async function estimateOf(
  server: Server,
  { uri, run }: EstimateParams,
  token: CancellationToken,
): Promise<EstimateAnswer> {
  const { connection, documents } = server;
  const document = documents.get(uri);
  if (document === undefined) return failedRun('job-failed', 'The document is not open.');
  const { version } = document;
  // Before the rows are read: what is written while they are makes the numbers old.
  const dataState = await dataStateOf(server, uri);
  const result = await runEstimates(
    server,
    document,
    token,
    (stage, fraction) => {
      notify(() => connection.sendNotification(estimateProgress.method, { run, stage, fraction }));
    },
    (stages) => notify(() => connection.sendNotification(estimateStages.method, { run, stages })),
  );
  if (result.kind === 'failure') return failedRun(result.code, result.message);
  return { kind: 'report', version, report: result.report, dataState };
}

async function dataStateOf({ documents, session }: Server, uri: string): Promise<string | null> {
  const document = documents.get(uri);
  const path = document === undefined ? null : session.specOf(document).dataPath;
  return path === null ? null : stateOfPaths(path);
}

/** Of several that are called alike the first. */
function placeOfEstimate({ documents, session }: Server, asked: LocateEstimateParams) {
  const document = documents.get(asked.uri);
  if (document === undefined) return null;
  const found = planEstimation(session.specOf(document).analysis).planned.find((estimate) => {
    const { name, method, treatment, outcome } = estimate.kind === 'plan' ? estimate.plan : estimate.failure;
    return (
      estimate.range !== null &&
      name === asked.name &&
      method === asked.method &&
      treatment === asked.treatment &&
      outcome === asked.outcome
    );
  });
  const range = found?.range ?? null;
  return range === null ? null : lspRange(document, range);
}

function failedRun(code: string, message: string): EstimateAnswer {
  return { kind: 'failure', code, message };
}
