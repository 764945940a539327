/** Data files beside the spec. */

import { CompletionItemKind } from 'vscode-languageserver';
import { writeString } from '../../../grammar/literals.ts';
import type { Offer, Request } from './offer.ts';

/** What the data engine reads. */
const READABLE = /\.(parquet|(csv|tsv|tab|txt|jsonl|ndjson)(\.gz)?)$/i;

/** The files for `data "…"`, those nearest to the spec first. */
export function fileOffers({ client }: Request): Offer[] {
  return (client.files ?? [])
    .filter((path) => READABLE.test(path) && !/[\r\n]/.test(path))
    .map((path) => ({ path, depth: path.split('/').length }))
    .sort((a, b) => a.depth - b.depth || (a.path < b.path ? -1 : 1))
    .map(({ path, depth }) => ({
      label: path,
      text: writeString(path),
      kind: CompletionItemKind.File,
      detail: 'data file',
      form: 'text' as const,
      rank: depth,
    }));
}
