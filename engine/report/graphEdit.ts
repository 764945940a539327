/** A change of the graph as a person draws it, in plain data that travels from the picture to whoever changes the text. */

import { readSupposition } from './readSupposition.ts';

export const ARROW_KINDS = ['directed', 'bidirected'] as const;
export type ArrowKind = (typeof ARROW_KINDS)[number];

/** An arrow by what it joins; the two ends of a bidirected one are alike. */
export interface ArrowBetween {
  readonly kind: ArrowKind;
  readonly from: string;
  readonly to: string;
}

/** What a person can make of a variable: what is asked about, or what serves to answer it. */
export const GIVEN_ROLES = ['treatment', 'outcome', 'instrument', 'adjusted', 'none'] as const;
export type GivenRole = (typeof GIVEN_ROLES)[number];

export type GraphEdit =
  | { readonly kind: 'add-variable'; readonly name: string; readonly latent: boolean }
  | { readonly kind: 'delete-variable'; readonly name: string }
  | { readonly kind: 'rename-variable'; readonly name: string; readonly to: string }
  | { readonly kind: 'set-measured'; readonly name: string; readonly measured: boolean }
  | { readonly kind: 'set-role'; readonly name: string; readonly role: GivenRole }
  | { readonly kind: 'add-arrow' | 'delete-arrow'; readonly arrow: ArrowBetween }
  /** Another arrow between the same two variables: turned round, or of the other kind. */
  | { readonly kind: 'redraw-arrow'; readonly arrow: ArrowBetween; readonly as: ArrowBetween }
  /** What was supposed comes true: these unmeasured variables are measured, and this set is adjusted for (null: the text's own). */
  | {
      readonly kind: 'adopt';
      readonly adjust: readonly string[] | null;
      readonly measured: readonly string[];
    };

/** The edit if that is what it is, null for anything else: it comes from another process. */
export function readGraphEdit(value: unknown): GraphEdit | null {
  const { kind, name, latent, to, measured, role, arrow, as } = membersOf(value);
  if (kind === 'add-arrow' || kind === 'delete-arrow' || kind === 'redraw-arrow') {
    const one = readArrow(arrow);
    if (one === null) return null;
    if (kind !== 'redraw-arrow') return { kind, arrow: one };
    const other = readArrow(as);
    return other !== null && joinSame(one, other) ? { kind, arrow: one, as: other } : null;
  }
  if (kind === 'adopt') {
    const supposition = readSupposition({ ...membersOf(value), effect: null });
    return supposition === null ? null : { kind, adjust: supposition.adjust, measured: supposition.measured };
  }
  if (typeof name !== 'string') return null;
  if (kind === 'add-variable') return typeof latent === 'boolean' ? { kind, name, latent } : null;
  if (kind === 'delete-variable') return { kind, name };
  if (kind === 'rename-variable') return typeof to === 'string' ? { kind, name, to } : null;
  if (kind === 'set-measured') return typeof measured === 'boolean' ? { kind, name, measured } : null;
  const given = GIVEN_ROLES.find((each) => each === role);
  return kind === 'set-role' && given !== undefined ? { kind, name, role: given } : null;
}

function readArrow(value: unknown): ArrowBetween | null {
  const { kind, from, to } = membersOf(value);
  const known = ARROW_KINDS.find((each) => each === kind);
  return known !== undefined && typeof from === 'string' && typeof to === 'string'
    ? { kind: known, from, to }
    : null;
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** Do two arrows join the same two variables, whichever way? */
function joinSame(a: ArrowBetween, b: ArrowBetween): boolean {
  return (a.from === b.from && a.to === b.to) || (a.from === b.to && a.to === b.from);
}

/** Are two arrows the same one? */
export function isSameArrow(a: ArrowBetween, b: ArrowBetween): boolean {
  if (a.kind !== b.kind) return false;
  return a.kind === 'directed' ? a.from === b.from && a.to === b.to : joinSame(a, b);
}

/** `age → income`, or with `↔` for an unmeasured common cause. */
export function arrowText({ kind, from, to }: ArrowBetween): string {
  return `${from} ${kind === 'directed' ? '→' : '↔'} ${to}`;
}
