/** The levels of a variable: those that are declared, else those that its column shows. */

import { CompletionItemKind } from 'vscode-languageserver';
import { sortLevels } from '../../../engine/data/variableType.ts';
import { writeString } from '../../../grammar/literals.ts';
import { isPlainName } from '../../../grammar/names.ts';
import { is, RightRound } from '../../../grammar/tokens.ts';
import { levelText } from '../../analysis/estimateOptions.ts';
import type { OpenSpec } from '../../openSpec.ts';
import type { Offer, Request } from './offer.ts';
import { askedEffect } from './question.ts';
import { type Slot, levelText as tokenLevel } from './slots.ts';

interface KnownLevels {
  readonly levels: readonly string[];
  readonly from: string;
}

/** Levels for `contrast`: those of the treatment. */
export function contrastOffers(
  request: Request,
  { listed }: Extract<Slot, { kind: 'contrast level' }>,
): Offer[] {
  const { treatment } = askedEffect(request.spec.analysis, request.cursor);
  return levelOffers(request, [...treatment], listed, 'text');
}

/** Levels to list in a type. */
export function typeLevelOffers(
  request: Request,
  { variables, listed }: Extract<Slot, { kind: 'type level' }>,
): Offer[] {
  const { after } = request.cursor;
  const close = after.findIndex((token) => is(token, RightRound));
  const behind = after.slice(0, Math.max(0, close)).flatMap((token) => tokenLevel(token));
  return levelOffers(request, variables, [...listed, ...behind], 'name', true);
}

/** Values that a variable or column may be compared with; in quotes only where they are texts. */
export function comparedOffers(request: Request, name: string): Offer[] {
  return levelOffers(request, [name], [], 'text');
}

function levelOffers(
  { spec, cursor }: Request,
  variables: readonly string[],
  listed: readonly string[],
  writtenAs: 'name' | 'text',
  fromData = false,
): Offer[] {
  const without = new Set(listed);
  return variables.flatMap((variable) => {
    const { levels, from } = levelsOf(variable, spec, fromData);
    return levels
      .filter((level) => !without.has(level))
      .map((level): Offer => {
        const number = isNumber(level) && cursor.within !== 'text';
        const bare = number || (writtenAs === 'name' && isPlainName(level) && cursor.within !== 'text');
        return {
          label: level,
          text: bare ? level : writeString(level),
          kind: CompletionItemKind.EnumMember,
          detail: from,
          form: 'text',
          rank: 0,
        };
      });
  });
}

function isNumber(level: string): boolean {
  return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(level);
}

function levelsOf(variable: string, { analysis, data }: OpenSpec, fromData: boolean): KnownLevels {
  const declaration = analysis.symbols.declarations.get(variable);
  const declared = fromData ? [] : (declaration?.type?.levels ?? []);
  if (declared.length > 0) return { levels: declared.map(levelText), from: `declared level of ${variable}` };
  const isColumn =
    declaration === undefined || (declaration.kind === 'variable' && declaration.definition === undefined);
  const summary = isColumn ? data?.summaries.find(({ name }) => name === variable) : undefined;
  if (summary === undefined || summary.distinct > summary.common.length) return { levels: [], from: '' };
  const values = summary.common.map(({ value }) => value).filter((value) => !/[\r\n]/.test(value));
  return { levels: sortLevels(values), from: `value of ${variable} in the data` };
}
