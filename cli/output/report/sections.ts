/** The parts of a report that an analysis says in words. */

import type { GraphSnapshot } from '../../../engine/report/snapshot.ts';
import { nameList } from '../../../engine/wording.ts';
import type { Analysis } from '../../../server/analysis/analyse.ts';
import { identifySpec } from '../../../server/analysis/identifySpec.ts';
import type { ReportPage } from '../../../views/report/reportPage.ts';
import { roleWord } from '../../../views/roles.ts';
import { wayRows } from '../identify/ways.ts';

/** What is asked, in a sentence. */
export function questionText({ question }: Analysis): string {
  if (question.treatment.length === 0 || question.outcome.length === 0) {
    return 'The spec asks no question: it names no treatment, or no outcome.';
  }
  const names = (entries: readonly { readonly variable: string }[]): string =>
    nameList(entries.map(({ variable }) => variable));
  return `What is the effect of ${names(question.treatment)} on ${names(question.outcome)}?`;
}

/** Sets listed of each way. */
const SETS = 20;

/** Each way in which the graph identifies the effect, with what it needs. */
export function waysOf(analysis: Analysis): ReportPage['ways'] {
  if (analysis.question.treatment.length === 0 || analysis.question.outcome.length === 0) return [];
  const result = identifySpec(analysis, SETS);
  if (result.kind === 'failure') return [];
  return wayRows(result, analysis, 'text').map(([name = '', text = '']) => ({ name, text }));
}

/** What each variable is for the effect. */
export function rolesOf({ nodes }: GraphSnapshot): ReportPage['roles'] {
  return nodes.map(({ name, role, description, note }) => ({
    name,
    role: roleWord(role),
    description,
    note: note ?? '',
  }));
}

/** The arrows that somebody has justified. */
export function assumptionsOf({ edges }: GraphSnapshot): ReportPage['assumptions'] {
  return edges.flatMap(({ from, to, kind, note }) =>
    note === undefined ? [] : [{ arrow: `${from} ${kind === 'directed' ? '→' : '↔'} ${to}`, note }],
  );
}
