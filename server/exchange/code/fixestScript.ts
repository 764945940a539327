/** An R script that reads the rows of a spec and makes its estimates again with fixest, where least squares can. */

import { groupedVariable } from '../../../engine/data/request.ts';
import type { EstimatePlan } from '../../../engine/estimate/plan.ts';
import type { Analysis } from '../../analysis/analyse.ts';
import {
  columnsOf,
  conditionPlace,
  type ScriptFacts,
  type ScriptVariable,
  scriptFacts,
} from './analysisFacts.ts';
import { rColumn, rExpression, rName, rString, rVector } from './rText.ts';
import type { Script } from './script.ts';

/** Ends with a line break. Where fixest has no such method, or computes it otherwise, a comment and a note say so. */
export function fixestScript(analysis: Analysis): Script {
  const facts = scriptFacts(analysis);
  const estimates = facts.plans.map((plan) => estimateLines(plan, facts));
  const text = [
    'library(fixest)',
    '',
    ...rowLines(facts),
    ...estimates.flatMap(({ lines }) => ['', ...lines]),
  ];
  return { text: `${text.join('\n')}\n`, notes: estimates.flatMap(({ notes }) => notes) };
}

const READERS: readonly (readonly [ending: RegExp, reader: (path: string) => string])[] = [
  [/\.parquet$/i, (path) => `as.data.frame(arrow::read_parquet(${path}))`],
  [/\.(?:ndjson|jsonl)$/i, (path) => `jsonlite::stream_in(file(${path}))`],
  [/\.json$/i, (path) => `jsonlite::fromJSON(${path})`],
  [/\.tsv(?:\.gz)?$/i, (path) => `read.delim(${path}, check.names = FALSE, na.strings = c('NA', ''))`],
  [/./, (path) => `read.csv(${path}, check.names = FALSE, na.strings = c('NA', ''))`],
];

function rowLines({ path, where, variables, conditions }: ScriptFacts): readonly string[] {
  const file = path ?? 'data.csv';
  const read = READERS.find(([ending]) => ending.test(file))?.[1] ?? ((name) => `read.csv(${name})`);
  return [
    path === null
      ? '# The rows. The spec names no data: this is the line to change.'
      : '# The rows, with the path as the spec names it: run this in the folder of the spec.',
    `data <- ${read(rString(file))}`,
    ...variables.flatMap(({ name, definition }) =>
      definition === null ? [] : definitionLines(rColumn(name), definition),
    ),
    ...(where === null ? [] : [`data <- data[which(${rExpression(where)}), ]`]),
    ...conditions.map((condition, i) => `keep_${i + 1} <- which(${rExpression(condition)})`),
    ...variables.flatMap(codingLines),
  ];
}

function definitionLines(
  column: string,
  definition: NonNullable<ScriptVariable['definition']>,
): readonly string[] {
  const line = `${column} <- ${rExpression(definition)}`;
  return definition.kind === 'column' || definition.kind === 'variable'
    ? [line]
    : [line, `${column}[is.infinite(${column})] <- NA`];
}

/** Levels as numbers where there are two, else as a factor. Conditions come before: they are about the values of the file. */
function codingLines({ name, kind, levels }: ScriptVariable): readonly string[] {
  const column = rColumn(name);
  const known = levels.length === 0 ? `sort(unique(${column}), method = 'radix')` : rVector(levels);
  const value = levels.length === 0 ? column : `as.character(${column})`;
  if (kind === 'binary') return [`${column} <- match(${value}, ${known}) - 1`];
  if (kind !== 'categorical' && kind !== 'ordinal') return [];
  return [`${column} <- factor(${value}, levels = ${known})`];
}

interface Model {
  /** Lines before the model, over the frame `rows`. */
  readonly before: readonly string[];
  readonly formula: string;
  readonly weights: string | null;
  readonly remarks: readonly string[];
}

function estimateLines(
  plan: EstimatePlan,
  facts: ScriptFacts,
): { readonly lines: readonly string[]; readonly notes: readonly string[] } {
  const heading = `# ${plan.name.replace(/\s+/g, ' ')}`;
  const model = modelOf(plan, facts.variables);
  if (typeof model === 'string') return { lines: [heading, `# ${model}`], notes: [`${plan.name}: ${model}`] };
  const place = conditionPlace(plan);
  const columns = `data[${place === null ? '' : `keep_${place}`}, ${rVector(columnsOf(plan))}]`;
  const remarks = [
    ...model.remarks,
    ...(plan.bootstrap === null
      ? []
      : ['The spec takes its standard error from a bootstrap; this one is computed from a formula.']),
    ...(plan.missing === 'drop'
      ? []
      : [
          'The spec fills in missing covariates here; this leaves such rows out, so that the numbers differ.',
        ]),
  ];
  return {
    lines: [
      heading,
      ...remarks.map((remark) => `# ${remark}`),
      `rows <- na.omit(${columns})`,
      ...model.before,
      `feols(${model.formula}, rows${model.weights === null ? '' : `, weights = ~${model.weights}`}, ${varianceOf(plan)})`,
    ],
    notes: remarks.map((remark) => `${plan.name}: ${remark}`),
  };
}

/** The formula, or why there is none. */
function modelOf(plan: EstimatePlan, variables: readonly ScriptVariable[]): Model | string {
  const [outcome, treatment] = [rName(plan.outcome), rName(plan.treatment)];
  const controls = plan.adjusted.map(rName);
  const weights = plan.weight === null ? null : rName(plan.weight);
  const plain = { before: [], weights, remarks: contrastRemarks(plan, variables) };
  switch (plan.method) {
    case 'difference':
      return { ...plain, formula: `${outcome} ~ ${treatment}` };
    case 'regression':
      return { ...plain, formula: `${outcome} ~ ${[treatment, ...controls].join(' + ')}` };
    case 'lin':
      return linModel(plan, variables, plain);
    case 'iv': {
      const exogenous = controls.length === 0 ? '1' : controls.join(' + ');
      return {
        ...plain,
        formula: `${outcome} ~ ${exogenous} | ${treatment} ~ ${plan.instruments.map(rName).join(' + ')}`,
      };
    }
    case 'ipw':
      return weightedModel(plan, plain);
    default:
      return `fixest computes least squares, and ${plan.method} is none: it is left out.`;
  }
}

/** Covariates in deviations from their means, so that the coefficient of the treatment is the average effect. */
function linModel(
  plan: EstimatePlan,
  variables: readonly ScriptVariable[],
  plain: Omit<Model, 'formula'>,
): Model | string {
  const several = plan.adjusted.find((name) => {
    const kind = variables.find((variable) => variable.name === name)?.kind;
    return kind === 'categorical' || kind === 'ordinal';
  });
  if (several !== undefined)
    return `${several} has several levels, which are not centred here: it is left out.`;
  if (plan.weight !== null) return 'The means of weighted rows are not written out here: it is left out.';
  const treatment = rName(plan.treatment);
  const controls = plan.adjusted.map(rName);
  return {
    ...plain,
    before: plan.adjusted.map(
      (name) => `rows$${rName(name)} <- rows$${rName(name)} - mean(rows$${rName(name)})`,
    ),
    formula: `${rName(plan.outcome)} ~ ${[treatment, ...controls, ...controls.map((name) => `${treatment}:${name}`)].join(' + ')}`,
  };
}

function weightedModel(plan: EstimatePlan, plain: Omit<Model, 'formula'>): Model | string {
  if (plan.propensity !== 'logistic' || plan.trim > 0 || plan.weight !== null)
    return 'Written out are weights by a logistic propensity alone, of unweighted rows and with none cut: it is left out.';
  const treatment = `rows$${rName(plan.treatment)}`;
  const controls = plan.adjusted.length === 0 ? '1' : plan.adjusted.map(rName).join(' + ');
  const weight = {
    att: `ifelse(${treatment} == 1, 1, propensity / (1 - propensity))`,
    atc: `ifelse(${treatment} == 1, (1 - propensity) / propensity, 1)`,
    overlap: `ifelse(${treatment} == 1, 1 - propensity, propensity)`,
    ate: `ifelse(${treatment} == 1, 1 / propensity, 1 / (1 - propensity))`,
  };
  const shape =
    plan.estimand === 'att' || plan.estimand === 'atc' || plan.estimand === 'overlap' ? plan.estimand : 'ate';
  return {
    ...plain,
    before: [
      `propensity <- fitted(glm(${rName(plan.treatment)} ~ ${controls}, family = binomial(), data = rows))`,
      `rows$.weight <- ${weight[shape]}`,
    ],
    weights: '.weight',
    formula: `${rName(plan.outcome)} ~ ${rName(plan.treatment)}`,
    remarks: [
      ...plain.remarks,
      'The estimate is the same; this standard error takes the weights as known, and that of the spec does not.',
    ],
  };
}

function contrastRemarks(
  { contrast, treatment }: EstimatePlan,
  variables: readonly ScriptVariable[],
): readonly string[] {
  if (contrast === null) return [];
  const levels = variables.find(({ name, kind }) => name === treatment && kind === 'binary')?.levels ?? [];
  const coded = (level: string): number => (levels.includes(level) ? levels.indexOf(level) : Number(level));
  const step = coded(contrast.level) - coded(contrast.reference);
  if (step === 1) return [];
  const asked = `The contrast is ${contrast.level} against ${contrast.reference}`;
  return Number.isNaN(step)
    ? [`${asked}: read it off the coefficients of ${treatment}.`]
    : [`${asked}: multiply the coefficient by ${step}.`];
}

/** The covariance as fixest calls it: its small-sample corrections are those of the spec. */
function varianceOf({ cluster, standardError, method }: EstimatePlan): string {
  if (cluster !== null) return `vcov = ~${rName(groupedVariable(cluster))}`;
  switch (standardError ?? (method === 'lin' ? 'hc2' : 'robust')) {
    case 'classic':
      return "vcov = 'iid'";
    case 'robust':
      return "vcov = 'HC1'";
    case 'hc0':
      return "vcov = 'HC1', ssc = ssc(K.adj = FALSE)";
    case 'hc2':
      return "vcov = 'HC2'";
    case 'hc3':
      return "vcov = 'HC3'";
  }
}
