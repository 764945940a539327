/** What drives the treatment and what the estimate rests on, for people and for machines. */

import type { Relevance, VariableRelevance } from '../../../engine/estimate/relevance.ts';
import type { Estimate } from '../../../engine/estimate/result.ts';
import { nameList } from '../../../engine/wording.ts';
import { moveWords, pullUnit } from '../../../views/facts/relevanceWords.ts';
import { formatEstimate } from '../../../views/numbers.ts';
import { number } from './family.ts';

/** As many variables are told one by one; the JSON has all of them. */
const MOST_SHOWN = 10;

/** Lines under an estimate; none where relevance was not asked for. */
export function relevanceLines(all: Estimate): string[] {
  const { relevance = null, estimate, se } = all;
  if (relevance === null) return [];
  const tried = relevance.variables.filter(({ without, failure }) => without !== null || failure !== null);
  const shown = tried.slice(0, MOST_SHOWN);
  const rest = tried.length - shown.length;
  return [
    ...pullLine(relevance, pullUnit(all)),
    ...shown.map((each) => withoutLine(each, estimate, se)),
    ...(rest > 0 ? [`Without any of ${rest} more it moves less; \`--format json\` lists them.`] : []),
    ...(relevance.skipped === null ? [] : [relevance.skipped]),
  ];
}

function pullLine({ variables }: Relevance, unit: string): string[] {
  const pulls = variables
    .flatMap(({ variable, pull }) => (pull === null ? [] : [{ variable, pull }]))
    .sort((a, b) => b.pull - a.pull);
  if (pulls.length === 0) return [];
  const names = nameList(pulls.map(({ variable, pull }) => `${variable} ${pull.toFixed(2)}`));
  return [`The treatment is driven by ${names} (${unit}).`];
}

function withoutLine(
  { variable, without, failure }: VariableRelevance,
  estimate: number,
  se: number,
): string {
  if (without === null) return `Without ${variable}: ${failure ?? ''}`;
  return `Without ${variable}: ${formatEstimate(without.estimate, without.se ?? se)} rather than ${formatEstimate(estimate, se)}, ${moveWords(without.move)}.`;
}

/** The field `relevance`; null where it was not asked for or nothing is adjusted for. */
export function relevanceJson({ relevance = null }: Estimate): object | null {
  if (relevance === null) return null;
  return {
    variables: relevance.variables.map(({ variable, pull, without, failure }) => ({
      variable,
      pull: number(pull ?? undefined),
      without:
        without === null
          ? null
          : {
              estimate: number(without.estimate),
              se: number(without.se ?? undefined),
              move: number(without.move),
            },
      failure,
    })),
    skipped: relevance.skipped,
  };
}
