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

/** What a path does to the effect, given what is held fixed: carries it, would carry it, biases it, or is no concern. */
export const PATH_STATES = ['causal', 'biasing', 'cut', 'closed'] as const;
export type PathState = (typeof PATH_STATES)[number];

/** A path from a treatment to an outcome. */
export interface SnapshotPath {
  /** Names of its variables in order, ends included. */
  readonly nodes: readonly string[];
  /** `arrows[i]` leads from `nodes[i]` to `nodes[i + 1]`. */
  readonly arrows: readonly ('→' | '←' | '↔')[];
  readonly state: PathState;
  /** What it does to the effect, which variable decides it, and what would close it: one to three sentences. */
  readonly sentence: string;
  /** Of an open biasing path: variables of which each, adjusted for, would close it. */
  readonly closers: readonly string[];
}

/** An effect by the names of its variables; of several treatments or outcomes, of all of them together. */
export interface EffectNames {
  readonly treatment: readonly string[];
  readonly outcome: readonly string[];
}

export interface AskedEffect extends EffectNames {
  /** What asks about it: the roles, one pair out of their several treatments and outcomes, an estimate, or a mediator of one. */
  readonly asked: 'roles' | 'pair' | 'estimate' | 'mediator';
}

/** What is taken for granted in place of what the text says. */
export interface Supposition {
  /** Null for the effect of the roles. */
  readonly effect: EffectNames | null;
  /** Adjusted for in place of the text's set; null to leave that as it is. */
  readonly adjust: readonly string[] | null;
  /** Unmeasured variables that are measured after all. */
  readonly measured: readonly string[];
}

/** One thing that a supposition changes, or that is wrong with it. */
export interface SuppositionChange {
  readonly kind: 'better' | 'same' | 'worse' | 'opens' | 'closes' | 'cuts' | 'harm';
  readonly sentence: string;
}

/** The effect that a snapshot is about, path by path. */
export interface SnapshotQuestion {
  /** Every effect that the spec asks about, that of the roles first. */
  readonly effects: readonly AskedEffect[];
  /** The one that roles, marks and verdict of this snapshot are about. */
  readonly effect: EffectNames;
  /** The shorter first within each state, the states in their order. */
  readonly paths: readonly SnapshotPath[];
  /** There are more than those listed. */
  readonly morePaths: boolean;
  /** What is held fixed closes every biasing path and leaves the effect whole. */
  readonly valid: boolean;
  /** What it changes, where the snapshot is of a supposition; null where it is of the text. */
  readonly changes: readonly SuppositionChange[] | null;
}

export interface GraphSnapshot {
  readonly title: string | undefined;
  /** In order of declaration. */
  readonly nodes: readonly SnapshotNode[];
  readonly edges: readonly SnapshotEdge[];
  readonly verdict: SnapshotVerdict;
  /** Open biasing paths as text, shortest first: `personalized ← taste → engagement`. */
  readonly openPaths: readonly string[];
  /** Null where no effect is asked about, or none that could be. */
  readonly question: SnapshotQuestion | null;
}
