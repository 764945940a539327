import type { IToken } from 'chevrotain';
import * as Key from './keywords.ts';
import { nameOf, rangeOf, spanOf, stringOf } from './literals.ts';
import { nearest } from './nearest.ts';
import { NOWHERE, OptionParser } from './optionParser.ts';
import * as Tok from './tokens.ts';
import type {
  Expression,
  GroupStatement,
  LatentStatement,
  Level,
  Name,
  Range,
  StringLiteral,
  TypeAnnotation,
  TypeName,
  VariableStatement,
} from './tree.ts';
import { TYPE_NAMES } from './tree.ts';
import { allOf } from './wording.ts';

/** What every statement has, known before its line is parsed. */
export interface StatementFrame {
  readonly range: Range;
  readonly documentation: string | undefined;
}

/** What a rule is given while Chevrotain records the grammar. */
export const NO_FRAME: StatementFrame = { range: NOWHERE, documentation: undefined };

/** What may follow the names of a declaration, in this order. */
type TailPart = 'type' | 'definition' | 'note';

interface Tail {
  type: TypeAnnotation | undefined;
  definition: Expression | undefined;
  note: StringLiteral | undefined;
  readonly seen: Set<TailPart>;
}

/** The statements that declare names: `variable`, `latent`, `group`. */
export class DeclarationParser extends OptionParser {
  protected readonly declaration = this.RULE(
    'declaration',
    (frame: StatementFrame = NO_FRAME): VariableStatement | LatentStatement => {
      const keyword = this.CONSUME(Key.DeclarationKeyword);
      const names = this.SUBRULE(this.names, { ARGS: [keyword, this.startsStatement] });
      const tail: Tail = { type: undefined, definition: undefined, note: undefined, seen: new Set() };
      const latent = keyword.image === 'latent';
      this.MANY(() => this.SUBRULE(this.tailPart, { ARGS: [tail, latent] }));
      const base = { ...frame, keyword: rangeOf(keyword), names, note: tail.note };
      if (latent) return { kind: 'latent', ...base };
      return { kind: 'variable', ...base, type: tail.type, definition: tail.definition };
    },
  );

  /** `: type`, `= expression` or a note, in whatever order they come. */
  private readonly tailPart = this.RULE('tailPart', (tail?: Tail, latent?: boolean): void => {
    this.OR([
      {
        ALT: () => {
          const colon = this.LA(1);
          const type = this.SUBRULE(this.typeAnnotation);
          this.ACTION(() => this.checkTail(tail, 'type', latent, colon));
          if (tail !== undefined) tail.type ??= type;
        },
      },
      {
        ALT: () => {
          const equals = this.LA(1);
          const definition = this.SUBRULE(this.definition);
          this.ACTION(() => this.checkTail(tail, 'definition', latent, equals));
          if (tail !== undefined) tail.definition ??= definition;
        },
      },
      {
        ALT: () => {
          const note = this.CONSUME(Tok.StringText);
          this.ACTION(() => this.checkTail(tail, 'note', latent, note));
          if (tail !== undefined) tail.note ??= this.ACTION(() => stringOf(note));
        },
      },
    ]);
  });

  private checkTail(
    tail: Tail | undefined,
    part: TailPart,
    latent: boolean | undefined,
    token: IToken,
  ): void {
    if (tail === undefined) return;
    const range = spanOf(token, this.LA(0));
    if (latent && part === 'type') {
      this.report(range, 'A latent variable has no column, so it takes no type: remove it.');
    } else if (latent && part === 'definition') {
      this.report(
        range,
        'A latent variable has no column, so nothing defines it: declare it with `variable` if it has one.',
      );
    } else if (tail.seen.has(part)) {
      this.report(range, `This variable has a ${part} already: remove one of the two.`);
    } else if (tail.seen.has('note')) {
      this.report(range, 'The note comes last: put this before it.');
    } else if (part === 'type' && tail.seen.has('definition')) {
      this.report(range, 'The type comes before `=`, as in `variable heavy : binary = weight > 100`.');
    }
    tail.seen.add(part);
  }

  private readonly definition = this.RULE('definition', (): Expression | undefined => {
    const equals = this.OR([
      { ALT: () => this.CONSUME(Tok.Equals) },
      { ALT: () => this.CONSUME(Tok.DoubleEquals) },
    ]);
    this.ACTION(() => {
      if (Tok.is(equals, Tok.DoubleEquals))
        this.report(rangeOf(equals), 'A definition is written with one `=`.', '=');
    });
    let written = false;
    const expression = this.OPTION(() => {
      written = true;
      return this.SUBRULE(this.expression);
    });
    if (!written)
      this.report(
        rangeOf(equals),
        '`=` needs an expression after it, as in `variable heavy = weight > 100`.',
      );
    return expression;
  });

  private readonly typeAnnotation = this.RULE('typeAnnotation', (): TypeAnnotation | undefined => {
    const colon = this.CONSUME(Tok.Colon);
    const word = this.OPTION(() => this.CONSUME(Tok.Name));
    let levels: Level[] = [];
    this.OPTION2(() => {
      const open = this.CONSUME(Tok.LeftRound);
      levels = this.SUBRULE(this.levels, { ARGS: [open] });
      this.OPTION3(() => this.CONSUME(Tok.RightRound));
    });
    return this.ACTION(() => {
      const name = word === undefined ? undefined : typeOf(word);
      if (name !== undefined && word !== undefined) {
        return { kind: 'type', name, levels, range: spanOf(word, this.LA(0)) };
      }
      const known = `the types are ${allOf(TYPE_NAMES)}`;
      if (word === undefined) this.report(rangeOf(colon), `\`:\` needs a type after it: ${known}.`);
      else
        this.report(
          rangeOf(word),
          `\`${nameOf(word).text}\` is not a type: ${known}.`,
          nearest(word.image, TYPE_NAMES),
        );
      return undefined;
    });
  });

  protected readonly groupStatement = this.RULE(
    'groupStatement',
    (frame: StatementFrame = NO_FRAME): GroupStatement => {
      const keyword = this.CONSUME(Key.GroupKeyword);
      const name = this.OPTION(() => nameOf(this.CONSUME(Tok.Name)));
      const equals = this.OPTION2(() =>
        this.OR([
          { ALT: () => this.CONSUME(Tok.Equals) },
          { ALT: () => this.CONSUME(Tok.DoubleEquals) },
          { ALT: () => this.CONSUME(Tok.Colon) },
        ]),
      );
      const asker = this.ACTION(() => this.checkGroup(keyword, name, equals));
      const members = this.SUBRULE(this.names, { ARGS: [asker, this.startsStatement] });
      const note = this.OPTION3(() => stringOf(this.CONSUME(Tok.StringText)));
      return { kind: 'group', ...frame, keyword: rangeOf(keyword), name, members, note };
    },
  );

  /** Reports what is wrong before the members of a group. Returns the token that needs them, if nothing was. */
  private checkGroup(
    keyword: IToken,
    name: Name | undefined,
    equals: IToken | undefined,
  ): IToken | undefined {
    if (name === undefined) {
      this.need(keyword, 'a name');
      return undefined;
    }
    if (equals === undefined) {
      this.report(name.range, '`=` is missing after the name: write `group demographics = age, sex`.');
      return undefined;
    }
    if (equals.image === '=') return equals;
    this.report(rangeOf(equals), 'The members of a group follow `=`.', '=');
    return undefined;
  }

  protected readonly startsStatement = (): boolean => this.startsAnother('document');
}

function typeOf(word: IToken): TypeName | undefined {
  return TYPE_NAMES.find((name) => name === word.image);
}
