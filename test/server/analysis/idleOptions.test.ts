import { describe, expect, it } from 'vitest';
import { analyse } from '../../../server/analysis/analyse.ts';

const MODEL = `variable t, y, x
x -> t, y
t -> y
treatment t
outcome y
`;

function messagesOf(method: string, options: string): string[] {
  return analyse(`${MODEL}estimate ${method} { ${options} }\n`).diagnostics.flatMap(({ code, message }) =>
    code === 'method-mismatch' ? [message] : [],
  );
}

describe.each(['aipw', 'tmle'])('options of %s that its learner leaves nothing to do', (method) => {
  it.each([
    ['folds 3', /`folds` has nothing to do here/],
    ['folds 3; propensity probit', /`folds` has nothing to do here/],
    ['learner boosting; propensity probit', /`propensity probit` has nothing to do/],
    ['propensity logistic; learner boosting', /`propensity logistic` has nothing to do/],
    ['se hc3', /has no `se hc3`: .* the influence function/],
  ])('are told: %s', (options, message) => {
    expect(messagesOf(method, options)).toEqual([expect.stringMatching(message)]);
  });

  it.each([
    'learner boosting; folds 3',
    'propensity boosting; folds 3',
    'learner boosting; propensity boosting',
    'propensity probit; trim 0.1; estimand att',
  ])('are no others: %s', (options) => {
    expect(messagesOf(method, options)).toEqual([]);
  });
});

describe('options of outcome models', () => {
  it('are refused where the method has no such thing', () => {
    expect(messagesOf('standardization', 'se classic')).toEqual([
      expect.stringMatching(/has no `se classic`/),
    ]);
    expect(messagesOf('standardization', 'trim 0.1')).toEqual([
      expect.stringMatching(/does not take `trim`/),
    ]);
    expect(messagesOf('dml', 'folds 3; learner linear')).toEqual([]);
    expect(messagesOf('lin', 'se hc3; cluster x')).toEqual([]);
  });
});
