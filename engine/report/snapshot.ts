/** What a picture of the graph needs: the model with everything that identification has to say about it, in plain data. */

/** The one role by which a variable is drawn; a variable with several is drawn by the first of this list. */
export const DRAWN_ROLES = [
  'treatment',
  'outcome',
  'instrument',
  'selection',
  'latent',
  'confounder',
  'mediator',
  'collider',
  'precision',
  'other',
] as const;
export type DrawnRole = (typeof DRAWN_ROLES)[number];

export interface SnapshotNode {
  /** The variable's name: unique in the snapshot, any string at all. */
  readonly name: string;
  readonly role: DrawnRole;
  /** Every role in words, for the label and the description: `confounder`, `ancestor of a confounder`. */
  readonly roles: readonly string[];
  readonly latent: boolean;
  /** In the chosen or given adjustment set. */
  readonly adjusted: boolean;
  /** The person's note on the declaration. */
  readonly note: string | undefined;
  /** One or two sentences for a person: what this variable is for the effect, and why. */
  readonly description: string;
}

export interface SnapshotEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'directed' | 'bidirected';
  readonly note: string | undefined;
  /** On a directed path from treatment to outcome. */
  readonly causal: boolean;
  /** On an open path that biases the effect, given what is adjusted for. */
  readonly biasing: boolean;
  readonly onCycle: boolean;
}

export interface SnapshotVerdict {
  readonly status:
    | 'identified'
    | 'instrument-only'
    | 'zero'
    | 'not-identified'
    | 'undecided'
    | 'no-question'
    | 'invalid';
  /** `The effect of personalized on engagement is identified: adjust for activity, age, premium.` */
  readonly headline: string;
  /** Further sentences: other sets, instruments, the open paths, the way out. */
  readonly details: readonly string[];
}

export interface GraphSnapshot {
  readonly title: string | undefined;
  /** In order of declaration. */
  readonly nodes: readonly SnapshotNode[];
  readonly edges: readonly SnapshotEdge[];
  readonly verdict: SnapshotVerdict;
  /** Open biasing paths as text, shortest first: `personalized ← taste → engagement`. */
  readonly openPaths: readonly string[];
}
