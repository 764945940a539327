/** The ways in which a graph identifies an effect, in the terms of the field. */

import type { OptimalSet } from '../../../engine/graph/adjustment/optimalSet.ts';
import type { Identification } from '../../../engine/graph/identification.ts';
import type { Node } from '../../../engine/model/model.ts';
import type { Analysis } from '../../../server/analysis/analyse.ts';
import { NOTATIONS, type Notation } from './formulas.ts';
import { setText } from './section.ts';

/** Entries of a list that are printed; the JSON has them all. */
const SHOWN = 8;

/** Each way of identification with what it needs: its name and its sets, as cells of a table. */
export function wayRows(
  { backdoor, direct, frontdoor, instruments, id }: Identification,
  { structure }: Analysis,
  notation: Notation,
): string[][] {
  const { names } = structure.graph;
  const sets = (list: readonly (readonly Node[])[]): string[] => list.map((set) => setText(set, names));
  const rows: string[][] = [
    ['Adjustment sets', listText(sets(backdoor.sets), backdoor.truncated)],
    ['Most precise set', preciseText(backdoor.optimality, names)],
  ];
  if (backdoor.given !== null) rows.push(['Your set', backdoor.given.valid ? 'valid' : 'not valid']);
  if (direct.kind === 'direct') rows.push(['Direct effect', listText(sets(direct.sets), direct.truncated)]);
  rows.push([
    'Front-door sets',
    frontdoor.kind === 'front-door' ? listText(sets(frontdoor.sets), frontdoor.truncated) : 'none',
  ]);
  if (instruments.kind === 'instruments') {
    const found = instruments.instruments.map(({ instrument, given }) =>
      given.length === 0 ? `${names[instrument]}` : `${names[instrument]} given ${setText(given, names)}`,
    );
    rows.push(['Instruments', listText(found, !instruments.complete)]);
  }
  if (id.kind === 'identifiable' && id.estimand !== null)
    rows.push(['Formula', NOTATIONS[notation](id.estimand, names)]);
  if (id.kind === 'not-identifiable') {
    rows.push([
      'Formula',
      `none without assumptions beyond the graph: hedge ${setText(id.hedge.outer, names)} around ${setText(id.hedge.inner, names)}`,
    ]);
  }
  return rows;
}

/** The most precise set, or why none is named. */
function preciseText(answer: OptimalSet, names: readonly string[]): string {
  return answer.kind === 'optimal' ? setText(answer.set, names) : WHY_NO_OPTIMUM[answer.reason];
}

const WHY_NO_OPTIMUM: Readonly<Record<Exclude<OptimalSet, { kind: 'optimal' }>['reason'], string>> = {
  'no-valid-set': 'none',
  'zero-effect': 'none, the effect is zero',
  'unaffected-outcome': 'none, one of the outcomes is not affected',
  'gain-against-cost': 'none, which one is best depends on the numbers',
  'several-treatments-or-outcomes': 'not known for several treatments or outcomes with hidden causes',
  'out-of-work': 'not known, the graph is too large to look at every variable',
};

function listText(items: readonly string[], more: boolean): string {
  if (items.length === 0) return 'none';
  const shown = items.slice(0, SHOWN);
  return `${shown.join('  ')}${more || items.length > SHOWN ? '  …' : ''}`;
}
