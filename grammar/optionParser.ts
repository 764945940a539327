import type { IToken } from 'chevrotain';
import { ExpressionParser } from './expressionParser.ts';
import * as Key from './keywords.ts';
import { nameOf, rangeOf } from './literals.ts';
import { nearest } from './nearest.ts';
import * as Tok from './tokens.ts';
import type {
  AdjustOption,
  ColumnOption,
  Comparison,
  ContrastOption,
  DataOption,
  EstimateOption,
  ExpectOption,
  InstrumentOption,
  Level,
  MissingOption,
  Name,
  NamesOption,
  NumberLiteral,
  NumberOption,
  NumberOptionName,
  Range,
  RefuteOption,
  WhereOption,
  WordOption,
} from './tree.ts';
import { NUMBER_OPTIONS } from './tree.ts';
import { ESTIMANDS, LEARNERS, MISSING_POLICIES, PROPENSITIES, STANDARD_ERRORS } from './vocabulary.ts';
import { oneOf } from './wording.ts';

/** What the options of a fixed list may be followed by. */
const CHOICES: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['estimand', ESTIMANDS.map((entry) => entry.word)],
  ['se', STANDARD_ERRORS.map((entry) => entry.word)],
  ['propensity', PROPENSITIES.map((entry) => entry.word)],
  ['learner', LEARNERS.map((entry) => entry.word)],
]);

const POLICIES: readonly string[] = MISSING_POLICIES.map((entry) => entry.word);

export interface ParsedLine<Node> {
  readonly node: Node;
  /** The tokens from the first that no rule takes. */
  readonly rest: readonly IToken[];
}

/** The options of `data` and `estimate`. Each rule takes the range of the whole option. */
export class OptionParser extends ExpressionParser {
  readonly dataOptionLine = this.RULE('dataOptionLine', (range: Range = NOWHERE): ParsedLine<DataOption> => {
    const node = this.OR<DataOption>([
      { ALT: () => this.SUBRULE(this.whereOption, { ARGS: [range] }) },
      { ALT: () => this.SUBRULE(this.missingOption, { ARGS: [range] }) },
      { ALT: () => this.SUBRULE(this.columnOption, { ARGS: [range] }) },
    ]);
    return { node, rest: this.SUBRULE(this.rest) };
  });

  readonly estimateOptionLine = this.RULE(
    'estimateOptionLine',
    (range: Range = NOWHERE): ParsedLine<EstimateOption> => {
      const node = this.OR<EstimateOption>([
        { ALT: () => this.SUBRULE(this.adjustOption, { ARGS: [range] }) },
        { ALT: () => this.SUBRULE(this.instrumentOption, { ARGS: [range] }) },
        { ALT: () => this.SUBRULE(this.namesOption, { ARGS: [range] }) },
        { ALT: () => this.SUBRULE(this.choiceOption, { ARGS: [range] }) },
        { ALT: () => this.SUBRULE(this.contrastOption, { ARGS: [range] }) },
        { ALT: () => this.SUBRULE(this.whereOption, { ARGS: [range] }) },
        { ALT: () => this.SUBRULE(this.columnOption, { ARGS: [range] }) },
        { ALT: () => this.SUBRULE(this.numberOption, { ARGS: [range] }) },
        { ALT: () => this.SUBRULE(this.refuteOption, { ARGS: [range] }) },
        { ALT: () => this.SUBRULE(this.metricOption, { ARGS: [range] }) },
      ]);
      return { node, rest: this.SUBRULE(this.rest) };
    },
  );

  private readonly whereOption = this.RULE('whereOption', (range: Range = NOWHERE): WhereOption => {
    const keyword = this.CONSUME(Key.WhereKeyword);
    let written = false;
    const condition = this.OPTION(() => {
      written = true;
      return this.SUBRULE(this.expression);
    });
    if (!written) this.need(keyword, 'a condition');
    return { kind: 'where', range, keyword: rangeOf(keyword), condition };
  });

  private readonly missingOption = this.RULE('missingOption', (range: Range = NOWHERE): MissingOption => {
    const keyword = this.CONSUME(Key.MissingKeyword);
    const word = this.OPTION(() => this.CONSUME(Tok.Name));
    return this.ACTION(() => {
      const policy = word === undefined ? undefined : policyOf(word.image);
      if (policy === undefined) {
        const close = word === undefined ? undefined : nearest(word.image, POLICIES);
        const message = `\`missing\` takes one word: ${oneOf(POLICIES)}.`;
        this.report(rangeOf(word ?? keyword), message, close);
      }
      return { kind: 'missing', range, keyword: rangeOf(keyword), policy };
    });
  });

  private readonly columnOption = this.RULE('columnOption', (range: Range = NOWHERE): ColumnOption => {
    const keyword = this.CONSUME(Key.ColumnKeyword);
    const name = this.OPTION(() => this.CONSUME(Tok.Name));
    return this.ACTION(() => {
      if (name === undefined) this.need(keyword, 'a column');
      const kind = keyword.image === 'weight' || keyword.image === 'cluster' ? keyword.image : 'id';
      return { kind, range, keyword: rangeOf(keyword), name: name === undefined ? undefined : nameOf(name) };
    });
  });

  private readonly adjustOption = this.RULE('adjustOption', (range: Range = NOWHERE): AdjustOption => {
    const keyword = this.CONSUME(Key.AdjustKeyword);
    let nothing = false;
    let names: Name[] = [];
    this.OR([
      {
        GATE: () => Tok.is(this.LA(1), Key.Nothing) && !Tok.is(this.LA(2), Tok.Comma),
        ALT: () => {
          this.CONSUME(Key.Nothing);
          nothing = true;
        },
      },
      {
        ALT: () => {
          names = this.SUBRULE(this.names, { ARGS: [keyword, this.endsNames] });
        },
      },
    ]);
    return { kind: 'adjust', range, keyword: rangeOf(keyword), names, nothing };
  });

  private readonly instrumentOption = this.RULE(
    'instrumentOption',
    (range: Range = NOWHERE): InstrumentOption => {
      const keyword = this.CONSUME(Key.InstrumentKeyword);
      const names = this.SUBRULE(this.names, { ARGS: [keyword, this.endsNames] });
      const given = this.OPTION(() => this.SUBRULE(this.given, { ARGS: [this.startsOption] }));
      return { kind: 'instrument', range, keyword: rangeOf(keyword), names, given };
    },
  );

  private readonly namesOption = this.RULE('namesOption', (range: Range = NOWHERE): NamesOption => {
    const keyword = this.CONSUME(Key.NamesKeyword);
    const names = this.SUBRULE(this.names, { ARGS: [keyword, this.endsNames] });
    return { kind: keyword.image === 'by' ? 'by' : 'through', range, keyword: rangeOf(keyword), names };
  });

  private readonly choiceOption = this.RULE('choiceOption', (range: Range = NOWHERE): WordOption => {
    const keyword = this.CONSUME(Key.ChoiceKeyword);
    const word = this.OPTION(() => nameOf(this.CONSUME(Tok.Name)));
    return this.ACTION(() => {
      const { image } = keyword;
      if (word === undefined) {
        this.report(rangeOf(keyword), `\`${image}\` takes one word: ${oneOf(CHOICES.get(image) ?? [])}.`);
      }
      const kind = image === 'estimand' || image === 'se' || image === 'propensity' ? image : 'learner';
      return { kind, range, keyword: rangeOf(keyword), word };
    });
  });

  private readonly contrastOption = this.RULE('contrastOption', (range: Range = NOWHERE): ContrastOption => {
    const keyword = this.CONSUME(Key.ContrastKeyword);
    let level: Level | undefined;
    let reference: Level | undefined;
    let second: IToken | undefined;
    this.OPTION({
      GATE: () => !this.lacksLevel(),
      DEF: () => {
        level = this.SUBRULE(this.level);
      },
    });
    const versus = this.OPTION2(() => this.CONSUME(Key.Versus));
    this.OPTION3(() => {
      second = this.LA(1);
      reference = this.SUBRULE2(this.level);
    });
    this.ACTION(() => this.checkContrast({ keyword, level, versus, second }));
    return { kind: 'contrast', range, keyword: rangeOf(keyword), level, reference };
  });

  /** `contrast vs b`: the word is the keyword here, unless another follows it. */
  private lacksLevel(): boolean {
    return Tok.is(this.LA(1), Key.Versus) && !Tok.is(this.LA(2), Key.Versus);
  }

  private checkContrast(parts: {
    keyword: IToken;
    level: Level | undefined;
    versus: IToken | undefined;
    second: IToken | undefined;
  }): void {
    const { keyword, level, versus, second } = parts;
    const pattern = 'Two levels are compared with `vs`: write `contrast "high" vs "low"`.';
    if (level === undefined) this.report(rangeOf(keyword), pattern);
    else if (versus === undefined)
      this.report(second === undefined ? rangeOf(keyword) : rangeOf(second), pattern);
    else if (second === undefined) this.report(rangeOf(versus), pattern);
  }

  private readonly numberOption = this.RULE('numberOption', (range: Range = NOWHERE): NumberOption => {
    const keyword = this.CONSUME(Key.NumberKeyword);
    const value = this.SUBRULE(this.number, { ARGS: [keyword] });
    return { kind: numberOptionOf(keyword.image), range, keyword: rangeOf(keyword), value };
  });

  private readonly refuteOption = this.RULE('refuteOption', (range: Range = NOWHERE): RefuteOption => {
    const keyword = this.CONSUME(Key.RefuteKeyword);
    const refuters = this.SUBRULE(this.names, { ARGS: [keyword, this.startsOption, 'a refuter'] });
    return { kind: 'refute', range, keyword: rangeOf(keyword), refuters };
  });

  private readonly metricOption = this.RULE('metricOption', (range: Range = NOWHERE): ExpectOption => {
    const keyword = this.CONSUME(Key.MetricKeyword);
    const metric = this.OPTION(() => nameOf(this.CONSUME(Tok.Name)));
    let compared = false;
    const comparison = this.OPTION2(() => {
      compared = true;
      return this.SUBRULE(this.comparison);
    });
    this.ACTION(() => {
      const pattern = 'as in `expect p < 0.05` or `expect estimate between 0.9 and 1.1`.';
      if (metric === undefined)
        this.report(rangeOf(keyword), `\`expect\` needs a number of the estimate and a bound, ${pattern}`);
      else if (!compared) this.report(metric.range, `\`${metric.text}\` needs a bound, ${pattern}`);
    });
    return { kind: 'expect', range, keyword: rangeOf(keyword), metric, comparison };
  });

  private readonly comparison = this.RULE('comparison', (): Comparison | undefined =>
    this.OR<Comparison | undefined>([
      { ALT: () => this.SUBRULE(this.between) },
      { ALT: () => this.SUBRULE(this.bound) },
    ]),
  );

  private readonly between = this.RULE('between', (): Comparison | undefined => {
    const keyword = this.CONSUME(Key.Between);
    const low = this.SUBRULE(this.number);
    const and = this.OPTION(() => this.CONSUME(Key.BetweenAnd));
    const high = this.SUBRULE2(this.number);
    return this.ACTION(() => {
      if (low === undefined || and === undefined || high === undefined) {
        this.report(
          rangeOf(high === undefined ? (and ?? keyword) : keyword),
          '`between` takes two numbers: write `between 0.9 and 1.1`.',
        );
        return undefined;
      }
      return { kind: 'between', low, high, range: { start: keyword.startOffset, end: high.range.end } };
    });
  });

  private readonly bound = this.RULE('bound', (): Comparison | undefined => {
    const operator = this.CONSUME(Tok.Operator);
    const value = this.SUBRULE(this.number);
    return this.ACTION(() => {
      const kind = boundOf(operator);
      if (kind === undefined) {
        const message =
          'A bound is written with `<`, `<=`, `>`, `>=` or `between`, as in `expect estimate between 0.9 and 1.1`.';
        this.report(rangeOf(operator), message);
        return undefined;
      }
      if (value === undefined) {
        this.report(
          rangeOf(operator),
          `\`${operator.image}\` needs a number on its right, as in \`expect p < 0.05\`.`,
        );
        return undefined;
      }
      const range = { start: operator.startOffset, end: value.range.end };
      return { kind, value: Tok.is(operator, Tok.LeftArrow) ? belowZero(value) : value, range };
    });
  });

  private readonly startsOption = (): boolean => this.startsAnother('estimate');

  /** Only instruments take `given`, but no list goes on with it. */
  private readonly endsNames = (token: IToken): boolean =>
    Tok.is(token, Key.Given) || this.startsAnother('estimate');
}

/** What a rule is given while Chevrotain records the grammar. */
export const NOWHERE: Range = { start: 0, end: 0 };

function policyOf(word: string): MissingOption['policy'] {
  return word === 'drop' || word === 'mean' || word === 'indicator' ? word : undefined;
}

function numberOptionOf(word: string): NumberOptionName {
  return NUMBER_OPTIONS.find((name) => name === word) ?? 'seed';
}

function boundOf(operator: IToken): '<' | '<=' | '>' | '>=' | undefined {
  switch (operator.tokenType) {
    case Tok.Less:
    case Tok.LeftArrow:
      return '<';
    case Tok.LessOrEqual:
      return '<=';
    case Tok.Greater:
      return '>';
    case Tok.GreaterOrEqual:
      return '>=';
    default:
      return undefined;
  }
}

/** `p <-0.5` was read with an arrow in it, which holds the minus sign. */
function belowZero(value: NumberLiteral): NumberLiteral {
  return {
    kind: 'number',
    value: -value.value,
    text: value.text.startsWith('-') ? value.text.slice(1) : `-${value.text}`,
    range: { start: value.range.start - 1, end: value.range.end },
  };
}
