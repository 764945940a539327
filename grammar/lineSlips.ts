import type { IToken } from 'chevrotain';
import { Given, Identifiable, isStarter, type Place } from './keywords.ts';
import type { Line } from './lines.ts';
import { rangeOf } from './literals.ts';
import { mendNames } from './nameSlips.ts';
import { type FaultContext, tellSlip, writtenAs } from './slips.ts';
import { isKeyword } from './starts.ts';
import {
  BareName,
  Colon,
  DoubleEquals,
  Equals,
  endOf,
  is,
  isRespelt,
  LeftRound,
  Name,
  NumberText,
  QuotedName,
  respell,
  StringText,
  Word,
} from './tokens.ts';
import { TYPE_NAMES } from './tree.ts';
import { shortened } from './wording.ts';

/**
 * What people who are new to the language write, and what they can only have meant by it. Each of these mistakes is said once,
 * with what to write instead, and the line is read as meant, so that nothing else on it or after it seems wrong.
 */

type Mend = (context: FaultContext, line: Line, place: Place) => readonly IToken[];

/** The line as it was meant, as far as that is certain. */
export function mendLine(context: FaultContext, line: Line, place: Place): Line {
  let mended = line;
  for (const mend of MENDS) {
    const tokens = mend(context, mended, place);
    if (tokens !== mended.tokens) mended = { ...mended, tokens };
  }
  return mended;
}

/** `treatment = x`, `adjust: a, b`. */
const mendSign: Mend = (context, line, place) => {
  const { tokens } = line;
  const [keyword, sign, next] = tokens;
  if (keyword === undefined || sign === undefined || next === undefined) return tokens;
  const signs = is(sign, Colon) || is(sign, Equals) || is(sign, DoubleEquals);
  if (!signs || !isLineKeyword(tokens, place) || !takesNoSign(tokens, place)) return tokens;
  const touches = next.startOffset === endOf(sign);
  const wanted = `${keyword.image} ${shortened(writtenAs(context.text, next))}`;
  const edit = { range: rangeOf(sign), replacement: touches ? ' ' : '' };
  tellSlip(context, line, [edit], `Write \`${wanted}\` without \`${sign.image}\`.`);
  return [keyword, ...tokens.slice(2)];
};

function isLineKeyword(tokens: readonly IToken[], place: Place): boolean {
  return place === 'document' ? isKeyword(tokens, 0, place) : isStarter(tokens[0], place);
}

/** Whether a sign after the keyword of a line is too many, rather than that something is missing before it. */
function takesNoSign(tokens: readonly IToken[], place: Place): boolean {
  const [keyword, sign, next, fourth] = tokens;
  if (place !== 'document') return true;
  if (!is(next, Name) && !is(next, StringText) && !is(next, NumberText)) return false;
  switch (keyword?.image) {
    case 'group':
      return is(sign, Colon) && is(fourth, Equals);
    case 'variable':
    case 'latent':
      return is(sign, Colon) && !isType(next);
    default:
      return !(is(sign, Colon) && isType(next));
  }
}

/** Whether the token is the name of a type. */
export function isType(token: IToken | undefined): boolean {
  return is(token, BareName) && TYPE_NAMES.some((name) => name === token?.image);
}

/** `adjust for a, b`. */
const mendFor: Mend = (context, line, place) => {
  const { tokens } = line;
  const [keyword, word, next] = tokens;
  if (keyword?.image !== 'adjust' || word?.image !== 'for' || next === undefined) return tokens;
  const names = (is(next, Name) && !is(next, Given)) || is(next, StringText);
  if (!names || !isLineKeyword(tokens, place)) return tokens;
  // `control for a` is one mistake: the fault of the first word covers the second.
  if (!isRespelt(keyword)) {
    const wanted = `adjust ${shortened(writtenAs(context.text, next))}`;
    const edit = { range: rangeOf(word), replacement: '' };
    tellSlip(context, line, [edit], `\`adjust\` takes no \`for\`: write \`${wanted}\`.`);
  }
  return [keyword, ...tokens.slice(2)];
};

/** `variable x = categorical(a, b)`: a type where a definition stands. A column of such a name has no brackets after it. */
const mendType: Mend = (context, line, place) => {
  const { tokens } = line;
  if (place !== 'document' || tokens[0]?.image !== 'variable' || !isLineKeyword(tokens, place)) return tokens;
  const at = tokens.findIndex((token) => is(token, Equals) || is(token, DoubleEquals) || is(token, Colon));
  const sign = tokens[at];
  const type = tokens[at + 1];
  if (sign === undefined || type === undefined || is(sign, Colon)) return tokens;
  if (!isType(type) || !is(tokens[at + 2], LeftRound)) return tokens;
  const edit = { range: rangeOf(sign), replacement: ':' };
  tellSlip(context, line, [edit], `A type follows a colon: write \`: ${type.image}(…)\`.`);
  respell(sign, ':', Colon);
  return tokens;
};

/** `expect identified`. */
const mendExpectation: Mend = (context, line, place) => {
  const { tokens } = line;
  const [keyword, word] = tokens;
  if (place !== 'document' || keyword?.image !== 'expect' || tokens.length !== 2) return tokens;
  if (word === undefined || !is(word, BareName) || is(word, Identifiable)) return tokens;
  if (!/^identif|^identity$|able$/i.test(word.image) || !isLineKeyword(tokens, place)) return tokens;
  const edit = { range: rangeOf(word), replacement: 'identifiable' };
  const message = `\`${shortened(word.image)}\` is nothing to expect: did you mean \`identifiable\`?`;
  tellSlip(context, line, [edit], message);
  respell(word, 'identifiable', Identifiable);
  return tokens;
};

/** Names of methods elsewhere that start with a digit, and what they are called here. */
const METHODS: ReadonlyMap<string, string> = new Map([
  ['2sls', 'iv'],
  ['2tsls', 'iv'],
]);

/** `estimate 2sls`. */
const mendMethod: Mend = (context, line, place) => {
  const { tokens } = line;
  const [keyword, method] = tokens;
  if (place !== 'document' || keyword?.image !== 'estimate' || method === undefined) return tokens;
  const unquoted = is(method, QuotedName) && !method.image.startsWith('`');
  const meant = unquoted ? METHODS.get(method.image.toLowerCase()) : undefined;
  if (meant === undefined || !isLineKeyword(tokens, place)) return tokens;
  const edit = { range: rangeOf(method), replacement: meant };
  const message = `\`${method.image}\` is called \`${meant}\` here: write \`estimate ${meant}\`.`;
  tellSlip(context, line, [edit], message);
  respell(method, meant, Word);
  return tokens;
};

const MENDS: readonly Mend[] = [mendSign, mendFor, mendType, mendExpectation, mendMethod, mendNames];
