import { expect, test } from 'vitest';
import { nameList } from '../../engine/wording.ts';

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
])('names in a sentence: %j', (names, text) => expect(nameList(names)).toBe(text));

test('no sentence holds more names than can be read', () => {
  const names = Array.from({ length: 2500 }, (_name, i) => `v${i}`);
  expect(nameList(names.slice(0, 12))).toMatch(/v10 and v11$/);
  expect(nameList(names)).toMatch(/^v0, v1, .*, v11 and 2488 more$/);
  expect(nameList(names, 1)).toBe('v0 and 2499 more');
  expect(nameList(['a', 'b'], 1)).toBe('a and 1 more');
});
