import fc from 'fast-check';
import { quoteName } from '../../grammar/names.ts';
import { NUMBER_OPTIONS, ROLES, TYPE_NAMES } from '../../grammar/tree.ts';
import * as vocabulary from '../../grammar/vocabulary.ts';

/**
 * Random files of the language, each written in a random layout: blanks, line ends where a line may go on, comments at them,
 * names in backticks that need none, statements on one line with `;`.
 */

/** Where a line may end without ending the statement. */
const SEAM = '\ue000';

const KEYWORDS = Object.values(vocabulary)
  .filter((list) => Array.isArray(list))
  .flatMap((list) => (list as readonly { word: string }[]).map((entry) => entry.word));

const ODD_NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'has space',
  'größe',
  '年齢',
  'x.y',
  '2sls',
  '#',
  'a"b',
  '->',
];

export const anyName = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('age', 'x', 'y', 'z1', 'premium', '_u', 'B.c') },
  { weight: 2, arbitrary: fc.constantFrom(...KEYWORDS) },
  { weight: 1, arbitrary: fc.constantFrom(...ODD_NAMES) },
  {
    weight: 1,
    arbitrary: fc.string({ minLength: 1, maxLength: 6 }).filter((text) => !/[`\r\n\ue000]/.test(text)),
  },
);

function spelt(place: 'list' | 'expression', names = anyName): fc.Arbitrary<string> {
  return fc
    .tuple(names, fc.integer({ min: 0, max: 4 }))
    .map(([name, dice]) => (dice === 0 ? `\`${name}\`` : quoteName(name, place)));
}

const name = spelt('list');
/** A name where `of`, `on` and `as` are near. */
const questionName = spelt(
  'list',
  anyName.filter((text) => !['of', 'on', 'as'].includes(text)),
);

const number = fc.oneof(
  fc.constantFrom('0', '1', '0.50', '1e-3', '2E+5', '12345678901234567890'),
  fc.nat({ max: 1000 }).map(String),
);
const signed = fc.tuple(fc.constantFrom('', '-', '- '), number).map(([sign, digits]) => sign + digits);

const text = fc
  .oneof(
    fc.constantFrom('Note', 'Two words', 'say "hi"', 'C:\\x', 'a\tb', 'line\nend', '# no comment', '{', ''),
    fc.string({ maxLength: 8 }).filter((value) => !/[\r\ue000]/.test(value)),
  )
  .map((value) => JSON.stringify(value).replace(/\\[bfu].*$/, '"'))
  .filter((value) => /^"(?:[^"\\\n]|\\["\\nt])*"$/.test(value));

function list(item: fc.Arbitrary<string>, max = 4): fc.Arbitrary<string> {
  return fc.array(item, { minLength: 1, maxLength: max }).map((items) => items.join(`,${SEAM}`));
}

const names = fc.oneof(
  { weight: 9, arbitrary: list(name) },
  {
    weight: 1,
    arbitrary: fc.array(name, { minLength: 12, maxLength: 30 }).map((items) => items.join(`,${SEAM}`)),
  },
);

const maybe = (part: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constant(''),
    part.map((value) => ` ${value}`),
  );

const note = maybe(text);
const level = fc.oneof(name, text, signed);
const bracketed = (inner: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  inner.map((value) => `(${SEAM}${value}${SEAM})`);

const type = fc
  .tuple(fc.constantFrom(...TYPE_NAMES), maybe(bracketed(list(level))))
  .map(([word, levels]) => word + levels);

const FUNCTION_NAMES = vocabulary.FUNCTIONS.map((entry) => entry.word);

function joined(inner: fc.Arbitrary<string>, operators: readonly string[]): fc.Arbitrary<string> {
  const tail = fc.tuple(fc.constantFrom(...operators), inner).map((parts) => parts.join(' '));
  return fc.oneof(
    { weight: 9, arbitrary: inner },
    { weight: 2, arbitrary: fc.tuple(inner, tail).map((parts) => parts.join(' ')) },
    { weight: 1, arbitrary: fc.tuple(inner, tail, tail).map((parts) => parts.join(' ')) },
  );
}

/** Expressions by precedence, so that every string made is one the grammar has; `depth` brackets deep. */
function expressionOf(depth: number): fc.Arbitrary<string> {
  const leaf = fc.oneof(spelt('expression'), number, text, fc.constantFrom('true', 'false', 'missing'));
  const inner = depth === 0 ? leaf : expressionOf(depth - 1);
  const call = fc
    .tuple(fc.constantFrom(...FUNCTION_NAMES), bracketed(list(inner, 2)))
    .map((parts) => parts.join(''));
  const atom =
    depth === 0
      ? leaf
      : fc.oneof(
          { weight: 9, arbitrary: leaf },
          { weight: 2, arbitrary: bracketed(inner) },
          { weight: 1, arbitrary: call },
        );
  const sign = fc.tuple(fc.constantFrom('', '', '', '', '-', '- -'), atom).map((parts) => parts.join(''));
  const sum = joined(joined(sign, ['*', '/']), ['+', '-']);
  const values = bracketed(list(inner, 2));
  const tested = fc.oneof(
    { weight: 4, arbitrary: sum },
    {
      weight: 2,
      arbitrary: fc
        .tuple(sum, fc.constantFrom('=', '==', '!=', '<', '<=', '>', '>='), sum)
        .map((parts) => parts.join(' ')),
    },
    { weight: 1, arbitrary: fc.tuple(sum, values).map(([operand, listed]) => `${operand} in ${listed}`) },
    { weight: 1, arbitrary: sum.map((operand) => `${operand} is missing`) },
    { weight: 1, arbitrary: sum.map((operand) => `${operand} is not missing`) },
    { weight: 1, arbitrary: fc.tuple(sum, number).map(([operand, digits]) => `${operand}<-${digits}`) },
  );
  const negated = fc
    .tuple(fc.constantFrom('', '', '', 'not ', 'not not '), tested)
    .map((parts) => parts.join(''));
  return joined(joined(negated, ['and']), ['or']);
}

export const expression = expressionOf(2);

const given = maybe(names.map((value) => `given ${value}`));
const arrow = fc.constantFrom('->', '<-', '<->');

const where = expression.map((value) => `where ${value}`);

const dataOption = fc.oneof(
  where,
  fc.constantFrom('missing drop', 'missing mean', 'missing indicator'),
  fc.tuple(fc.constantFrom('weight', 'cluster', 'id'), name).map((parts) => parts.join(' ')),
);

const bound = fc.oneof(
  fc.tuple(fc.constantFrom('<', '<=', '>', '>='), signed).map((parts) => parts.join(' ')),
  fc.tuple(signed, signed).map(([low, high]) => `between ${low} and ${high}`),
);

const KEYWORD_AFTER_SEAM =
  /,\ue000? *(model|data|variable|latent|group|treatment|outcome|instrument|adjust|selection|estimate|expect)\b/;

const unknownOption = fc
  .tuple(
    fc.constantFrom('wobble', 'metod', 'of'),
    fc.array(fc.oneof(name, number, text, fc.constant(`,${SEAM}`)), { maxLength: 4 }),
  )
  .map(([word, rest]) =>
    [word, ...rest]
      .join(' ')
      .replace(/,\ue000$/, '')
      .trimEnd(),
  )
  .filter((option) => !/,\ue000?$/.test(option) && !/^\w+ ,/.test(option))
  // Nobody knows where an unknown option ends: a keyword after its line break starts a statement.
  .filter((option) => !KEYWORD_AFTER_SEAM.test(option));

const estimateOption = fc.oneof(
  fc.constant('adjust nothing'),
  names.filter((value) => value !== 'nothing').map((value) => `adjust ${value}`),
  fc.tuple(names, given).map(([value, rest]) => `instrument ${value}${rest}`),
  fc.tuple(fc.constantFrom('by', 'through'), names).map((parts) => parts.join(' ')),
  fc.tuple(fc.constantFrom('estimand', 'se', 'propensity', 'learner'), name).map((parts) => parts.join(' ')),
  fc
    .tuple(
      level.filter((value) => value !== 'vs'),
      level,
    )
    .map(([a, b]) => `contrast ${a} vs ${b}`),
  where,
  fc.tuple(fc.constantFrom('weight', 'cluster'), name).map((parts) => parts.join(' ')),
  fc.tuple(fc.constantFrom(...NUMBER_OPTIONS), signed).map((parts) => parts.join(' ')),
  names.map((value) => `refute ${value}`),
  fc.tuple(name, bound).map(([metric, value]) => `expect ${metric} ${value}`),
  unknownOption,
);

const comment = fc.constantFrom('# a comment', '#', '#tight', '## heading', '#   far', '# "{(');

/** The options of a block, each on lines of its own or after a `;`, with comments among them. */
function block(option: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const line = fc.oneof(
    { weight: 4, arbitrary: option },
    { weight: 1, arbitrary: comment.map((c) => `\n${c}`) },
  );
  return fc
    .tuple(
      fc.array(fc.tuple(line, fc.constantFrom('\n', '\n\n', ' # trailing\n', '\n  ')), { maxLength: 4 }),
      fc.constantFrom('\n', ' # opening\n', ' '),
    )
    .map(([lines, start]) => `{${start}${lines.map(([value, end]) => value + end).join('')}}`);
}

const statement = fc.oneof(
  text.map((title) => `model ${title}`),
  fc
    .tuple(text, maybe(name.map((on) => `on ${on}`)), maybe(block(dataOption)))
    .map(([path, on, options]) => `data ${path}${on}${options}`),
  fc
    .tuple(
      names,
      maybe(type.map((value) => `: ${value}`)),
      maybe(expression.map((value) => `= ${value}`)),
      note,
    )
    .map(([value, annotation, definition, remark]) => `variable ${value}${annotation}${definition}${remark}`)
    // A text straight after `=` is the definition, so the note needs a definition that cannot go on.
    .filter((value) => !value.includes('= "')),
  fc.tuple(names, note).map(([value, remark]) => `latent ${value}${remark}`),
  fc.tuple(name, names, note).map(([group, value, remark]) => `group ${group} = ${value}${remark}`),
  fc
    .tuple(
      names,
      fc.array(fc.tuple(arrow, names), { minLength: 1, maxLength: 3 }),
      maybe(signed.map((value) => `[${SEAM}${value}${SEAM}]`)),
      note,
    )
    .map(([first, rest, coefficient, remark]) => {
      const chain = rest.map(([kind, end]) => `${SEAM}${kind} ${end}`).join(' ');
      return `${first} ${chain}${coefficient}${remark}`;
    }),
  fc
    .tuple(fc.constantFrom(...ROLES.filter((role) => role !== 'instrument')), names)
    .map((parts) => parts.join(' ')),
  fc.tuple(names, given).map(([value, rest]) => `instrument ${value}${rest}`),
  fc
    .tuple(
      questionName,
      maybe(fc.tuple(questionName, questionName).map(([of, on]) => `of ${of} on ${on}`)),
      maybe(text.map((title) => `as ${title}`)),
      maybe(block(estimateOption)),
    )
    .map((parts) => `estimate ${parts.join('')}`),
  fc.constantFrom('expect identifiable', 'expect implications', 'expect implications at 0.05'),
  fc
    .tuple(name, name, given, maybe(signed.map((value) => `at ${value}`)))
    .map(([left, right, rest, at]) => `expect ${left} independent of ${right}${rest}${at}`),
);

/** A statement in its simplest layout, without comments between its parts. */
export const soundStatement = statement.map((value) => value.replaceAll(SEAM, ' '));

const seam = fc.constantFrom('', ' ', '  ', '\n', '\n   ', '\n\n', ' # seam\n', '\n# own line\n ', '\t');

/** A file without syntax faults. */
export const soundFile = fc
  .tuple(
    fc.array(
      fc.tuple(
        fc.oneof({ weight: 5, arbitrary: statement }, { weight: 1, arbitrary: comment.map((c) => `\n${c}`) }),
        fc.constantFrom('\n', '\n\n', '\n\n\n', ' # trailing\n', '\n# above\n', ' ;\n', '\n# apart\n\n'),
      ),
      { maxLength: 6 },
    ),
    fc.array(seam, { minLength: 20, maxLength: 20 }),
    fc.constantFrom('\n', '\r\n', '\r'),
    fc.constantFrom('', '\ufeff'),
  )
  .map(([parts, seams, eol, mark]) => {
    let next = 0;
    const source = parts.map(([value, end]) => value + end).join('');
    const laidOut = source.replaceAll(SEAM, () => seams[next++ % seams.length]);
    return mark + laidOut.replaceAll('\n', eol);
  });
