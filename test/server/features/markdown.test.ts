import { describe, expect, it } from 'vitest';
import { code, escapeMarkdown } from '../../../server/features/markdown.ts';

describe('text of the user inside Markdown', () => {
  it.each([
    ['early_adopter', 'early_adopter'],
    ['_private_', '\\_private\\_'],
    ['a*b*c', 'a\\*b\\*c'],
    ['1. first', '1\\. first'],
    ['# title', '\\# title'],
    ['- item', '\\- item'],
    ['well-known', 'well-known'],
    ['<b>&amp;', '&lt;b>&amp;amp;'],
    ['[x](y)', '\\[x\\](y)'],
  ])('%s', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });
  it('puts backticks into a longer fence', () => {
    expect(code('a`b')).toBe('``a`b``');
    expect(code('`a')).toBe('`` `a ``');
  });
});
