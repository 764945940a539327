import { expect, test } from 'vitest';
import { analyse } from '../../../server/analysis/analyse.ts';

/** Messages about the effect of x on y where a chain of `length` unmeasured variables joins them behind the scenes. */
function messagesOfChain(length: number): string {
  const chain = Array.from({ length }, (_name, i) => `u${i}`);
  const { diagnostics } = analyse(
    [
      'variable x, y',
      `latent ${chain.join(', ')}`,
      `x <- ${chain.join(' <- ')}`,
      `${chain.at(-1)} -> y`,
      'x -> y',
      'treatment x',
      'outcome y',
    ].join('\n'),
  );
  return diagnostics.map(({ message }) => message).join('\n');
}

test('a path is told whole where that can be read', () => {
  expect(messagesOfChain(3)).toContain('x ← u0 ← u1 ← u2 → y');
});

test('of a long path the ends are told', () => {
  expect(messagesOfChain(100)).toContain('x ← u0 ← u1 ← u2 ← u3 ← u4 ← … ← u95 ← u96 ← u97 ← u98 ← u99 → y');
});
