/** Estimation methods, those that the graph allows first. */

import { CompletionItemKind } from 'vscode-languageserver';
import { METHODS, type Method } from '../../../engine/estimate/methods.ts';
import type { Strategy } from '../../analysis/effectAnswers.ts';
import { escapeMarkdown } from '../markdown.ts';
import type { Offer, Request } from './offer.ts';
import { type AskedEffect, askedEffect } from './question.ts';

/** Every method, those first that answer the question. */
export function methodOffers({ spec, cursor }: Request): Offer[] {
  const { analysis } = spec;
  const asked = askedEffect(analysis, cursor);
  const strategy = asked.answers?.strategy() ?? null;
  const numeric = [...asked.treatment].some((name) => {
    const type = analysis.symbols.declarations.get(name)?.type?.name;
    return type === 'continuous' || type === 'count';
  });
  return METHODS.map((method) => methodOffer(method, rankOf(method, asked, strategy, numeric)));
}

function methodOffer(method: Method, rank: number): Offer {
  const { name, title, summary, assumes } = method;
  return {
    label: name,
    kind: CompletionItemKind.Function,
    detail: title,
    documentation: `${escapeMarkdown(summary)}\n\n**Assumes:** ${escapeMarkdown(assumes)}`,
    form: 'word',
    rank,
  };
}

/** 0 for a method that answers the question, 1 where nothing is known, 2 for one that this graph makes wrong. */
function rankOf(
  method: Method,
  { answers }: AskedEffect,
  strategy: Strategy | null,
  numeric: boolean,
): number {
  const comparesLevels = numeric && method.options.includes('propensity');
  if (answers === null || strategy === null) return comparesLevels ? 2 : 1;
  if (comparesLevels) return 3;
  switch (method.strategy) {
    case 'none':
      return 1;
    case 'instrument':
      if (answers.instruments().length === 0) return 2;
      return strategy === 'backdoor' || strategy === 'zero' ? 1 : 0;
    default:
      return method.strategy === strategy || (strategy === 'zero' && method.strategy === 'backdoor') ? 0 : 2;
  }
}
