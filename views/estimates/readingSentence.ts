/** How to read a number: what it says if it may be believed, and which other numbers the data leave open. */

import type { Estimand, Estimate } from '../../engine/estimate/result.ts';
import { decimalsFor } from '../../engine/report/numbers.ts';
import { type ConfidenceSet, contains, formatSet, isWholeLine } from '../../engine/stats/confidenceSet.ts';
import { standing } from '../estimateWords.ts';
import { formatPercent, withDecimals } from '../numbers.ts';
import { contrastPhrases, shownName } from './contrastPhrases.ts';

const WHOM: Readonly<Partial<Record<Estimand, string>>> = {
  att: ' among the treated',
  atc: ' among the untreated',
  late: ' among those whom the instrument moves',
  overlap: ' where both groups overlap',
  direct: ' past the mediator',
  indirect: ' through the mediator',
};

/** `values between 0.97 and 1.02 are`; `every value is` where an interval has no end. */
function compatible(ci: ConfidenceSet, decimals: number): string {
  const [interval] = ci;
  const shown = (value: number): string => withDecimals(value, decimals);
  if (interval === undefined || isWholeLine(ci)) return 'every value is';
  return interval.every(Number.isFinite)
    ? `values between ${shown(interval[0])} and ${shown(interval[1])} are`
    : `values ${formatSet(ci, shown)} are`;
}

function rangeSentence({ ci, level, estimate, se }: Estimate): string {
  if (ci.some(Number.isNaN)) return 'How far off it may be is not known: there is no interval.';
  const set: ConfidenceSet = [ci];
  const range = `${compatible(set, decimalsFor(estimate, se))} compatible with the data (${formatPercent(level)} interval)`;
  if (isWholeLine(set)) return `${range}: they say nothing.`;
  return contains(set, 0)
    ? `${range}. No difference at all (0) is one of them.`
    : `${range}. No difference at all (0) is not among them.`;
}

function effectSentence(estimate: Estimate): string {
  const { doer } = contrastPhrases(estimate);
  const verb = estimate.estimate === 0 ? 'changes' : estimate.estimate > 0 ? 'raises' : 'lowers';
  return `${doer} ${verb} ${shownName(estimate.outcome)} by ${amount(estimate)} on average${WHOM[estimate.estimand] ?? ''}`;
}

function differenceSentence(estimate: Estimate): string {
  const { these, those } = contrastPhrases(estimate);
  const measured = shownName(estimate.outcome);
  if (estimate.estimate === 0) return `${these} and ${those} have the same ${measured} on average`;
  const side = estimate.estimate > 0 ? 'higher' : 'lower';
  return `${measured} is ${amount(estimate)} ${side} on average in ${these} than in ${those}`;
}

function amount({ estimate, se }: Estimate): string {
  return withDecimals(Math.abs(estimate), decimalsFor(estimate, se));
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The sentences; what the graph or the data do not carry is never worded as an effect. */
export function readingSentence(estimate: Estimate): string {
  if (!Number.isFinite(estimate.estimate)) return 'The method gave no number.';
  const range = rangeSentence(estimate);
  switch (standing(estimate)) {
    case 'naive':
      return `${capitalised(differenceSentence(estimate))}; ${range} ${
        estimate.identified
          ? 'By the graph nothing else makes these rows differ, so that this is the effect.'
          : 'That is a difference, not an effect: it also holds whatever else differs between these rows.'
      }`;
    case 'unreliable':
      return `Do not rely on this number. It would say that ${effectSentence(estimate)}, but too few rows can be compared with each other for it to mean anything.`;
    case 'not-identified':
      return `With the same values of what is adjusted for, ${differenceSentence(estimate)}; ${range} The graph does not let this be read as an effect.`;
    default:
      return `If the graph is right and the method’s assumptions hold, ${effectSentence(estimate)}; ${range}`;
  }
}
