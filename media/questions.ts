/** What the page asks of the extension and is answered. Both sides import this file; the host validates what it receives. */

import type { DataRefusal, DescribedData } from '../engine/data/profile/described.ts';
import type { PairPicture } from '../engine/data/profile/pair.ts';
import type { GraphEdit } from '../engine/report/graphEdit.ts';
import type { GraphSnapshot, Supposition } from '../engine/report/snapshot.ts';

/** Each kind of question: what is asked, and what is answered. An answer that cannot be given is a message instead. */
export interface Questions {
  /** Puts a text on the clipboard. */
  readonly copy: { readonly asked: { readonly text: string }; readonly answer: null };
  /** The spec as a text for elsewhere, as it is now; `notes` say what of it the text has no place for. */
  readonly text: {
    readonly asked: { readonly what: string };
    readonly answer: { readonly text: string; readonly notes: readonly string[] };
  };
  /** Saves a picture in a file that the person names; answers with that name, null where none was given. */
  readonly save: {
    readonly asked: {
      /** What is shown, to name the file after. */
      readonly name: string;
      readonly format: 'svg' | 'png';
      /** An SVG document, or the bytes of a PNG in base64. */
      readonly content: string;
    };
    readonly answer: string | null;
  };
  /** What the data hold, as the text is now. */
  readonly describe: {
    readonly asked: Readonly<Record<string, never>>;
    readonly answer: (DescribedData & { readonly kind: 'described' }) | DataRefusal;
  };
  /** Two variables of the data together. */
  readonly scatter: {
    readonly asked: { readonly x: string; readonly y: string };
    readonly answer: PairPicture | DataRefusal;
  };
  /** Lets the person choose a data file for the spec; was one chosen? */
  readonly chooseData: { readonly asked: Readonly<Record<string, never>>; readonly answer: boolean };
  /** The graph under a supposition, its text untouched. */
  readonly whatIf: { readonly asked: Supposition; readonly answer: GraphSnapshot };
  /** Makes a change of the graph in the text, as one step that can be undone; the answer tells what was done, as a sentence. */
  readonly edit: {
    readonly asked: { readonly edit: GraphEdit };
    readonly answer: { readonly told: string };
  };
  /** Takes the last change of the text back, or makes it again. The text's editor comes to the front for it, and then the page again. */
  readonly undo: { readonly asked: { readonly redo: boolean }; readonly answer: null };
  /** Shows the statement in the text that asked for an estimate. */
  readonly revealEstimate: { readonly asked: AskedEstimate; readonly answer: null };
}

/** An estimate by what its statement says. */
export interface AskedEstimate {
  readonly name: string;
  readonly method: string;
  readonly treatment: string;
  readonly outcome: string;
}

export type QuestionKind = keyof Questions;
export type Asked<Kind extends QuestionKind> = Questions[Kind]['asked'];
export type Answer<Kind extends QuestionKind> = Questions[Kind]['answer'];

/** A question on its way, with the number that its answer will bear. */
export interface Question {
  readonly type: 'question';
  readonly id: number;
  readonly kind: string;
  readonly asked: unknown;
}

/** The answer to the question of that number: what was asked for, or why it is not to be had, as a sentence for a person. */
export type Reply =
  | { readonly type: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly type: 'refusal'; readonly id: number; readonly message: string };
