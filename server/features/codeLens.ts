import type { CodeLens } from 'vscode-languageserver';
import type { EstimateOutcome } from '../../engine/estimate/result.ts';
import type { EstimateStatement, Statement } from '../../grammar/tree.ts';
import type { LastRun, OpenSpec } from '../openSpec.ts';
import { ESTIMATE_COMMAND, SHOW_GRAPH_COMMAND } from '../protocol.ts';
import { outcomeText } from './estimateWords.ts';
import { lspRange } from './places.ts';

/** Commands of lenses; null where the client has none to show the graph with. */
export interface LensCommands {
  readonly estimate: string;
  readonly graph: string | null;
}

const OWN_COMMANDS: LensCommands = { estimate: ESTIMATE_COMMAND, graph: SHOW_GRAPH_COMMAND };

/**
 * `Show graph` above the first statement; `Estimate` above the treatment and above the first estimate; above each estimate what came of it last. None where
 * the settings want none.
 */
export function codeLenses(
  { document, analysis, lastRun, settings }: OpenSpec,
  { estimate, graph }: LensCommands = OWN_COMMANDS,
): CodeLens[] {
  const { statements } = analysis.document;
  const [first] = statements;
  if (first === undefined || !settings.codeLens) return [];
  const lens = (statement: Statement, title: string, command: string): CodeLens => ({
    range: lspRange(document, { start: statement.range.start, end: statement.range.start }),
    command: { title, command, arguments: [document.uri] },
  });
  const treatment = statements.find(
    (statement) => statement.kind === 'role' && statement.role === 'treatment',
  );
  const estimates = statements.filter((statement) => statement.kind === 'estimate');
  const asking = [treatment, estimates[0]].filter((statement) => statement !== undefined);
  return [
    ...(graph === null ? [] : [lens(first, 'Show graph', graph)]),
    ...asking.map((statement) => lens(statement, 'Estimate', estimate)),
    ...estimates.flatMap((statement) =>
      resultTitles(statement, lastRun).map((title) => lens(statement, title, graph ?? estimate)),
    ),
  ];
}

/** What came of a statement, one title an outcome; none before the first run, or where the statement has changed since. */
function resultTitles({ range }: EstimateStatement, lastRun: LastRun | null): string[] {
  const outcomes = lastRun?.outcomes.get(range.start) ?? [];
  const several = outcomes.length > 1;
  const parts = new Set(outcomes.map(({ estimand }) => estimand)).size > 1;
  const named = ({ treatment, outcome, contrast: [level, reference], estimand }: EstimateOutcome): string =>
    several ? `${parts ? `${estimand}, ` : ''}${treatment} on ${outcome}, ${level} vs ${reference}: ` : '';
  const stale = lastRun?.stale === true ? ' · outdated' : '';
  return outcomes.map((outcome) => `${named(outcome)}${outcomeText(outcome)}${stale}`);
}
