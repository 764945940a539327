import { parse } from '../../grammar/parse.ts';
import type { Document, ParseResult, Range, Statement, SyntaxFault } from '../../grammar/tree.ts';

/** Fields that say where something stands, or how it was spelt, and not what it is. */
const LAYOUT_FIELDS = new Set(['range', 'keyword', 'quoted', 'paragraphs', 'ownLine', 'braces']);

/** A tree without its ranges, for comparing what two texts mean. */
export function meaning(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(meaning);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !LAYOUT_FIELDS.has(key))
      .map(([key, inner]) => [key, meaning(inner)]),
  );
}

/** Parses a text that must be without fault. */
export function parseSound(text: string): Document {
  const { document, faults } = parse(text);
  if (faults.length > 0) throw new Error(`${JSON.stringify(text)}: ${faults.map((fault) => fault.message)}`);
  return document;
}

/** The one statement of a text that must be without fault. */
export function statementOf(text: string): Statement {
  const { statements } = parseSound(text);
  const [statement] = statements;
  if (statement === undefined || statements.length !== 1) throw new Error(`${text}: not one statement`);
  return statement;
}

/** What is reported, as `text under the fault | message`. */
export function reports(text: string, result: ParseResult = parse(text)): string[] {
  return result.faults.map((fault) => `${textOf(text, fault.range)} | ${fault.message}`);
}

export function textOf(text: string, range: Range): string {
  return text.slice(range.start, range.end);
}

/** The text with every certain replacement made, last first. */
export function mended(text: string, faults: readonly SyntaxFault[]): string {
  let result = text;
  for (const { range, replacement } of [...faults].reverse()) {
    if (replacement !== undefined) {
      result = result.slice(0, range.start) + replacement + result.slice(range.end);
    }
  }
  return result;
}

/** A short form of any tree: names as they are, the rest as `kind(…)`. */
export function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shape);
  if (typeof value !== 'object' || value === null) return value;
  const node = value as Record<string, unknown>;
  switch (node['kind']) {
    case 'name':
      return node['text'];
    case 'number':
      return node['value'];
    case 'string':
      return `"${String(node['value'])}"`;
    case 'boolean':
      return node['value'];
    case 'missing':
      return 'operand' in node || 'policy' in node ? plain(node) : 'MISSING';
    case 'unary':
      return [node['operator'], shape(node['operand'])];
    case 'binary':
      return [shape(node['left']), node['operator'], shape(node['right'])];
    case 'in':
      return [shape(node['operand']), 'in', shape(node['values'])];
    case 'isMissing':
      return [shape(node['operand']), node['negated'] === true ? 'is not missing' : 'is missing'];
    case 'call':
      return [`${String(shape(node['callee']))}()`, ...(shape(node['arguments']) as unknown[])];
    case '->':
    case '<-':
    case '<->':
      return node['kind'];
    default:
      return plain(node);
  }
}

function plain(node: Record<string, unknown>): unknown {
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, inner]) => !LAYOUT_FIELDS.has(key) && inner !== undefined)
      .map(([key, inner]) => [key, shape(inner)]),
  );
}
