/** Which characters a font has signs for, as the `cmap` table of a TrueType font says it (OpenType specification, formats 4 and 12). */

/** Ranges of code points, both ends included, each with a sign for nearly all of it. */
export type Coverage = readonly (readonly [first: number, last: number])[];

/** Reads a font; empty where it has no table that is understood. */
export function fontCoverage(font: Uint8Array): Coverage {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const start = tableStart(view, 'cmap');
  if (start === null) return [];
  const ranges: (readonly [number, number])[] = [];
  for (let i = 0; i < view.getUint16(start + 2); i++) {
    const at = start + view.getUint32(start + 4 + 8 * i + 4);
    const format = view.getUint16(at);
    if (format === 4) ranges.push(...segments(view, at));
    else if (format === 12) ranges.push(...groups(view, at));
  }
  return ranges;
}

function tableStart(view: DataView, tag: string): number | null {
  for (let i = 0; i < view.getUint16(4); i++) {
    const record = 12 + 16 * i;
    const name = String.fromCharCode(...[0, 1, 2, 3].map((byte) => view.getUint8(record + byte)));
    if (name === tag) return view.getUint32(record + 8);
  }
  return null;
}

function segments(view: DataView, at: number): readonly (readonly [number, number])[] {
  const twice = view.getUint16(at + 6);
  return Array.from({ length: twice / 2 }, (_, i) => {
    const last = view.getUint16(at + 14 + 2 * i);
    return [view.getUint16(at + 16 + twice + 2 * i), last] as const;
  }).filter(([first]) => first !== 0xffff);
}

function groups(view: DataView, at: number): readonly (readonly [number, number])[] {
  return Array.from({ length: view.getUint32(at + 12) }, (_, i) => {
    const group = at + 16 + 12 * i;
    return [view.getUint32(group), view.getUint32(group + 4)] as const;
  });
}

/** Is there a sign for the character, or none needed? */
export function covers(coverage: Coverage, character: string): boolean {
  if (/^[\p{Z}\p{Default_Ignorable_Code_Point}]/u.test(character)) return true;
  const point = character.codePointAt(0) ?? 0;
  return coverage.some(([first, last]) => first <= point && point <= last);
}
