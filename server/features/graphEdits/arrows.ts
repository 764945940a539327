/** Arrows: drawing one, taking one away, turning one round. The graph stays one without circles. */

import { arrowProblem } from '../../../engine/report/arrowProblem.ts';
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
function written(arrow: ArrowBetween, analysis: Analysis): MendedEdge | undefined {
  return arrowsOf(analysis).find((edge) => isSameArrow(edge, arrow));
}

function gone(arrow: ArrowBetween): string {
  return `${arrowText(arrow)} is not in the text any more.`;
}

/** Why an arrow cannot be drawn, in the place of another where one is given; null where it can. */
function problemWith(arrow: ArrowBetween, instead: ArrowBetween | null, analysis: Analysis): string | null {
  const missing = [arrow.from, arrow.to].find((name) => !analysis.structure.nodes.has(name));
  if (missing !== undefined) return `${missing} is not declared in the text any more.`;
  return arrowProblem(arrow, arrowsOf(analysis), instead);
}

function arrowsOf({ structure }: Analysis): readonly MendedEdge[] {
  const { names } = structure.graph;
  return structure.edges.map(({ kind, from, to, range }) => ({
    kind,
    from: names[from] ?? '',
    to: names[to] ?? '',
    range,
  }));
}
