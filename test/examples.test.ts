import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from '../grammar/parse.ts';
import { print } from '../grammar/print.ts';

const examples = resolve(import.meta.dirname, '../examples');

const files = readdirSync(examples, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.causal'),
);

describe.each(files)('examples/%s', (file) => {
  const text = readFileSync(resolve(examples, file), 'utf8');
  it('is written in the canonical layout', () => {
    const { document, faults } = parse(text);
    expect(faults).toEqual([]);
    expect(print(document)).toBe(text);
  });
});
