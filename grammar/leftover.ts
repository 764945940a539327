import type { IToken } from 'chevrotain';
import * as Key from './keywords.ts';
import { rangeOf, spanOf, writeString } from './literals.ts';
import * as Tok from './tokens.ts';
import type { DataOption, EstimateOption, Statement, SyntaxFault } from './tree.ts';
import { exampleFor } from './wording.ts';

/** What to say about tokens that no rule takes, and what to do with them. */
export interface Leftover {
  readonly fault: SyntaxFault;
  /** True where the fault says no more than that the token is too many: a fault beside it, if there is one, says more. */
  readonly general: boolean;
  /** How many tokens to leave out before the line is read again; the rest of the line where it makes no sense without them. */
  readonly skip: number;
}

type Parsed = Statement | DataOption | EstimateOption;

const ALL = Number.POSITIVE_INFINITY;

/**
 * Words the fault of a line that `node` was read from and that goes on with `token`, and after it with `rest`.
 *
 * `first` is the first token of the line, `text` the whole file.
 */
export function explainLeftover(
  node: Parsed,
  first: IToken,
  token: IToken,
  rest: readonly IToken[],
  text: string,
): Leftover {
  if (Tok.is(token, Tok.RightRound) || Tok.is(token, Tok.RightSquare)) {
    return leave(token, `This \`${token.image}\` closes nothing: remove it.`, 1, '');
  }
  const unquoted = explainUnquoted(node, [token, ...rest], text);
  if (unquoted !== undefined) return unquoted;
  if (Tok.is(token, Tok.Arrow) && node.kind !== 'edges') {
    return leave(token, 'An arrow makes an edge, which stands on a line of its own: `a -> b`.', ALL);
  }
  if (holdsExpression(node)) return explainInExpression(token);
  if (Tok.is(token, Tok.StringText)) return explainText(node, token);
  return explainWord(node, first, token);
}

function leave(token: IToken, message: string, skip: number, replacement?: string): Leftover {
  return { fault: { code: 'syntax', message, range: rangeOf(token), replacement }, general: false, skip };
}

/** Whether the line is a title or a path without its quotes, so that no word on it is a keyword. */
export function lacksText(node: Parsed): boolean {
  return (
    (node.kind === 'model' && node.title === undefined) || (node.kind === 'data' && node.path === undefined)
  );
}

/** A title or a path without its quotes: `model Feed and engagement`, `data music.csv on engine`. */
function explainUnquoted(node: Parsed, tokens: readonly IToken[], text: string): Leftover | undefined {
  if (!lacksText(node)) return undefined;
  const on =
    node.kind === 'data' ? tokens.findIndex((token, index) => index > 0 && Tok.is(token, Key.On)) : -1;
  const skip = on < 0 ? tokens.length : on;
  const [first] = tokens;
  const last = tokens[skip - 1];
  if (first === undefined || last === undefined) return undefined;
  const range = spanOf(first, last);
  const replacement = writeString(text.slice(range.start, range.end));
  const message = `Put ${node.kind === 'model' ? 'the title' : 'the path'} in quotes: \`${node.kind} ${replacement}\`.`;
  return { fault: { code: 'syntax', message, range, replacement }, general: false, skip };
}

function holdsExpression(node: Parsed): boolean {
  if (node.kind === 'where') return node.condition !== undefined;
  return node.kind === 'variable' && node.definition !== undefined;
}

function explainInExpression(token: IToken): Leftover {
  const value = Tok.is(token, Tok.Name) || Tok.is(token, Tok.NumberText) || Tok.is(token, Tok.StringText);
  if (value || Tok.is(token, Tok.LeftRound)) {
    const message = 'Two values stand side by side here: put an operator such as `+` or `and` between them.';
    return { ...leave(token, message, 1), general: true };
  }
  return leave(token, `\`${token.image}\` has no place in an expression: remove it.`, 1);
}

function explainText(node: Parsed, token: IToken): Leftover {
  switch (node.kind) {
    case 'model':
      return leave(token, 'A model has one title: remove this one.', 1);
    case 'role':
      return leave(token, 'A role takes no note: put it on the line that declares the variable.', 1);
    case 'estimate':
      return leave(token, 'The title of an estimate follows `as`.', 1, `as ${token.image}`);
    default:
      return leave(token, 'No text can stand here: remove it, or make it a comment with `#`.', 1);
  }
}

function explainWord(node: Parsed, first: IToken, token: IToken): Leftover {
  const { image } = token;
  if (Tok.is(token, Key.Given)) {
    return leave(
      token,
      'Only `instrument` takes `given`: remove it, or adjust for these variables with `adjust`.',
      ALL,
    );
  }
  if (node.kind === 'role' && (Tok.is(token, Tok.Colon) || Tok.is(token, Tok.Equals))) {
    const declared = node.names[0]?.text ?? 'x';
    const message = `A role only names a variable: what it is goes on the line \`variable ${declared} ${image} …\`.`;
    return leave(token, message, ALL);
  }
  if (node.kind === 'expect' && 'expectation' in node && Tok.is(token, Tok.Comma)) {
    return leave(token, 'An independence has one variable on each side: write a line for each pair.', ALL);
  }
  const example = node.kind === 'edges' ? 'a, b -> c' : exampleFor(first.image);
  const pattern = example === undefined ? '' : ` A line like this reads \`${example}\`.`;
  const skip = Tok.is(token, Tok.Name) || Tok.is(token, Tok.NumberText) ? 1 : ALL;
  return { ...leave(token, `\`${image}\` has no place here: remove it.${pattern}`, skip), general: true };
}
