/**
 * The syntax tree of a `.causal` file: plain readonly data, one discriminated union for statements,
 * one for the options in braces and one for expressions.
 *
 * A tree is also built from a broken file. What the person has not typed yet is `undefined` or an
 * empty list, never an invented name, so that every reader of the tree has to say what it does then.
 */

/** Half-open range of UTF-16 code unit offsets into the text. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Name {
  readonly kind: 'name';
  /** Without backticks. */
  readonly text: string;
  /** With backticks, where they were written. */
  readonly range: Range;
  readonly quoted: boolean;
}

export interface StringLiteral {
  readonly kind: 'string';
  /** Escapes resolved, without the quotes. */
  readonly value: string;
  readonly range: Range;
}

export interface NumberLiteral {
  readonly kind: 'number';
  readonly value: number;
  /** As written, with its minus sign: printing keeps `0.50` and digits that a double cannot hold. */
  readonly text: string;
  readonly range: Range;
}

export type Level = Name | StringLiteral | NumberLiteral;

export interface Comment {
  readonly kind: 'comment';
  /** Without `#` and the blank after it; that of `# @` stays, so that `#@`, a line for programs, is told from it. */
  readonly text: string;
  readonly range: Range;
  /** True where nothing but blanks stands before it on its line. */
  readonly ownLine: boolean;
}

export interface Document {
  readonly kind: 'document';
  readonly statements: readonly Statement[];
  /** Every comment of the file, in order, those inside blocks included. */
  readonly comments: readonly Comment[];
  /** Offsets, ascending, of what stands first after an empty line: a statement, an option, a comment or a `}`. */
  readonly paragraphs: readonly number[];
  readonly range: Range;
}

interface StatementBase {
  readonly range: Range;
  /** The comment lines directly above, joined by newlines. */
  readonly documentation: string | undefined;
}

export interface ModelStatement extends StatementBase {
  readonly kind: 'model';
  readonly keyword: Range;
  readonly title: StringLiteral | undefined;
}

/** The braces of a statement. Without a `}`, what stands up to the next statement is inside. */
export interface Braces {
  readonly open: Range;
  readonly close: Range | undefined;
}

export interface DataStatement extends StatementBase {
  readonly kind: 'data';
  readonly keyword: Range;
  readonly path: StringLiteral | undefined;
  /** `on NAME`: the engine that holds the data. */
  readonly on: Name | undefined;
  readonly options: readonly DataOption[];
  readonly braces: Braces | undefined;
}

export interface TypeAnnotation {
  readonly kind: 'type';
  readonly name: TypeName;
  readonly levels: readonly Level[];
  readonly range: Range;
}

export const TYPE_NAMES = ['binary', 'continuous', 'count', 'categorical', 'ordinal'] as const;
export type TypeName = (typeof TYPE_NAMES)[number];

export interface VariableStatement extends StatementBase {
  readonly kind: 'variable';
  readonly keyword: Range;
  readonly names: readonly Name[];
  readonly type: TypeAnnotation | undefined;
  readonly definition: Expression | undefined;
  readonly note: StringLiteral | undefined;
}

export interface LatentStatement extends StatementBase {
  readonly kind: 'latent';
  readonly keyword: Range;
  readonly names: readonly Name[];
  readonly note: StringLiteral | undefined;
}

export interface GroupStatement extends StatementBase {
  readonly kind: 'group';
  readonly keyword: Range;
  readonly name: Name | undefined;
  readonly members: readonly Name[];
  readonly note: StringLiteral | undefined;
}

export interface Arrow {
  readonly kind: '->' | '<-' | '<->';
  readonly range: Range;
}

/** `a, b -> c <- d`: `ends[i]` and `ends[i + 1]` are joined by `arrows[i]`. An end may be empty in a broken line. */
export interface EdgesStatement extends StatementBase {
  readonly kind: 'edges';
  readonly ends: readonly (readonly Name[])[];
  readonly arrows: readonly Arrow[];
  readonly coefficient: NumberLiteral | undefined;
  readonly note: StringLiteral | undefined;
}

export const ROLES = ['treatment', 'outcome', 'adjust', 'selection', 'instrument'] as const;
export type Role = (typeof ROLES)[number];

export interface RoleStatement extends StatementBase {
  readonly kind: 'role';
  readonly keyword: Range;
  readonly role: Role;
  readonly names: readonly Name[];
  /** Only for `instrument … given …`; undefined where `given` was not written. */
  readonly given: readonly Name[] | undefined;
}

export interface EstimateStatement extends StatementBase {
  readonly kind: 'estimate';
  readonly keyword: Range;
  readonly method: Name | undefined;
  readonly of: Name | undefined;
  readonly on: Name | undefined;
  readonly title: StringLiteral | undefined;
  readonly options: readonly EstimateOption[];
  readonly braces: Braces | undefined;
}

export interface ExpectStatement extends StatementBase {
  readonly kind: 'expect';
  readonly keyword: Range;
  readonly expectation: StructuralExpectation | undefined;
}

export type StructuralExpectation =
  | { readonly kind: 'identifiable'; readonly range: Range }
  | {
      readonly kind: 'independent';
      readonly left: Name;
      readonly right: Name | undefined;
      readonly given: readonly Name[];
      readonly at: NumberLiteral | undefined;
      readonly range: Range;
    }
  | { readonly kind: 'implications'; readonly at: NumberLiteral | undefined; readonly range: Range };

/** A line that is none of the statements; its error is in the list of errors. */
export interface BrokenStatement extends StatementBase {
  readonly kind: 'broken';
}

export type Statement =
  | ModelStatement
  | DataStatement
  | VariableStatement
  | LatentStatement
  | GroupStatement
  | EdgesStatement
  | RoleStatement
  | EstimateStatement
  | ExpectStatement
  | BrokenStatement;

interface OptionBase {
  readonly range: Range;
  readonly keyword: Range;
}

export interface WhereOption extends OptionBase {
  readonly kind: 'where';
  readonly condition: Expression | undefined;
}

export interface MissingOption extends OptionBase {
  readonly kind: 'missing';
  readonly policy: 'drop' | 'mean' | 'indicator' | undefined;
}

/** `weight w`, `cluster c`, `id i`: one column. */
export interface ColumnOption extends OptionBase {
  readonly kind: 'weight' | 'cluster' | 'id';
  readonly name: Name | undefined;
}

export interface BrokenOption extends OptionBase {
  readonly kind: 'broken';
}

export type DataOption = WhereOption | MissingOption | ColumnOption | BrokenOption;

export interface AdjustOption extends OptionBase {
  readonly kind: 'adjust';
  /** Empty for `adjust nothing`. */
  readonly names: readonly Name[];
  readonly nothing: boolean;
}

export interface InstrumentOption extends OptionBase {
  readonly kind: 'instrument';
  readonly names: readonly Name[];
  readonly given: readonly Name[] | undefined;
}

export interface NamesOption extends OptionBase {
  readonly kind: 'by' | 'through';
  readonly names: readonly Name[];
}

/** `estimand att`, `se hc3`, `propensity logistic`, `learner linear`: one word of a fixed list. */
export interface WordOption extends OptionBase {
  readonly kind: 'estimand' | 'se' | 'propensity' | 'learner';
  readonly word: Name | undefined;
}

export interface ContrastOption extends OptionBase {
  readonly kind: 'contrast';
  readonly level: Level | undefined;
  readonly reference: Level | undefined;
}

export interface NumberOption extends OptionBase {
  readonly kind: NumberOptionName;
  readonly value: NumberLiteral | undefined;
}

export const NUMBER_OPTIONS = [
  'folds',
  'trim',
  'strata',
  'neighbors',
  'caliper',
  'fuller',
  'bootstrap',
  'level',
  'seed',
] as const;
export type NumberOptionName = (typeof NUMBER_OPTIONS)[number];

export interface RefuteOption extends OptionBase {
  readonly kind: 'refute';
  readonly refuters: readonly Name[];
}

export type Comparison =
  | { readonly kind: '<' | '<=' | '>' | '>='; readonly value: NumberLiteral; readonly range: Range }
  | {
      readonly kind: 'between';
      readonly low: NumberLiteral;
      readonly high: NumberLiteral;
      readonly range: Range;
    };

export interface ExpectOption extends OptionBase {
  readonly kind: 'expect';
  readonly metric: Name | undefined;
  readonly comparison: Comparison | undefined;
}

/** A piece of text that the grammar gives no meaning, kept so that printing loses nothing. */
export interface RawText {
  readonly text: string;
  readonly range: Range;
}

/** An option that starts with a word no option has; analysis offers the nearest. */
export interface UnknownOption extends OptionBase {
  readonly kind: 'unknown';
  readonly name: Name;
  /** What follows the name on its line, token by token. */
  readonly rest: readonly RawText[];
}

export type EstimateOption =
  | AdjustOption
  | InstrumentOption
  | NamesOption
  | WordOption
  | ContrastOption
  | NumberOption
  | WhereOption
  | ColumnOption
  | RefuteOption
  | ExpectOption
  | UnknownOption
  | BrokenOption;

export type BinaryOperator = 'or' | 'and' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/';

export type Expression =
  | Name
  | NumberLiteral
  | StringLiteral
  | { readonly kind: 'boolean'; readonly value: boolean; readonly range: Range }
  | { readonly kind: 'missing'; readonly range: Range }
  | {
      readonly kind: 'unary';
      readonly operator: 'not' | '-';
      readonly operand: Expression;
      readonly range: Range;
    }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly range: Range;
    }
  | {
      readonly kind: 'in';
      readonly operand: Expression;
      readonly values: readonly Expression[];
      readonly range: Range;
    }
  | {
      readonly kind: 'isMissing';
      readonly operand: Expression;
      readonly negated: boolean;
      readonly range: Range;
    }
  | {
      readonly kind: 'call';
      readonly callee: Name;
      readonly arguments: readonly Expression[];
      readonly range: Range;
    };

/** What the parser could not read. The rest of the tree is still good. */
export interface SyntaxFault {
  readonly code: 'syntax' | 'comment-style';
  readonly message: string;
  readonly range: Range;
  /** Text that mends the fault when it takes the place of the range, where one is certain; else undefined. */
  readonly replacement: string | undefined;
}

export interface ParseResult {
  readonly document: Document;
  readonly faults: readonly SyntaxFault[];
}
