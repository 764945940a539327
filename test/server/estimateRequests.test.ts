/** What the model view asks and hears about estimates beside the estimates. */

import { utimesSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  dataStateRequest,
  type EstimateAnswer,
  type EstimateStages,
  estimateProgress,
  estimateRequest,
  estimateStages,
  locateEstimateRequest,
} from '../../server/protocol.ts';
import { folderWith } from '../support/cli.ts';
import { type RunningServer, startServer } from '../support/languageServer.ts';

const ROWS = Array.from({ length: 120 }, (_row, i) => `${i % 2},${(i * 37) % 11},${(i * 17) % 7}`).join('\n');
const DATA = `x,y,a\n${ROWS}\n`;
const SPEC = `data "d.csv"
variable x, y, a
a -> x, y
x -> y
treatment x
outcome y
estimate regression
estimate ipw as "Weights" {
  refute placebo, e_value
}
estimate ipw as "Weights" {
  estimand att
}
`;

let folder: ReturnType<typeof folderWith>;
let server: RunningServer;
let uri: string;
beforeAll(async () => {
  folder = folderWith({ 'd.csv': DATA, 'a.causal': SPEC });
  uri = pathToFileURL(`${folder.path}/a.causal`).toString();
  server = await startServer();
  await server.open(uri, SPEC);
});
afterAll(async () => {
  expect(await server.stop()).toBe(0);
  folder.remove();
});

it('a run tells all its stages first, and goes through them in order', async () => {
  const told: string[] = [];
  let announced: EstimateStages | null = null;
  server.connection.onNotification(estimateStages.method, (stages: EstimateStages) => {
    expect(told).toEqual([]);
    announced = stages;
  });
  server.connection.onNotification(estimateProgress.method, ({ stage }: { stage: string }) => {
    if (told.at(-1) !== stage) told.push(stage);
  });
  const answer = await server.connection.sendRequest<EstimateAnswer>(estimateRequest.method, {
    uri,
    run: '7',
  });
  expect(answer.kind).toBe('report');
  expect(announced).toEqual({
    run: '7',
    stages: [
      'Starting',
      'Reading d.csv',
      'Estimating Linear regression',
      'Estimating Weights',
      'Refuting Weights: placebo, 100 refits',
      'Refuting Weights: e_value',
      'Estimating Weights',
      'Estimating Unadjusted difference',
    ],
  });
  expect(told).toEqual(announced === null ? [] : (announced as EstimateStages).stages);
});

it('the statement of an estimate is found; of one that nothing asks for none', async () => {
  const locate = (name: string, method: string) =>
    server.connection.sendRequest<{ start: { line: number } } | null>(locateEstimateRequest.method, {
      uri,
      name,
      method,
      treatment: 'x',
      outcome: 'y',
    });
  expect((await locate('Weights', 'ipw'))?.start.line).toBe(7);
  expect((await locate('Linear regression', 'regression'))?.start.line).toBe(6);
  expect(await locate('Unadjusted difference', 'difference')).toBeNull();
  expect(await locate('Weights', 'iv')).toBeNull();
});

it('the state of the data is another once they were written, and that of a run is of before it', async () => {
  const state = () => server.connection.sendRequest<string | null>(dataStateRequest.method, { uri });
  const before = await state();
  expect(before).toEqual(expect.any(String));
  const answer = await server.connection.sendRequest<EstimateAnswer>(estimateRequest.method, {
    uri,
    run: '8',
  });
  expect(answer.kind === 'report' && answer.dataState).toBe(before);
  writeFileSync(`${folder.path}/d.csv`, `${DATA}1,2,3\n`);
  utimesSync(`${folder.path}/d.csv`, new Date(), new Date(Date.now() + 5000));
  expect(await state()).not.toBe(before);
  const none = pathToFileURL(`${folder.path}/none.causal`).toString();
  await server.open(none, 'a -> b\n');
  expect(await server.connection.sendRequest(dataStateRequest.method, { uri: none })).toBeNull();
});
