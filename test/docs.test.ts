import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SEVERITIES } from '../server/analysis/diagnostic.ts';

const root = resolve(import.meta.dirname, '..');

describe('docs/diagnostics.md', () => {
  const sections = [
    ...readFileSync(resolve(root, 'docs/diagnostics.md'), 'utf8').matchAll(/^### (.+)$/gm),
  ].flatMap(([, title = '']) => title.split(', '));
  it('has a section for each code', () => {
    expect(Object.keys(SEVERITIES).filter((code) => !sections.includes(code))).toEqual([]);
  });
  it('names each code once', () => {
    expect(sections.filter((code, i) => sections.indexOf(code) !== i)).toEqual([]);
  });
});

describe('docs/dependencies.md', () => {
  it('has a line for each runtime dependency', () => {
    const { dependencies } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'));
    const text = readFileSync(resolve(root, 'docs/dependencies.md'), 'utf8');
    expect(Object.keys(dependencies).filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});
