/** Declarations that nothing uses. */

import type { Document } from '../../../grammar/tree.ts';
import { type Diagnostic, diagnostic } from '../diagnostic.ts';
import { namesInExpression } from '../expressionNames.ts';
import type { Structure } from '../structure.ts';
import { type SymbolTable, usedNames } from '../symbols.ts';

/** Tells variables outside the graph, where there is a graph to be in. */
export function checkUnused(document: Document, symbols: SymbolTable, structure: Structure): Diagnostic[] {
  if (structure.edges.length === 0) return [];
  const drawn = new Set(structure.edges.flatMap(({ from, to }) => [from, to]));
  const used = new Set([...usedNames(document)].map(({ text }) => text));
  for (const [group, members] of symbols.groups)
    if (used.has(group)) for (const member of members) used.add(member);
  for (const name of computedNames(document)) used.add(name);
  return [...structure.nodes].flatMap(([name, node]) => {
    const declaration = symbols.declarations.get(name);
    if (declaration === undefined || drawn.has(node)) return [];
    return [
      used.has(name)
        ? diagnostic(
            'isolated-variable',
            declaration.range,
            `${name} is used, but no arrow touches it: the graph says that it has nothing to do with anything. Draw its causes and consequences.`,
          )
        : diagnostic(
            'unused-variable',
            declaration.range,
            `${name} is declared and used nowhere. Draw its arrows, or remove it.`,
          ),
    ];
  });
}

/** Names in definitions and conditions, and those of weights, clusters and ids. */
function* computedNames(document: Document): Generator<string> {
  for (const statement of document.statements) {
    if (statement.kind === 'variable') {
      const own = new Set(statement.names.map(({ text }) => text));
      for (const { text } of namesInExpression(statement.definition)) if (!own.has(text)) yield text;
    } else if (statement.kind === 'data' || statement.kind === 'estimate') {
      for (const option of statement.options) {
        if (option.kind === 'where') for (const { text } of namesInExpression(option.condition)) yield text;
        else if ('name' in option && option.name !== undefined) yield option.name.text;
      }
    }
  }
}
