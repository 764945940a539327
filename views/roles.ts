/** The words and the outline by which a variable's role is told. */

import type { DrawnRole, SnapshotNode } from '../engine/report/snapshot.ts';
import type { NodeShape } from './drawing.ts';

const WORDS: Readonly<Record<DrawnRole, string>> = {
  treatment: 'treatment',
  outcome: 'outcome',
  instrument: 'instrument',
  selection: 'selection',
  latent: 'unmeasured',
  confounder: 'confounder',
  mediator: 'mediator',
  collider: 'collider',
  precision: 'cause of outcome',
  other: 'other variable',
};

const SHAPES: Readonly<Record<DrawnRole, NodeShape>> = {
  treatment: 'heavy-box',
  outcome: 'double-box',
  instrument: 'pentagon',
  selection: 'corner-box',
  latent: 'ellipse',
  confounder: 'barred-box',
  mediator: 'pill',
  collider: 'hexagon',
  precision: 'underlined-box',
  other: 'box',
};

/** A role in a word or two, as legends and lists show it. */
export function roleWord(role: DrawnRole): string {
  return WORDS[role];
}

/** The outline that a role is drawn with; no two roles share one. */
export function roleShape(role: DrawnRole): NodeShape {
  return SHAPES[role];
}

/** What stands under a variable's name: its role, and whether it is unmeasured. May be empty. */
export function caption(node: SnapshotNode): string {
  const parts: string[] = [];
  if (node.role === 'latent') parts.push(latentWord(node));
  else if (node.role === 'other') parts.push(...node.roles.slice(0, 1));
  else parts.push(WORDS[node.role]);
  if (node.latent && node.role !== 'latent') parts.push('unmeasured');
  return parts.join(' · ');
}

function latentWord(node: SnapshotNode): string {
  return node.roles.includes('confounder') ? 'unmeasured confounder' : WORDS.latent;
}
