/**
 * Results travel as JSON, from the language server to the editor and on to its page, and JSON has no infinities and no NaN: an interval
 * without an end would arrive as one without a number. Here they are spelt out on the way, and read back at its end.
 */

const KEY = '$number';

const SPELLINGS: ReadonlyMap<string, number> = new Map([
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['NaN', Number.NaN],
]);

function mapped(value: unknown, leaf: (value: unknown) => unknown): unknown {
  const replaced = leaf(value);
  if (typeof replaced !== 'object' || replaced === null || replaced !== value) return replaced;
  if (Array.isArray(replaced)) return replaced.map((item) => mapped(item, leaf));
  return Object.fromEntries(Object.entries(replaced).map(([key, item]) => [key, mapped(item, leaf)]));
}

/** Plain data as it may be sent: each number that JSON lacks becomes `{ "$number": "Infinity" }` or the like. */
export function toWire(data: unknown): unknown {
  return mapped(data, (value) =>
    typeof value === 'number' && !Number.isFinite(value) ? { [KEY]: String(value) } : value,
  );
}

/** What `toWire` was given, after JSON. */
export function fromWire(data: unknown): unknown {
  return mapped(data, (value) => {
    if (typeof value !== 'object' || value === null || !(KEY in value)) return value;
    return SPELLINGS.get(String(value[KEY])) ?? value;
  });
}
