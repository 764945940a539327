import { describe, expect, it } from 'vitest';
import { analyse } from '../../../server/analysis/analyse.ts';

const MODEL = `variable t, y, x
x -> t, y
t -> y
treatment t
outcome y
`;

function messagesOf(options: string): string[] {
  return analyse(`${MODEL}estimate matching { ${options} }\n`).diagnostics.flatMap(({ code, message }) =>
    code === 'method-mismatch' ? [message] : [],
  );
}

describe('options of matching', () => {
  it.each([
    ['bootstrap 100', /cannot be bootstrapped: .*Abadie & Imbens 2008/],
    ['cluster x', /has no clustered standard error/],
    ['se hc3', /has no `se hc3`: .* Abadie and Imbens/],
    ['trim 0.1', /does not take `trim`/],
    ['estimand atc', /does not estimate the atc/],
  ])('refuses %s with the reason', (option, message) => {
    expect(messagesOf(option)).toEqual([expect.stringMatching(message)]);
  });

  it('takes its own', () => {
    const own = 'estimand ate; neighbors 3; caliper 0.2; propensity probit; se robust; weight x';
    expect(messagesOf(own)).toEqual([]);
  });

  it('refuses none of these to others', () => {
    const text = `${MODEL}estimate ipw { bootstrap 100; cluster x; weight x }\n`;
    expect(analyse(text).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
