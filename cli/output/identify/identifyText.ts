/** What the graph of a spec says, for people. */

import type { QueryFailure } from '../../../engine/graph/effect.ts';
import type { Identification } from '../../../engine/graph/identification.ts';
import type { SnapshotVerdict } from '../../../engine/report/snapshot.ts';
import type { Analysis } from '../../../server/analysis/analyse.ts';
import type { Diagnostic } from '../../../server/analysis/diagnostic.ts';
import { specRoles } from '../../../server/analysis/identifySpec.ts';
import { measureSentences } from '../../../server/analysis/measureWords.ts';
import { verdictOf } from '../../../server/analysis/verdict.ts';
import type { SpecFile } from '../../input.ts';
import { type Terminal, table, wrap } from '../../terminal.ts';
import { diagnosticText } from '../checkText.ts';
import { measure } from './measure.ts';
import type { ShownOptions } from './section.ts';
import type { ShownSection } from './sections.ts';
import { wayRows } from './ways.ts';

export interface AnsweredSpec {
  readonly spec: SpecFile;
  readonly analysis: Analysis;
  readonly result: Identification | QueryFailure;
  readonly diagnostics: readonly Diagnostic[];
  readonly shown: readonly ShownSection[];
}

/** The verdict first, then the ways, the roles and what the graph claims; errors of the spec before everything. */
export function identifyText(
  { spec, analysis, result, diagnostics, shown }: AnsweredSpec,
  terminal: Terminal,
  { notation }: ShownOptions,
): string {
  const errors = diagnostics
    .filter(({ severity }) => severity === 'error')
    .map((each) => diagnosticText(each, spec, terminal));
  const verdict = verdictOf(analysis);
  const head = [
    terminal.strong(spec.name),
    wrap(verdict.headline, terminal.width, '  '),
    ...detailsOf(verdict, shown).map((detail) => wrap(detail, terminal.width, '  ')),
  ];
  const body =
    result.kind === 'failure'
      ? []
      : [
          '',
          table(wayRows(result, analysis, notation), new Set(), '  '),
          '',
          rolesText(result, analysis, terminal),
          '',
          wrap(claimsText(result, analysis), terminal.width, '  '),
          ...shown.flatMap((each) => ['', sectionText(each, terminal)]),
        ];
  return `${[...errors, ...head, ...body].join('\n')}\n`;
}

/** What belongs to the verdict, but for what a part says in full below. */
function detailsOf({ details }: SnapshotVerdict, shown: readonly ShownSection[]): readonly string[] {
  const part = shown.find(({ section }) => section === measure);
  const told = new Set(part === undefined ? [] : measureSentences(part.subject.answers));
  return details.filter((detail) => !told.has(detail));
}

function rolesText(result: Identification, analysis: Analysis, terminal: Terminal): string {
  const { names } = analysis.structure.graph;
  const rows = specRoles(analysis, result).map((roles, node) => [names[node] ?? '', roles.join(', ')]);
  return `  ${terminal.faint('Roles')}\n${table(rows, new Set(), '    ')}`;
}

function sectionText({ section, subject }: ShownSection, terminal: Terminal): string {
  const { heading, lines } = section.text(subject);
  const body = lines.length === 0 ? ['none'] : lines;
  return [`  ${terminal.faint(heading)}`, ...body.map((line) => hanging(line, terminal.width))].join('\n');
}

/** A line of a list: where it is broken, the rest stands further in. */
function hanging(line: string, width: number): string {
  return wrap(line, width, '      ').replace(/^ {2}/, '');
}

function claimsText({ implications }: Identification, { structure }: Analysis): string {
  const { names } = structure.graph;
  const claims = implications.implications.map(({ x, y, given }) =>
    given.length === 0
      ? `${names[x]} ⊥ ${names[y]}`
      : `${names[x]} ⊥ ${names[y]} | ${given.map((node) => names[node]).join(', ')}`,
  );
  const count = `${claims.length}${implications.truncated ? ' or more' : ''}`;
  if (claims.length === 0) return 'The graph claims no independence that data could contradict.';
  return `The graph claims ${count} independences, among them ${claims.slice(0, 4).join('; ')}.`;
}
