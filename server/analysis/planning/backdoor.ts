import { checkAdjustment } from '../../../engine/graph/adjustment/adjustment.ts';
import { heldSet } from '../effectAnswers.ts';
import { type Choice, type ChoiceRequest, givenSet, ownVariable, worstProblem } from './choice.ts';

/**
 * An estimate that holds a set fixed, or with `nothing` none: the person's set, else the chosen one, else as much as can be. A text where the set
 * holds treatment or outcome.
 */
export function chooseBackdoor(request: ChoiceRequest, nothing: boolean): Choice | string {
  const { answers, pair, structure } = request;
  const given = nothing ? [] : givenSet(request);
  if ('code' in answers) return { adjusted: given ?? [], instruments: [], obstacle: answers.message };
  const own = ownVariable(given ?? [], pair, 'adjusted for');
  if (own !== null) return own;
  const adjusted = heldSet(answers, given);
  const obstacle = worstProblem(checkAdjustment(answers.effect, adjusted).problems, structure);
  return { adjusted, instruments: [], obstacle };
}
