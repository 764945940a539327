import { describe, expect, it } from 'vitest';
import type { ColumnSummary } from '../../../engine/data/variableType.ts';
import { analyse } from '../../../server/analysis/analyse.ts';
import type { DiagnosticCode } from '../../../server/analysis/diagnostic.ts';
import { validate } from '../../../server/analysis/validate.ts';
import type { DataDescription } from '../../../server/jobs/describeData.ts';
import { dataFailure } from '../../../server/jobs/failure.ts';
import { unmark } from '../../support/markers.ts';

/** The diagnostics of a code in a marked text, as the pieces of text they underline. */
function underlined(marked: string, code: DiagnosticCode, data: DataDescription | null = null): string[] {
  const { text } = unmark(marked);
  return validate(analyse(text), data)
    .filter((each) => each.code === code)
    .map(({ range }) => text.slice(range.start, range.end));
}

/** Expects exactly the marked ranges to carry this code, and the messages to hold these words. */
function expectMarked(
  marked: string,
  code: DiagnosticCode,
  words: readonly RegExp[],
  data: DataDescription | null = null,
): void {
  const { text, ranges } = unmark(marked);
  const found = validate(analyse(text), data).filter((each) => each.code === code);
  expect(found.map(({ range }) => range)).toEqual(ranges);
  for (const [i, word] of words.entries()) expect(found[i]?.message).toMatch(word);
}

const BASE = `variable x, y, a, b, m, z
latent u
`;

describe('names', () => {
  it('tells an undeclared name and offers the nearest', () => {
    expectMarked('variable age, wage\n⟦agee⟧ -> wage', 'undeclared-name', [
      /^agee is not declared\. Did you mean age\?/,
    ]);
  });
  it('tells every place of an undeclared name, in groups, roles, options and expectations', () => {
    expectMarked(
      'variable x, y\nx -> y\ngroup g = x, ⟦q⟧\ntreatment x\noutcome y\nadjust ⟦r⟧\nestimate regression of ⟦s⟧ on y {\n  adjust ⟦t⟧\n}\nexpect ⟦v⟧ independent of x',
      'undeclared-name',
      [/q is not declared/],
    );
  });
  it('treats names that are properties of every object like any other', () => {
    expect(
      underlined(
        'variable __proto__, constructor, toString\n__proto__ -> constructor, toString',
        'undeclared-name',
      ),
    ).toEqual([]);
    expect(underlined('variable x\n__proto__ -> x', 'undeclared-name')).toEqual(['__proto__']);
  });
  it('tells a name that is declared twice, and where first', () => {
    expectMarked('variable x, y\nx -> y\nlatent ⟦x⟧', 'duplicate-declaration', [
      /already declared as a variable/,
    ]);
  });
  it('tells a group that holds itself', () => {
    expectMarked('variable x\ngroup ⟦a⟧ = b, x\ngroup ⟦b⟧ = a', 'circular-definition', [/contains itself/]);
  });
});

describe('edges', () => {
  it('tells an edge that is written twice, also within a list', () => {
    expectMarked(`${BASE}x -> y\n⟦x -> y⟧`, 'duplicate-edge', [/x → y is already in the model/]);
  });
  it('tells the two ends of <-> as the same edge', () => {
    expectMarked(`${BASE}x <-> y\n⟦y <-> x⟧`, 'duplicate-edge', [/↔/]);
  });
  it('tells a loop at a variable', () => {
    expectMarked(`${BASE}⟦x -> x⟧`, 'self-loop', [/Nothing is its own cause/]);
  });
  it('names the whole cycle once and points at each of its edges', () => {
    const { text } = unmark(`${BASE}x -> a\na -> b\nb -> x\nx -> y`);
    const [cycle, ...others] = validate(analyse(text), null).filter(({ code }) => code === 'cycle');
    expect(others).toEqual([]);
    expect(cycle?.message).toMatch(/^x → a → b → x is a circle/);
    expect(cycle?.related.map(({ range }) => text.slice(range.start, range.end))).toEqual([
      'x -> a',
      'a -> b',
      'b -> x',
    ]);
  });
  it('tells both directions of one pair as a cycle and as a contradiction', () => {
    expectMarked(`${BASE}x -> a\n⟦a -> x⟧`, 'contradictory-edge', [/write `<->`/]);
    expect(underlined(`${BASE}x -> a\na -> x`, 'cycle')).toHaveLength(1);
  });
  it('stands for each member of a group in edges', () => {
    expect(underlined(`${BASE}group g = a, b\ng -> x\nx -> a`, 'cycle')).toHaveLength(1);
  });
});

describe('roles', () => {
  it('asks for a missing treatment or outcome where an estimate needs it', () => {
    expectMarked(`${BASE}x -> y\noutcome y\nestimate ⟦regression⟧`, 'missing-role', [
      /There is no treatment/,
    ]);
    expectMarked(`${BASE}x -> y\nestimate regression of x on y`, 'missing-role', []);
    expectMarked(`${BASE}x -> y\n⟦treatment⟧ x`, 'missing-role', [/There is no outcome/]);
  });
  it('refuses latents in roles that need data', () => {
    expectMarked(`${BASE}u -> x -> y\ntreatment ⟦u⟧\noutcome y`, 'latent-role', [/cannot be the treatment/]);
    expectMarked(`${BASE}u -> x, y\nx -> y\ntreatment x\noutcome y\nadjust ⟦u⟧`, 'latent-role', [
      /cannot be adjusted for/,
    ]);
  });
  it('refuses a treatment that is its own outcome', () => {
    expectMarked(`${BASE}x -> y\ntreatment x\noutcome ⟦x⟧`, 'same-treatment-outcome', [/at once/]);
  });
  it('tells a name that a role lists again, and lets a group hold what is named alone', () => {
    const head = `${BASE}x -> y\noutcome y\n`;
    expectMarked(`${head}treatment x, ⟦x⟧`, 'duplicate-role', [/x is named as treatment already/]);
    expectMarked(`${head}treatment x\ntreatment ⟦x⟧`, 'duplicate-role', [/Once is enough/]);
    expectMarked(`${head}treatment x\ngroup g = a, b\nadjust a, g`, 'duplicate-role', []);
  });
});

describe('identification', () => {
  it('says that the effect is zero where no arrows lead from cause to outcome', () => {
    expectMarked(`${BASE}a -> x, y\ntreatment ⟦x⟧\noutcome y`, 'no-causal-path', [/zero by assumption/]);
  });
  it('names the latent and the path where nothing identifies the effect', () => {
    expectMarked(`${BASE}u -> x, y\nx -> y\ntreatment ⟦x⟧\noutcome y`, 'not-identifiable', [
      /x ← u → y stays open.*Measured, u would identify the effect: adjust for u\. A new variable that moves x/,
    ]);
  });
  it('names what would have to be measured, and says where no single cause is enough', () => {
    const asked = 'x -> y\ntreatment ⟦x⟧\noutcome y';
    expectMarked(`${BASE}x <-> y\na -> x, y\n${asked}`, 'not-identifiable', [
      /the common cause behind `x <-> y` would identify the effect: adjust for a and that cause/,
    ]);
    expectMarked(`${BASE}u -> x, y\nx <-> y\n${asked}`, 'not-identifiable', [
      /Nothing hidden would identify the effect if it alone were measured\. A new variable/,
    ]);
    expectMarked(`${BASE}u -> a, y\nx <-> y\na -> x\n${asked}`, 'not-identifiable', [
      /that cause\. So would u\. A new variable/,
    ]);
  });
  it('offers the front door, and the instrument', () => {
    expectMarked(`${BASE}u -> x, y\nx -> m -> y\ntreatment ⟦x⟧\noutcome y`, 'no-backdoor-set', [
      /front-door route through m/,
    ]);
    expectMarked(`${BASE}u -> x, y\nz -> x -> y\ntreatment ⟦x⟧\noutcome y`, 'no-backdoor-set', [
      /z is a valid instrument/,
    ]);
  });
  it('marks an expectation that the effect is identifiable where it is not', () => {
    expectMarked(
      `${BASE}u -> x, y\nx -> y\ntreatment ⟦x⟧\noutcome y\nexpect ⟦identifiable⟧`,
      'not-identifiable',
      [],
    );
  });
});

describe('adjustment sets', () => {
  const question = 'treatment x\noutcome y\n';
  it('tells a mediator, a consequence of it, and a consequence of the outcome', () => {
    const graph = `${BASE}x -> m -> y\nm -> a\ny -> b\n${question}`;
    expectMarked(`${graph}adjust ⟦m⟧`, 'adjust-mediator', [/x → m → y/]);
    expectMarked(`${graph}adjust ⟦a⟧, ⟦b⟧`, 'adjust-descendant', [
      /on the causal path \(m → a\)/,
      /the outcome \(y → b\)/,
    ]);
  });
  it('tells a collider with the path that it opens', () => {
    expectMarked(`${BASE}latent v\nu -> x, m\nv -> m, y\nx -> y\n${question}adjust ⟦m⟧`, 'adjust-collider', [
      /x ← u → m ← v → y/,
    ]);
  });
  it('tells an instrument in the set', () => {
    expectMarked(`${BASE}a -> x, y\nz -> x -> y\n${question}adjust a, ⟦z⟧`, 'adjust-instrument', [
      /Use it as an instrument/,
    ]);
  });
  it('tells what is left open, and what would close it', () => {
    expectMarked(`${BASE}a, b -> x, y\nx -> y\n${question}⟦adjust⟧ a`, 'adjust-insufficient', [
      /x ← b → y stays open.*Adjust for a and b/,
    ]);
    expectMarked(
      `${BASE}a -> x, y\nx -> y\n${question}estimate regression {\n  ⟦adjust⟧ nothing\n}`,
      'adjust-insufficient',
      [/x ← a → y/],
    );
  });
  it('tells what is not needed, once for a group', () => {
    expectMarked(`${BASE}a, b -> y\nx -> y\ngroup g = a, b\n${question}adjust ⟦g⟧`, 'adjust-unneeded', [
      /a and b are not needed.*more precise/,
    ]);
  });
  it('tells a selection that opens a path', () => {
    expectMarked(
      `${BASE}u -> x, m\nlatent v\nv -> m, y\nx -> y\nselection ⟦m⟧\n${question}`,
      'selection-bias',
      [/opens the path x ← u → m ← v → y/],
    );
  });
});

describe('instruments', () => {
  const question = 'treatment x\noutcome y\n';
  it('tells one that does not move the treatment', () => {
    expectMarked(
      `${BASE}u -> x, y\nx -> y\nz -> y\n${question}instrument ⟦z⟧ given a`,
      'instrument-irrelevant',
      [/z does not move x/],
    );
  });
  it('tells one that reaches the outcome on a way of its own', () => {
    expectMarked(`${BASE}u -> x, y\nz -> x -> y\nz -> y\n${question}instrument ⟦z⟧`, 'instrument-exclusion', [
      /z → y\. .*choose another instrument/,
    ]);
  });
  it('tells one that shares a cause with the outcome, and what mends it', () => {
    expectMarked(
      `${BASE}u -> x, y\nz -> x -> y\na -> z, y\n${question}instrument ⟦z⟧ given b`,
      'instrument-confounded',
      [/z ← a → y.*It is valid given a\./],
    );
    expectMarked(
      `${BASE}u -> x, y\nz -> x -> y\na -> z, y\n${question}instrument z`,
      'instrument-confounded',
      [],
    );
  });
  it('tells an estimate without one, and offers what the graph has', () => {
    expectMarked(`${BASE}u -> x, y\nz -> x -> y\n${question}estimate ⟦iv⟧`, 'method-mismatch', [
      /write `instrument z`/,
    ]);
  });
});

describe('estimates', () => {
  const graph = `${BASE}a -> x, y\nx -> y\ntreatment x\noutcome y\n`;
  it('tells unknown words with the nearest known one', () => {
    expectMarked(`${graph}estimate ⟦regresion⟧`, 'unknown-method', [/Did you mean regression\?/]);
    expectMarked(`${graph}estimate ipw {\n  ⟦trimm⟧ 0.1\n}`, 'unknown-option', [/Did you mean trim\?/]);
    expectMarked(`${graph}estimate ipw {\n  expect ⟦max_smdd⟧ < 1\n}`, 'unknown-metric', [
      /Did you mean max_smd\?/,
    ]);
    expectMarked(`${graph}estimate ipw {\n  refute ⟦placeb⟧\n}`, 'unknown-refuter', [
      /Did you mean placebo\?/,
    ]);
    expectMarked(`${graph}estimate ipw {\n  estimand ⟦atte⟧\n}`, 'unknown-option', [/Did you mean ate\?/]);
  });
  it('tells what a method does not take', () => {
    expectMarked(`${graph}estimate regression {\n  ⟦trim⟧ 0.1\n}`, 'method-mismatch', [
      /regression does not take `trim`/,
    ]);
    expectMarked(`${graph}estimate regression {\n  estimand ⟦att⟧\n}`, 'method-mismatch', [
      /it estimates ate/,
    ]);
    expectMarked(`${graph}estimate ipw {\n  se ⟦hc3⟧\n}`, 'method-mismatch', [
      /stacked estimating equations/,
    ]);
  });
  it('tells numbers out of their range', () => {
    expectMarked(
      `${graph}estimate ipw {\n  trim ⟦0.7⟧\n  level ⟦95⟧\n  bootstrap ⟦1.5⟧\n}`,
      'method-mismatch',
      [/0 to 0\.5/, /such as 0\.95/, /resamples/],
    );
  });
  it('tells which refuters cannot be asked of a method', () => {
    expectMarked(
      `${graph}estimate ipw {\n  refute placebo, ⟦rosenbaum⟧, ⟦sensitivity⟧\n}`,
      'method-mismatch',
      [/matched pairs, and ipw makes none/, /not defined for ipw. Use e_value/],
    );
  });
  it('says of what is not there yet that it is not there yet', () => {
    expectMarked(`${graph}data "d.csv" on ⟦spark⟧ {\n\n}`, 'not-available', []);
  });
  it('tells a treatment that is declared a number where two levels are compared', () => {
    expectMarked(
      'variable x : continuous\nvariable y\nx -> y\ntreatment x\noutcome y\nestimate ⟦ipw⟧',
      'method-mismatch',
      [/x is declared continuous/],
    );
  });
  it('tells several treatments in one estimate', () => {
    expectMarked(`${BASE}x, a -> y\ntreatment x, a\noutcome y\nestimate ⟦regression⟧`, 'method-mismatch', [
      /`estimate regression of x on y`/,
    ]);
  });
});

describe('definitions', () => {
  it('tells definitions that need each other', () => {
    expectMarked('variable ⟦a⟧ = b + 1\nvariable b = a + 1', 'circular-definition', [/a → b → a/]);
  });
  it('takes its own name as the column', () => {
    expect(underlined('variable a = log(a)', 'circular-definition')).toEqual([]);
  });
  it('tells a latent and a group in an expression', () => {
    expectMarked('latent u\nvariable a = ⟦u⟧ + 1', 'latent-role', [/no values to compute with/]);
    expectMarked('variable x, y\ngroup g = x, y\nvariable a = ⟦g⟧ + 1', 'latent-role', [
      /a group of variables/,
    ]);
  });
});

describe('declarations that nothing uses', () => {
  it('tells them apart from those that only lack arrows', () => {
    expectMarked('variable x, y, ⟦lost⟧\nx -> y', 'unused-variable', [/used nowhere/]);
    expectMarked('variable x, y, ⟦w⟧\nx -> y\ntreatment x\noutcome y\nadjust w', 'isolated-variable', [
      /no arrow touches it/,
    ]);
    expect(underlined('variable x, y', 'unused-variable')).toEqual([]);
  });
});

describe('data', () => {
  const summary = (name: string, change: Partial<ColumnSummary>): ColumnSummary => ({
    name,
    type: 'number',
    rows: 100,
    missing: 0,
    distinct: 100,
    integer: false,
    numbers: null,
    common: [],
    ...change,
  });
  const data = (columns: string[], summaries: ColumnSummary[] = [], rows = 100): DataDescription => ({
    kind: 'description',
    columns,
    rows,
    summaries,
  });
  it('tells columns that are not there, in declarations and in expressions', () => {
    expectMarked(
      'data "d.csv" {\n  where ⟦yeer⟧ > 3\n}\nvariable ⟦agee⟧\nvariable b = log(⟦sesions⟧)',
      'column-missing',
      [/Did you mean year\?/, /Did you mean age\?.*`variable agee = age`/, /Did you mean sessions\?/],
      data(['age', 'sessions', 'year']),
    );
  });
  it('tells a contrast with a level that the treatment does not have', () => {
    const levels = {
      distinct: 2,
      common: [
        { value: '0', count: 2 },
        { value: '1', count: 1 },
      ],
    };
    expectMarked(
      'data "d.csv"\nvariable a, b\na -> b\ntreatment a\noutcome b\nestimate ⟦regression⟧ { contrast 1 vs 2 }\nestimate regression { contrast 1.0 vs 0 }',
      'level-unknown',
      [/asks for a = 2; its values are 0 and 1/],
      data(['a', 'b'], [summary('a', levels)]),
    );
  });
  it('says what estimates do where a variable has no value', () => {
    for (const [policy, words] of [
      ['drop', /Estimates that use it leave those rows out/],
      ['mean', /Estimates that adjust for it take its mean/],
      ['indicator', /and adjust for where that is/],
    ] as const) {
      const gaps = summary('a', { missing: 1 });
      expectMarked(
        `data "d.csv" { missing ${policy} }\nvariable ⟦a⟧, b\na -> b`,
        'missing-values',
        [words],
        data(['a', 'b'], [gaps]),
      );
    }
  });
  it('takes the name of a type for what was meant', () => {
    expectMarked(
      'data "d.csv"\nvariable a = ⟦binary⟧',
      'column-missing',
      [/If you meant the type, it follows a colon: `: binary`/],
      data(['a']),
    );
  });
  it('offers latent for what was never measured', () => {
    expectMarked(
      'data "d.csv"\nvariable ⟦taste⟧',
      'column-missing',
      [/declare it with `latent`/],
      data(['q']),
    );
  });
  it('tells text where numbers are declared, and too many values of a binary', () => {
    const text = { type: 'text' as const, common: [{ value: 'many', count: 3 }] };
    expectMarked(
      'data "d.csv"\nvariable ⟦a⟧ : continuous',
      'type-mismatch',
      [/holds text \("many"\)/],
      data(['a'], [summary('a', text)]),
    );
    expectMarked(
      'data "d.csv"\nvariable ⟦a⟧ : binary',
      'type-mismatch',
      [/has 100 values/],
      data(['a'], [summary('a', {})]),
    );
  });
  it('tells an outcome of text', () => {
    const text = summary('y', { type: 'text', distinct: 3, common: [{ value: 'low', count: 3 }] });
    expectMarked(
      'data "d.csv"\nvariable x, y\nx -> y\ntreatment x\noutcome ⟦y⟧',
      'type-mismatch',
      [/An outcome is a number or has two levels/],
      data(['x', 'y'], [text]),
    );
  });
  it('tells levels that were not declared, constants and missing values', () => {
    const levels = summary('a', { type: 'text', distinct: 2, common: [{ value: 'maybe', count: 9 }] });
    expectMarked(
      'data "d.csv"\nvariable ⟦a⟧ : categorical(yes, no)',
      'level-unknown',
      [/holds "maybe"/],
      data(['a'], [levels]),
    );
    expectMarked(
      'data "d.csv"\nvariable ⟦a⟧',
      'constant-column',
      [/is 7 in every row/],
      data(['a'], [summary('a', { distinct: 1, common: [{ value: '7', count: 100 }] })]),
    );
    expectMarked(
      'data "d.csv"\nvariable ⟦a⟧',
      'missing-values',
      [/no value in 5 of 100 rows \(5.0 %\)/],
      data(['a'], [summary('a', { missing: 5 })]),
    );
  });
  it('tells a file that is not there at its path, and one without rows', () => {
    const { text } = unmark('data "nope.csv"\nvariable a');
    const [missing] = validate(analyse(text), dataFailure('data-not-found', 'There is no file.'));
    expect(missing).toMatchObject({ code: 'data-not-found', range: { start: 5, end: 15 } });
    expectMarked('data ⟦"d.csv"⟧\nvariable a', 'data-unreadable', [/no rows/], data(['a'], [], 0));
  });
});

describe('broken files', () => {
  it('keeps the features of the lines that are whole', () => {
    const text = 'variable x, y, a\na -> x, y\nx -> \ntreatment x\noutcome y\nestimate regresion';
    const codes = validate(analyse(text), null).map(({ code }) => code);
    expect(codes).toContain('syntax');
    expect(codes).toContain('unknown-method');
    expect(codes).not.toContain('no-causal-path');
  });
  it('tells one fault a line where every line is broken', () => {
    const text = Array.from({ length: 200 }, () => '-> ) "').join('\n');
    const found = validate(analyse(text), null);
    expect(found.length).toBeGreaterThanOrEqual(200);
    expect(new Set(found.map(({ code }) => code))).toEqual(new Set(['syntax']));
  });
  it('has nothing to say about an empty file', () => {
    expect(validate(analyse(''), null)).toEqual([]);
  });
});
