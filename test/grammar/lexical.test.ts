import { describe, expect, test } from 'vitest';
import { parse } from '../../grammar/parse.ts';
import { mended, parseSound, reports, shape, statementOf, textOf } from './support.ts';

/** The names of a `variable` line. */
function declared(text: string): string[] {
  const { document } = parse(text);
  const [statement] = document.statements;
  return statement?.kind === 'variable' ? statement.names.map((name) => name.text) : [];
}

function definitionOf(text: string): unknown {
  const statement = statementOf(`variable v = ${text}`);
  return statement.kind === 'variable' ? shape(statement.definition) : undefined;
}

describe('names', () => {
  test.each([
    'x',
    '_',
    '_1',
    'B.c.d',
    'a.',
    'x2',
    'größe',
    'Ümlaut',
    '年齢',
    'возраст',
    'naïve',
    'nai\u0308ve',
    'हिन्दी',
    '𝒙',
    'x٣',
    'constructor',
    '__proto__',
  ])('%s stands without backticks', (name) => {
    expect(reports(`variable ${name}`)).toEqual([]);
    expect(declared(`variable ${name}`)).toEqual([name]);
  });

  test.each(['prior sessions', '2sls', '#', '"', '->', 'a, b', '{', ' ', '1', '😀', '//', 'a\u00a0b'])(
    '%j stands in backticks',
    (name) => {
      expect(reports(`variable \`${name}\``)).toEqual([]);
      expect(declared(`variable \`${name}\``)).toEqual([name]);
    },
  );

  test('a backtick ends at its line, and before what cannot well be part of a name', () => {
    expect(reports('variable `prior sessions\nvariable b')).toEqual([
      '`prior sessions | This name has no end: close it with a backtick on the same line.',
    ]);
    expect(declared('variable `prior sessions\nvariable b')).toEqual(['prior sessions']);
    expect(shape(parse('`a b -> c').document.statements[0])).toEqual({
      kind: 'edges',
      ends: [['a b'], ['c']],
      arrows: ['->'],
    });
  });

  test('no name stands between two backticks in a row', () => {
    expect(reports('variable ``')).toEqual([
      '`` | There is no name between these backticks: write one, or remove them.',
    ]);
    expect(declared('variable a, ``')).toEqual(['a']);
  });

  test('a name that starts with a digit is asked to be quoted, and kept', () => {
    const text = 'variable 2sls';
    const { faults } = parse(text);
    expect(reports(text)).toEqual([
      '2sls | `2sls` starts with a digit, which no name does: put it in backticks.',
    ]);
    expect(declared(text)).toEqual(['2sls']);
    expect(mended(text, faults)).toBe('variable `2sls`');
  });
});

describe('numbers', () => {
  test.each([
    ['1', 1],
    ['0.5', 0.5],
    ['-2', -2],
    ['- 2', -2],
    ['1e-3', 0.001],
    ['2E+5', 200000],
    ['007', 7],
  ])('%s', (written, value) => {
    expect(definitionOf(written)).toBe(value);
  });

  test('keep what was written, which a double cannot hold', () => {
    const statement = statementOf('estimate dml { seed -12345678901234567890 }');
    const option = statement.kind === 'estimate' ? statement.options[0] : undefined;
    expect(option?.kind === 'seed' ? option.value?.text : undefined).toBe('-12345678901234567890');
  });

  test.each([
    ['.5', '0.5', '.5 | A number has a digit on both sides of its point: write `0.5`.'],
    ['3.', '3.0', '3. | A number has a digit on both sides of its point: write `3.0`.'],
  ])('%s is mended to %s', (written, mend, report) => {
    const text = `a -> b [${written}]`;
    expect(reports(text)).toEqual([report]);
    expect(mended(text, parse(text).faults)).toBe(`a -> b [${mend}]`);
  });

  test('with two points, or beyond all bounds, are no numbers', () => {
    expect(reports('a -> b [1.2.3]')).toEqual([
      '1.2.3 | `1.2.3` is not a number: write it with one point, as in `0.5`.',
    ]);
    expect(reports('a -> b [1e999]')).toEqual([
      '1e999 | This number is too large: the largest is about 1.8e308.',
    ]);
  });
});

describe('strings', () => {
  test('resolve their four escapes', () => {
    const text = String.raw`model "say \"hi\"\t\\ \n."`;
    expect(shape(statementOf(text))).toEqual({ kind: 'model', title: '"say "hi"\t\\ \n."' });
  });

  test('report any other escape, in place', () => {
    const text = String.raw`data "C:\data\new.csv"`;
    expect(reports(text)).toEqual([
      String.raw`\d | ${'`'}\d${'`'} means nothing in a text: write ${'`'}\\${'`'} for a backslash.`,
    ]);
    expect(shape(parse(text).document.statements[0])).toEqual({
      kind: 'data',
      path: '"C:\\data\new.csv"',
      options: [],
    });
    expect(mended(text, parse(text).faults)).toBe(String.raw`data "C:\\data\new.csv"`);
  });

  test('end at their line', () => {
    const text = 'model "Feed\nvariable x';
    expect(reports(text)).toEqual(['"Feed | This text has no end: close it with `"` on the same line.']);
    expect(shape(parse(text).document.statements)).toEqual([
      { kind: 'model', title: '"Feed"' },
      { kind: 'variable', names: ['x'] },
    ]);
    expect(mended(text, parse(text).faults)).toBe('model "Feed"\nvariable x');
  });

  test('leave a brace that ends the line outside when they have no end', () => {
    const text = 'estimate iv as "Two stages {\n  se hc3\n}\ntreatment x';
    expect(reports(text)).toHaveLength(1);
    expect(shape(parse(text).document.statements)).toEqual([
      { kind: 'estimate', method: 'iv', title: '"Two stages"', options: [{ kind: 'se', word: 'hc3' }] },
      { kind: 'role', role: 'treatment', names: ['x'] },
    ]);
  });

  test.each(['model \u201cFeed\u201d', "model 'Feed'", 'model \u201eFeed\u201c'])(
    '%s stands in the wrong marks',
    (text) => {
      expect(reports(text)).toEqual([`${text.slice(6)} | A text stands in straight double quotes: \`"…"\`.`]);
      expect(shape(parse(text).document.statements)).toEqual([{ kind: 'model', title: '"Feed"' }]);
      expect(mended(text, parse(text).faults)).toBe('model "Feed"');
    },
  );
});

describe('signs that the language writes otherwise', () => {
  test.each([
    ['a → b', 'a -> b', '→ | An arrow is written `->`, not `→`.'],
    ['a --> b', 'a -> b', '--> | An arrow is written `->`, not `-->`.'],
    ['a => b', 'a -> b', '=> | An arrow is written `->`, not `=>`.'],
    ['a ← b', 'a <- b', '← | An arrow is written `<-`, not `←`.'],
    ['a ↔ b', 'a <-> b', '↔ | An arrow is written `<->`, not `↔`.'],
    ['variable x = a ≥ 1', 'variable x = a >= 1', '≥ | This is written `>=`, not `≥`.'],
    ['variable x = a => 1', 'variable x = a >= 1', '=> | This is written `>=`, not `=>`.'],
    ['variable x = a && b', 'variable x = a and b', '&& | This is written `and`, not `&&`.'],
    ['variable x = !a', 'variable x = not a', '! | This is written `not`, not `!`.'],
    ['variable x = (a)||b', 'variable x = (a) or b', '|| | This is written `or`, not `||`.'],
    ['variable x = a <> b', 'variable x = a != b', '<> | This is written `!=`, not `<>`.'],
  ])('%s', (text, mend, report) => {
    expect(reports(text)).toEqual([report]);
    expect(mended(text, parse(text).faults)).toBe(mend);
  });
});

describe('characters that belong to no token', () => {
  test('make one fault a run, and the rest of the line stays', () => {
    const text = 'a $$%§ -> b\nc -> d';
    expect(reports(text)).toEqual([
      '$$%§ | `$$%§` has no meaning here: remove it, or put a name that needs it in backticks.',
    ]);
    expect(shape(parse(text).document.statements)).toEqual([
      { kind: 'edges', ends: [['a'], ['b']], arrows: ['->'] },
      { kind: 'edges', ends: [['c'], ['d']], arrows: ['->'] },
    ]);
  });

  test('hide what is missing beside them', () => {
    expect(reports('a -> ?')).toHaveLength(1);
    expect(reports('treatment $')).toHaveLength(1);
    expect(reports('?')).toHaveLength(1);
  });

  test('are named when nobody can see them', () => {
    const text = 'treatment\u00a0x';
    expect(reports(text)).toEqual([
      '\u00a0 | There is an invisible character here (U+00A0): put a blank in its place.',
    ]);
    expect(mended(text, parse(text).faults)).toBe('treatment x');
    expect(shape(parse(text).document.statements)).toEqual([
      { kind: 'role', role: 'treatment', names: ['x'] },
    ]);
  });

  test('may be half a surrogate pair or a byte-order mark in the wrong place', () => {
    expect(reports('a -> b \ud800')).toHaveLength(1);
    expect(reports('a -> b \ufeff')).toHaveLength(1);
  });
});

describe('line ends and marks', () => {
  test.each(['\n', '\r\n', '\r'])('%j ends a line', (eol) => {
    const text = ['# note', 'variable x', '', 'a -> b'].join(eol);
    const document = parseSound(text);
    expect(document.statements.map((statement) => textOf(text, statement.range))).toEqual([
      'variable x',
      'a -> b',
    ]);
    expect(document.statements[0]?.documentation).toBe('note');
    expect(document.paragraphs).toEqual([text.indexOf('a ->')]);
  });

  test('a byte-order mark may start the file', () => {
    const document = parseSound('\ufeffmodel "M"');
    expect(document.statements[0]?.range).toEqual({ start: 1, end: 10 });
  });

  test('other blanks are blanks', () => {
    expect(shape(parseSound('a\t->\f b\v').statements)).toEqual([
      { kind: 'edges', ends: [['a'], ['b']], arrows: ['->'] },
    ]);
  });
});

describe('comments', () => {
  test('run to the end of their line and hold their text', () => {
    const { comments } = parseSound('#one\n#  two \na -> b # three #\n#');
    expect(comments.map((comment) => [comment.text, comment.ownLine])).toEqual([
      ['one', true],
      [' two', true],
      ['three #', false],
      ['', true],
    ]);
  });

  test('inside blocks and lists belong to the document, in order', () => {
    const text = 'variable a, # one\n  b\nestimate iv { # two\n  # three\n  se hc3 # four\n} # five';
    expect(parseSound(text).comments.map((comment) => comment.text)).toEqual([
      'one',
      'two',
      'three',
      'four',
      'five',
    ]);
  });

  test('directly above a statement are its documentation', () => {
    const text =
      '# apart\n\n# line 1\n# line 2\nvariable a # beside\nvariable b; variable c\n\n# d\n\nvariable d';
    expect(parseSound(text).statements.map((statement) => statement.documentation)).toEqual([
      'line 1\nline 2',
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('are no comments in strings and backticks', () => {
    expect(parseSound('variable `a # b` "c # d // e"').comments).toEqual([]);
  });

  const style = (mark: string) =>
    `A comment starts with \`#\` here, not with \`${mark}\`, and runs to the end of its line.`;

  test('in the style of other languages are faults that cover them', () => {
    const text = 'a -> b // why\nc -> d';
    expect(reports(text)).toEqual([`// why | ${style('//')}`]);
    expect(parse(text).faults[0]?.code).toBe('comment-style');
    expect(mended(text, parse(text).faults)).toBe('a -> b # why\nc -> d');
    expect(shape(parse(text).document.statements)).toEqual([
      { kind: 'edges', ends: [['a'], ['b']], arrows: ['->'] },
      { kind: 'edges', ends: [['c'], ['d']], arrows: ['->'] },
    ]);
    expect(parse('// about x\nvariable x').document.statements[0]?.documentation).toBe('about x');
  });

  test('of several lines are one fault and mended line by line', () => {
    const text = '/* one\n * two\n */\nvariable x';
    expect(reports(text)).toEqual([`/* one\n * two\n */ | ${style('/* */')}`]);
    expect(mended(text, parse(text).faults)).toBe('# one\n# two\nvariable x');
    expect(parse(text).document.statements).toHaveLength(1);
  });

  test('that have no end take in their line alone', () => {
    const text = 'variable x /* why\nvariable y';
    expect(reports(text)).toEqual([`/* why | ${style('/* */')}`]);
    expect(declared('variable y')).toEqual(['y']);
    expect(parse(text).document.statements).toHaveLength(2);
  });

  test('before more on their line are mended onto a line of their own, or not at all', () => {
    expect(mended('/* one */ a -> b', parse('/* one */ a -> b').faults)).toBe('# one\n a -> b');
    expect(parse('a /* one */ -> b').faults[0]?.replacement).toBeUndefined();
    expect(shape(parse('a /* one */ -> b').document.statements)).toEqual([
      { kind: 'edges', ends: [['a'], ['b']], arrows: ['->'] },
    ]);
  });
});
