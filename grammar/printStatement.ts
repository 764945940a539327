import { writeString } from './literals.ts';
import { quoteName } from './names.ts';
import { bracketedPieces, expressionPieces } from './printExpression.ts';
import { flatWidth, type Piece } from './printPieces.ts';
import type {
  Comparison,
  DataOption,
  EdgesStatement,
  EstimateOption,
  EstimateStatement,
  Expression,
  GroupStatement,
  LatentStatement,
  Level,
  Name,
  NumberLiteral,
  RawText,
  Statement,
  StringLiteral,
  StructuralExpectation,
  TypeAnnotation,
  VariableStatement,
} from './tree.ts';

/** The columns that neighbouring statements share, counted in characters. */
export interface Columns {
  /** The longest keyword. */
  readonly keyword: number;
  /** The longest list of names with a type or a definition after it. */
  readonly names: number;
  /** Where notes start. */
  readonly note: number;
}

export const NO_COLUMNS: Columns = { keyword: 0, names: 0, note: 0 };

/** Blanks before a note. */
export const NOTE_GAP = 3;

/** Words that a name of the question of an estimate could be taken for. */
const QUESTION_WORDS: ReadonlySet<string> = new Set(['of', 'on', 'as']);

type Declaration = VariableStatement | LatentStatement | GroupStatement;

/** How an expression is written: in brackets of its own where comments stand between its lines. */
export type ExpressionStyle = 'plain' | 'bracketed';

/** A statement without the options in its braces, in pieces. Broken statements have none. */
export function statementPieces(
  statement: Statement,
  columns: Columns,
  style: ExpressionStyle,
): readonly Piece[] {
  switch (statement.kind) {
    case 'model':
      return [word('model', 0), ...textPieces(statement.title)];
    case 'data':
      return [
        word('data', 0),
        ...textPieces(statement.path),
        ...(statement.on === undefined ? [] : [word('on', 1), ...namePieces([statement.on])]),
      ];
    case 'variable':
    case 'latent':
    case 'group':
      return declarationPieces(statement, columns, style);
    case 'edges':
      return edgesPieces(statement);
    case 'role':
      return [
        word(statement.role.padEnd(columns.keyword), 0),
        ...namePieces(statement.names),
        ...givenPieces(statement.given),
      ];
    case 'estimate':
      return estimatePieces(statement);
    case 'expect':
      return [word('expect', 0), ...expectationPieces(statement.expectation)];
    case 'broken':
      return [];
  }
}

function word(text: string, before: number): Piece {
  return { text, before };
}

function textPieces(text: StringLiteral | undefined, before = 1): readonly Piece[] {
  return text === undefined ? [] : [{ text: writeString(text.value), before, offset: text.range.start }];
}

function numberPieces(number: NumberLiteral | undefined, before = 1): readonly Piece[] {
  return number === undefined ? [] : [{ text: number.text, before, offset: number.range.start }];
}

/** A comma after all items but the last, with its item, so that a line can end after it. */
function listed(items: readonly { readonly text: string; readonly offset: number }[]): readonly Piece[] {
  return items.map(({ text, offset }, index) => ({
    text: index < items.length - 1 ? `${text},` : text,
    before: index === 0 ? 1 : 'break',
    offset,
  }));
}

function namePieces(names: readonly Name[]): readonly Piece[] {
  return listed(names.map((name) => ({ text: quoteName(name.text), offset: name.range.start })));
}

function givenPieces(given: readonly Name[] | undefined): readonly Piece[] {
  return given === undefined ? [] : [word('given', 1), ...namePieces(given)];
}

/** What stands between the names of a declaration and its note. */
function middlePieces(statement: Declaration, style: ExpressionStyle): readonly Piece[] {
  if (statement.kind === 'latent') return [];
  if (statement.kind === 'group') return [word('=', 1), ...namePieces(statement.members)];
  const { type, definition } = statement;
  const end = statement.note?.range.start ?? statement.range.end;
  return [
    ...(type === undefined ? [] : [word(':', 1), ...typePieces(type)]),
    ...(definition === undefined ? [] : [word('=', 1), ...stylePieces(definition, style, end)]),
  ];
}

function stylePieces(expression: Expression, style: ExpressionStyle, end: number): readonly Piece[] {
  return style === 'bracketed' ? bracketedPieces(expression, 1, end) : expressionPieces(expression, 1);
}

function namesOf(statement: Declaration): readonly Name[] {
  if (statement.kind !== 'group') return statement.names;
  return statement.name === undefined ? [] : [statement.name];
}

function declarationPieces(
  statement: Declaration,
  columns: Columns,
  style: ExpressionStyle,
): readonly Piece[] {
  const head = [word(statement.kind.padEnd(columns.keyword), 0), ...namePieces(namesOf(statement))];
  const [first, ...rest] = middlePieces(statement, style);
  const width = flatWidth(head);
  const gap = Math.max(1, columns.keyword + 1 + columns.names + 1 - width);
  const pieces = first === undefined ? head : [...head, { ...first, before: gap }, ...rest];
  return [...pieces, ...textPieces(statement.note, Math.max(NOTE_GAP, columns.note - flatWidth(pieces)))];
}

/** The widths of a declaration, for the columns it shares: of its names, and of all but its note. */
export interface DeclarationWidths {
  readonly names: number;
  /** Undefined without a type or definition, which alone make the names a column. */
  readonly middle: number | undefined;
  /** Whether an expression or a list stands in the middle, which notes are not aligned with. */
  readonly defined: boolean;
  readonly noted: boolean;
}

/** Measures a declaration on one line. */
export function measureDeclaration(statement: Declaration): DeclarationWidths {
  const middle = middlePieces(statement, 'plain');
  return {
    names: flatWidth(namePieces(namesOf(statement))) - 1,
    middle: middle.length === 0 ? undefined : flatWidth(middle),
    defined:
      statement.kind === 'group' || (statement.kind === 'variable' && statement.definition !== undefined),
    noted: statement.note !== undefined,
  };
}

function typePieces(type: TypeAnnotation): readonly Piece[] {
  if (type.levels.length === 0) return [{ text: type.name, before: 1, offset: type.range.start }];
  const levels = listed(type.levels.map((level) => ({ text: levelText(level), offset: level.range.start })));
  const [first, ...rest] = levels;
  return [
    { text: type.name, before: 1, offset: type.range.start },
    word('(', 0),
    ...(first === undefined ? [] : [{ ...first, before: 0 }]),
    ...rest,
    { text: ')', before: 0, offset: type.range.end - 1 },
  ];
}

function levelText(level: Level): string {
  if (level.kind === 'name') return quoteName(level.text);
  return level.kind === 'string' ? writeString(level.value) : level.text;
}

function edgesPieces(statement: EdgesStatement): readonly Piece[] {
  const [first = [], ...others] = statement.ends;
  const pieces: Piece[] = [...namePieces(first)];
  for (const [index, end] of others.entries()) {
    const arrow = statement.arrows[index];
    if (arrow !== undefined) pieces.push({ text: arrow.kind, before: 'break', offset: arrow.range.start });
    for (const piece of namePieces(end)) pieces.push(piece);
  }
  const { coefficient, note } = statement;
  if (coefficient !== undefined) {
    pieces.push(word('[', 1), ...numberPieces(coefficient, 0));
    pieces.push({ text: ']', before: 0, offset: note?.range.start ?? statement.range.end });
  }
  return [...pieces, ...textPieces(note, NOTE_GAP)];
}

function questionName(keyword: string, name: Name | undefined): readonly Piece[] {
  if (name === undefined) return [];
  const text = QUESTION_WORDS.has(name.text) ? `\`${name.text}\`` : quoteName(name.text);
  const piece: Piece = { text, before: 1, offset: name.range.start };
  return keyword === '' ? [piece] : [word(keyword, 1), piece];
}

function estimatePieces(statement: EstimateStatement): readonly Piece[] {
  return [
    word('estimate', 0),
    ...questionName('', statement.method),
    ...questionName('of', statement.of),
    ...questionName('on', statement.on),
    ...(statement.title === undefined ? [] : [word('as', 1), ...textPieces(statement.title)]),
  ];
}

function significancePieces(at: NumberLiteral | undefined): readonly Piece[] {
  return at === undefined ? [] : [word('at', 1), ...numberPieces(at)];
}

function expectationPieces(expectation: StructuralExpectation | undefined): readonly Piece[] {
  switch (expectation?.kind) {
    case undefined:
      return [];
    case 'identifiable':
      return [word('identifiable', 1)];
    case 'implications':
      return [word('implications', 1), ...significancePieces(expectation.at)];
    case 'independent':
      return [
        ...namePieces([expectation.left]),
        word('independent of', 1),
        ...(expectation.right === undefined ? [] : namePieces([expectation.right])),
        ...(expectation.given.length === 0 ? [] : givenPieces(expectation.given)),
        ...significancePieces(expectation.at),
      ];
  }
}

/** An option, in pieces. Broken options have none. */
export function optionPieces(option: DataOption | EstimateOption, style: ExpressionStyle): readonly Piece[] {
  const keyword = word(option.kind, 0);
  switch (option.kind) {
    case 'where':
      return option.condition === undefined
        ? [keyword]
        : [keyword, ...stylePieces(option.condition, style, option.range.end)];
    case 'missing':
      return option.policy === undefined ? [keyword] : [keyword, word(option.policy, 1)];
    case 'weight':
    case 'cluster':
    case 'id':
      return option.name === undefined ? [keyword] : [keyword, ...namePieces([option.name])];
    case 'adjust':
      return [keyword, ...adjustPieces(option.names, option.nothing)];
    case 'instrument':
      return [keyword, ...namePieces(option.names), ...givenPieces(option.given)];
    case 'by':
    case 'through':
      return [keyword, ...namePieces(option.names)];
    case 'estimand':
    case 'se':
    case 'propensity':
    case 'learner':
      return option.word === undefined ? [keyword] : [keyword, ...namePieces([option.word])];
    case 'contrast':
      return [keyword, ...levelPieces(option.level), word('vs', 1), ...levelPieces(option.reference)];
    case 'refute':
      return [keyword, ...namePieces(option.refuters)];
    case 'expect':
      return [
        keyword,
        ...(option.metric === undefined ? [] : namePieces([option.metric])),
        ...comparisonPieces(option.comparison),
      ];
    case 'unknown':
      return [
        ...namePieces([option.name]).map((piece) => ({ ...piece, before: 0 })),
        ...rawPieces(option.name, option.rest),
      ];
    case 'broken':
      return [];
    default:
      return [keyword, ...numberPieces(option.value)];
  }
}

function adjustPieces(names: readonly Name[], nothing: boolean): readonly Piece[] {
  if (nothing) return [word('nothing', 1)];
  const [only, second] = names;
  if (only?.text !== 'nothing' || second !== undefined) return namePieces(names);
  return [{ text: '`nothing`', before: 1, offset: only.range.start }];
}

function levelPieces(level: Level | undefined): readonly Piece[] {
  return level === undefined ? [] : [{ text: levelText(level), before: 1, offset: level.range.start }];
}

function comparisonPieces(comparison: Comparison | undefined): readonly Piece[] {
  if (comparison === undefined) return [];
  if (comparison.kind !== 'between') return [word(comparison.kind, 1), ...numberPieces(comparison.value)];
  return [
    word('between', 1),
    ...numberPieces(comparison.low),
    word('and', 1),
    ...numberPieces(comparison.high),
  ];
}

/** Text without a meaning keeps its blanks where it has them, one each. */
function rawPieces(name: Name, rest: readonly RawText[]): readonly Piece[] {
  let end = name.range.end;
  return rest.map(({ text, range }) => {
    const before = range.start > end ? 1 : 0;
    end = range.end;
    return { text, before, offset: range.start };
  });
}
