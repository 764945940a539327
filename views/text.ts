/** Text in pictures without a browser to measure it: widths by estimate, lines by cutting, and names of any kind made safe to show. */

/** Width of a character in units of the font size, on the generous side so that text fits in any common sans serif. */
function characterWidth(character: string): number {
  if (/^[\p{Mark}\p{Default_Ignorable_Code_Point}]/u.test(character)) return 0;
  if (/^\p{Extended_Pictographic}/u.test(character)) return 1.4;
  if (/^[ᄀ-ᇿ⺀-鿿가-힯豈-﫿︰-﹏＀-｠\u{1f000}-\u{3ffff}]/u.test(character)) return 1.06;
  if (/^[iljtfrI.,:;'|!()[\]{}\-/\\ ]/.test(character)) return 0.4;
  if (/^[mwMW@%—…]/.test(character)) return 0.97;
  if (/^\p{Uppercase_Letter}/u.test(character)) return 0.72;
  return 0.62;
}

/** Estimated width of a line of text in pixels at a font size in pixels; no browser is asked. */
export function textWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const character of graphemes(text)) width += characterWidth(character);
  return width * fontSize;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a reader takes for single characters: an emoji with its modifiers, a letter with its accents. */
function graphemes(text: string): readonly string[] {
  // The segmenter is slow, and plain ASCII has nothing to join.
  if (/^[\x20-\x7e]*$/.test(text)) return [...text];
  return Array.from(segmenter.segment(text), (part) => part.segment);
}

/** The text with what no XML document may contain, and what would break a line, made visible instead. */
export function printable(text: string): string {
  return text
    .replace(/\r\n|[\r\n\u2028\u2029]/g, '⏎')
    .replace(/\t/g, ' ')
    .replace(/\p{Cc}/gu, (c) => (c < ' ' ? String.fromCharCode(0x2400 + c.charCodeAt(0)) : '\u2421'))
    .replace(/[\p{Surrogate}\ufffe\uffff]/gu, '\ufffd');
}

/** The text kept from turning its surroundings round, whichever way it is written (Unicode isolates). */
export function isolated(text: string): string {
  return /[\u0590-\u08ff\u202a-\u202e\u2066-\u2069\ufb1d-\ufefc]/.test(text) ? `\u2068${text}\u2069` : text;
}

/** The text cut to a width in pixels, with `…` where something was left out. */
export function truncated(text: string, fontSize: number, maxWidth: number): string {
  if (textWidth(text, fontSize) <= maxWidth) return text;
  const room = maxWidth - textWidth('…', fontSize);
  let kept = '';
  let width = 0;
  for (const character of graphemes(text)) {
    width += textWidth(character, fontSize);
    if (width > room) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** Pieces that may stand at the end of a line: words, and parts of names joined by `_`, `.` or `-`. */
function pieces(text: string): readonly string[] {
  return text.match(/[^\s_.-]*(?:[\s_.-]+|$)/gu)?.filter((piece) => piece !== '') ?? [];
}

/**
 * The text in lines of at most `maxWidth` pixels, broken after spaces, `_`, `.` and `-`, inside a word only where
 * the word is wider than a line; what does not fit in `maxLines` is cut with `…`. Never empty.
 */
export function wrapped(
  text: string,
  fontSize: number,
  maxWidth: number,
  maxLines: number,
): readonly string[] {
  const lines: string[] = [];
  let line = '';
  const flush = (): void => {
    if (line.trim() !== '') lines.push(line.trim());
    line = '';
  };
  for (const piece of pieces(text)) {
    if (line !== '' && textWidth((line + piece).trimEnd(), fontSize) > maxWidth) flush();
    if (lines.length >= maxLines) break;
    if (textWidth(piece.trimEnd(), fontSize) <= maxWidth) {
      line += piece;
      continue;
    }
    for (const character of graphemes(piece)) {
      if (textWidth(line + character, fontSize) > maxWidth) flush();
      line += character;
      if (lines.length >= maxLines) break;
    }
  }
  flush();
  if (lines.length === 0) return [text.trim() === '' ? '␣' : text];
  const shown = lines.slice(0, maxLines);
  const complete = shown.join('').replace(/\s/gu, '').length === text.replace(/\s/gu, '').length;
  const last = shown[shown.length - 1];
  if (complete || last === undefined) return shown;
  return [...shown.slice(0, -1), truncated(`${last}…`, fontSize, maxWidth).replace(/…+$/u, '…')];
}

/** What a picture without a page around it says where the pointer rests: a line for each part that is there. */
export function tooltip(parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined && part !== '')
    .map((part) => printable(part ?? ''))
    .join('\n');
}
