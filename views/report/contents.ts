/** What a report has, in its order. */

import { effectGroups, effectTitle } from '../effects.ts';
import { namesOf } from '../estimates/namedOutcomes.ts';
import type { ReportPage } from './reportPage.ts';

export interface Entry {
  /** Of the element that it leads to. */
  readonly id: string;
  readonly title: string;
  readonly entries: readonly Entry[];
}

/** Of an estimate by its place among those of its effect, and that of the effect. */
export function estimateId(effect: number, estimate: number): string {
  return `estimate-${effect + 1}-${estimate + 1}`;
}

function estimates({ report }: ReportPage): readonly Entry[] {
  const groups = report === null ? [] : effectGroups(report.estimates);
  return groups.flatMap((group, effect) => {
    const names = namesOf(group.estimates);
    const prefix = groups.length === 1 ? '' : `${effectTitle(group)}: `;
    return names.map((name, i) => ({ id: estimateId(effect, i), title: `${prefix}${name}`, entries: [] }));
  });
}

/** Sections that a page has, with what can be found under the longest. */
export function contentsOf(page: ReportPage): readonly Entry[] {
  const entry = (id: string, title: string, entries: readonly Entry[] = []): Entry => ({
    id,
    title,
    entries,
  });
  return [
    entry('graph', 'The graph'),
    entry('identification', 'What the graph identifies'),
    entry('data', 'The data'),
    entry('estimates', 'Estimates', estimates(page)),
    ...(page.tests.length === 0 ? [] : [entry('expected', 'What was expected')]),
    ...(page.methods === '' ? [] : [entry('methods', 'Methods in a paragraph')]),
    entry('reproduce', 'How to reproduce this'),
  ];
}
