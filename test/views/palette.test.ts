import { describe, expect, test } from 'vitest';
import { DRAWN_ROLES } from '../../engine/report/snapshot.ts';
import { COLORS, colorsOf, mix, NODE_TINT, SURFACES, type ThemeKind } from '../../views/palette.ts';

function luminance(color: string): number {
  const [r, g, b] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio (WCAG 2.2). */
function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const KINDS: readonly ThemeKind[] = ['light', 'dark', 'hcDark', 'hcLight'];

test('every role has a colour', () => {
  expect(COLORS.map((color) => color.token)).toEqual(expect.arrayContaining([...DRAWN_ROLES]));
  expect(new Set(COLORS.map((color) => color.token)).size).toBe(COLORS.length);
});

describe.each(KINDS)('%s', (kind) => {
  const { background, text, quiet } = SURFACES[kind];
  const least = kind.startsWith('hc') ? 7 : 4.5;

  test.each(COLORS.map((color) => color.token))('%s can be read on the background', (token) => {
    expect(contrast(colorsOf(kind).get(token)!, background)).toBeGreaterThanOrEqual(least);
  });

  test.each(DRAWN_ROLES)('%s can be read on its own node', (role) => {
    const color = colorsOf(kind).get(role)!;
    const inside = mix(color, background, NODE_TINT);
    expect(contrast(color, inside)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(text, inside)).toBeGreaterThanOrEqual(7);
  });

  test('quiet text can be read', () => {
    expect(contrast(quiet, background)).toBeGreaterThanOrEqual(4.5);
  });
});

test('mix', () => {
  expect(mix('#ffffff', '#000000', 0.5)).toBe('#808080');
  expect(mix('#0b5cad', '#ffffff', 0)).toBe('#ffffff');
});
