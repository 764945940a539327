/** What a variable is for an effect, in words for a person who has never heard of a collider. */

import type { Role, RoleReason } from '../../engine/graph/roles.ts';
import type { DrawnRole } from '../../engine/report/snapshot.ts';
import { pathText } from './paths.ts';
import type { Structure } from './structure.ts';

/** The names that a sentence about a role needs. */
export interface RoleNames {
  readonly treatment: string;
  readonly outcome: string;
  readonly structure: Structure;
}

/** For each role of one variable, one or two sentences on why it has the role, and what follows for the effect. */
export function explainRoles(reasons: readonly RoleReason[], names: RoleNames): readonly string[] {
  const measured = reasons.every(({ role }) => role !== 'latent');
  return reasons.map(
    (reason) => (measured ? null : explainUnmeasured(reason, names)) ?? explainRole(reason, names),
  );
}

/** For a variable that nobody measured: what is said otherwise where the advice would be to adjust for it. */
function explainUnmeasured({ role }: RoleReason, { treatment, outcome }: RoleNames): string | null {
  switch (role) {
    case 'confounder':
      return `Causes both ${treatment} and ${outcome}, so it makes them move together even where there is no effect. Only a measured variable on its way to either of them could stop that.`;
    case 'on a back-door path':
      return `Lies on a path that joins ${treatment} and ${outcome} without being part of the effect.`;
    case 'precision variable':
      return `Causes ${outcome} and has nothing to do with ${treatment}.`;
    default:
      return null;
  }
}

function explainRole(reason: RoleReason, names: RoleNames): string {
  const { treatment, outcome, structure } = names;
  const of = reason.of === null ? '' : (structure.graph.names[reason.of] ?? '');
  const path = reason.path === null ? '' : ` (${pathText(reason.path, structure)})`;
  switch (reason.role) {
    case 'treatment':
      return `The cause whose effect on ${outcome} is asked for.`;
    case 'outcome':
      return `What the effect of ${treatment} is measured on.`;
    case 'selection':
      return `Decides which rows are in the data, so it is held fixed in every comparison.`;
    case 'latent':
      return `Never measured: it cannot be adjusted for.`;
    case 'mediator':
      return `Carries part of the effect of ${treatment} to ${outcome}. Adjusting for it would take that part away.`;
    case 'descendant of the outcome':
      return `A consequence of ${of || outcome}. Adjusting for it distorts the effect.`;
    case 'descendant of a mediator':
      return `A consequence of ${of}, which carries the effect. Adjusting for it distorts the effect.`;
    case 'descendant of the treatment':
      return `A consequence of ${of || treatment} that does not lead to ${outcome}.`;
    case 'confounder':
      return `Causes both ${treatment} and ${outcome}, so it makes them move together even where there is no effect. Adjust for it, or for something on its way.`;
    case 'ancestor of a confounder':
      return `A cause of ${of}, which moves both ${treatment} and ${outcome}.`;
    case 'instrument':
      return `Moves ${treatment} and reaches ${outcome} in no other way: it can stand in for an experiment.`;
    case 'on a back-door path':
      return `Lies on a path that joins ${treatment} and ${outcome} without being part of the effect. Adjusting for it can close the path.`;
    case 'precision variable':
      return `Causes ${outcome} and has nothing to do with ${treatment}. Adjusting for it is not needed, and makes the estimate more precise.`;
    case 'cause of the treatment':
      return `Causes ${treatment} and not ${outcome} in any other way.`;
    case 'collider':
      return `Two arrows meet at it${path}: it blocks that path as long as it is left alone. Adjusting for it opens the path.`;
    case 'M-bias collider':
      return `Looks like a confounder and is none${path}. Adjusting for it alone would add bias.`;
    case 'descendant of a confounder':
      return `A consequence of ${of}, which moves both ${treatment} and ${outcome}. It can stand in for ${of} only in part.`;
    case 'unrelated':
      return `Has no part in the effect of ${treatment} on ${outcome}.`;
  }
}

const DRAWN: Readonly<Record<Role, DrawnRole>> = {
  treatment: 'treatment',
  outcome: 'outcome',
  instrument: 'instrument',
  selection: 'selection',
  latent: 'latent',
  confounder: 'confounder',
  mediator: 'mediator',
  collider: 'collider',
  'M-bias collider': 'collider',
  'precision variable': 'precision',
  'ancestor of a confounder': 'other',
  'on a back-door path': 'other',
  'descendant of the outcome': 'other',
  'descendant of a mediator': 'other',
  'descendant of the treatment': 'other',
  'descendant of a confounder': 'other',
  'cause of the treatment': 'other',
  unrelated: 'other',
};

/** The role by which a variable with these roles is drawn: the first of the list of drawn roles. */
export function drawnRole(roles: readonly Role[], order: readonly DrawnRole[]): DrawnRole {
  const drawn = new Set(roles.map((role) => DRAWN[role]));
  return order.find((role) => drawn.has(role)) ?? 'other';
}
