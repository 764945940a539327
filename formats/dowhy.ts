/** A Python script that asks DoWhy for the effect in the graph. Only written: nobody reads graphs out of programs. */

import { arcNodes } from './arcNodes.ts';
import { writeGml } from './gml/write.ts';
import type { GraphDocument, GraphFormat, NodeRole, WriteResult } from './graphDocument.ts';
import { pythonList, pythonString } from './pythonText.ts';
import { shortList } from './wording.ts';

function named(document: GraphDocument, role: NodeRole): readonly string[] {
  return document.nodes.filter((node) => node.roles.includes(role)).map((node) => node.name);
}

/** What DoWhy does not know of, or cannot do without. */
function lossesOf(document: GraphDocument): readonly string[] {
  const losses: string[] = [];
  for (const role of ['treatment', 'outcome'] as const)
    if (named(document, role).length === 0)
      losses.push(`The graph has no ${role}: name it in the script, where the list is empty.`);
  const unsaid = document.nodes.filter(
    ({ roles }) => roles.includes('adjusted') || roles.includes('selected'),
  );
  if (unsaid.length > 0)
    losses.push(
      `${shortList(unsaid.map(({ name }) => name))}: DoWhy chooses itself what to adjust for, and knows no selection.`,
    );
  const latent = named(document, 'latent').filter((name) => named(document, 'treatment').includes(name));
  if (latent.length > 0)
    losses.push(`${shortList(latent)}: latent, so there is no column for DoWhy to take as the treatment.`);
  return losses;
}

/**
 * A script that runs once its one line about the data is right: the graph as GML, latents and the causes behind bidirected
 * edges as nodes without a column. Ends with a line break.
 */
function write(document: GraphDocument): WriteResult {
  const gml = writeGml(document);
  const latents = new Set(named(document, 'latent'));
  const observed = document.nodes.map((node) => node.name).filter((name) => !latents.has(name));
  const hidden = [...latents, ...arcNodes(document).map((arc) => arc.name)];
  const text = [
    'import pandas as pd',
    'from dowhy import CausalModel',
    '',
    '# Your data, one column for each name in `observed`. This is the line to change.',
    'data = pd.read_csv("data.csv")',
    '',
    `observed = ${pythonList(observed)}`,
    ...(hidden.length === 0
      ? []
      : [`# Not observed, so not in the data: ${hidden.map(pythonString).join(', ')}`]),
    `graph = r"""${gml.text.trimEnd()}"""`,
    '',
    'model = CausalModel(',
    '    data=data[observed],',
    `    treatment=${pythonList(named(document, 'treatment'))},`,
    `    outcome=${pythonList(named(document, 'outcome'))},`,
    '    graph=graph,',
    ')',
    'estimand = model.identify_effect()',
    'print(estimand)',
  ];
  return { text: `${text.join('\n')}\n`, losses: [...gml.losses, ...lossesOf(document)] };
}

export const dowhy: GraphFormat = {
  id: 'dowhy',
  title: 'DoWhy (Python)',
  endings: ['.py'],
  read: null,
  write,
};
