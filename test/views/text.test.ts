import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isolated, printable, textWidth, truncated, wrapped } from '../../views/text.ts';

describe('printable', () => {
  test('makes line breaks and control characters visible', () => {
    expect(printable('a\nb\r\nc\u2028d\te')).toBe('a⏎b⏎c⏎d e');
    expect(printable('\u0000\u001f\u007f')).toBe('␀␟␡');
  });

  test('replaces what has no place in a document', () => {
    expect(printable('\ud800x\ufffe')).toBe('�x�');
    expect(printable('👩‍👧 ok')).toBe('👩‍👧 ok');
  });

  test('leaves nothing that XML forbids', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(text)).toMatch(/^[\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u);
      }),
    );
  });
});

describe('textWidth', () => {
  test('is wider for wide characters, and nothing for marks', () => {
    expect(textWidth('WWW', 10)).toBeGreaterThan(textWidth('iii', 10));
    expect(textWidth('é', 10)).toBe(textWidth('e\u0301', 10));
    expect(textWidth('年齢', 10)).toBeGreaterThanOrEqual(20);
  });

  test('takes an emoji made of several for one', () => {
    expect(textWidth('👩‍👩‍👧‍👦', 10)).toBe(textWidth('👩', 10));
  });
});

describe('wrapped', () => {
  test('breaks after spaces and underscores', () => {
    expect(wrapped('prior_sessions per week', 10, 95, 3)).toEqual(['prior_sessions', 'per week']);
  });

  test('cuts what does not fit with an ellipsis', () => {
    const lines = wrapped('one two three four five six seven', 10, 40, 2);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/…$/);
  });

  test('keeps to its width and count, is never empty, and loses nothing that fits', () => {
    const names = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string({ maxLength: 60 }));
    fc.assert(
      fc.property(names, fc.integer({ min: 1, max: 3 }), (name, count) => {
        const text = printable(name);
        const lines = wrapped(text, 10, 120, count);
        expect(lines.length).toBeGreaterThan(0);
        expect(lines.length).toBeLessThanOrEqual(count);
        for (const line of lines) expect(textWidth(line, 10)).toBeLessThanOrEqual(120);
        const squeezed = (part: string): string => part.replace(/\s/gu, '');
        if (text.trim() !== '' && !lines.at(-1)!.endsWith('…')) {
          expect(squeezed(lines.join(''))).toBe(squeezed(text));
        }
      }),
    );
  });
});

test('truncated keeps to the width', () => {
  expect(truncated('short', 10, 100)).toBe('short');
  const cut = truncated('a rather long name indeed', 10, 60);
  expect(cut).toMatch(/^a rat.*…$/);
  expect(textWidth(cut, 10)).toBeLessThanOrEqual(60);
});

test('isolated wraps only what could turn its surroundings round', () => {
  expect(isolated('age')).toBe('age');
  expect(isolated('السن')).toBe('\u2068السن\u2069');
  expect(isolated('a\u202eb')).toBe('\u2068a\u202eb\u2069');
});
