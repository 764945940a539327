/** Why the parts of an effect cannot be told apart, in words. */

import type { MediationObstacle } from '../../engine/graph/id/mediation.ts';
import type { Node } from '../../engine/model/model.ts';
import { pathText } from './paths.ts';
import type { Structure } from './structure.ts';

/** What forbids to split an effect, and what to do about it. */
export function mediationObstacleText(obstacle: MediationObstacle, structure: Structure): string {
  const { names } = structure.graph;
  const path = (each: Parameters<typeof pathText>[0]): string => pathText(each, structure);
  const set = (nodes: readonly Node[]): string =>
    `{${nodes
      .map((node) => names[node] ?? '')
      .sort()
      .join(', ')}}`;
  switch (obstacle.kind) {
    case 'total-effect':
      return `Even the whole effect is not identified without assumptions beyond the graph: hedge ${set(obstacle.hedge.outer)} around ${set(obstacle.hedge.inner)}.`;
    case 'recanting-witness':
      return `The treatment changes ${names[obstacle.witness]}, which leads to the outcome both through a mediator (${path(obstacle.toMediator)}) and past all of them (${path(obstacle.toOutcome)}). To tell the parts apart it would have to be at two values at once, which no data show. Count it among the mediators, or ask for the whole effect.`;
    case 'recanting-district':
      return `The treatment changes ${names[obstacle.through]} on the way through a mediator and ${names[obstacle.past]} past them, and something unmeasured moves both (${path(obstacle.path)}). So nobody can tell the parts apart: measure that cause, or ask for the whole effect.`;
  }
}
