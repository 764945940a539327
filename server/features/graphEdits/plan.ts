/** What becomes of a change that somebody drew: edits of the text, or why it is not made. */

import { type Analysis, createAnalyser } from '../../analysis/analyse.ts';
import { composedEdits } from '../../mends/composedEdits.ts';
import { applyEdits, type OffsetEdit } from '../../mends/edit.ts';

export type GraphEditPlan =
  | {
      readonly kind: 'edits';
      readonly edits: readonly OffsetEdit[];
      /** What has been done, as a sentence for a person who does not see the picture. */
      readonly told: string;
    }
  | { readonly kind: 'refused'; readonly message: string };

export function refused(message: string): GraphEditPlan {
  return { kind: 'refused', message };
}

/** One round of edits, none of which overlap; null, or none, where nothing is left to do. */
export type Step = (analysis: Analysis) => readonly OffsetEdit[] | null;

/** Rounds after which a step that never ends is given up: each takes a mention of a variable out, and no file has so many in one place. */
const MOST_ROUNDS = 1000;

/** The edits of the steps one after the other, each made anew of the text that came of the last until nothing is left of it to do. */
export function editsOf(first: Analysis, steps: readonly Step[]): readonly OffsetEdit[] {
  const read = createAnalyser();
  const rounds: (readonly OffsetEdit[])[] = [];
  let analysis = first;
  for (const step of steps) {
    for (let edits = step(analysis); edits !== null && edits.length > 0; edits = step(analysis)) {
      if (rounds.length === MOST_ROUNDS) throw new Error('A change of the graph does not come to an end.');
      rounds.push(edits);
      analysis = read(applyEdits(analysis.text, edits));
    }
  }
  const [only = [], ...more] = rounds;
  return more.length === 0 ? only : composedEdits(first.text, rounds);
}

/** The plan of these steps; refused where they change nothing. */
export function planned(analysis: Analysis, steps: readonly Step[], told: string): GraphEditPlan {
  const edits = editsOf(analysis, steps);
  return edits.length > 0
    ? { kind: 'edits', edits, told }
    : refused('The text has no place where this could be changed. Make the change in the text itself.');
}

/** The line of an offset, from 1. */
export function lineOf({ text }: Analysis, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
