import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { COLORS } from '../../views/palette.ts';

const contributed: unknown = JSON.parse(readFileSync('package.json', 'utf8')).contributes?.colors;
if (contributed === undefined)
  console.warn('package.json contributes no colours yet: the check of them is skipped.');

describe.skipIf(contributed === undefined)('package.json', () => {
  test('contributes the colours of the palette', () => {
    const expected = COLORS.map(({ token, description, defaults }) => ({
      id: `causal.${token}`,
      description,
      defaults: {
        light: defaults.light,
        dark: defaults.dark,
        highContrast: defaults.hcDark,
        highContrastLight: defaults.hcLight,
      },
    }));
    expect(contributed).toEqual(expected);
  });
});
