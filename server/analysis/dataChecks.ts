/** The spec against what its data file holds. */

import { type ColumnSummary, type DeclaredType, inferKind } from '../../engine/data/variableType.ts';
import { sameLevel } from '../../engine/estimate/contrasts.ts';
import type { MissingPolicy } from '../../engine/estimate/plan.ts';
import { nameList } from '../../engine/wording.ts';
import { writeString } from '../../grammar/literals.ts';
import { canWriteName, quoteName } from '../../grammar/names.ts';
import { nearest } from '../../grammar/nearest.ts';
import { type Name, type Range, TYPE_NAMES } from '../../grammar/tree.ts';
import type { DataDescription } from '../jobs/describeData.ts';
import type { DataFailure } from '../jobs/failure.ts';
import type { Analysis } from './analyse.ts';
import { type Diagnostic, diagnostic } from './diagnostic.ts';
import { levelText } from './estimateOptions.ts';
import { declaredType } from './estimation.ts';
import { anyOf, type Mend, respell, writeLevel } from './mend.ts';
import { mentionsIn, namesInExpression } from './mentions.ts';

/** Columns of the file that a spec uses, by the places where it names them. */
export function usedColumns(analysis: Analysis): ReadonlyMap<string, Range> {
  const columns = new Map<string, Range>();
  const use = (name: string, range: Range): void => {
    if (!columns.has(name)) columns.set(name, range);
  };
  for (const declaration of analysis.symbols.declarations.values()) {
    if (declaration.kind !== 'variable') continue;
    if (declaration.definition === undefined) use(declaration.name, declaration.range);
    for (const { text, range } of namesInExpression(declaration.definition)) {
      if (text === declaration.name || !isDeclared(text, analysis)) use(text, range);
    }
  }
  for (const { text, range } of valuesInOptions(analysis)) if (!isDeclared(text, analysis)) use(text, range);
  return columns;
}

function isDeclared(name: string, { symbols }: Analysis): boolean {
  return symbols.declarations.has(name);
}

/** Names in the options of `data` and of estimates that may be columns. */
function* valuesInOptions({ document }: Analysis): Generator<Name> {
  for (const statement of document.statements) {
    if (statement.kind !== 'data' && statement.kind !== 'estimate') continue;
    for (const { name, as } of mentionsIn(statement)) if (as === 'value') yield name;
  }
}

/** Tells columns that are not there, and values that are not what the spec says they are. */
export function checkData(analysis: Analysis, answer: DataDescription | DataFailure): Diagnostic[] {
  if (answer.kind === 'failure') return [dataProblem(analysis, answer)];
  const columns = usedColumns(analysis);
  const missing = [...columns]
    .filter(([name]) => !answer.columns.includes(name))
    .map(([name, range]) => columnMissing(name, range, answer, analysis));
  const values = answer.summaries.flatMap((summary) => {
    const range = columns.get(summary.name);
    return range === undefined ? [] : checkColumn(summary, range, analysis);
  });
  const rows = answer.rows === 0 ? [noRows(analysis)] : [];
  return [...rows, ...missing, ...values];
}

function dataRange({ data }: Analysis): Range {
  return data.statement?.path?.range ?? data.statement?.keyword ?? { start: 0, end: 0 };
}

function dataProblem(analysis: Analysis, failure: DataFailure): Diagnostic {
  const code = failure.code === 'data-not-found' ? 'data-not-found' : 'data-unreadable';
  return diagnostic(code, dataRange(analysis), failure.message);
}

function noRows(analysis: Analysis): Diagnostic {
  return diagnostic(
    'data-unreadable',
    dataRange(analysis),
    'The file names its columns and has no rows below them. Nothing can be estimated from it.',
  );
}

function columnMissing(name: string, range: Range, answer: DataDescription, analysis: Analysis): Diagnostic {
  const near = nearest(name, answer.columns);
  const declared = analysis.symbols.declarations.get(name)?.range === range;
  const way = TYPE_NAMES.some((type) => type === name)
    ? `If you meant the type, it follows a colon: \`: ${name}\` in place of \`= ${name}\`.`
    : near !== undefined
      ? `Did you mean ${near}?${declared ? ` Write \`variable ${name} = ${near}\` to keep your name for it.` : ''}`
      : declared
        ? 'If it was never measured, declare it with `latent`.'
        : `Columns are ${answer.columns.slice(0, 8).join(', ')}${answer.columns.length > 8 ? ', …' : ''}.`;
  return diagnostic('column-missing', range, `The data have no column ${name}. ${way}`, {
    mends: missingMends(name, range, near, declared, analysis),
  });
}

/** The variable whose whole definition is the name at the range. */
function definedAs(range: Range, { symbols }: Analysis): string | undefined {
  for (const { name, definition } of symbols.declarations.values()) {
    if (definition?.kind === 'name' && definition.range === range) return name;
  }
  return undefined;
}

function missingMends(
  name: string,
  range: Range,
  near: string | undefined,
  declared: boolean,
  analysis: Analysis,
): Mend[] {
  const type = TYPE_NAMES.find((candidate) => candidate === name);
  const typed = type === undefined ? undefined : definedAs(range, analysis);
  if (type !== undefined && typed !== undefined) return [{ kind: 'set-type', name: typed, type }];
  const column = near !== undefined && canWriteName(near) ? quoteName(near, 'expression') : undefined;
  if (!declared) return respell(range, column);
  const mapped: readonly Mend[] =
    column === undefined
      ? []
      : [
          {
            kind: 'define',
            name,
            expression: column,
            title: `Map ${name} to the column ${near}`,
            preferred: true,
          },
        ];
  return [...mapped, { kind: 'redeclare', name, as: 'latent' }];
}

function checkColumn(summary: ColumnSummary, range: Range, analysis: Analysis): Diagnostic[] {
  if (summary.rows === 0) return [];
  const { name } = summary;
  const plain = analysis.symbols.declarations.get(name)?.definition === undefined;
  const type = plain ? declaredType(name, analysis) : null;
  return [
    ...missingValues(summary, range, analysis),
    ...(analysis.data.where === null ? checkValues(summary, range, type) : []),
    ...(type === null ? [] : checkNumbers(summary, range, type)),
    ...(plain ? checkOutcome(summary, type, analysis) : []),
    ...(plain ? checkContrasts(summary, analysis) : []),
  ];
}

/** Levels that a contrast asks for and the treatment does not have; where rows are left out an estimate tells. */
function checkContrasts(summary: ColumnSummary, analysis: Analysis): Diagnostic[] {
  const kind = inferKind(summary);
  if (analysis.data.where !== null || (kind !== 'binary' && kind !== 'categorical')) return [];
  if (summary.common.length < summary.distinct) return [];
  const levels = summary.common.map(({ value }) => value);
  return analysis.estimates.flatMap(({ settings }) => {
    const treatment = settings?.treatment ?? analysis.question.treatment[0];
    if (!settings?.contrast || settings.range === null || treatment?.variable !== summary.name) return [];
    const { level, reference } = settings.contrast;
    const unknown = [level, reference].find((asked) => !levels.some((value) => sameLevel(value, asked)));
    if (unknown === undefined) return [];
    return [
      diagnostic(
        'level-unknown',
        settings.range,
        `The contrast asks for ${summary.name} = ${unknown}; its values are ${nameList(levels)}. Name two of them.`,
        { mends: levelMends(settings.range, unknown, levels, analysis) },
      ),
    ];
  });
}

/** Other levels for the one that does not occur, in the `contrast` of the estimate whose method is at the range. */
function levelMends(
  range: Range,
  unknown: string,
  levels: readonly string[],
  { estimates }: Analysis,
): Mend[] {
  const estimate = estimates.find(({ settings }) => settings?.range === range);
  const written = (estimate?.statement.options ?? []).flatMap((option) =>
    option.kind === 'contrast' ? [option.level, option.reference] : [],
  );
  const asked = written.flatMap((level) => (level === undefined ? [] : [levelText(level)]));
  const place = written.find((level) => level !== undefined && levelText(level) === unknown)?.range;
  if (place === undefined) return [];
  const others = levels.filter((level) => !asked.some((taken) => sameLevel(level, taken)));
  return anyOf(place, others.slice(0, MOST_LEVELS).map(writeLevel));
}

/** As many levels as are offered. */
const MOST_LEVELS = 3;

function missingValues(
  { name, missing, rows }: ColumnSummary,
  range: Range,
  { data }: Analysis,
): Diagnostic[] {
  if (missing === 0) return [];
  if (missing === rows) {
    return [
      diagnostic(
        'constant-column',
        range,
        `${name} has no value in any row. Nothing can be learnt from it: look into the file, or leave it out.`,
      ),
    ];
  }
  const share = ((100 * missing) / rows).toPrecision(2);
  return [
    diagnostic(
      'missing-values',
      range,
      `${name} has no value in ${missing} of ${rows} rows (${share} %). ${MISSING_WORDS[data.missing]}`,
    ),
  ];
}

/** What estimates do where a variable has no value. */
const MISSING_WORDS: Readonly<Record<MissingPolicy, string>> = {
  drop: 'Estimates that use it leave those rows out.',
  mean: 'Estimates that adjust for it take its mean, or its commonest level, there; others leave those rows out.',
  indicator:
    'Estimates that adjust for it take its mean, or its commonest level, there, and adjust for where that is; others leave those rows out.',
};

/** What a `where` may still mend is not told: it is checked on the rows that are kept, when an estimate is made. */
function checkValues(summary: ColumnSummary, range: Range, type: DeclaredType | null): Diagnostic[] {
  const { name, distinct, common } = summary;
  const [only] = common;
  if (distinct === 1 && only !== undefined) {
    return [
      diagnostic(
        'constant-column',
        range,
        `${name} is ${only.value} in every row. What does not vary explains nothing and has no effect to measure: look into the file, or leave it out.`,
      ),
    ];
  }
  if (type?.kind === 'binary' && distinct > 2) {
    const shown = common.slice(0, 4).map(({ value }) => value);
    return [
      diagnostic(
        'type-mismatch',
        range,
        `${name} is declared binary and has ${distinct} values (${shown.join(', ')}${distinct > 4 ? ', …' : ''}). Declare another type, or derive a condition such as \`${name} > 0\`.`,
        { mends: [{ kind: 'set-type', name, type: inferKind(summary) }] },
      ),
    ];
  }
  return checkLevels(summary, range, type);
}

function checkLevels({ name, common }: ColumnSummary, range: Range, type: DeclaredType | null): Diagnostic[] {
  if (type === null || type.levels.length === 0) return [];
  const unknown = common.find(({ value }) => !type.levels.includes(value));
  if (unknown === undefined) return [];
  return [
    diagnostic(
      'level-unknown',
      range,
      `${name} holds ${JSON.stringify(unknown.value)}, which is not one of its declared levels (${nameList(type.levels)}). Add it to the list, or mend the data.`,
      {
        mends: [
          {
            kind: 'add-levels',
            name,
            levels: common.map(({ value }) => value).filter((value) => !type.levels.includes(value)),
          },
        ],
      },
    ),
  ];
}

function checkNumbers(
  { name, type, common }: ColumnSummary,
  range: Range,
  declared: DeclaredType,
): Diagnostic[] {
  if (type !== 'text' || (declared.kind !== 'continuous' && declared.kind !== 'count')) return [];
  const example =
    common.find(({ value }) => !Number.isFinite(Number(value)))?.value ?? common[0]?.value ?? '';
  return [
    diagnostic(
      'type-mismatch',
      range,
      `${name} is declared ${declared.kind} and holds text (${JSON.stringify(example)}). Mend the data, or declare it \`categorical\`.`,
      { mends: [{ kind: 'set-type', name, type: 'categorical' }] },
    ),
  ];
}

function checkOutcome(summary: ColumnSummary, type: DeclaredType | null, analysis: Analysis): Diagnostic[] {
  const outcome = analysis.question.outcome.find(({ variable }) => variable === summary.name);
  const told = type?.kind === 'continuous' || type?.kind === 'count';
  if (outcome === undefined || told || summary.type !== 'text' || summary.distinct <= 2) return [];
  const shown = summary.common.slice(0, 3).map(({ value }) => value);
  return [
    diagnostic(
      'type-mismatch',
      outcome.range,
      `The outcome ${summary.name} holds text (${shown.join(', ')}, …). An outcome is a number or has two levels: derive one, as in \`variable ${summary.name} = if(${summary.name} == ${JSON.stringify(shown[0])}, 1, 0)\`.`,
      {
        mends: shown.map((value) => ({
          kind: 'define',
          name: summary.name,
          expression: `if(${quoteName(summary.name, 'expression')} == ${writeString(value)}, 1, 0)`,
          title: `Make ${summary.name} 1 where it is ${value}, else 0`,
        })),
      },
    ),
  ];
}
