/** What the page asks of the extension and is answered. Both sides import this file; the host validates what it receives. */

/** Each kind of question: what is asked, and what is answered. An answer that cannot be given is a message instead. */
export interface Questions {
  /** Puts a text on the clipboard. */
  readonly copy: { readonly asked: { readonly text: string }; readonly answer: null };
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
