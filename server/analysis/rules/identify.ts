/** Can the effect be told from the data at all, and if not by adjustment, how? */

import { findMethod } from '../../../engine/estimate/methods.ts';
import { pathOpenedBy } from '../../../engine/graph/adjustment/adjustmentReview.ts';
import type { Path } from '../../../engine/graph/kernel/path.ts';
import type { PathReport } from '../../../engine/graph/paths/pathReport.ts';
import { ancestors } from '../../../engine/graph/separation/separation.ts';
import type { Node } from '../../../engine/model/model.ts';
import { nameList } from '../../../engine/wording.ts';
import type { Range } from '../../../grammar/tree.ts';
import { type Diagnostic, diagnostic } from '../diagnostic.ts';
import type { EffectAnswers } from '../effectAnswers.ts';
import type { EstimateSettings } from '../estimateSettings.ts';
import { measuredAfterAll, wayPastHidden } from '../hiddenCauses.ts';
import { anyOf, type Mend } from '../mend.ts';
import { pathPlaces, pathText } from '../paths.ts';
import type { Question } from '../question.ts';
import type { Structure } from '../structure.ts';

/** Tells an effect that is zero by assumption, one that no method identifies, and one that adjustment alone does not; `range` is where the question is asked. */
export function checkIdentification(
  answers: EffectAnswers,
  range: Range,
  structure: Structure,
): Diagnostic[] {
  switch (answers.strategy()) {
    case 'zero':
      return [zeroEffect(answers, range, structure)];
    case 'backdoor':
      return [];
    case 'none':
      return [notIdentifiable(answers, range, structure)];
    case 'undecided':
      return [undecided(answers, range, structure)];
    default:
      return [noBackdoorSet(answers, range, structure)];
  }
}

function names(nodes: readonly Node[], structure: Structure): string {
  return nameList(nodes.map((node) => structure.graph.names[node] ?? ''));
}

/** `the effect of personalized on engagement`. */
export function effectName({ effect }: EffectAnswers, structure: Structure): string {
  return `the effect of ${names(effect.query.treatment, structure)} on ${names(effect.query.outcome, structure)}`;
}

function zeroEffect(answers: EffectAnswers, range: Range, structure: Structure): Diagnostic {
  const { view, query } = answers.effect;
  const [treatment, outcome] = [names(query.treatment, structure), names(query.outcome, structure)];
  const causes = ancestors(view, query.treatment);
  const reversed = query.outcome.some((node) => causes[node] === 1);
  return diagnostic(
    'no-causal-path',
    range,
    reversed
      ? `The arrows lead from ${outcome} to ${treatment} and not the other way: in this graph the effect of ${treatment} on ${outcome} is zero. Swap the treatment and the outcome, or turn the arrows round.`
      : `No chain of arrows leads from ${treatment} to ${outcome}: in this graph the effect is zero by assumption. If you want to find out, draw the arrow.`,
    { mends: reversed ? [{ kind: 'swap-roles', range }] : [drawnArrow(answers, structure)] },
  );
}

function drawnArrow({ effect }: EffectAnswers, { graph }: Structure): Mend {
  const nameOf = (node: Node | undefined): string => graph.names[node ?? -1] ?? '';
  return {
    kind: 'draw',
    from: nameOf(effect.query.treatment[0]),
    to: [nameOf(effect.query.outcome[0])],
  };
}

function notIdentifiable(answers: EffectAnswers, range: Range, structure: Structure): Diagnostic {
  const report = answers.unblockable();
  const effect = effectName(answers, structure);
  if (report === null) {
    return diagnostic(
      'not-identifiable',
      range,
      `The data cannot tell ${effect}: the rows are selected by a consequence of it. Data without that selection are needed.`,
    );
  }
  return diagnostic(
    'not-identifiable',
    range,
    `The data cannot tell ${effect}: ${obstinatePath(report, structure)}. ${wayPastHidden(answers, report.path, structure)}`,
    { related: pathPlaces(report.path, structure), mends: measuredAfterAll(answers, report.path, structure) },
  );
}

function undecided(answers: EffectAnswers, range: Range, structure: Structure): Diagnostic {
  const report = answers.unblockable();
  const selected = answers.effect.query.selection.length > 0;
  const open =
    report === null
      ? 'No adjustment set identifies'
      : `No adjustment set will do, for ${obstinatePath(report, structure)}. None identifies`;
  const doubt = selected
    ? 'Whether anything else does is not known: the rows are selected, and the other ways are not worked out for that.'
    : 'Whether an instrument does is not known: the graph is too large to try every conditioning set.';
  return diagnostic('no-backdoor-set', range, `${open} ${effectName(answers, structure)}. ${doubt}`, {
    related: report === null ? [] : pathPlaces(report.path, structure),
  });
}

/** A path that defies adjustment: for good, or by giving way to others where what opens it is left out. */
function obstinatePath(report: PathReport, structure: Structure): string {
  const path = pathText(report.path, structure);
  const openers = report.inner.flatMap((inner) => (inner.kind === 'opened' ? [inner.by] : []));
  if (openers.length === 0) return `the path ${path} stays open whatever is adjusted for`;
  const held = names([...new Set(openers)], structure);
  return `with ${held} held fixed the path ${path} is open, and otherwise another is`;
}

function noBackdoorSet(answers: EffectAnswers, range: Range, structure: Structure): Diagnostic {
  const report = answers.unblockable();
  const open =
    report === null
      ? 'No adjustment set identifies'
      : `Adjustment does not help: ${obstinatePath(report, structure)}. Another way is open to`;
  return diagnostic(
    'no-backdoor-set',
    range,
    `${open} ${effectName(answers, structure)}: ${wayOf(answers, structure)}`,
    {
      related: report === null ? [] : pathPlaces(report.path, structure),
      mends: offeredInstruments(answers, range, structure),
    },
  );
}

/** As many instruments as are offered. */
const MOST_INSTRUMENTS = 3;

/** The instruments that the graph has, where they are the way to the effect. */
function offeredInstruments(answers: EffectAnswers, range: Range, structure: Structure): Mend[] {
  if (answers.strategy() !== 'instrument') return [];
  const nameOf = (node: Node): string => structure.graph.names[node] ?? '';
  return answers
    .instruments()
    .slice(0, MOST_INSTRUMENTS)
    .map(({ instrument, given }) => ({
      kind: 'use-instrument',
      instrument: nameOf(instrument),
      given: given.map(nameOf),
      range,
    }));
}

/** The way other than adjustment, in words. */
export function wayOf(answers: EffectAnswers, structure: Structure): string {
  switch (answers.strategy()) {
    case 'frontdoor':
      return `the front-door route through ${names(answers.frontDoorSet() ?? [], structure)}. Use \`estimate frontdoor\`.`;
    case 'id':
      return `a formula that the ID algorithm derives from the graph. Use \`estimate id\`.`;
    case 'instrument': {
      const [first, ...others] = answers.instruments();
      if (first === undefined) return 'an instrument.';
      const given = first.given.length === 0 ? '' : ` given ${names(first.given, structure)}`;
      const more =
        others.length === 0
          ? ''
          : ` (or ${names(
              others.map(({ instrument }) => instrument),
              structure,
            )})`;
      return `${structure.graph.names[first.instrument]} is a valid instrument${given}${more}, if effects are linear. Use \`estimate iv\`.`;
    }
    default:
      return 'adjustment.';
  }
}

/** Tells an estimate that adjusts where no adjustment helps; with a set of the person's own that is told of the set. */
export function checkStrategy(
  { method, adjust, range }: Pick<EstimateSettings, 'method' | 'adjust' | 'range'>,
  answers: EffectAnswers,
  { adjusted }: Pick<Question, 'adjusted'>,
  structure: Structure,
): Diagnostic[] {
  if (range === null || adjust !== null || adjusted !== null) return [];
  if (findMethod(method)?.strategy !== 'backdoor') return [];
  if (answers.adjustmentSet() !== null || answers.strategy() === 'zero') return [];
  const report = answers.unblockable();
  const open = report === null ? 'no adjustment set is valid' : obstinatePath(report, structure);
  const other = answers.strategy() === 'instrument';
  const way = other ? ` An instrument is a way: ${wayOf(answers, structure)}` : '';
  return [
    diagnostic(
      'no-backdoor-set',
      range,
      `${method} adjusts, and ${open}. The number mixes the effect with that path, and serves for comparison only.${way}`,
      {
        severity: 'warning',
        related: report === null ? [] : pathPlaces(report.path, structure),
        mends: other
          ? anyOf(range, ['iv'])
          : report === null
            ? []
            : measuredAfterAll(answers, report.path, structure),
      },
    ),
  ];
}

/** A set that closes what the selection opens, or the one variable that would have to be measured for that. */
function closing(answers: EffectAnswers, path: Path, structure: Structure): Mend[] {
  const set = answers.adjustmentSet();
  if (set === null) return measuredAfterAll(answers, path, structure);
  return [{ kind: 'adjust', names: set.map((node) => structure.graph.names[node] ?? ''), range: null }];
}

/** Tells a selection that opens a path which would otherwise be closed. */
export function checkSelection(
  answers: EffectAnswers,
  set: readonly Node[],
  selection: readonly { readonly node: Node; readonly variable: string; readonly range: Range }[],
  structure: Structure,
): Diagnostic[] {
  return selection.flatMap(({ node, variable, range }) => {
    const report = pathOpenedBy(answers.effect, set, [node]);
    if (report === null) return [];
    const closed = answers.adjustmentSet();
    const wayOut =
      closed === null
        ? wayPastHidden(answers, report.path, structure)
        : `Adjust for ${names(closed, structure)}.`;
    return [
      diagnostic(
        'selection-bias',
        range,
        `The rows are there only given ${variable}, and that opens the path ${pathText(report.path, structure)}. The estimate mixes the effect with it. ${wayOut}`,
        { related: pathPlaces(report.path, structure), mends: closing(answers, report.path, structure) },
      ),
    ];
  });
}
