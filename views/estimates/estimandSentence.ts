/** What a number is a number of, in a sentence for a person who has never heard of an estimand. */

import type { EstimateOutcome } from '../../engine/estimate/result.ts';
import { nameList } from '../../engine/wording.ts';
import { contrastPhrases, shownName } from './contrastPhrases.ts';

/** `Average effect (ATE): how much re78 would change on average if treat were 1 rather than 0 for everyone.` */
export function estimandSentence(outcome: EstimateOutcome): string {
  const { ifOnly, these, those, level, reference } = contrastPhrases(outcome);
  const measured = shownName(outcome.outcome);
  const through = nameList((outcome.through ?? []).map(shownName)) || 'the mediator';
  switch (outcome.estimand) {
    case 'unadjusted':
      return `Plain difference: how much ${measured} differs on average between ${these} and ${those}, with nothing held fixed.`;
    case 'ate':
      return `Average effect (ATE): how much ${measured} would change on average if ${ifOnly} for everyone.`;
    case 'att':
      return `Average effect on the treated (ATT): how much ${measured} differs on average, among ${these}, from what it would have been with ${reference}.`;
    case 'atc':
      return `Average effect on the untreated (ATC): how much ${measured} would differ on average, among ${those}, had they had ${level}.`;
    case 'late': {
      const movers = nameList(outcome.instruments.map(shownName)) || 'the instrument';
      return `Local average effect (LATE): how much ${measured} would change on average if ${ifOnly}, for those whose ${shownName(outcome.treatment)} is moved by ${movers}. It says nothing of the others.`;
    }
    case 'overlap':
      return `Effect in the overlap (ATO): how much ${measured} would change on average if ${ifOnly}, for those who might as well have had the one as the other; the surer a treatment was, the less its row counts.`;
    case 'cate':
      return `Effects that differ between people (CATE): how much ${measured} would change for each if ${ifOnly}, as far as what is adjusted for tells. The number is their average.`;
    case 'direct':
      return `Direct effect: the part of the change in ${measured} that does not go through ${through}, if ${ifOnly}.`;
    case 'indirect':
      return `Indirect effect: the part of the change in ${measured} that goes through ${through}, if ${ifOnly}.`;
    case 'total':
      return `Total effect: how much ${measured} would change on average by all ways together, through ${through} and past it, if ${ifOnly}.`;
  }
}
