import type { IToken, TokenType } from 'chevrotain';
import * as Key from './keywords.ts';
import { ListParser, type ListState } from './listParser.ts';
import { nameOf, numberOf, rangeOf, spanOf, stringOf } from './literals.ts';
import { nearest } from './nearest.ts';
import { buildExpression, type OperatorSymbol, type Piece } from './precedence.ts';
import * as Tok from './tokens.ts';
import type { Expression } from './tree.ts';
import { FUNCTIONS, type FunctionWord } from './vocabulary.ts';
import { allOf } from './wording.ts';

/** Operators on the way to the deepest value of an expression: more than a person writes, few enough for any stack. */
export const MAX_OPERATORS = 500;

const FUNCTION_NAMES: readonly string[] = FUNCTIONS.map((entry: FunctionWord) => entry.word);

/** The rules of expressions. */
export class ExpressionParser extends ListParser {
  private operators = 0;

  override start(tokens: readonly IToken[]): void {
    super.start(tokens);
    this.operators = 0;
  }

  /** An expression in pieces, put together by precedence. Ends before two values that stand side by side. */
  readonly expression = this.RULE('expression', (): Expression | undefined => {
    const pieces: Piece[] = [];
    const outside = this.operators;
    this.AT_LEAST_ONE({
      GATE: () => pieces.length === 0 || this.goesOn(pieces.at(-1)),
      DEF: () => {
        const piece = this.SUBRULE(this.piece);
        pieces.push(piece);
        if (piece?.kind !== 'operand') this.operators += 1;
      },
    });
    this.operators = outside;
    // Where a long expression was given up, its last operator lacks a value for no fault of its own.
    while (this.brokenFrom !== Number.POSITIVE_INFINITY && pieces.at(-1)?.kind === 'operator') pieces.pop();
    return this.ACTION(() =>
      buildExpression(pieces, (range, message, replacement) => this.report(range, message, replacement)),
    );
  });

  private goesOn(last: Piece | undefined): boolean {
    const next = this.LA(1);
    if (this.operators > MAX_OPERATORS) {
      if (next.startOffset < this.brokenFrom) {
        const message = `This expression is too long: give parts of it names with \`variable … = …\`, or use \`in (…)\`.`;
        this.report(rangeOf(next), message);
        this.brokenFrom = next.startOffset;
      }
      return false;
    }
    if (last?.kind === 'operator') return true;
    return Tok.is(next, Tok.Operator) || Tok.is(next, Key.In) || Tok.is(next, Key.Is);
  }

  private readonly piece = this.RULE(
    'piece',
    (): Piece =>
      this.OR<Piece>([
        {
          ALT: () => {
            const token = this.CONSUME(Tok.Operator);
            return { kind: 'operator', symbol: symbolOf(token), range: rangeOf(token) };
          },
        },
        { ALT: () => this.SUBRULE(this.membership) },
        { ALT: () => this.SUBRULE(this.missingTest) },
        { ALT: () => this.SUBRULE(this.operand) },
      ]),
  );

  /** `in (1, 2)`. */
  private readonly membership = this.RULE('membership', (): Piece => {
    const keyword = this.CONSUME(Key.In);
    const open = this.OPTION(() => this.CONSUME(Tok.LeftRound));
    let values: Expression[] = [];
    let close: IToken | undefined;
    this.OPTION2({
      GATE: () => open !== undefined,
      DEF: () => {
        values = this.SUBRULE(this.listed, { ARGS: [open] });
      },
    });
    this.OPTION3(() => {
      close = this.CONSUME(Tok.RightRound);
    });
    return this.ACTION(() => {
      if (open === undefined) {
        this.report(
          rangeOf(keyword),
          '`in` needs a list in brackets after it, as in `region in ("north", "south")`.',
        );
      }
      const end =
        close === undefined ? (values.at(-1)?.range.end ?? Tok.endOf(open ?? keyword)) : Tok.endOf(close);
      return { kind: 'in', keyword: rangeOf(keyword), values, range: { start: keyword.startOffset, end } };
    });
  });

  /** `is missing`, `is not missing`. */
  private readonly missingTest = this.RULE('missingTest', (): Piece => {
    const keyword = this.CONSUME(Key.Is);
    const not = this.OPTION(() => this.CONSUME(Key.Not));
    const missing = this.OPTION2(() => this.CONSUME(Key.Missing));
    const other = this.OPTION3({
      GATE: () => missing === undefined,
      DEF: () => this.CONSUME(Tok.Name),
    });
    return this.ACTION(() => {
      const last = missing ?? other ?? not ?? keyword;
      if (other !== undefined) {
        const message = '`is` goes with `missing` alone: write `is missing`, or compare with `==`.';
        const nothing = /^(null|na|nan|none|nil|empty)$/i.test(other.image);
        this.report(rangeOf(other), message, nothing ? 'missing' : undefined);
      } else if (missing === undefined) {
        this.report(rangeOf(not ?? keyword), 'Write `is missing` or `is not missing`.');
      }
      return {
        kind: 'is',
        keyword: rangeOf(keyword),
        negated: not !== undefined,
        range: spanOf(keyword, last),
      };
    });
  });

  private readonly operand = this.RULE('operand', (): Piece => {
    const first = this.LA(1);
    const expression = this.OR<Expression | undefined>([
      { ALT: () => numberOf(this.CONSUME(Tok.NumberText), undefined) },
      { ALT: () => stringOf(this.CONSUME(Tok.StringText)) },
      { ALT: () => ({ kind: 'boolean', value: true, range: rangeOf(this.CONSUME(Key.True)) }) },
      { ALT: () => ({ kind: 'boolean', value: false, range: rangeOf(this.CONSUME(Key.False)) }) },
      { ALT: () => ({ kind: 'missing', range: rangeOf(this.CONSUME(Key.Missing)) }) },
      { ALT: () => this.SUBRULE(this.bracketed) },
      { ALT: () => this.SUBRULE(this.nameOrCall) },
    ]);
    return this.ACTION(() => ({ kind: 'operand', expression, range: spanOf(first, this.LA(0)) }));
  });

  private readonly bracketed = this.RULE('bracketed', (): Expression | undefined => {
    const open = this.CONSUME(Tok.LeftRound);
    let expression: Expression | undefined;
    let empty = true;
    this.OPTION(() => {
      expression = this.SUBRULE(this.expression);
      empty = false;
    });
    const close = this.OPTION2(() => this.CONSUME(Tok.RightRound));
    this.ACTION(() => {
      if (empty)
        this.report(
          spanOf(open, close ?? open),
          'There is nothing between these brackets: write a value there.',
        );
    });
    return expression;
  });

  private readonly nameOrCall = this.RULE('nameOrCall', (): Expression => {
    const callee = this.CONSUME(Tok.Name);
    let call: Expression | undefined;
    this.OPTION(() => {
      const open = this.CONSUME(Tok.LeftRound);
      const values = this.SUBRULE(this.listed, { ARGS: [open] });
      const close = this.OPTION2(() => this.CONSUME(Tok.RightRound));
      call = this.ACTION(() => {
        this.checkFunction(callee);
        const end = close === undefined ? (values.at(-1)?.range.end ?? Tok.endOf(open)) : Tok.endOf(close);
        const range = { start: callee.startOffset, end };
        return { kind: 'call', callee: nameOf(callee), arguments: values, range };
      });
    });
    return call ?? nameOf(callee);
  });

  private checkFunction(callee: IToken): void {
    const name = nameOf(callee).text;
    const known = FUNCTION_NAMES.includes(name);
    if (known && Tok.is(callee, Tok.BareName)) return;
    const close = known ? name : nearest(name, FUNCTION_NAMES);
    if (known) {
      this.report(rangeOf(callee), 'A name in backticks is a column: a function stands without them.', close);
    } else if (close === undefined) {
      this.report(
        rangeOf(callee),
        `\`${name}\` is not a function: the functions are ${allOf(FUNCTION_NAMES)}.`,
      );
    } else {
      this.report(rangeOf(callee), `\`${name}\` is not a function: did you mean \`${close}\`?`, close);
    }
  }

  /** The values between the brackets of a call or after `in`. */
  private readonly listed = this.RULE('listed', (asker?: IToken): Expression[] => {
    const found: Expression[] = [];
    const list: ListState = { asking: asker, last: undefined };
    this.MANY({
      GATE: () => Tok.is(this.LA(1), Tok.Comma) || list.asking !== undefined,
      DEF: () => {
        this.OR([
          { ALT: () => this.passComma(list, this.CONSUME(Tok.Comma), 'a value') },
          {
            ALT: () => {
              this.passItem(list, this.LA(1), 'a value');
              const value = this.SUBRULE(this.expression);
              if (value !== undefined) found.push(value);
            },
          },
        ]);
      },
    });
    this.need(list.asking, 'a value');
    return found;
  });
}

function symbolOf(token: IToken): OperatorSymbol {
  const symbol = SYMBOLS.get(token.tokenType);
  return symbol ?? '==';
}

const SYMBOLS: ReadonlyMap<TokenType, OperatorSymbol> = new Map<TokenType, OperatorSymbol>([
  [Key.Or, 'or'],
  [Key.And, 'and'],
  [Key.Not, 'not'],
  [Tok.Equals, '=='],
  [Tok.DoubleEquals, '=='],
  [Tok.NotEquals, '!='],
  [Tok.Less, '<'],
  [Tok.LeftArrow, '<'],
  [Tok.LessOrEqual, '<='],
  [Tok.Greater, '>'],
  [Tok.GreaterOrEqual, '>='],
  [Tok.Plus, '+'],
  [Tok.Minus, '-'],
  [Tok.Power, '^'],
  [Tok.Star, '*'],
  [Tok.Slash, '/'],
]);
