/** The same questions about the same graphs, asked of the engine and of its peers, and how their times compare. Only with `--peers`. */

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checkAdjustment } from '../../engine/graph/adjustment/adjustment.ts';
import { minimalAdjustmentSet, optimalAdjustmentSet } from '../../engine/graph/adjustment/adjustmentSets.ts';
import { type Effect, poseEffect } from '../../engine/graph/effect.ts';
import { frontDoorSets } from '../../engine/graph/frontdoor.ts';
import { causalGraph } from '../../engine/graph/kernel/graph.ts';
import { nodeSet } from '../../engine/graph/kernel/nodeSet.ts';
import { createWorkspace, type Workspace, wholeGraph } from '../../engine/graph/kernel/reachability.ts';
import { separated } from '../../engine/graph/separation/separation.ts';
import type { Node } from '../../engine/model/model.ts';
import { figure, printTable, summary } from '../lib/measure.ts';
import { installPeers, type PeerSet } from '../lib/peers.ts';
import { type Asked, questionsOf, randomGraph } from './graphs.ts';

const PEERS: PeerSet = {
  folder: 'peers',
  packages: ['ciflypy==0.1.3', 'pgmpy==1.1.2'],
  modules: ['ciflypy', 'pgmpy.base'],
};

type Answer = boolean | readonly Node[] | null;

interface ComparedQuery {
  readonly name: string;
  readonly ask: (effect: Effect, given: readonly Node[]) => Answer;
  /** Without the effect posed first, where the question needs none. */
  readonly direct?: (effect: Effect, workspace: Workspace, given: readonly Node[]) => Answer;
  /** Only about graphs without `<->` and latent nodes. */
  readonly plain?: boolean;
  /** Whether another answer is as right as ours (default: the same). */
  readonly agrees?: (effect: Effect, ours: Answer, theirs: Answer) => boolean;
}

const QUERIES: readonly ComparedQuery[] = [
  {
    name: 'd-separation',
    ask: () => null,
    direct: ({ graph, query }, workspace, given) =>
      separated(
        wholeGraph(graph, workspace),
        query.treatment,
        nodeSet(graph.size, query.outcome),
        nodeSet(graph.size, given),
      ),
  },
  { name: 'validity of a set', ask: (effect, given) => checkAdjustment(effect, given).valid },
  { name: 'one minimal set', ask: (effect) => minimalAdjustmentSet(effect), agrees: isMinimal },
  { name: 'optimal set', ask: (effect) => optimalAdjustmentSet(effect), plain: true },
  {
    name: 'front-door',
    ask: (effect) => {
      const list = frontDoorSets(effect, 1);
      return list.kind === 'front-door' && list.sets.length > 0;
    },
    plain: true,
  },
];

/** Two peers may name different minimal sets: each has to be valid, and none of its members spare. */
function isMinimal(effect: Effect, ours: Answer, theirs: Answer): boolean {
  if (!Array.isArray(theirs) || ours === null) return theirs === ours;
  const valid = (set: readonly Node[]) => checkAdjustment(effect, set).valid;
  return valid(theirs) && theirs.every((node) => !valid(theirs.filter((other) => other !== node)));
}

interface Case {
  readonly size: number;
  readonly degree: number;
  readonly kind: string;
  readonly line: string;
  readonly effects: readonly Effect[];
  /** By the query's name: our answers, and the median time in milliseconds. */
  readonly ours: ReadonlyMap<string, { readonly answers: readonly Answer[]; readonly ms: number }>;
}

type Told = Readonly<
  Record<string, { readonly answers: readonly Answer[] | null; readonly ms: number | null }>
>;

const SIZES = [10, 100, 1_000, 10_000, 100_000];
const DEGREES = [2, 4, 8];
const KINDS = [
  { kind: 'DAG', arcs: 0, latent: 0 },
  { kind: 'arcs, latents', arcs: 0.1, latent: 0.1 },
];
const QUESTIONS = 8;
/** Milliseconds spent on one query about one case, at least one run a question. */
const PATIENCE = 60;

function caseOf(size: number, degree: number, { kind, arcs, latent }: (typeof KINDS)[number]): Case {
  const model = randomGraph({ size, degree, arcs, latent }, 1000 * degree + 1);
  const graph = causalGraph(model);
  const asked = questionsOf(model, QUESTIONS, degree);
  const workspace = createWorkspace();
  const queries = QUERIES.filter(({ plain }) => !plain || arcs === 0);
  const effects = asked.map(({ query }) => posed(graph, query, workspace));
  const ours = new Map(queries.map((query) => [query.name, timesOf(query, asked, effects, workspace)]));
  const pairs = (edges: typeof model.directed) => edges.map(({ from, to }) => [from, to]);
  const line = JSON.stringify({
    size,
    degree,
    directed: pairs(model.directed),
    bidirected: pairs(model.bidirected),
    latent: model.variables.flatMap((variable, node) => (variable.latent ? [node] : [])),
    queries: queries.map(({ name }) => name),
    questions: asked.map(({ query, given }) => ({ x: query.treatment[0], y: query.outcome[0], given })),
  });
  return { size, degree, kind, line, effects, ours };
}

function posed(graph: Effect['graph'], query: Asked['query'], workspace: Workspace): Effect {
  const effect = poseEffect(graph, query, workspace);
  if (effect.kind === 'failure') throw new Error(effect.message);
  return effect;
}

/** Posing the effect counts: a peer has to find the causal and the forbidden nodes as well. */
function timesOf(
  query: ComparedQuery,
  asked: readonly Asked[],
  effects: readonly Effect[],
  workspace: Workspace,
) {
  const answers: Answer[] = [];
  const medians = asked.map(({ query: about, given }, index) => {
    const { graph } = effects[index]!;
    const answer = (): Answer =>
      query.direct === undefined
        ? query.ask(posed(graph, about, workspace), given)
        : query.direct(effects[index]!, workspace, given);
    answers.push(answer());
    const end = performance.now() + PATIENCE / asked.length;
    const durations: number[] = [];
    do {
      const start = performance.now();
      answer();
      durations.push(performance.now() - start);
    } while (performance.now() < end);
    return summary(durations).median;
  });
  return { answers, ms: summary(medians).median };
}

/** What one peer said of each case, from a process of its own. */
function answersOf(python: string, peer: string, cases: readonly Case[], folder: string): Told[] {
  const [asked, told] = [path.join(folder, 'cases.jsonl'), path.join(folder, `${peer}.jsonl`)];
  fs.writeFileSync(asked, `${cases.map(({ line }) => line).join('\n')}\n`);
  const script = path.join(process.env['CAUSAL_BENCH_ROOT'] ?? '.', 'bench/identify/peers/answer.py');
  const { status } = spawnSync(python, [script, peer, asked, told], {
    stdio: 'inherit',
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  });
  if (status !== 0) throw new Error(`${peer} failed`);
  return fs
    .readFileSync(told, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Told);
}

/** The peer's cells of a row: its time, and ours as a multiple of it. */
function compared(one: Case, query: ComparedQuery, peer: string, told: Told): string[] {
  const theirs = told[query.name];
  const ours = one.ours.get(query.name);
  if (theirs === undefined || ours === undefined) return ['', ''];
  if (theirs.answers === null || theirs.ms === null) return ['> 2 s', ''];
  const agrees = query.agrees ?? ((_, mine, other) => JSON.stringify(mine) === JSON.stringify(other));
  const differ = theirs.answers.flatMap((answer, index) =>
    agrees(one.effects[index]!, ours.answers[index]!, answer) ? [] : [index],
  );
  if (differ.length > 0) {
    console.log(
      `!!! ${peer} answers otherwise: ${query.name}, ${one.kind}, n = ${one.size}, degree ${one.degree}, questions ${differ.join(', ')}`,
    );
    return ['differs', ''];
  }
  return [figure(1000 * theirs.ms), theirs.ms === 0 ? '' : `${figure(ours.ms / theirs.ms)}×`];
}

function main(): void {
  const peers = installPeers(PEERS);
  if (peers.kind === 'missing') {
    console.log(peers.message);
    return;
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'causal-peers-'));
  process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  // The compiler has seen every query before the first that counts.
  for (const kind of KINDS) for (const degree of DEGREES) caseOf(100, degree, kind);
  const cases = KINDS.flatMap((kind) =>
    DEGREES.flatMap((degree) => SIZES.map((size) => caseOf(size, degree, kind))),
  );
  const names = ['ciflypy', 'pgmpy'];
  const told = names.map((peer) => answersOf(peers.python, peer, cases, folder));
  const rows = QUERIES.flatMap((query) =>
    cases.flatMap((one, index) => {
      const ours = one.ours.get(query.name);
      if (ours === undefined) return [];
      const cells = names.flatMap((peer, place) => compared(one, query, peer, told[place]![index]!));
      return [
        [
          `${query.name}, ${one.kind}, degree ${one.degree}`,
          String(one.size),
          figure(1000 * ours.ms),
          ...cells,
        ],
      ];
    }),
  );
  printTable(['median µs', 'n', 'ours', ...names.flatMap((name) => [name, 'ratio'])], rows);
}

main();
