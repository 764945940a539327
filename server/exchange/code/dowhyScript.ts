/** A Python script that reads the rows of a spec, gives DoWhy its graph, and makes its estimates again where DoWhy has the method. */

import type { EstimatePlan } from '../../../engine/estimate/plan.ts';
import { formatOf } from '../../../formats/formats.ts';
import { pythonList, pythonString } from '../../../formats/pythonText.ts';
import type { Analysis } from '../../analysis/analyse.ts';
import { documentOf } from '../documentOf.ts';
import {
  columnsOf,
  conditionPlace,
  type ScriptFacts,
  type ScriptVariable,
  scriptFacts,
} from './analysisFacts.ts';
import { dowhyCall } from './dowhyCalls.ts';
import { isCondition, pandasColumn, pandasExpression, readNames } from './pandasExpression.ts';
import type { Script } from './script.ts';

/** Ends with a line break. Where DoWhy has no such method, or computes it otherwise, a comment and a note say so. */
export function dowhyScript(analysis: Analysis): Script {
  const facts = scriptFacts(analysis);
  const { document, notes } = documentOf(analysis);
  const gml = formatOf('gml')?.write(document) ?? { text: '', losses: [] };
  const estimates = facts.plans.map((plan) => estimateLines(plan, facts));
  const needsLogit = estimates.some(({ lines }) =>
    lines.some((line) => line.includes('LogisticRegression(')),
  );
  const text = [
    'import numpy as np',
    'import pandas as pd',
    'from dowhy import CausalModel',
    ...(needsLogit ? ['from sklearn.linear_model import LogisticRegression'] : []),
    '',
    ...rowLines(facts),
    '',
    '# The graph.',
    `graph = r"""${gml.text.trimEnd()}"""`,
    ...estimates.flatMap(({ lines }) => ['', ...lines]),
  ];
  return { text: `${text.join('\n')}\n`, notes: [...notes, ...estimates.flatMap(({ notes: told }) => told)] };
}

const READERS: readonly (readonly [ending: RegExp, reader: (path: string) => string])[] = [
  [/\.parquet$/i, (path) => `pd.read_parquet(${path})`],
  [/\.(?:ndjson|jsonl)$/i, (path) => `pd.read_json(${path}, lines=True)`],
  [/\.json$/i, (path) => `pd.read_json(${path})`],
  [/\.tsv(?:\.gz)?$/i, (path) => `pd.read_csv(${path}, sep="\\t")`],
  [/./, (path) => `pd.read_csv(${path})`],
];

function rowLines({ path, where, variables, conditions }: ScriptFacts): readonly string[] {
  const file = path ?? 'data.csv';
  const read = READERS.find(([ending]) => ending.test(file))?.[1] ?? ((name) => `pd.read_csv(${name})`);
  return [
    path === null
      ? '# The rows. The spec names no data: this is the line to change.'
      : '# The rows, with the path as the spec names it: run this in the folder of the spec.',
    `data = ${read(pythonString(file))}`,
    ...variables.flatMap(({ name, definition }) =>
      definition === null ? [] : definitionLines(pandasColumn(name), definition),
    ),
    ...(where === null ? [] : [`data = data[${pandasExpression(where)}].copy()`]),
    ...conditions.map((condition, i) => `keep_${i + 1} = ${pandasExpression(condition)}`),
    ...variables.flatMap(codingLines),
  ];
}

/** Levels as numbers where there are two, else as a category. Conditions come before: they are about the values of the file. */
function codingLines({ name, kind, levels }: ScriptVariable): readonly string[] {
  const column = pandasColumn(name);
  const numeric = levels.every((level) => level.trim() !== '' && Number.isFinite(Number(level)));
  const values = numeric ? levels : levels.map(pythonString);
  const text = numeric ? column : `${column}.astype(str)`;
  if (kind === 'binary')
    return levels.length === 2
      ? [`${column} = ${text}.map({${values.map((value, i) => `${value}: ${i}`).join(', ')}})`]
      : [`${column} = ${column}.rank(method="dense") - 1  # the lower of its two values is 0, the higher 1`];
  if (kind !== 'categorical' && kind !== 'ordinal') return [];
  return levels.length === 0
    ? [`${column} = ${column}.astype("category")`]
    : [`${column} = pd.Categorical(${text}.where(${column}.notna()), categories=[${values.join(', ')}])`];
}

function definitionLines(
  column: string,
  definition: NonNullable<ScriptVariable['definition']>,
): readonly string[] {
  const printed = pandasExpression(definition);
  if (!isCondition(definition)) {
    const bare = definition.kind === 'column' || definition.kind === 'variable';
    return [bare ? `${column} = ${printed}` : `${column} = (${printed}).replace([np.inf, -np.inf], np.nan)`];
  }
  const names = readNames(definition);
  return [`${column} = (${printed}).astype(float).where(data[${pythonList(names)}].notna().all(axis=1))`];
}

/** Rows of one estimate, its model, and what DoWhy computes. */
function estimateLines(
  plan: EstimatePlan,
  facts: ScriptFacts,
): { readonly lines: readonly string[]; readonly notes: readonly string[] } {
  const called = dowhyCall(plan, facts.variables);
  const heading = `# ${plan.name.replace(/\s+/g, ' ')}`;
  if (called.kind === 'none')
    return { lines: [heading, `# ${called.reason}`], notes: [`${plan.name}: ${called.reason}`] };
  const remarks = [
    ...called.remarks,
    ...(plan.missing === 'drop'
      ? []
      : [
          'The spec fills in missing covariates here; this leaves such rows out, so that the numbers differ.',
        ]),
    ...(plan.weight === null
      ? []
      : ['The spec weights the rows; DoWhy has no such weights, so that the numbers differ.']),
  ];
  return {
    lines: [
      heading,
      ...remarks.map((remark) => `# ${remark}`),
      `rows = data${keptRows(plan)}[${pythonList(columnsOf(plan))}].dropna().reset_index(drop=True)`,
      ...(called.model ? modelLines(plan) : []),
      ...called.lines,
    ],
    notes: remarks.map((remark) => `${plan.name}: ${remark}`),
  };
}

function modelLines({ treatment, outcome }: EstimatePlan): readonly string[] {
  return [
    'model = CausalModel(',
    '    data=rows,',
    `    treatment=${pythonList([treatment])},`,
    `    outcome=${pythonList([outcome])},`,
    '    graph=graph,',
    ')',
  ];
}

function keptRows(plan: EstimatePlan): string {
  const place = conditionPlace(plan);
  return place === null ? '' : `[keep_${place}]`;
}
