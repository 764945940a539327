/** Pieces of Python programs: string literals and lists of them. */

/** A string literal; what cannot be seen is written by number. */
export function pythonString(text: string): string {
  const safe = text
    .replace(/[\\"]/g, '\\$&')
    .replace(/\n/g, '\\n')
    .replace(
      /(?! )[\p{C}\p{Z}]/gu,
      (character) => `\\U${(character.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`,
    );
  return `"${safe}"`;
}

/** A list of string literals. */
export function pythonList(texts: readonly string[]): string {
  return `[${texts.map(pythonString).join(', ')}]`;
}
