/** Answers what the page asks. */

import type { Question, QuestionKind, Reply } from '../../media/questions.ts';
import type { Answerer, Desk } from './answerer.ts';
import { chooseData } from './chooseData.ts';
import { copy } from './copy.ts';
import { describe } from './describe.ts';
import { edit } from './edit.ts';
import { revealEstimate } from './revealEstimate.ts';
import { save } from './save.ts';
import { scatter } from './scatter.ts';
import { text } from './text.ts';
import { undo } from './undo.ts';
import { whatIf } from './whatIf.ts';

const ANSWERERS: { readonly [Kind in QuestionKind]: Answerer<Kind> } = {
  chooseData,
  copy,
  describe,
  edit,
  revealEstimate,
  save,
  scatter,
  text,
  undo,
  whatIf,
};

function isKind(kind: string): kind is QuestionKind {
  return Object.hasOwn(ANSWERERS, kind);
}

/** The answer, or why there is none; never rejects. */
export async function answerQuestion({ id, kind, asked }: Question, desk: Desk): Promise<Reply> {
  try {
    return { type: 'answer', id, answer: await answerOf(kind, asked, desk) };
  } catch (error) {
    return { type: 'refusal', id, message: error instanceof Error ? error.message : String(error) };
  }
}

async function answerOf(kind: string, asked: unknown, desk: Desk): Promise<unknown> {
  if (!isKind(kind))
    throw new Error(
      'The page and the extension are of different versions. Close the view and open it again.',
    );
  return answerBy(ANSWERERS[kind] as Answerer<QuestionKind>, asked, desk);
}

async function answerBy<Kind extends QuestionKind>(
  answerer: Answerer<Kind>,
  asked: unknown,
  desk: Desk,
): Promise<unknown> {
  const sound = answerer.read(typeof asked === 'object' && asked !== null ? { ...asked } : {});
  if (sound === null)
    throw new Error('The page asked something that cannot be understood. Close the view and open it again.');
  return answerer.answer(sound, desk);
}
