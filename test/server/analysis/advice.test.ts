/** What is advised has to be right: each way out that a message names is one that mends the spec, or helps. */

import { describe, expect, it } from 'vitest';
import { analyse } from '../../../server/analysis/analyse.ts';
import { planEstimation } from '../../../server/analysis/estimation.ts';
import { verdictOf } from '../../../server/analysis/verdict.ts';

const told = (...lines: string[]) =>
  analyse(lines.join('\n')).diagnostics.map(
    ({ code, severity, message }) => `${severity} ${code}: ${message}`,
  );
const verdict = (...lines: string[]) => verdictOf(analyse(lines.join('\n')));
const CONFOUNDED = ['variable x, y, a', 'a -> x, y', 'x -> y', 'treatment x', 'outcome y'];
const HIDDEN = ['variable x, y, z', 'latent u', 'u -> x, y', 'x -> y', 'z -> x', 'treatment x', 'outcome y'];

describe('a graph that lost an arrow', () => {
  const broken = ['variable x, y, a', 'a -> -> x, y', 'x -> y', 'treatment x', 'outcome y'];

  it('is not relied on, neither by the verdict nor by an estimate', () => {
    expect(verdict(...broken).details[0]).toMatch(/an arrow may be missing/);
    const { planned } = planEstimation(analyse(broken.join('\n')));
    for (const estimate of planned) {
      expect(estimate).toMatchObject({ kind: 'plan', plan: { identified: false } });
    }
  });
  it('is not blamed for what only the lost arrow would have told', () => {
    const text = told(
      'variable x, y, z',
      'z -> x [',
      'x -> y',
      'treatment x',
      'outcome y',
      'adjust z',
    ).join();
    expect(text).not.toMatch(/unused|isolated|adjust-instrument|adjust-unneeded|no-causal-path/);
  });
  it('is whole where the mistake is in an option: that stops its own estimate and no other', () => {
    const text = [...CONFOUNDED, 'estimate regression {', '  level', '}', 'estimate ipw'].join('\n');
    const { planned } = planEstimation(analyse(text));
    expect(planned[0]).toMatchObject({ kind: 'failure', failure: { error: { code: 'syntax' } } });
    expect(planned[1]).toMatchObject({ kind: 'plan', plan: { method: 'ipw', identified: true } });
  });
});

describe('the way out', () => {
  it('of roles the wrong way round is to swap them, not to draw a cycle', () => {
    expect(told('variable x, y', 'y -> x', 'treatment x', 'outcome y').join()).toMatch(
      /The arrows lead from y to x .* Swap the treatment and the outcome/,
    );
    expect(told('variable x, y, a', 'a -> x, y', 'treatment x', 'outcome y').join()).toMatch(
      /draw the arrow/,
    );
  });
  it('of an insufficient set without a sufficient one promises none', () => {
    expect(told(...HIDDEN, 'adjust z').join()).not.toMatch(/closes it/);
  });
  it('of a hidden cause is to measure what would give the effect, alone', () => {
    const bow = ['variable x, y', 'latent u', 'u -> x, y', 'x -> y', 'treatment x', 'outcome y'];
    expect(verdict(...bow).details.join(' ')).toMatch(
      /Measured, u would identify the effect: adjust for u\./,
    );
    expect(verdict(...bow, 'x <-> y').details.join(' ')).toMatch(/Nothing hidden would identify the effect/);
    expect(verdict(...HIDDEN).details.join(' ')).toMatch(
      /Measured, u would make adjustment possible: adjust for u\./,
    );
  });
  it('of a chain of hidden causes is offered for each that would do', () => {
    const spec = [
      'variable x, y',
      'latent u, v',
      'u -> x, v',
      'v -> y',
      'x -> y',
      'treatment x',
      'outcome y',
    ];
    const found = analyse(spec.join('\n')).diagnostics.find(({ code }) => code === 'not-identifiable');
    expect(found?.message).toMatch(/Measured, u would identify the effect: adjust for u\. So would v\./);
    expect(found?.mends).toEqual([
      { kind: 'redeclare', name: 'u', as: 'variable' },
      { kind: 'redeclare', name: 'v', as: 'variable' },
    ]);
  });
  it('of what only other rows would mend is no measurement', () => {
    const text = verdict(
      'variable x, y, s',
      'latent u',
      'u -> x, y',
      'x -> y -> s',
      'treatment x',
      'outcome y',
      'selection s',
    );
    expect(text.details.join(' ')).not.toMatch(/Measured|instrument/);
  });
  it('of words that others use is our word', () => {
    const option = (text: string) => told(...CONFOUNDED, `estimate ${text}`).join();
    expect(option('regression { se hc1 }')).toContain('Did you mean robust?');
    expect(option('ipw { estimand atet }')).toContain('Did you mean att?');
    expect(option('ipw { propensity logit }')).toContain('Did you mean logistic?');
    expect(option('ols')).toContain('Did you mean regression?');
    expect(option('did')).toMatch(/This version computes difference, regression, ipw, iv|Did you mean/);
  });
  it('by the front door says how the number is had', () => {
    const text = told('variable x, m, y', 'x -> m -> y', 'x <-> y', 'treatment x', 'outcome y').join();
    expect(text).toMatch(/front-door route through m\. Use `estimate frontdoor`\./);
  });
});

describe('what an estimate adjusts for', () => {
  it('warns where no adjustment helps, though nobody asked for a set', () => {
    expect(told(...HIDDEN, 'estimate regression').join()).toMatch(
      /warning no-backdoor-set: regression adjusts, and the path x ← u → y stays open/,
    );
    expect(told(...HIDDEN, 'estimate iv { instrument z }').join()).not.toMatch(/warning no-backdoor-set/);
  });
  it('is never the treatment or the outcome', () => {
    expect(told(...CONFOUNDED, 'adjust a, y').join()).toMatch(
      /error adjust-descendant: y is the outcome itself/,
    );
    const { planned } = planEstimation(analyse([...CONFOUNDED, 'adjust a, y'].join('\n')));
    expect(planned.find(({ kind }) => kind === 'failure')).toMatchObject({
      failure: { error: { message: expect.stringContaining('y is the outcome itself') } },
    });
  });
  it('is nothing for a plain difference', () => {
    expect(told(...CONFOUNDED, 'estimate difference { adjust a }').join()).toMatch(
      /error method-mismatch: difference does not take `adjust`/,
    );
  });
  it('is compared with the plain difference of its own variables where there are no roles', () => {
    const text = 'variable x, y, a\na -> x, y\nx -> y\nestimate regression of x on y';
    const { planned } = planEstimation(analyse(text));
    expect(planned[1]).toMatchObject({
      plan: { method: 'difference', treatment: 'x', outcome: 'y', implied: true },
    });
  });
  it('is not clustered and independent at once', () => {
    const { planned } = planEstimation(
      analyse([...CONFOUNDED, 'estimate regression { se hc3; cluster a }'].join('\n')),
    );
    expect(planned[0]).toMatchObject({
      failure: { error: { message: expect.stringContaining('`se hc3` takes all rows for independent') } },
    });
  });
  it('is the rows for which every `where` holds; of other options one can be meant', () => {
    const twice = [...CONFOUNDED, 'estimate regression { where a > 0; where a < 5 }'].join('\n');
    expect(planEstimation(analyse(twice)).request.filters[0]).toMatchObject({ kind: 'and' });
    expect(told(...CONFOUNDED, 'estimate regression { level 0.9; level 0.8 }').join()).toMatch(
      /error duplicate-declaration: `level` is said twice here/,
    );
  });
  it('is told with the path on which a mediator lies', () => {
    const analysis = analyse(
      'variable x, m, y\nx -> m -> y\ntreatment x\noutcome y\nestimate regression { adjust m }',
    );
    expect(planEstimation(analysis).planned[0]).toMatchObject({
      plan: { obstacle: expect.stringContaining('m lies on the causal path x → m → y') },
    });
  });
  it('is only for precision where nothing has to be adjusted for', () => {
    const randomised = ['variable x, y, a', 'a -> y', 'x -> y', 'treatment x', 'outcome y'];
    expect(verdict(...randomised).headline).toBe(
      'The effect of x on y is identified: nothing has to be adjusted for; adjusting for a makes it more precise.',
    );
  });
});

describe('members of a set', () => {
  it('are not called instruments where they are needed once a bad control is out', () => {
    const text = told(
      'variable c, t, m, y',
      'c -> t, m',
      't -> m -> y',
      'treatment t',
      'outcome y',
      'adjust c, m',
    );
    expect(text.join()).not.toContain('adjust-instrument');
    expect(text.join()).toContain('warning adjust-mediator: m');
  });
  it('are not called instruments where the treatment changes them', () => {
    const text = told('variable t, y, d', 't -> y, d', 'treatment t', 'outcome y', 'adjust d').join();
    expect(text).not.toContain('adjust-instrument');
  });
  it('are not called unneeded where another member makes them needed', () => {
    const graph = ['variable t, x, y, z', 't -> x <- z', 'z -> y', 't -> y', 'treatment t', 'outcome y'];
    expect(told(...graph, 'adjust x, z').join()).not.toMatch(/\bz is not needed/);
  });
});

describe('selected rows', () => {
  it.each(['t', 'y'])('in which %s does not vary are an error', (selection) => {
    const text = told('variable t, y', 't -> y', 'treatment t', 'outcome y', `selection ${selection}`).join();
    expect(text).toMatch(/error selection-bias: The rows are selected by [ty], the \w+: it does not vary/);
  });
  it('by a consequence of the treatment are told without an `adjust` line, and break `expect identifiable`', () => {
    const graph = ['variable t, m, y', 't -> m -> y', 'treatment t', 'outcome y', 'selection m'];
    expect(told(...graph).join()).toContain('warning selection-bias: The rows are selected by m');
    expect(told(...graph, 'expect identifiable').join()).toMatch(/error no(t-identifiable|-backdoor-set)/);
  });
  it('are not taken for several treatments', () => {
    const graph = ['variable z, t, y, s', 'z -> t -> y -> s', 'treatment t', 'outcome y', 'selection s'];
    expect(told(...graph, 'instrument z').join()).not.toContain('here there are several');
  });
});

it('a path that is only open because of what is held fixed is told so', () => {
  const graph = ['variable t, v, y', 't -> y', 'v -> y', 't <-> v', 'v <-> y', 'treatment t', 'outcome y'];
  expect(told(...graph).join()).toContain(
    'with v held fixed the path t ↔ v ↔ y is open, and otherwise another is',
  );
});
