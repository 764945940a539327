import { EOF, type IToken } from 'chevrotain';
import { DeclarationParser, NO_FRAME, type StatementFrame } from './declarationParser.ts';
import * as Key from './keywords.ts';
import { nameOf, rangeOf, spanOf, stringOf } from './literals.ts';
import type { ParsedLine } from './optionParser.ts';
import * as Tok from './tokens.ts';
import type {
  Arrow,
  DataStatement,
  EdgesStatement,
  EstimateStatement,
  ExpectStatement,
  ModelStatement,
  Name,
  NumberLiteral,
  Role,
  RoleStatement,
  Statement,
  StringLiteral,
  StructuralExpectation,
} from './tree.ts';
import { ROLES } from './tree.ts';

/** The whole grammar: statements without the options in their braces, which are lines of their own. */
export class StatementParser extends DeclarationParser {
  constructor(skipValidations: boolean) {
    super([...PARSER_TOKENS], skipValidations);
    this.performSelfAnalysis();
  }

  readonly statementLine = this.RULE(
    'statementLine',
    (frame: StatementFrame = NO_FRAME): ParsedLine<Statement> => {
      const node = this.OR<Statement>([
        { ALT: () => this.SUBRULE(this.modelStatement, { ARGS: [frame] }) },
        { ALT: () => this.SUBRULE(this.dataStatement, { ARGS: [frame] }) },
        { ALT: () => this.SUBRULE(this.declaration, { ARGS: [frame] }) },
        { ALT: () => this.SUBRULE(this.groupStatement, { ARGS: [frame] }) },
        { ALT: () => this.SUBRULE(this.roleStatement, { ARGS: [frame] }) },
        { ALT: () => this.SUBRULE(this.estimateStatement, { ARGS: [frame] }) },
        { ALT: () => this.SUBRULE(this.expectStatement, { ARGS: [frame] }) },
        { ALT: () => this.SUBRULE(this.edgesStatement, { ARGS: [frame] }) },
      ]);
      return { node, rest: this.SUBRULE(this.rest) };
    },
  );

  private readonly modelStatement = this.RULE(
    'modelStatement',
    (frame: StatementFrame = NO_FRAME): ModelStatement => {
      const keyword = this.CONSUME(Key.ModelKeyword);
      const title = this.OPTION(() => stringOf(this.CONSUME(Tok.StringText)));
      if (title === undefined) this.needText(keyword, 'a title');
      return { kind: 'model', ...frame, keyword: rangeOf(keyword), title };
    },
  );

  private readonly dataStatement = this.RULE(
    'dataStatement',
    (frame: StatementFrame = NO_FRAME): DataStatement => {
      const keyword = this.CONSUME(Key.DataKeyword);
      const path = this.OPTION(() => stringOf(this.CONSUME(Tok.StringText)));
      if (path === undefined) this.needText(keyword, 'the path of a file');
      const on = this.OPTION2(() => {
        const word = this.CONSUME(Key.On);
        const name = this.OPTION3(() => nameOf(this.CONSUME(Tok.Name)));
        if (name === undefined) this.report(rangeOf(word), '`on` needs the name of an engine after it.');
        return name;
      });
      return { kind: 'data', ...frame, keyword: rangeOf(keyword), path, on, options: [], braces: undefined };
    },
  );

  /** Reports a text that is missing after `keyword`; text without quotes is the caller's to mend. */
  private needText(keyword: IToken, what: string): void {
    const next = this.LA(1);
    if (Tok.is(next, Key.On) || Tok.is(next, EOF)) this.need(keyword, what);
  }

  private readonly roleStatement = this.RULE(
    'roleStatement',
    (frame: StatementFrame = NO_FRAME): RoleStatement => {
      const keyword = this.CONSUME(Key.RoleKeyword);
      const instrument = keyword.image === 'instrument';
      const names = this.SUBRULE(this.names, { ARGS: [keyword, this.endsRole] });
      const given = this.OPTION({
        GATE: () => instrument,
        DEF: () => this.SUBRULE(this.given, { ARGS: [this.startsStatement] }),
      });
      return { kind: 'role', ...frame, keyword: rangeOf(keyword), role: roleOf(keyword.image), names, given };
    },
  );

  private readonly edgesStatement = this.RULE(
    'edgesStatement',
    (frame: StatementFrame = NO_FRAME): EdgesStatement => {
      const first = this.LA(1);
      const ends = [this.SUBRULE(this.names, { ARGS: [undefined, this.startsStatement] })];
      const arrows: Arrow[] = [];
      this.MANY(() => {
        const arrow = this.CONSUME(Tok.Arrow);
        const leftLacks = arrows.length === 0 && ends[0]?.length === 0;
        const end = this.SUBRULE2(this.names, {
          ARGS: [leftLacks ? undefined : arrow, this.startsStatement],
        });
        this.ACTION(() => {
          if (leftLacks) {
            const lacking = end.length === 0 ? 'joins two variables' : 'needs a variable on its left';
            this.report(rangeOf(arrow), `An arrow ${lacking}: write \`a -> b\`.`);
          }
          ends.push(end);
          arrows.push({ kind: arrowOf(arrow), range: rangeOf(arrow) });
        });
      });
      this.ACTION(() => {
        if (arrows.length > 0 || ends[0]?.length === 0) return;
        // What stands before an arrow that was written is what is wrong, and is said of itself.
        if (!Tok.is(this.LA(1), EOF) && holdsArrow(this.input)) return;
        this.report(
          spanOf(first, this.LA(0)),
          'An edge needs an arrow and what it leads to: write `a, b -> c`.',
        );
      });
      let coefficient: NumberLiteral | undefined;
      let note: StringLiteral | undefined;
      this.MANY2(() =>
        this.OR([
          {
            ALT: () => {
              const open = this.LA(1);
              const noted = note !== undefined;
              const second = coefficient !== undefined;
              coefficient = this.SUBRULE(this.coefficient) ?? coefficient;
              this.ACTION(() => {
                if (second)
                  this.report(spanOf(open, this.LA(0)), 'An edge has one coefficient: remove this one.');
                else if (noted)
                  this.report(spanOf(open, this.LA(0)), 'The note comes last: put this before it.');
              });
            },
          },
          {
            ALT: () => {
              const text = this.CONSUME(Tok.StringText);
              if (note !== undefined) this.report(rangeOf(text), 'An edge has one note: remove this one.');
              note ??= stringOf(text);
            },
          },
        ]),
      );
      return { kind: 'edges', ...frame, ends, arrows, coefficient, note };
    },
  );

  /** `[0.5]`. */
  private readonly coefficient = this.RULE('coefficient', (): NumberLiteral | undefined => {
    const open = this.CONSUME(Tok.LeftSquare);
    const value = this.SUBRULE(this.number);
    const close = this.OPTION(() => this.CONSUME(Tok.RightSquare));
    this.ACTION(() => {
      if (value === undefined)
        this.report(spanOf(open, close ?? open), 'The coefficient of an edge is a number: write `[0.5]`.');
    });
    return value;
  });

  private readonly estimateStatement = this.RULE(
    'estimateStatement',
    (frame: StatementFrame = NO_FRAME): EstimateStatement => {
      const keyword = this.CONSUME(Key.EstimateKeyword);
      const method = this.OPTION({
        GATE: () => !this.lacksMethod(),
        DEF: () => nameOf(this.CONSUME(Tok.Name)),
      });
      if (method === undefined) this.need(keyword, 'a method');
      let of: Name | undefined;
      let on: Name | undefined;
      let title: StringLiteral | undefined;
      const words: { of?: IToken; on?: IToken } = {};
      this.MANY(() =>
        this.OR([
          {
            ALT: () => {
              const word = this.CONSUME(Key.Of);
              this.refuseSecond(word, words.of !== undefined);
              words.of = word;
              of = this.SUBRULE(this.nameAfter, { ARGS: [words.of] }) ?? of;
            },
          },
          {
            ALT: () => {
              const word = this.CONSUME(Key.On);
              this.refuseSecond(word, words.on !== undefined);
              words.on = word;
              on = this.SUBRULE2(this.nameAfter, { ARGS: [words.on] }) ?? on;
            },
          },
          {
            ALT: () => {
              const as = this.CONSUME(Key.As);
              const text = this.OPTION2(() => stringOf(this.CONSUME(Tok.StringText)));
              this.refuseSecond(as, title !== undefined);
              if (text === undefined) this.needText(as, 'a title in quotes');
              title ??= text;
            },
          },
        ]),
      );
      this.ACTION(() => this.checkQuestion(words, of, on));
      return {
        kind: 'estimate',
        ...frame,
        keyword: rangeOf(keyword),
        method,
        of,
        on,
        title,
        options: [],
        braces: undefined,
      };
    },
  );

  /** `estimate of a on b`: what stands for the method starts the question. */
  private lacksMethod(): boolean {
    if (Tok.is(this.LA(1), Key.As)) return Tok.is(this.LA(2), Tok.StringText);
    return Tok.is(this.LA(1), Key.Of) && Tok.is(this.LA(2), Tok.Name) && Tok.is(this.LA(3), Key.On);
  }

  /** The name after `of` and `on`. Another part of the question that follows at once is none: `of on y`, `on as "T"`. */
  private readonly nameAfter = this.RULE('nameAfter', (word?: IToken): Name | undefined => {
    const name = this.OPTION({
      GATE: () => !this.startsPart(this.LA(1), this.LA(2)),
      DEF: () => nameOf(this.CONSUME(Tok.Name)),
    });
    if (name === undefined) this.need(word, 'a variable');
    return name;
  });

  private startsPart(word: IToken, next: IToken): boolean {
    if (Tok.is(word, Key.As)) return Tok.is(next, Tok.StringText);
    return Tok.is(word, Key.On) && Tok.is(next, Tok.Name) && !Tok.is(next, Key.On) && !Tok.is(next, Key.As);
  }

  private checkQuestion(
    words: { of?: IToken; on?: IToken },
    of: Name | undefined,
    on: Name | undefined,
  ): void {
    const pattern = 'write `estimate regression of dose on recovery`.';
    if (words.of !== undefined && words.on === undefined && of !== undefined) {
      this.report(rangeOf(words.of), `\`on\` and the outcome are missing: ${pattern}`);
    } else if (words.on !== undefined && words.of === undefined && on !== undefined) {
      this.report(rangeOf(words.on), `\`of\` and the treatment are missing: ${pattern}`);
    }
  }

  private readonly expectStatement = this.RULE(
    'expectStatement',
    (frame: StatementFrame = NO_FRAME): ExpectStatement => {
      const keyword = this.CONSUME(Key.ExpectKeyword);
      const expectation = this.OPTION(() =>
        this.OR<StructuralExpectation | undefined>([
          {
            GATE: () => !Tok.is(this.LA(2), Key.Independent),
            ALT: () => {
              const word = this.CONSUME(Key.Identifiable);
              return { kind: 'identifiable', range: rangeOf(word) };
            },
          },
          { GATE: () => !Tok.is(this.LA(2), Key.Independent), ALT: () => this.SUBRULE(this.implications) },
          { ALT: () => this.SUBRULE(this.independence) },
        ]),
      );
      this.ACTION(() => {
        if (expectation === undefined)
          this.report(rangeOf(keyword), `\`expect\` needs what must hold after it: ${EXPECT_FORMS}.`);
      });
      return { kind: 'expect', ...frame, keyword: rangeOf(keyword), expectation };
    },
  );

  private readonly implications = this.RULE('implications', (): StructuralExpectation => {
    const word = this.CONSUME(Key.Implications);
    const at = this.OPTION(() => this.SUBRULE(this.significance));
    return this.ACTION(() => ({ kind: 'implications', at, range: spanOf(word, this.LA(0)) }));
  });

  private readonly significance = this.RULE('significance', (): NumberLiteral | undefined => {
    const word = this.CONSUME(Key.At);
    return this.SUBRULE(this.number, { ARGS: [word] });
  });

  /** `a independent of b given c at 0.05`. */
  private readonly independence = this.RULE('independence', (): StructuralExpectation => {
    const first = this.CONSUME(Tok.Name);
    const word = this.OPTION({
      GATE: () => Tok.is(this.LA(1), Key.Independent) || Tok.is(this.LA(2), Key.Of),
      DEF: () => this.CONSUME2(Tok.Name),
    });
    const of = this.OPTION2(() => this.CONSUME(Key.Of));
    const right = this.OPTION3({
      GATE: () => word !== undefined,
      DEF: () => nameOf(this.CONSUME3(Tok.Name)),
    });
    let given: readonly Name[] | undefined;
    let at: NumberLiteral | undefined;
    this.MANY(() =>
      this.OR([
        {
          ALT: () => {
            const word = this.LA(1);
            const names = this.SUBRULE(this.given, { ARGS: [this.endsGiven] });
            this.refuseSecond(word, given !== undefined);
            given ??= names;
          },
        },
        {
          ALT: () => {
            const word = this.LA(1);
            const level = this.SUBRULE(this.significance);
            this.refuseSecond(word, at !== undefined);
            at ??= level;
          },
        },
      ]),
    );
    return this.ACTION(() => {
      this.checkIndependence(first, word, of, right);
      return {
        kind: 'independent',
        left: nameOf(first),
        right,
        given: given ?? [],
        at,
        range: spanOf(first, this.LA(0)),
      };
    });
  });

  private checkIndependence(
    first: IToken,
    word: IToken | undefined,
    of: IToken | undefined,
    right: Name | undefined,
  ): void {
    if (word === undefined) {
      const next = this.LA(1);
      const metric = Tok.is(next, Tok.Operator) || Tok.is(next, Key.Between);
      const message = metric
        ? 'What is expected of an estimate stands in its braces: `estimate regression { expect p < 0.05 }`.'
        : `\`${nameOf(first).text}\` alone expects nothing: ${EXPECT_FORMS}.`;
      this.report(rangeOf(first), message);
    } else if (!Tok.is(word, Key.Independent)) {
      this.report(rangeOf(word), `Write \`${nameOf(first).text} independent of …\`.`, 'independent');
    } else if (of === undefined) {
      this.report(rangeOf(word), '`of` is missing: write `expect a independent of b`.', 'independent of');
    } else if (right === undefined) {
      this.report(rangeOf(of), '`of` needs the other variable after it, as in `expect a independent of b`.');
    }
  }

  private readonly endsRole = (token: IToken): boolean =>
    Tok.is(token, Key.Given) || this.startsAnother('document');

  private readonly endsGiven = (token: IToken): boolean =>
    Tok.is(token, Key.At) || Tok.is(token, Key.Given) || this.startsAnother('document');
}

const EXPECT_FORMS = 'write `expect identifiable`, `expect implications` or `expect a independent of b`';

/** Every type of token that a line can hold. */
const PARSER_TOKENS = [
  Tok.Any,
  Tok.Name,
  Tok.BareName,
  Tok.Arrow,
  Tok.Operator,
  ...Key.KEYWORD_TOKENS,
  ...Tok.LEXER_TOKENS.filter((type) => type.CATEGORIES !== undefined && type.CATEGORIES.length > 0),
];

function holdsArrow(tokens: readonly IToken[]): boolean {
  return tokens.some((token) => Tok.is(token, Tok.Arrow));
}

function roleOf(word: string): Role {
  return ROLES.find((role) => role === word) ?? 'adjust';
}

function arrowOf(token: IToken): Arrow['kind'] {
  if (Tok.is(token, Tok.RightArrow)) return '->';
  return Tok.is(token, Tok.LeftArrow) ? '<-' : '<->';
}
