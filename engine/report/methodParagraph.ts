/** The paragraph on methods that a paper would print: what was asked, of which rows, on which assumptions, how, and what came of it. */

import { findMethod, type Method } from '../estimate/methods.ts';
import type { Estimate, EstimateOutcome, RowCount } from '../estimate/result.ts';
import { nameList } from '../wording.ts';
import { checkSentences, diagnosticSentence } from './methodChecks.ts';
import { ESTIMAND_PHRASES, METHOD_PHRASES, standardErrorPhrase } from './methodPhrases.ts';
import { decimalsFor, grouped, signed, withoutDigits } from './numbers.ts';

/** What the estimates themselves do not say. */
export interface MethodFacts {
  /** File name of the data; null where it is not known. */
  readonly data: string | null;
  readonly rows: RowCount;
  readonly graph: {
    readonly variables: number;
    readonly arrows: number;
    /** Names of the unmeasured ones. */
    readonly latent: readonly string[];
  };
  readonly estimates: readonly EstimateOutcome[];
  readonly version: string;
  /** Of whatever is drawn at random; each once. */
  readonly seeds: readonly number[];
}

/**
 * Plain text of one paragraph for each effect (treatment and outcome), with an empty line between two; names stand as they are. Empty where
 * nothing was estimated. It states what was done and found, and leaves it to its reader what follows.
 */
export function methodParagraphs(facts: MethodFacts): string {
  const effects = new Map<string, EstimateOutcome[]>();
  for (const outcome of facts.estimates) {
    const key = JSON.stringify([outcome.treatment, outcome.outcome]);
    effects.set(key, [...(effects.get(key) ?? []), outcome]);
  }
  return [...effects.values()].map((outcomes) => paragraph(outcomes, facts)).join('\n\n');
}

function paragraph(outcomes: readonly EstimateOutcome[], facts: MethodFacts): string {
  const [first] = outcomes;
  if (first === undefined) return '';
  const plain = outcomes.filter(({ estimand }) => estimand === 'unadjusted');
  const causal = outcomes.filter(({ estimand }) => estimand !== 'unadjusted');
  const sentences = [
    `We estimated the effect of ${first.treatment} on ${first.outcome}${contrastPhrase(outcomes)}.`,
    ...dataSentences(facts),
    graphSentence(facts),
    ...sharedGrounds(causal).flatMap(({ ground, of }) => [ground, ...of.flatMap(estimateSentences)]),
    ...plain.flatMap(plainSentence),
    `All numbers were computed with causal ${facts.version} (${facts.seeds.length === 1 ? 'seed' : 'seeds'} ${nameList(facts.seeds.map(String))}).`,
  ];
  return sentences.join(' ');
}

function contrastPhrase(outcomes: readonly EstimateOutcome[]): string {
  const pairs = new Set(outcomes.map(({ contrast }) => JSON.stringify(contrast)));
  const [first] = outcomes;
  if (first === undefined || pairs.size !== 1) return '';
  const [level, reference] = first.contrast;
  const dose = outcomes.some((one) => one.kind === 'estimate' && one.dose);
  if (dose && level === '1' && reference === '0') return ' per unit';
  return `, comparing ${first.treatment} = ${level} with ${first.treatment} = ${reference}`;
}

function dataSentences({ data, rows }: MethodFacts): readonly string[] {
  const source = data === null ? 'The data' : `The data (${data})`;
  const { where, missing } = rows.dropped;
  const reasons = [
    ...(where > 0 ? [`${count(where)} did not meet the inclusion criteria`] : []),
    ...(missing > 0 ? [`${count(missing)} had a missing value`] : []),
  ];
  const kept =
    reasons.length === 0
      ? 'all of which were analysed'
      : `of which ${count(rows.used)} were analysed; ${nameList(reasons)}`;
  const filled = Object.entries(rows.filled)
    .filter(([, cells]) => cells > 0)
    .map(([name, cells]) => `${name} (${count(cells)})`);
  return [
    `${source} hold ${count(rows.read)} rows, ${kept}.`,
    ...(filled.length === 0 ? [] : [`Missing values were filled in for ${nameList(filled)}.`]),
  ];
}

function graphSentence({ graph }: MethodFacts): string {
  const { variables, arrows, latent } = graph;
  const size = `${variables} ${variables === 1 ? 'variable' : 'variables'} and ${arrows} ${arrows === 1 ? 'arrow' : 'arrows'}`;
  const hidden = latent.length === 0 ? '' : `, ${nameList(latent)} among them unmeasured`;
  return `Assumptions about what causes what were stated as a causal graph of ${size}${hidden}.`;
}

interface Grounds {
  readonly ground: string;
  readonly of: readonly EstimateOutcome[];
}

/** Estimates that rest on the same, under one sentence that says what. */
function sharedGrounds(outcomes: readonly EstimateOutcome[]): readonly Grounds[] {
  const groups = new Map<string, EstimateOutcome[]>();
  for (const outcome of outcomes) {
    const ground = groundSentence(outcome);
    groups.set(ground, [...(groups.get(ground) ?? []), outcome]);
  }
  return [...groups].map(([ground, of]) => ({ ground, of }));
}

function groundSentence(outcome: EstimateOutcome): string {
  const strategy = findMethod(outcome.method)?.strategy ?? 'none';
  if (!outcome.identified) return doubtSentence(outcome, strategy);
  const { treatment, adjusted, instruments, through = [] } = outcome;
  const given = adjusted.length === 0 ? '' : ` given ${nameList(adjusted)}`;
  switch (strategy) {
    case 'instrument':
      return `Under this graph the effect is identified by the instrument${instruments.length === 1 ? '' : 's'} ${nameList(instruments)}${given}, assuming that ${instruments.length === 1 ? 'it affects' : 'they affect'} ${outcome.outcome} through ${treatment} alone and ${instruments.length === 1 ? 'shares' : 'share'} no unmeasured cause with it.`;
    case 'frontdoor':
      return `Under this graph the effect is identified by the front-door criterion through ${nameList(through)}${given}, assuming that the whole effect passes there and that nothing unmeasured confounds either step.`;
    case 'mediation':
      return `Under this graph the effect is split into a part through ${nameList(through)} and the rest${adjusted.length === 0 ? '' : `, adjusting for ${nameList(adjusted)}`}, assuming that nothing unmeasured confounds treatment, mediator and outcome.`;
    case 'id':
      return 'Under this graph the effect is identified by the formula of the ID algorithm, assuming that the graph is right.';
    default:
      return adjusted.length === 0
        ? 'Under this graph nothing confounds the two, so that no adjustment is needed.'
        : `Under this graph the effect is identified by the back-door criterion, adjusting for ${nameList(adjusted)}, assuming that the graph leaves out no common cause of ${treatment} and ${outcome.outcome}.`;
  }
}

function doubtSentence(outcome: EstimateOutcome, strategy: Method['strategy']): string {
  const { adjusted, instruments } = outcome;
  const by =
    strategy === 'instrument'
      ? ` by the instrument${instruments.length === 1 ? '' : 's'} ${nameList(instruments)}`
      : adjusted.length === 0
        ? ' without adjustment'
        : ` by adjusting for ${nameList(adjusted)}`;
  return `The graph does not identify the effect${by}; what follows is given for comparison and has no causal reading.`;
}

function estimateSentences(outcome: EstimateOutcome): readonly string[] {
  if (outcome.kind === 'failure')
    return [`${capital(methodPhrase(outcome))} could not be computed: ${withStop(outcome.error.message)}`];
  return [
    `${capital(ESTIMAND_PHRASES[outcome.estimand])} by ${methodPhrase(outcome)}, with ${standardErrorPhrase(outcome)}, was ${resultPhrase(outcome)}.`,
    ...(outcome.reliable ? [] : ['Overlap was too thin for this number to be relied on.']),
    ...diagnosticSentence(outcome),
    ...checkSentences(outcome),
  ];
}

function plainSentence(outcome: EstimateOutcome): readonly string[] {
  return outcome.kind === 'failure'
    ? []
    : [`Without any adjustment the ${outcome.dose ? 'slope' : 'difference'} was ${resultPhrase(outcome)}.`];
}

function methodPhrase({ method, adjusted }: Pick<Estimate, 'method' | 'adjusted'>): string {
  const phrase = METHOD_PHRASES[method] ?? findMethod(method)?.title ?? method;
  return method === 'regression' && adjusted.length === 0 ? 'ordinary least squares' : phrase;
}

/** `0.98 (95% confidence interval 0.95 to 1.01, p < 0.001, n = 49,873)`. */
function resultPhrase({ estimate, se, ci, level, p, n }: Estimate): string {
  const decimals = decimalsFor(estimate, se);
  const number = (value: number): string =>
    withoutDigits(value) ?? signed(value, grouped(Math.abs(value).toFixed(Math.min(decimals, 12))));
  const interval =
    Number.isNaN(ci[0]) || Number.isNaN(ci[1])
      ? []
      : [`${Number((100 * level).toFixed(2))}% confidence interval ${number(ci[0])} to ${number(ci[1])}`];
  const probability = Number.isNaN(p) ? [] : [p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`];
  return `${number(estimate)} (${[...interval, ...probability, `n = ${count(n)}`].join(', ')})`;
}

function count(rows: number): string {
  return grouped(String(Math.round(rows)));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function withStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
