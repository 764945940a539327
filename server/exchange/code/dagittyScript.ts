/** An R script that asks dagitty what it says of the graph of a spec. */

import { formatOf } from '../../../formats/formats.ts';
import type { Analysis } from '../../analysis/analyse.ts';
import { documentOf } from '../documentOf.ts';
import { scriptFacts } from './analysisFacts.ts';
import { rString, rVector } from './rText.ts';
import type { Script } from './script.ts';

/** Ends with a line break. Each adjustment set of the spec's estimates is put to the test. */
export function dagittyScript(analysis: Analysis): Script {
  const { document, notes } = documentOf(analysis);
  const written = formatOf('dagitty')?.write(document) ?? { text: '', losses: [] };
  const text = [
    'library(dagitty)',
    '',
    `g <- dagitty(${rString(written.text.trimEnd())})`,
    '',
    '# What suffices to adjust for, what can serve as an instrument, and what the data must show if the graph is right.',
    'adjustmentSets(g)',
    ...(document.nodes.some(({ roles }) => roles.includes('treatment')) ? ['instrumentalVariables(g)'] : []),
    'impliedConditionalIndependencies(g)',
    ...setLines(analysis),
  ];
  return { text: `${text.join('\n')}\n`, notes: [...notes, ...written.losses] };
}

/** Is what the estimates adjust for valid? Asked once of each set. */
function setLines(analysis: Analysis): readonly string[] {
  const asked = scriptFacts(analysis)
    .plans.filter(({ adjusted, instruments, through, estimand }) => {
      return adjusted.length > 0 && instruments.length === 0 && through.length === 0 && estimand !== 'direct';
    })
    .map(({ adjusted, treatment, outcome }) => {
      const pair = `exposure = ${rString(treatment)}, outcome = ${rString(outcome)}`;
      return `isAdjustmentSet(g, ${rVector(adjusted)}, ${pair})`;
    });
  const lines = [...new Set(asked)];
  return lines.length === 0 ? [] : ['', '# What the estimates of the spec adjust for.', ...lines];
}
