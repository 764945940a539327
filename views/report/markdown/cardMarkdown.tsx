/** The estimates of an effect in Markdown. */

import { findMethod } from '../../../engine/estimate/methods.ts';
import type { RefutationOutcome } from '../../../engine/estimate/refutation.ts';
import type { Estimate, EstimateOutcome } from '../../../engine/estimate/result.ts';
import { findRefuter } from '../../../engine/refute/catalogue.ts';
import { decimalsFor } from '../../../engine/report/numbers.ts';
import type { EffectGroup } from '../../effects.ts';
import { estimandSentence } from '../../estimates/estimandSentence.ts';
import { numberWords } from '../../estimates/estimateCard.tsx';
import { expectationWords } from '../../estimates/expectationWords.ts';
import { metricRows } from '../../estimates/metricRows.ts';
import { namesOf } from '../../estimates/namedOutcomes.ts';
import { readingSentence } from '../../estimates/readingSentence.ts';
import { standardErrorSentence } from '../../estimates/standardErrorSentence.ts';
import { warningAdvice } from '../../estimates/warningAdvice.ts';
import { controlWords, STANDING_WORDS, standing } from '../../estimateWords.ts';
import { diagnosticFacts } from '../../facts/diagnosticFacts.ts';
import { formatCount, formatEstimate, formatInterval, withDecimals } from '../../numbers.ts';
import { plotsOf } from '../../plots/plotsOf.tsx';
import { refutationStanding, verdictWords } from '../../refutationWords.ts';
import { estimateId } from '../contents.ts';
import { code, list, plain, prose, table } from './markdownText.ts';
import type { Album } from './pictures.ts';

const EVERY_NAME = 100;
const PLOT_WIDTH = 640;

/** All estimates of an effect side by side. */
export function estimateTable(group: EffectGroup): string {
  const names = namesOf(group.estimates);
  return table(
    ['Method', 'Estimate:', 'Interval:', 'Standard error:', 'Rows:', 'Adjusts for'],
    group.estimates.map((outcome, i) => [
      `**${plain(names[i] ?? '')}** ${STANDING_WORDS[standing(outcome)]}`,
      ...numbersOf(outcome),
      plain(controlWords(outcome, EVERY_NAME)),
    ]),
  );
}

function numbersOf(outcome: EstimateOutcome): readonly string[] {
  if (outcome.kind === 'failure') return ['–', '–', '–', '–'];
  const { estimate, se, ci, n } = outcome;
  const decimals = decimalsFor(estimate, se);
  return [
    formatEstimate(estimate, se),
    formatInterval(ci[0], ci[1], decimals),
    withDecimals(se, decimals),
    formatCount(n),
  ];
}

/** Each estimate of an effect by itself; `place` is that of the effect. */
export function cardMarkdown(group: EffectGroup, place: number, add: Album['add']): readonly string[] {
  const names = namesOf(group.estimates);
  return group.estimates.flatMap((outcome, i) => {
    const heading = `#### ${plain(names[i] ?? '')}`;
    if (outcome.kind === 'failure')
      return [heading, `**Could not run** ${prose(outcome.error.message)}`, list(terms(outcome))];
    return [
      heading,
      `**${plain(numberWords(outcome))}** (${STANDING_WORDS[standing(outcome)]})`,
      ...remarks(outcome),
      plain(readingSentence(outcome)),
      list([
        ...terms(outcome),
        `Rows used: ${formatCount(outcome.n)}`,
        `Standard error: ${plain(standardErrorSentence(outcome.seType))}`,
        ...diagnosticFacts(outcome).flatMap(({ title, facts }) =>
          facts.map((fact) => `${plain(title)}: ${prose(fact)}`),
        ),
      ]),
      ...plotsOf(outcome).flatMap(({ id, title, reading, render }) => {
        const picture = add(`${estimateId(place, i)}-${id}`, title, render(PLOT_WIDTH));
        return picture === ''
          ? []
          : [`**${plain(/[.?!]$/.test(title) ? title : `${title}.`)}** ${prose(reading)}`, picture];
      }),
      ...refutations(outcome.refutations),
      table(
        ['Number', 'Value:', 'What it is'],
        metricRows(outcome).map(({ metric, title, value, words }) => [
          `${plain(title)} ${code(metric)}`,
          plain(value),
          plain(words),
        ]),
      ),
    ];
  });
}

function remarks({ warnings, expectations }: Estimate): readonly string[] {
  return [
    ...warnings.map(({ code: id, message }) => {
      const advice = warningAdvice(id);
      return `**Caution** ${prose(advice === null ? message : `${message} ${advice}`)}`;
    }),
    ...expectations.map((one) => `**${one.passed ? 'Holds' : 'Fails'}** ${plain(expectationWords(one))}`),
  ];
}

function terms(outcome: EstimateOutcome): readonly string[] {
  const method = findMethod(outcome.method);
  return [
    `Is about: ${plain(estimandSentence(outcome))}`,
    ...(method === undefined
      ? []
      : [`Method: ${method.title}. ${prose(method.summary)}`, `Assumes: ${prose(method.assumes)}`]),
    `Rests on: ${plain(controlWords(outcome, EVERY_NAME))}`,
  ];
}

const VERDICTS = {
  passed: '✓ stands',
  failed: '✗ falls',
  told: 'for you to judge',
  'not-asked': 'could not be asked',
};

function refutations(outcomes: readonly RefutationOutcome[]): readonly string[] {
  if (outcomes.length === 0) return [];
  const together = verdictWords(outcomes);
  return [
    ...(together === null ? [] : [plain(together)]),
    table(
      ['Check', 'What came of it', 'Verdict'],
      outcomes.map((one) => [
        plain(findRefuter(one.refuter)?.title ?? one.refuter),
        prose(one.message),
        VERDICTS[refutationStanding(one)],
      ]),
    ),
  ];
}
