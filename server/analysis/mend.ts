/**
 * What would put a diagnostic right, as plain data that is cheap to make and travels as JSON. Ranges are those of the text
 * that was analysed; `server/mends/` turns a mend into edits when somebody asks for them.
 */

import { writeString } from '../../grammar/literals.ts';
import { isPlainName } from '../../grammar/names.ts';
import type { Range, TypeName } from '../../grammar/tree.ts';

/** What a mend does, and where. */
export type MendAction =
  /** Text in place of a range. */
  | { readonly kind: 'replace'; readonly range: Range; readonly text: string; readonly title: string }
  /** Declares names that nothing declares. */
  | { readonly kind: 'declare'; readonly names: readonly string[]; readonly as: 'variable' | 'latent' }
  /** Declares columns of the data as variables, with the types that they show. */
  | { readonly kind: 'declare-columns'; readonly columns: readonly TypedColumn[] }
  /** Takes a name out of a declaration. */
  | { readonly kind: 'remove-declaration'; readonly range: Range }
  /** Turns a latent into a variable, or the other way round. */
  | { readonly kind: 'redeclare'; readonly name: string; readonly as: 'variable' | 'latent' }
  /** Gives a variable an expression to be computed from, or with null takes it away. */
  | {
      readonly kind: 'define';
      readonly name: string;
      readonly expression: string | null;
      readonly title: string;
    }
  | { readonly kind: 'set-type'; readonly name: string; readonly type: TypeName }
  | { readonly kind: 'add-levels'; readonly name: string; readonly levels: readonly string[] }
  /** Removes the statement, or the option in braces, that starts in this range. */
  | { readonly kind: 'remove'; readonly what: 'statement' | 'option'; readonly range: Range }
  /** Takes variables out of the list that holds the name at the range; the name may be that of a group. */
  | { readonly kind: 'leave-out'; readonly range: Range; readonly variables: readonly string[] }
  /** Takes the name at the range out of its list, and leaves it where it is named besides. */
  | { readonly kind: 'unrepeat'; readonly range: Range; readonly name: string }
  /** Takes a group out of its own members. */
  | { readonly kind: 'open-group'; readonly group: string }
  | {
      readonly kind: 'remove-edge' | 'reverse-edge' | 'hide-cause';
      readonly edge: MendedEdge;
      /** For `hide-cause`: the other of two arrows that contradict each other. */
      readonly other?: MendedEdge;
    }
  /** Draws arrows from one variable to others, or common causes with them. */
  | {
      readonly kind: 'draw';
      readonly from: string;
      readonly to: readonly string[];
      /** `->` where nothing else is said. */
      readonly arrow?: '<->';
    }
  /** Draws the arrow from a variable to the outcome of the question, or to its treatment too. */
  | { readonly kind: 'draw-cause'; readonly name: string; readonly of: 'outcome' | 'both' }
  | { readonly kind: 'assign-role'; readonly role: 'treatment' | 'outcome'; readonly name: string }
  /** Swaps treatment and outcome, of the estimate that starts before this range or of the question. */
  | { readonly kind: 'swap-roles'; readonly range: Range }
  /** Adjusts for exactly these: in the `adjust` at the range, or with null in the question. */
  | { readonly kind: 'adjust'; readonly names: readonly string[]; readonly range: Range | null }
  /** Conditions the instrument that is listed at the range on these. */
  | { readonly kind: 'given'; readonly range: Range; readonly names: readonly string[] }
  /** Expects the independence that is stated at the range given exactly these. */
  | { readonly kind: 'expect-given'; readonly range: Range; readonly names: readonly string[] }
  /** Puts a condition into the braces of `data`. */
  | { readonly kind: 'keep-rows'; readonly condition: string; readonly title: string }
  /** Puts an option of one word into the braces of the estimate whose method stands at the range, in place of one of its kind. */
  | {
      readonly kind: 'set-option';
      readonly range: Range;
      readonly option: 'estimand';
      readonly value: string;
      readonly title: string;
    }
  /** Declares an instrument: for the estimate whose method stands at the range, or with null for the question. */
  | {
      readonly kind: 'use-instrument';
      readonly instrument: string;
      readonly given: readonly string[];
      readonly range: Range | null;
      /** A name in an adjustment set that it is taken from. */
      readonly from?: Range;
    };

export type Mend = MendAction & {
  /** The one to take where nobody wants to choose: it mends the fault and changes nothing that the person may have meant. */
  readonly preferred?: true;
};

/** A column of the data, and the type that its values show. */
export interface TypedColumn {
  readonly name: string;
  readonly type: TypeName;
}

/** An edge as it was written; of a list it is one pair, of a group one member. */
export interface MendedEdge {
  readonly kind: 'directed' | 'bidirected';
  readonly from: string;
  readonly to: string;
  /** From the one name to the other. */
  readonly range: Range;
}

/** The same mend as the one to take without asking. */
export function preferred(mend: MendAction): Mend {
  return { ...mend, preferred: true };
}

/** Another word in place of one that means nothing here; none where `word` is undefined. */
export function respell(range: Range, word: string | undefined): Mend[] {
  if (word === undefined) return [];
  return [preferred({ kind: 'replace', range, text: word, title: `Change to ${word}` })];
}

/** Each of some words in place of the one at the range. */
export function anyOf(range: Range, words: readonly string[]): Mend[] {
  return words.map((word) => ({ kind: 'replace', range, text: word, title: `Change to ${word}` }));
}

const NUMBER = /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;

/** A level as the language writes it: a name or a number where it is one, else a text in quotes. */
export function writeLevel(level: string): string {
  return isPlainName(level) || NUMBER.test(level) ? level : writeString(level);
}

/** As many treatments or instruments as are offered one by one. */
export const MOST_OFFERED = 3;
