/** What a picture of the graph shows, from an analysis. */

import { isZeroEffect } from '../../engine/graph/effect.ts';
import { findCycles } from '../../engine/graph/kernel/cycles.ts';
import { createWorkspace, wholeGraph } from '../../engine/graph/kernel/reachability.ts';
import { listPaths } from '../../engine/graph/paths/paths.ts';
import type { RoleReason } from '../../engine/graph/roles/roles.ts';
import type { Node } from '../../engine/model/model.ts';
import {
  DRAWN_ROLES,
  type GraphSnapshot,
  type SnapshotEdge,
  type SnapshotNode,
  type SnapshotQuestion,
} from '../../engine/report/snapshot.ts';
import { nameList } from '../../engine/wording.ts';
import type { Analysis } from './analyse.ts';
import { askedEffects } from './askedEffects.ts';
import { type EffectAnswers, heldSet, isValidSet } from './effectAnswers.ts';
import { pathEdges, pathText } from './paths.ts';
import { nodesOf } from './question.ts';
import { rolesFor } from './roles.ts';
import { drawnRole, explainRoles, type RoleNames, toldRoles } from './roleWords.ts';
import { snapshotPaths } from './snapshotPaths.ts';
import type { WrittenEdge } from './structure.ts';
import { verdictOf } from './verdict.ts';

/** Open paths shown at once. */
const SHOWN_PATHS = 5;

/** The snapshot of the model with its default question. */
export function snapshotOf(analysis: Analysis): GraphSnapshot {
  const question = drawnQuestion(analysis);
  const cyclic = cyclicEdges(analysis);
  return {
    title: titleOf(analysis),
    nodes: snapshotNodes(analysis, question),
    edges: analysis.structure.edges.map((edge) => snapshotEdge(edge, analysis, question, cyclic)),
    verdict: verdictOf(analysis),
    openPaths: question?.paths ?? [],
    question: question === null ? null : snapshotQuestion(analysis, question),
  };
}

/** The title of the `model` statement; undefined without one. */
export function titleOf({ document }: Pick<Analysis, 'document'>): string | undefined {
  return document.statements.find((statement) => statement.kind === 'model')?.title?.value;
}

/** The question as far as a picture shows it; null where there is none to ask. */
interface DrawnQuestion {
  readonly answers: EffectAnswers;
  readonly set: readonly Node[];
  readonly roles: readonly (readonly RoleReason[])[];
  readonly adjusted: ReadonlySet<Node>;
  readonly biasing: ReadonlySet<WrittenEdge>;
  readonly paths: readonly string[];
  readonly names: RoleNames;
}

function drawnQuestion(analysis: Analysis): DrawnQuestion | null {
  const { question, structure } = analysis;
  if (question.treatment.length === 0 || question.outcome.length === 0) return null;
  const answers = analysis.answersOf(nodesOf(question.treatment), nodesOf(question.outcome));
  if ('code' in answers) return null;
  const set = heldSet(answers, question.adjusted === null ? null : nodesOf(question.adjusted));
  const listed = listPaths(answers.effect, set, { which: 'biasing', limit: SHOWN_PATHS });
  const named = (nodes: readonly Node[]): string =>
    nameList(nodes.map((node) => structure.graph.names[node] ?? ''));
  return {
    answers,
    set,
    roles: rolesFor(answers, question),
    adjusted: new Set(set),
    biasing: new Set(listed.paths.flatMap(({ path }) => pathEdges(path, structure))),
    paths: listed.paths.map(({ path }) => pathText(path, structure)),
    names: {
      treatment: named(answers.effect.query.treatment),
      outcome: named(answers.effect.query.outcome),
      severalTreatments: answers.effect.query.treatment.length > 1,
      structure,
    },
  };
}

function snapshotQuestion(analysis: Analysis, { answers, set }: DrawnQuestion): SnapshotQuestion {
  const { structure } = analysis;
  const { effect } = answers;
  const named = (nodes: readonly Node[]): string[] => nodes.map((node) => structure.graph.names[node] ?? '');
  const { paths, more } = snapshotPaths(effect, set, structure);
  return {
    effects: askedEffects(analysis),
    effect: { treatment: named(effect.query.treatment), outcome: named(effect.query.outcome) },
    paths,
    morePaths: more,
    valid: isValidSet(effect, set),
    changes: null,
  };
}

function cyclicEdges({ structure }: Analysis): ReadonlySet<WrittenEdge> {
  const cycles = findCycles(wholeGraph(structure.graph, createWorkspace()));
  const edges = cycles.flatMap((cycle) =>
    pathEdges({ nodes: [...cycle, ...cycle.slice(0, 1)], arrows: cycle.map(() => '→' as const) }, structure),
  );
  return new Set([...edges, ...structure.edges.filter(({ from, to }) => from === to)]);
}

function snapshotNodes(analysis: Analysis, question: DrawnQuestion | null): SnapshotNode[] {
  return analysis.structure.model.variables.map(({ name, latent }, node) => {
    const reasons = question?.roles[node] ?? [];
    const roles = reasons.length > 0 ? reasons.map(({ role }) => role) : latent ? (['latent'] as const) : [];
    return {
      name,
      role: drawnRole(roles, DRAWN_ROLES),
      roles,
      latent,
      adjusted: question?.adjusted.has(node) ?? false,
      note: analysis.symbols.declarations.get(name)?.note,
      description: question === null ? '' : explainRoles(toldRoles(reasons), question.names).join(' '),
    };
  });
}

function snapshotEdge(
  edge: WrittenEdge,
  { structure }: Analysis,
  question: DrawnQuestion | null,
  cyclic: ReadonlySet<WrittenEdge>,
): SnapshotEdge {
  return {
    from: structure.graph.names[edge.from] ?? '',
    to: structure.graph.names[edge.to] ?? '',
    kind: edge.kind,
    note: edge.statement.note?.value,
    causal: question !== null && isCausal(edge, question.answers),
    biasing: question?.biasing.has(edge) ?? false,
    onCycle: cyclic.has(edge),
  };
}

/** On a directed path from treatment to outcome: from the treatment or a causal node to a causal node. */
function isCausal({ kind, from, to }: WrittenEdge, { effect }: EffectAnswers): boolean {
  if (kind === 'bidirected' || isZeroEffect(effect)) return false;
  const starts = effect.treatment[from] === 1 || effect.causal[from] === 1;
  return starts && effect.causal[to] === 1 && effect.treatment[to] === 0;
}
