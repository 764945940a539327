import type { Location } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analysis } from '../analysis/analyse.ts';
import { nameAt } from '../analysis/mentions.ts';
import { lspRange } from './places.ts';

/** Where the name at an offset is declared; null where none is, or nothing declares it. */
export function definition(document: TextDocument, analysis: Analysis, offset: number): Location | null {
  const name = nameAt(analysis, offset);
  const declaration = name === undefined ? undefined : analysis.symbols.declarations.get(name.text);
  if (declaration === undefined) return null;
  return { uri: document.uri, range: lspRange(document, declaration.range) };
}
