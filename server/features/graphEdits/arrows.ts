/** Arrows: drawing one, taking one away, turning one round. The graph stays one without circles. */

import { type ArrowBetween, arrowText, isSameArrow } from '../../../engine/report/graphEdit.ts';
import type { Analysis } from '../../analysis/analyse.ts';
import type { MendedEdge } from '../../analysis/mend.ts';
import { drawnEdges, redrawnEdge, withoutEdge } from '../../mends/edges.ts';
import { type GraphEditPlan, planned, refused, type Step } from './plan.ts';

/** Draws an arrow on a line of its own. */
export function addArrow(arrow: ArrowBetween, analysis: Analysis): GraphEditPlan {
  const problem = problemWith(arrow, null, analysis);
  if (problem !== null) return refused(problem);
  const { kind, from, to } = arrow;
  const step: Step = (now) =>
    written(arrow, now) === undefined
      ? drawnEdges(from, [to], now, kind === 'directed' ? '->' : '<->')
      : null;
  return planned(analysis, [step], `Drew ${arrowText(arrow)}.`);
}

/** Takes an arrow away wherever it is written. */
export function deleteArrow(arrow: ArrowBetween, analysis: Analysis): GraphEditPlan {
  if (written(arrow, analysis) === undefined) return refused(gone(arrow));
  return planned(analysis, [taken(arrow)], `Deleted ${arrowText(arrow)}.`);
}

/** Puts another arrow between its two variables in the place of an arrow. */
export function redrawArrow(arrow: ArrowBetween, as: ArrowBetween, analysis: Analysis): GraphEditPlan {
  if (written(arrow, analysis) === undefined) return refused(gone(arrow));
  const problem = problemWith(as, arrow, analysis);
  if (problem !== null) return refused(problem);
  const redraw: Step = (now) => {
    const edge = written(arrow, now);
    return edge === undefined || written(as, now) !== undefined ? null : redrawnEdge(edge, as, now);
  };
  // What is written twice is redrawn once.
  return planned(analysis, [redraw, taken(arrow)], `Made it ${arrowText(as)}.`);
}

function taken(arrow: ArrowBetween): Step {
  return (analysis) => {
    const edge = written(arrow, analysis);
    return edge === undefined ? null : withoutEdge(edge, analysis);
  };
}

/** The arrow where it is first written; undefined where it is not. */
function written(arrow: ArrowBetween, { structure }: Analysis): MendedEdge | undefined {
  const { names } = structure.graph;
  for (const { kind, from, to, range } of structure.edges) {
    const edge = { kind, from: names[from] ?? '', to: names[to] ?? '', range };
    if (isSameArrow(edge, arrow)) return edge;
  }
  return undefined;
}

function gone(arrow: ArrowBetween): string {
  return `${arrowText(arrow)} is not in the text any more.`;
}

/** Why an arrow cannot be drawn, in the place of another where one is given; null where it can. */
function problemWith(arrow: ArrowBetween, instead: ArrowBetween | null, analysis: Analysis): string | null {
  const { kind, from, to } = arrow;
  const missing = [from, to].find((name) => !analysis.structure.nodes.has(name));
  if (missing !== undefined) return `${missing} is not declared in the text any more.`;
  if (from === to) return `${from} cannot be its own cause. Draw the arrow to another variable.`;
  if (written(arrow, analysis) !== undefined) return `${arrowText(arrow)} is already in the graph.`;
  if (kind === 'bidirected') return null;
  const back = wayBetween(to, from, instead, analysis);
  if (back === null) return null;
  if (back.length === 2)
    return `${to} → ${from} is already in the graph, and only one of the two can be the cause. Turn that arrow round; or, if something unmeasured moves both, draw ${from} ↔ ${to}.`;
  return `${from} → ${to} would close a circle: ${shortened([...back, to]).join(' → ')}. Each would cause itself. Delete or turn round one of these arrows first.`;
}

/** Names of a circle that are told; of a longer one the middle is left out. */
const MOST_TOLD = 8;

function shortened(names: readonly string[]): readonly string[] {
  return names.length <= MOST_TOLD ? names : [...names.slice(0, MOST_TOLD / 2), '…', ...names.slice(-2)];
}

/** A shortest way along directed arrows, its ends included, that does without one arrow; null where there is none. */
function wayBetween(
  from: string,
  to: string,
  without: ArrowBetween | null,
  { structure }: Analysis,
): readonly string[] | null {
  const { names } = structure.graph;
  const effects = new Map<string, string[]>();
  for (const edge of structure.edges) {
    const arrow = { kind: edge.kind, from: names[edge.from] ?? '', to: names[edge.to] ?? '' };
    if (arrow.kind === 'bidirected' || (without !== null && isSameArrow(arrow, without))) continue;
    const known = effects.get(arrow.from);
    if (known === undefined) effects.set(arrow.from, [arrow.to]);
    else known.push(arrow.to);
  }
  const cameFrom = new Map<string, string | null>([[from, null]]);
  // The queue grows as it is gone through.
  const queue = [from];
  for (const name of queue) {
    if (name === to) return wayBack(to, cameFrom);
    for (const effect of effects.get(name) ?? []) {
      if (cameFrom.has(effect)) continue;
      cameFrom.set(effect, name);
      queue.push(effect);
    }
  }
  return null;
}

function wayBack(to: string, cameFrom: ReadonlyMap<string, string | null>): readonly string[] {
  const way = [to];
  for (let name = cameFrom.get(to) ?? null; name !== null; name = cameFrom.get(name) ?? null)
    way.unshift(name);
  return way;
}
