import { EmbeddedActionsParser, type IToken, type TokenType } from 'chevrotain';
import * as Key from './keywords.ts';
import { nameOf, numberOf, rangeOf, stringOf } from './literals.ts';
import * as Tok from './tokens.ts';
import type { Level, Name, NumberLiteral, Range, SyntaxFault } from './tree.ts';
import { needsAfter } from './wording.ts';

/** The state of a list that is being read: what still needs an item, and what the last item was. */
export interface ListState {
  asking: IToken | undefined;
  last: IToken | undefined;
  /** Commas that are missing are one mistake, however many. */
  commaReported?: true;
}

/**
 * The rules that all statements and options share: lists of names and of levels, and numbers.
 *
 * Every rule of this grammar accepts every sequence of tokens. What the language demands but a person may not have typed
 * yet is optional here, and an action reports its absence; what no rule takes is left at the end of the line for the caller.
 * So no rule ever fails: Chevrotain's recovery, which invents and drops tokens, has nothing to do, each fault is worded
 * by the rule that knows what is missing, and the good parts of a broken line always stay.
 */
export class ListParser extends EmbeddedActionsParser {
  faults: SyntaxFault[] = [];
  /** The offset from which on the line is not worth a further fault. */
  brokenFrom = Number.POSITIVE_INFINITY;

  constructor(vocabulary: TokenType[], skipValidations: boolean) {
    super(vocabulary, { maxLookahead: 1, recoveryEnabled: false, skipValidations });
  }

  /** Makes the parser ready for the tokens of one line. */
  start(tokens: readonly IToken[]): void {
    this.input = [...tokens];
    this.faults = [];
    this.brokenFrom = Number.POSITIVE_INFINITY;
  }

  protected report(range: Range, message: string, replacement?: string): void {
    if (!this.RECORDING_PHASE) this.faults.push({ code: 'syntax', message, range, replacement });
  }

  protected need(token: IToken | undefined, what: string): void {
    if (token !== undefined && !this.RECORDING_PHASE) this.report(rangeOf(token), needsAfter(token, what));
  }

  /** Reports a part of a line that stands there once already. */
  protected refuseSecond(token: IToken, already: boolean): void {
    if (already)
      this.report(rangeOf(token), `\`${token.image}\` stands on this line twice: remove one of them.`);
  }

  /** Whether the next word starts another line, forgotten line end: `adjust a se hc3`. */
  protected startsAnother(place: Key.Place): boolean {
    return (
      Key.isStarter(this.LA(1), place) && (Tok.is(this.LA(2), Tok.Name) || Tok.is(this.LA(2), Tok.NumberText))
    );
  }

  protected passItem(list: ListState, item: IToken, what: string): void {
    if (this.RECORDING_PHASE) return;
    if (list.last !== undefined && list.asking === undefined && !list.commaReported) {
      list.commaReported = true;
      this.report(
        rangeOf(item),
        `A comma is missing before this ${what.replace(/^an? /, '')}: write \`a, b\`.`,
      );
    }
    list.last = item;
    list.asking = undefined;
  }

  protected passComma(list: ListState, comma: IToken, what: string): void {
    if (this.RECORDING_PHASE) return;
    if (list.asking !== undefined) this.need(list.asking, what);
    else if (list.last === undefined) this.report(rangeOf(comma), `This comma needs ${what} before it.`);
    list.asking = comma;
  }

  /** `a, b, c`. `asker` is what needs the list; the list ends before a word that `stop` accepts. */
  protected readonly names = this.RULE(
    'names',
    (asker?: IToken, stop?: (token: IToken) => boolean, what = 'a variable'): Name[] => {
      const found: Name[] = [];
      const list: ListState = { asking: asker, last: undefined };
      this.OPTION(() => {
        const token = this.CONSUME(Tok.Name);
        this.passItem(list, token, what);
        found.push(nameOf(token));
      });
      this.MANY({
        GATE: () => Tok.is(this.LA(1), Tok.Comma) || !stop?.(this.LA(1)),
        DEF: () => {
          this.OR([
            {
              ALT: () => {
                const comma = this.CONSUME(Tok.Comma);
                this.passComma(list, comma, what);
                this.OPTION2(() => {
                  const token = this.CONSUME2(Tok.Name);
                  this.passItem(list, token, what);
                  found.push(nameOf(token));
                });
              },
            },
            {
              ALT: () => {
                const token = this.CONSUME3(Tok.Name);
                this.passItem(list, token, what);
                found.push(nameOf(token));
              },
            },
          ]);
        },
      });
      this.need(list.asking, what);
      return found;
    },
  );

  /** `-2`, `0.5`. A missing one is reported where an `asker` needs it, else it is for the caller to see. */
  protected readonly number = this.RULE('number', (asker?: IToken): NumberLiteral | undefined => {
    const minus = this.OPTION(() => this.CONSUME(Tok.Minus));
    const digits = this.OPTION2(() => this.CONSUME(Tok.NumberText));
    return this.ACTION(() => {
      if (digits !== undefined) return numberOf(digits, minus);
      if (asker !== undefined) this.need(minus ?? asker, 'a number');
      return undefined;
    });
  });

  protected readonly level = this.RULE('level', (): Level | undefined =>
    this.OR<Level | undefined>([
      { ALT: () => nameOf(this.CONSUME(Tok.Name)) },
      { ALT: () => stringOf(this.CONSUME(Tok.StringText)) },
      { ALT: () => numberOf(this.CONSUME(Tok.NumberText), undefined) },
      {
        ALT: () => {
          const minus = this.CONSUME(Tok.Minus);
          const digits = this.OPTION(() => this.CONSUME2(Tok.NumberText));
          return this.ACTION(() => {
            if (digits === undefined) this.need(minus, 'a number');
            return digits === undefined ? undefined : numberOf(digits, minus);
          });
        },
      },
    ]),
  );

  protected readonly levels = this.RULE('levels', (asker?: IToken): Level[] => {
    const found: Level[] = [];
    const list: ListState = { asking: asker, last: undefined };
    this.MANY(() => {
      this.OR([
        { ALT: () => this.passComma(list, this.CONSUME(Tok.Comma), 'a level') },
        {
          ALT: () => {
            this.passItem(list, this.LA(1), 'a level');
            const level = this.SUBRULE(this.level);
            if (level !== undefined) found.push(level);
          },
        },
      ]);
    });
    this.need(list.asking, 'a level');
    return found;
  });

  /** `given a, b`. */
  protected readonly given = this.RULE('given', (stop?: (token: IToken) => boolean): Name[] => {
    const keyword = this.CONSUME(Key.Given);
    return this.SUBRULE(this.names, { ARGS: [keyword, stop] });
  });

  /** Whatever is left of the line. */
  protected readonly rest = this.RULE('rest', (): IToken[] => {
    const tokens: IToken[] = [];
    this.MANY(() => {
      tokens.push(this.CONSUME(Tok.Any));
    });
    return tokens;
  });
}
