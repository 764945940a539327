/** What the graph implies, against the data. */

import { holmAdjusted } from '../../../engine/estimate/independence/holm.ts';
import { isRejected, type TestedIndependence } from '../../../engine/estimate/independence/result.ts';
import { isAcyclic } from '../../../engine/graph/kernel/graph.ts';
import { nodeSet } from '../../../engine/graph/kernel/nodeSet.ts';
import { createWorkspace, wholeGraph } from '../../../engine/graph/kernel/reachability.ts';
import { ancestors, separated } from '../../../engine/graph/separation/separation.ts';
import type { Node } from '../../../engine/model/model.ts';
import { nameList } from '../../../engine/wording.ts';
import type { Range } from '../../../grammar/tree.ts';
import type { Analysis } from '../analyse.ts';
import { type Diagnostic, diagnostic, type RelatedPlace } from '../diagnostic.ts';
import type { Mend } from '../mend.ts';
import { nodesOf } from '../question.ts';
import type { ImplicationFindings, SurveyAnswer, TestedImplication } from '../survey.ts';
import { claimText, pText, rowsText, strengthText } from './claimText.ts';
import { DEFAULT_LEVEL, expectedIndependences, keyOf, levelOf } from './expectations.ts';
import type { PlacedPlan } from './plans.ts';
import { type Stakes, stakesOf } from './stakes.ts';

/** An implication that the data have been asked about, with its p value adjusted for all of them. */
interface Verdict {
  readonly claim: TestedImplication;
  readonly result: TestedIndependence;
  readonly adjusted: number;
  readonly x: Node;
  readonly y: Node;
}

/**
 * Tells implications that the data reject: each by itself where the answer to a question may rest on it, or no question is asked; the others in one note. With
 * `expect implications` there is one error in place of these notes.
 */
export function checkImplications(
  analysis: Analysis,
  plans: readonly PlacedPlan[],
  { implications }: SurveyAnswer,
): Diagnostic[] {
  if (implications === null || !analysis.graphIsWhole || !isAcyclic(analysis.structure.graph)) return [];
  const verdicts = verdictsOn(analysis, implications);
  const failing = failingAt(verdicts, DEFAULT_LEVEL);
  const expected = new Set(expectedIndependences(analysis).map(({ claim }) => keyOf(claim)));
  // What only follows from another failure goes with it, once that is mended.
  const roots = failing.filter(({ claim }) => !isOfTheirCauses(claim));
  const unsaid = (roots.length > 0 ? roots : failing).filter(({ claim }) => !expected.has(keyOf(claim)));
  const stakes = stakesOf(analysis, plans);
  const judged = unsaid.slice(0, JUDGED).map((verdict) => ({ verdict, lost: lostBy(verdict, stakes) }));
  const grave = judged.filter(({ lost }) => lost === null || lost.length > 0).slice(0, SHOWN);
  const told = new Set(grave.map(({ verdict }) => verdict));
  const rest = unsaid.filter((verdict) => !told.has(verdict));
  const harmless = new Set(judged.flatMap(({ verdict, lost }) => (lost?.length === 0 ? [verdict] : [])));
  const expectations = checkExpected(analysis, verdicts, implications);
  return [
    ...grave.map(({ verdict, lost }) => failure(analysis, verdict, lost, verdicts.length)),
    ...(rest.length === 0 || expectations.stated
      ? []
      : [summary(analysis, rest, grave.length > 0, harmless)]),
    ...expectations.diagnostics,
  ];
}

/** Of the implications that the graph still has: how many were tested, how many failed, how many were left out. */
export function countImplications(
  analysis: Analysis,
  findings: ImplicationFindings,
): { readonly tested: number; readonly failing: number; readonly untested: number } {
  const verdicts = verdictsOn(analysis, findings);
  const failing = failingAt(verdicts, DEFAULT_LEVEL).length;
  return { tested: verdicts.length, failing, untested: findings.untested };
}

/** An implication with what the data say to it, its p value adjusted for all that were tested (Holm 1979). */
export interface JudgedImplication {
  readonly claim: TestedImplication;
  readonly result: TestedIndependence;
  readonly adjusted: number;
  readonly passed: boolean;
  /** Where it failed: may the answer to a question be wrong because of it? True too where that was not looked up. */
  readonly matters: boolean;
}

/** Every implication that the graph still has and that could be tested, judged at a level. */
export function judgedImplications(
  analysis: Analysis,
  findings: ImplicationFindings,
  plans: readonly PlacedPlan[],
  level: number,
): JudgedImplication[] {
  const verdicts = verdictsOn(analysis, findings);
  const failing = failingAt(verdicts, level);
  const stakes = stakesOf(analysis, plans);
  const harmless = new Set(
    failing.slice(0, JUDGED).filter((verdict) => lostBy(verdict, stakes)?.length === 0),
  );
  const failed = new Set(failing);
  return verdicts.map((verdict) => ({
    ...verdict,
    passed: !failed.has(verdict),
    matters: failed.has(verdict) && !harmless.has(verdict),
  }));
}

/** Failing implications, the strongest first, for which it is looked up what rests on them; and those told one by one. */
const JUDGED = 20;
const SHOWN = 8;

/** Null where there is nothing to lose, since nothing is asked. Nothing rests on two that only their causes join. */
function lostBy({ x, y, claim }: Verdict, stakes: Stakes): readonly string[] | null {
  if (isOfTheirCauses(claim)) return [];
  return stakes.any ? stakes.lost(x, y) : null;
}

/** Do the two go together only because something is missing between their causes? With these held fixed they are then independent. */
function isOfTheirCauses({ wider }: TestedImplication): boolean {
  return wider?.result.kind === 'tested' && !isRejected(wider.result, wider.result.p, DEFAULT_LEVEL);
}

/** The tests of what the graph still implies; their p values are adjusted for all tests that were made. */
function verdictsOn(analysis: Analysis, { tested }: ImplicationFindings): Verdict[] {
  const results = tested.flatMap((claim) =>
    claim.result.kind === 'tested' ? [{ claim, result: claim.result }] : [],
  );
  const adjusted = holmAdjusted(results.map(({ result }) => result.p));
  const { graph, nodes } = analysis.structure;
  const view = wholeGraph(graph, createWorkspace());
  const selection = nodesOf(analysis.question.selection);
  return results.flatMap(({ claim, result }, index) => {
    const [x, y] = [nodes.get(claim.x), nodes.get(claim.y)];
    const given = claim.given.map((name) => nodes.get(name));
    if (x === undefined || y === undefined || given.includes(undefined)) return [];
    const held = nodeSet(graph.size, [...given.flatMap((node) => node ?? []), ...selection]);
    if (held[x] === 1 || held[y] === 1 || !separated(view, [x], nodeSet(graph.size, [y]), held)) return [];
    return [{ claim, result, adjusted: adjusted[index] ?? 1, x, y }];
  });
}

/** The verdicts against the graph, the strongest association first. */
function failingAt(verdicts: readonly Verdict[], level: number): Verdict[] {
  return verdicts
    .filter(({ result, adjusted }) => isRejected(result, adjusted, level))
    .sort((a, b) => Math.abs(b.result.association) - Math.abs(a.result.association));
}

function failure(
  analysis: Analysis,
  { claim, result, adjusted }: Verdict,
  lost: readonly string[] | null,
  tests: number,
): Diagnostic {
  const { x, y } = claim;
  const family = tests === 1 ? '' : ` after Holm’s correction for ${tests} tests`;
  const stake =
    lost === null
      ? ''
      : ` ${capitalised(nameList(lost.map(quoted), SHOWN_STAKES))} may not give the effect then.`;
  return diagnostic(
    'implication-fails',
    placeOf(x, analysis),
    `By the graph ${claimText(claim)} are independent, and in the data they are not: ${strengthText(result)}, ${pText(adjusted)}${family}, ${rowsText(result.n)}. An arrow or a common cause between ${x} and ${y} may be missing.${stake}`,
    {
      related: [{ range: placeOf(y, analysis), message: `${y} is declared here` }],
      mends: joined(x, y, analysis),
    },
  );
}

/**
 * The three ways in which a graph can let two variables go together; not those that would close a circle. Of two arrows the one comes first that
 * leads to what the question is about.
 */
function joined(x: string, y: string, { structure, question }: Analysis): Mend[] {
  const { graph, nodes } = structure;
  const [a, b] = [nodes.get(x), nodes.get(y)];
  if (a === undefined || b === undefined) return [];
  const view = wholeGraph(graph, createWorkspace());
  const isCause = (of: Node, node: Node): boolean => ancestors(view, [of])[node] === 1;
  const forth: readonly Mend[] = isCause(a, b) ? [] : [{ kind: 'draw', from: x, to: [y] }];
  const back: readonly Mend[] = isCause(b, a) ? [] : [{ kind: 'draw', from: y, to: [x] }];
  const ends = [nodesOf(question.outcome), nodesOf(question.treatment)];
  const leadsBack = ends.map((nodes) => Number(nodes.includes(a)) - Number(nodes.includes(b)));
  const turned = (leadsBack.find((way) => way !== 0) ?? 0) > 0;
  const arrows = turned ? [...back, ...forth] : [...forth, ...back];
  return [...arrows, { kind: 'draw', from: x, to: [y], arrow: '<->' }];
}

const SHOWN_STAKES = 3;

function quoted(name: string): string {
  return name.startsWith('the ') ? name : `“${name}”`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function placeOf(name: string, { symbols }: Analysis): Range {
  return symbols.declarations.get(name)?.range ?? { start: 0, end: 0 };
}

/** Claims that are spelled out in one message. */
const SPELLED = 3;

function strongest(failing: readonly Verdict[]): string {
  const shown = failing
    .slice(0, SPELLED)
    .map(({ claim, result }) => `${claimText(claim)} (${strengthText(result)})`)
    .join('; ');
  return failing.length > SPELLED ? `${shown}; and ${failing.length - SPELLED} more` : shown;
}

/** What fails beside that, where the first variable of the worst of it is declared. */
function summary(
  analysis: Analysis,
  rest: readonly Verdict[],
  more: boolean,
  harmless: ReadonlySet<Verdict>,
): Diagnostic {
  const [worst] = rest;
  const one = rest.length === 1;
  const what = `The data ${more ? 'also ' : ''}reject ${one ? 'an independence' : `${rest.length} independences`} that the graph implies`;
  const none = rest.every((verdict) => harmless.has(verdict));
  const why = none ? ` No answer rests on ${one ? 'it' : 'any one of them'}.` : '';
  const way = `Draw an arrow or \`<->\` between ${one ? 'the two' : 'such variables'} for a graph that agrees with the data.`;
  return diagnostic(
    'implication-fails',
    placeOf(worst?.claim.x ?? '', analysis),
    `${what}: ${strongest(rest)}.${why} ${way}`,
    {
      severity: 'information',
      related: relatedPlaces(analysis, rest),
      mends: worst === undefined ? [] : joined(worst.claim.x, worst.claim.y, analysis),
    },
  );
}

function relatedPlaces(analysis: Analysis, failing: readonly Verdict[]): RelatedPlace[] {
  return failing
    .slice(0, SPELLED)
    .map(({ claim }) => ({ range: placeOf(claim.y, analysis), message: `${claimText(claim)}` }));
}

/** The answer to each `expect implications`. */
function checkExpected(
  analysis: Analysis,
  verdicts: readonly Verdict[],
  findings: ImplicationFindings,
): { readonly stated: boolean; readonly diagnostics: readonly Diagnostic[] } {
  const asked = analysis.document.statements.flatMap((statement) =>
    statement.kind === 'expect' && statement.expectation?.kind === 'implications'
      ? [statement.expectation]
      : [],
  );
  const untold = untestedText(findings);
  const diagnostics = asked.flatMap(({ at, range }) => {
    const failing = failingAt(verdicts, levelOf(at?.value));
    if (failing.length === 0) {
      return untold === '' ? [] : [diagnostic('not-available', range, untold, { severity: 'information' })];
    }
    const count = failing.length === 1 ? 'One' : `${failing.length}`;
    const family = ` of the ${verdicts.length} independences that were tested ${failing.length === 1 ? 'does' : 'do'} not hold in the data`;
    return [
      diagnostic(
        'implication-fails',
        range,
        `${verdicts.length === 1 ? 'The one independence that was tested does not hold in the data' : count + family}: ${strongest(failing)}. Arrows or common causes between such variables may be missing.${untold === '' ? '' : ` ${untold}`}`,
        {
          severity: 'error',
          related: relatedPlaces(analysis, failing),
          mends: [
            ...failing.slice(0, 1).flatMap(({ claim }) => joined(claim.x, claim.y, analysis)),
            { kind: 'remove', what: 'statement', range },
          ],
        },
      ),
    ];
  });
  return { stated: asked.length > 0, diagnostics };
}

/** How many implications nothing is said about; empty where it is none. */
export function untestedText({ tested, untested, truncated }: ImplicationFindings): string {
  const failed = tested.filter(({ result }) => result.kind === 'untested');
  const count = failed.length + untested;
  if (tested.length + untested === 0 && !truncated)
    return 'The graph implies no independence of measured variables: there is nothing to test.';
  if (count === 0 && !truncated) return '';
  const [first] = failed;
  const example =
    first?.result.kind === 'untested' ? ` (of ${claimText(first)}, because ${first.result.reason})` : '';
  if (truncated)
    return `More than ${count} implied independences were not tested${example}: the graph has too many pairs.`;
  return `${count} implied ${count === 1 ? 'independence was' : 'independences were'} not tested${example}.`;
}
