import { describe, expect, test } from 'vitest';
import { parse } from '../../grammar/parse.ts';
import { checkAll } from './invariants.ts';
import { mended, reports, shape } from './support.ts';

/** A line as a newcomer writes it, the one thing said of it, and the line that it is read as. */
type Slip = readonly [written: string, report: string, meant: string];

/** Checks that a slip is one fault, that its tree is that of what was meant, and that the mend is that text too. */
function checkSlip([written, report, meant]: Slip, mend = true): void {
  const result = parse(written);
  expect(reports(written, result)).toEqual([report]);
  expect(reports(meant)).toEqual([]);
  expect(shape(result.document.statements)).toEqual(shape(parse(meant).document.statements));
  if (mend) {
    const text = mended(written, result.faults);
    expect(reports(text)).toEqual([]);
    expect(shape(parse(text).document.statements)).toEqual(shape(result.document.statements));
  }
  checkAll(written);
}

const near = (word: string, meant: string): string =>
  `${word} | \`${word}\` starts no statement: did you mean \`${meant}\`?`;

describe('a misspelt keyword is told once, and its line is read', () => {
  test.each<Slip>([
    ['varaible tasks', near('varaible', 'variable'), 'variable tasks'],
    ['vraiable a, b : count "Note"', near('vraiable', 'variable'), 'variable a, b : count "Note"'],
    ['var tasks', near('var', 'variable'), 'variable tasks'],
    ['vars a, b', near('vars', 'variable'), 'variable a, b'],
    ['variables a = log(b)', near('variables', 'variable'), 'variable a = log(b)'],
    ['lattent u', near('lattent', 'latent'), 'latent u'],
    ['latents u, v', near('latents', 'latent'), 'latent u, v'],
    ['gruop g = a, b', near('gruop', 'group'), 'group g = a, b'],
    ['treatmnt x', near('treatmnt', 'treatment'), 'treatment x'],
    ['treat x', near('treat', 'treatment'), 'treatment x'],
    ['exposure x', near('exposure', 'treatment'), 'treatment x'],
    ['response y', near('response', 'outcome'), 'outcome y'],
    ['target y', near('target', 'outcome'), 'outcome y'],
    ['iv z given w', near('iv', 'instrument'), 'instrument z given w'],
    ['instruments z, w', near('instruments', 'instrument'), 'instrument z, w'],
    ['control a, b', near('control', 'adjust'), 'adjust a, b'],
    ['covariates a', near('covariates', 'adjust'), 'adjust a'],
    ['modle "Feed"', near('modle', 'model'), 'model "Feed"'],
    ['dat "a.csv" { missing drop }', near('dat', 'data'), 'data "a.csv" { missing drop }'],
    ['estmate iv', near('estmate', 'estimate'), 'estimate iv'],
    ['estmate iv {\n  se hc3\n}', near('estmate', 'estimate'), 'estimate iv {\n  se hc3\n}'],
    ['expct identifiable', near('expct', 'expect'), 'expect identifiable'],
    ['expct a independent of b', near('expct', 'expect'), 'expect a independent of b'],
  ])('%s', (...slip) => checkSlip(slip));

  test.each([
    ['var -> y', { kind: 'edges', ends: [['var'], ['y']], arrows: ['->'] }],
    ['var, iv -> y', { kind: 'edges', ends: [['var', 'iv'], ['y']], arrows: ['->'] }],
    ['var\n-> y', { kind: 'edges', ends: [['var'], ['y']], arrows: ['->'] }],
  ])('%j is an edge', (text, tree) => {
    expect(reports(text)).toEqual([]);
    expect(shape(parse(text).document.statements)).toEqual([tree]);
  });

  test.each(['var x -> y', 'target of the study', 'modle x', 'iv', 'expct a'])('%s is none', (text) => {
    expect(reports(text)).toHaveLength(1);
    expect(parse(text).document.statements[0]?.kind).toMatch(/broken|edges/);
  });
});

describe('names that are joined by other signs than commas are a list', () => {
  const join = 'Names in a list are separated by commas: write';
  test.each<Slip>([
    [
      'plan + tenure + queries -> assistant, tasks',
      `+ tenure + | ${join} \`plan, tenure\`.`,
      'plan, tenure, queries -> assistant, tasks',
    ],
    ['plan & tenure -> x', `& | ${join} \`plan, tenure\`.`, 'plan, tenure -> x'],
    ['a -> b and c "Why"', `and | ${join} \`b, c\`.`, 'a -> b, c "Why"'],
    ['adjust a and b and c', `and b and | ${join} \`a, b\`.`, 'adjust a, b, c'],
    ['adjust a, b, and c', `and | ${join} \`a, c\`.`, 'adjust a, b, c'],
    ['a / b -> c', `/ | ${join} \`a, b\`.`, 'a, b -> c'],
    ['`a b` + c -> d', `+ | ${join} \`a, b\`.`, '`a b`, c -> d'],
    ['adjust a or b', `or | ${join} \`a, b\`.`, 'adjust a, b'],
    ['treatment and age -> y', `and | ${join} \`treatment, age\`.`, 'treatment, age -> y'],
    ['treatment + age -> y', `+ | ${join} \`treatment, age\`.`, 'treatment, age -> y'],
    ['variable a and b : binary "A"', `and | ${join} \`a, b\`.`, 'variable a, b : binary "A"'],
    ['latent u & v', `& | ${join} \`u, v\`.`, 'latent u, v'],
    ['group g = a + b', `+ | ${join} \`a, b\`.`, 'group g = a, b'],
    ['instrument z given a and b', `and | ${join} \`a, b\`.`, 'instrument z given a, b'],
    [
      'expect a independent of b given c and d at 0.1',
      `and | ${join} \`c, d\`.`,
      'expect a independent of b given c, d at 0.1',
    ],
    [
      'estimate iv { adjust a && b; se hc3 }',
      `&& | ${join} \`a, b\`.`,
      'estimate iv { adjust a, b; se hc3 }',
    ],
    [
      'estimate iv { refute placebo + subset }',
      `+ | ${join} \`placebo, subset\`.`,
      'estimate iv { refute placebo, subset }',
    ],
  ])('%s', (...slip) => checkSlip(slip));

  test('but in an expression they are operators, as `and` is a name', () => {
    expect(reports('variable x = a + b\nvariable and = a <- 1\nadjust a, and, or\ntreatment and')).toEqual(
      [],
    );
    expect(reports('instrument z, or given and\nestimate and of a on b')).toEqual([]);
    expect(reports('variable x = a & b')).toEqual(['& | This is written `and`, not `&`.']);
  });
});

describe('a sign or a word too many after a keyword is left out', () => {
  test.each<Slip>([
    ['adjust: plan, tenure', ': | Write `adjust plan` without `:`.', 'adjust plan, tenure'],
    ['treatment = x', '= | Write `treatment x` without `=`.', 'treatment x'],
    ['treatment=x', '= | Write `treatment x` without `=`.', 'treatment x'],
    ['outcome: y', ': | Write `outcome y` without `:`.', 'outcome y'],
    ['instrument = z given w', '= | Write `instrument z` without `=`.', 'instrument z given w'],
    ['latent: u', ': | Write `latent u` without `:`.', 'latent u'],
    ['variable: x, y', ': | Write `variable x` without `:`.', 'variable x, y'],
    ['estimate: iv', ': | Write `estimate iv` without `:`.', 'estimate iv'],
    ['model = "Feed"', '= | Write `model "Feed"` without `=`.', 'model "Feed"'],
    ['data: "a.csv"', ': | Write `data "a.csv"` without `:`.', 'data "a.csv"'],
    [
      'estimate iv { estimand = att }',
      '= | Write `estimand att` without `=`.',
      'estimate iv { estimand att }',
    ],
    [
      'data "a.csv" { missing: drop }',
      ': | Write `missing drop` without `:`.',
      'data "a.csv" { missing drop }',
    ],
    ['adjust for a, b', 'for | `adjust` takes no `for`: write `adjust a`.', 'adjust a, b'],
    [
      'estimate iv { adjust for a }',
      'for | `adjust` takes no `for`: write `adjust a`.',
      'estimate iv { adjust a }',
    ],
    ['control for a, b', `control for | ${near('control for', 'adjust').split(' | ')[1]}`, 'adjust a, b'],
  ])('%s', (...slip) => checkSlip(slip));

  test('unless it is a declaration without its keyword, or `for` is a name', () => {
    expect(reports('treatment : binary')).toHaveLength(1);
    expect(shape(parse('treatment : binary').document.statements)).toMatchObject([{ names: [] }]);
    expect(reports('adjust for\nadjust for, a')).toEqual([]);
  });
});

describe('a name in quotes or with a hyphen is a name', () => {
  const quotes = (name: string): string => `Quotes are for texts: write the name \`${name}\` without them.`;
  const hyphen = (name: string): string =>
    `${name} | \`${name}\` has a hyphen, which no name has: put it in backticks.`;
  test.each<Slip>([
    ['variable "assistant"', `"assistant" | ${quotes('assistant')}`, 'variable assistant'],
    ["variable 'assistant'", `'assistant' | ${quotes('assistant')}`, 'variable assistant'],
    ['variable "a", "b" : binary "Note"', `"a", "b" | ${quotes('a')}`, 'variable a, b : binary "Note"'],
    [
      'variable "weeks since"',
      '"weeks since" | Quotes are for texts: a name of several words stands in backticks.',
      'variable `weeks since`',
    ],
    ['latent "u" "Note"', `"u" | ${quotes('u')}`, 'latent u "Note"'],
    ['"plan" -> "tasks"', `"plan" -> "tasks" | ${quotes('plan')}`, 'plan -> tasks'],
    ['plan -> "Tasks" "Why so"', `"Tasks" | ${quotes('Tasks')}`, 'plan -> Tasks "Why so"'],
    ['treatment "x"', `"x" | ${quotes('x')}`, 'treatment x'],
    ['estimate "iv"', `"iv" | ${quotes('iv')}`, 'estimate iv'],
    ['estimate iv { adjust "a", "b" }', `"a", "b" | ${quotes('a')}`, 'estimate iv { adjust a, b }'],
    ['variable weeks-since : count', hyphen('weeks-since'), 'variable `weeks-since` : count'],
    ['variable covid-19, x', hyphen('covid-19'), 'variable `covid-19`, x'],
    ['a-b-2nd, c -> d "Why"', hyphen('a-b-2nd'), '`a-b-2nd`, c -> d "Why"'],
    ['treatment-group -> y', hyphen('treatment-group'), '`treatment-group` -> y'],
    ['outcome weeks-since', hyphen('weeks-since'), 'outcome `weeks-since`'],
    ['variable x : ordinal(low-dose, high)', hyphen('low-dose'), 'variable x : ordinal(`low-dose`, high)'],
    ['expect a-b independent of c', hyphen('a-b'), 'expect `a-b` independent of c'],
    ['estimate iv { adjust a-b, c }', hyphen('a-b'), 'estimate iv { adjust `a-b`, c }'],
  ])('%s', (...slip) => checkSlip(slip));

  test('but a text after the names is a note, and a hyphen in an expression a minus sign', () => {
    const text =
      'variable x, y "Note"\na -> b "Why"\nvariable z = a-b\nvariable w = "text"\nvariable v = c-1';
    expect(
      reports('latent or "Note"\nvariable x, and "note"\ngroup given = a, of "note"\nestimate -> on "why"'),
    ).toEqual([]);
    expect(reports(text)).toEqual([]);
  });
});

describe('a word of other tools is told what it is called here', () => {
  test.each<Slip>([
    [
      'expect identified',
      'identified | `identified` is nothing to expect: did you mean `identifiable`?',
      'expect identifiable',
    ],
    ['estimate 2sls', '2sls | `2sls` is called `iv` here: write `estimate iv`.', 'estimate iv'],
    [
      'estimate 2SLS of a on b { se hc3 }',
      '2SLS | `2SLS` is called `iv` here: write `estimate iv`.',
      'estimate iv of a on b { se hc3 }',
    ],
    [
      'variable x = categorical("a", b) "Note"',
      '= | A type follows a colon: write `: categorical(…)`.',
      'variable x : categorical("a", b) "Note"',
    ],
  ])('%s', (...slip) => checkSlip(slip));
});

describe('two slips on one line', () => {
  test.each([
    ['"a" and "b" -> y', 'a, b -> y'],
    ['varaible "x"', 'variable x'],
    ['adjust: a + b-c', 'adjust a, `b-c`'],
  ])('%s are told apart, and the line is read', (text, meant) => {
    expect(reports(text).length).toBeGreaterThan(1);
    expect(shape(parse(text).document.statements)).toEqual(shape(parse(meant).document.statements));
  });
});

describe('options without braces are read as if they had them', () => {
  const braces = (written: string, pattern: string): string =>
    `${written} | Options stand in braces: write \`${pattern}\`.`;
  test.each<Slip>([
    [
      'data "x.csv" where age > 3',
      braces('where age > 3', 'data "x.csv" { where … }'),
      'data "x.csv" { where age > 3 }',
    ],
    [
      'data "x.csv" on duck where age > 3 and a is missing missing drop',
      braces('where age > 3 and a is missing missing drop', 'data "x.csv" { where … }'),
      'data "x.csv" on duck { where age > 3 and a is missing; missing drop }',
    ],
    [
      'data "x.csv", weight w',
      braces(', weight w', 'data "x.csv" { weight … }'),
      'data "x.csv" { weight w }',
    ],
    [
      'estimate ipw adjust a, b',
      braces('adjust a, b', 'estimate ipw { adjust … }'),
      'estimate ipw { adjust a, b }',
    ],
    [
      'estimate ipw estimand att se hc3',
      braces('estimand att se hc3', 'estimate ipw { estimand … }'),
      'estimate ipw { estimand att; se hc3 }',
    ],
    [
      'estimate ipw of a on b as "T" expect p < 0.05',
      braces('expect p < 0.05', 'estimate ipw { expect … }'),
      'estimate ipw of a on b as "T" { expect p < 0.05 }',
    ],
  ])('%s', (...slip) => checkSlip(slip));

  test('beside braces, with the options in them', () => {
    const text = 'estimate ipw adjust a {\n  se hc3\n}';
    expect(reports(text)).toEqual([braces('adjust a', 'estimate ipw { adjust … }')]);
    const meant = 'estimate ipw { adjust a; se hc3 }';
    expect(shape(parse(text).document.statements)).toEqual(shape(parse(meant).document.statements));
    checkAll(text);
  });

  test('but a statement is a statement, and a name a name', () => {
    expect(reports('estimate ipw expect identifiable')).toEqual([
      'expect | A new statement starts here: put `expect` on a line of its own.',
    ]);
    expect(reports('estimate weight of where on level as "T"\ndata "x.csv" on where')).toEqual([]);
  });
});

describe('a power is told once, and its base stays', () => {
  const write = (pattern: string): string => `There is no sign for powers: write ${pattern}.`;
  test.each([
    ['variable x = tenure^2', `tenure^2 | ${write('`tenure * tenure`')}`, 'variable x = tenure'],
    ['variable x = a + b ** 3 * c', `b ** 3 | ${write('`b * b * b`')}`, 'variable x = a + b * c'],
    ['variable x = (a)^2', `(a)^2 | ${write('`a * a`')}`, 'variable x = a'],
    ['variable x = (a + b)^2', `^ | ${write('a product, as in `age * age`')}`, 'variable x = a + b'],
    ['variable x = a ^ -1 "Note"', `^ | ${write('a product, as in `age * age`')}`, 'variable x = a "Note"'],
    ['variable x = a ^', `^ | ${write('a product, as in `age * age`')}`, 'variable x = a'],
    ['data "a.csv" { where log(a^2) > 1 }', `a^2 | ${write('`a * a`')}`, 'data "a.csv" { where log(a) > 1 }'],
  ])('%s', (text, report, meant) => {
    expect(reports(text)).toEqual([report]);
    expect(shape(parse(text).document.statements)).toEqual(shape(parse(meant).document.statements));
    checkAll(text);
  });

  test('and mended to the product, in brackets', () => {
    const text = 'variable x = a / b^2';
    expect(mended(text, parse(text).faults)).toBe('variable x = a / (b * b)');
  });

  test('and is told where there is no expression too', () => {
    expect(reports('a^b -> c')).toHaveLength(1);
    expect(reports('adjust a ** b')).toHaveLength(1);
    expect(reports('^')).toHaveLength(1);
  });
});
