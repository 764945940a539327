import { describe, expect, it } from 'vitest';
import type { EstimatePlan } from '../../../engine/estimate/plan.ts';
import { analyse } from '../../../server/analysis/analyse.ts';
import { planEstimation } from '../../../server/analysis/estimation.ts';

const ROLES = 'treatment t\noutcome y\n';

/** The first plan of a spec by this method; the text of its failure where it has none. */
function planned(text: string, method: string): EstimatePlan | string {
  const { planned: all } = planEstimation(analyse(`${ROLES}${text}`));
  const first = all.find((each) => (each.kind === 'plan' ? each.plan : each.failure).method === method);
  if (first === undefined) throw new Error(`nothing by ${method}`);
  return first.kind === 'plan' ? first.plan : first.failure.error.message;
}

function planOf(text: string, method: string): EstimatePlan {
  const plan = planned(text, method);
  if (typeof plan === 'string') throw new Error(plan);
  return plan;
}

const methodsOf = (text: string): string[] =>
  planEstimation(analyse(`${ROLES}${text}`)).planned.map((each) =>
    each.kind === 'plan' ? each.plan.method : each.failure.method,
  );

describe('the front door', () => {
  const graph = 'variable t, m, y\nt -> m -> y\nt <-> y\n';

  it('goes through a smallest set of the graph, with its formula and its variables', () => {
    const plan = planOf(`${graph}estimate frontdoor`, 'frontdoor');
    expect([plan.through, plan.adjusted, plan.identified]).toEqual([['m'], [], true]);
    expect(plan.formula?.text).toBe('Σ_{m} P(m | t) Σ_{t′} P(y | t′, m) P(t′)');
  });

  it('goes through those of the statement, and says what is wrong with them', () => {
    const open = `variable t, m, k, y\nt -> m -> y\nt -> k -> y\nt <-> y\n`;
    expect(planOf(`${open}estimate frontdoor`, 'frontdoor').through).toEqual(['m', 'k']);
    const one = planOf(`${open}estimate frontdoor { through m }`, 'frontdoor');
    expect(one.through).toEqual(['m']);
    expect(one.identified).toBe(false);
    expect(one.obstacle).toMatch(/^The effect also goes along t → k → y, past the mediators/);
    const hidden = planOf(`${graph}m <-> y\nestimate frontdoor { through m }`, 'frontdoor');
    expect(hidden.obstacle).toMatch(/^The path m ↔ y is open/);
    const early = planOf(`${graph}m <-> t\nestimate frontdoor { through m }`, 'frontdoor');
    expect(early.obstacle).toMatch(/^The path t ↔ m is open/);
  });

  it('holds fixed what the statement says, where that makes it a front door', () => {
    const confounded = `${graph}variable x, d\nx -> t, m, y\nt -> d\n`;
    expect(planned(`${confounded}estimate frontdoor`, 'frontdoor')).toMatch(
      /^frontdoor needs measured variables .* this graph has none\. The ID algorithm has a formula: use `estimate id`\.$/,
    );
    const plan = planOf(`${confounded}estimate frontdoor { adjust x }`, 'frontdoor');
    expect([plan.through, plan.adjusted, plan.identified]).toEqual([['m'], ['x'], true]);
    expect(plan.formula?.text).toContain('Σ_{x} P(x)');
    const changed = planOf(`${confounded}estimate frontdoor { adjust x, d; through m }`, 'frontdoor');
    expect(changed.obstacle).toMatch(/^d is changed by the treatment \(t → d\)/);
    expect(planned(`${confounded}estimate frontdoor { adjust m; through m }`, 'frontdoor')).toMatch(
      /^m is in `through` and in `adjust`/,
    );
    expect(planned(`${graph}estimate frontdoor { through y }`, 'frontdoor')).toMatch(
      /^y is the outcome itself/,
    );
  });

  it('says what to do where the graph has none', () => {
    const adjustable = 'variable t, x, y\nx -> t, y\nt -> y\nestimate frontdoor';
    expect(planned(adjustable, 'frontdoor')).toContain('use `estimate regression`');
    const none = 'variable t, y\nt -> y\nt <-> y\nestimate frontdoor';
    expect(planned(none, 'frontdoor')).toContain('Name mediators with `through`');
    const zero = 'variable t, y\nt <-> y\nestimate frontdoor';
    expect(planned(zero, 'frontdoor')).toMatch(/no chain of arrows leads from t to y/);
  });
});

describe('mediation', () => {
  const graph = 'variable t, m, y, x\nt -> m -> y\nt -> y\nx -> t, m, y\n';

  it('goes through the only mediator, with a set that closes every way', () => {
    const plan = planOf(`${graph}estimate mediation`, 'mediation');
    expect([plan.through, plan.adjusted, plan.identified]).toEqual([['m'], ['x'], true]);
    expect(plan.parts).toEqual(['total', 'direct', 'indirect']);
    expect(planOf(`${graph}estimate mediation { estimand direct }`, 'mediation').parts).toEqual(['direct']);
  });

  it('closes ways between mediator and outcome that the whole effect leaves alone', () => {
    const plan = planOf(
      'variable t, m, y, x, z\nt -> m -> y\nt -> y\nx -> m, y\nz -> y\nestimate mediation',
      'mediation',
    );
    expect(plan.adjusted).toContain('x');
    expect(plan.identified).toBe(true);
    const bare = planOf(
      `variable t, m, y, x\nt -> m -> y\nt -> y\nx -> m, y\nestimate mediation { adjust nothing }`,
      'mediation',
    );
    expect(bare.identified).toBe(false);
    expect(bare.obstacle).toMatch(/^The path m ← x → y is open/);
    const total = 'estimate mediation { adjust nothing; estimand total }';
    expect(
      planOf(`variable t, m, y, x\nt -> m -> y\nt -> y\nx -> m, y\n${total}`, 'mediation').identified,
    ).toBe(true);
  });

  it('says why the parts cannot be told apart', () => {
    const witness = 'variable t, m, k, y\nt -> k -> m -> y\nk -> y\nestimate mediation { through m }';
    expect(planOf(witness, 'mediation').obstacle).toContain('both through a mediator');
    const hidden = `${graph}m <-> y\nestimate mediation`;
    expect(planOf(hidden, 'mediation').identified).toBe(false);
  });

  it('asks which mediator is meant, and refuses one that cannot be', () => {
    const two = 'variable t, m, k, y\nt -> m -> y\nt -> k -> y\nestimate mediation';
    expect(planned(two, 'mediation')).toContain(
      'Write `through m` for one, or `through m, k` for all together',
    );
    expect(planned('variable t, y\nt -> y\nestimate mediation', 'mediation')).toContain(
      'no measured variable lies between',
    );
    expect(planned(`${graph}estimate mediation { adjust m, x }`, 'mediation')).toMatch(/^m is the mediator/);
    expect(planned(`${graph}estimate mediation { through t }`, 'mediation')).toMatch(
      /^t is the treatment itself/,
    );
  });
});

describe('the ID formula', () => {
  it('is planned as plain data with all its variables', () => {
    const napkin = 'variable w, z, t, y\nw -> z -> t -> y\nw <-> t\nw <-> y\nestimate id';
    const plan = planOf(napkin, 'id');
    expect(plan.identified).toBe(true);
    expect(plan.formula?.text).toContain('P(z)');
    expect(JSON.parse(JSON.stringify(plan.formula))).toEqual(plan.formula);
  });

  it('says why there is none', () => {
    expect(planned('variable t, y\nt -> y\nt <-> y\nestimate id', 'id')).toMatch(
      /unmeasured causes do: they join t and y/,
    );
    expect(planned('variable t, y\nt <-> y\nestimate id', 'id')).toContain('zero by assumption');
    const selected = 'variable t, y, s\nt -> y\ny -> s\nselection s\nestimate id';
    expect(planned(selected, 'id')).toContain('the rows are selected');
  });

  it('takes no set, and no standard error but its own', () => {
    const graph = 'variable t, y, x\nx -> t, y\nt -> y\n';
    const told = (text: string) =>
      analyse(`${ROLES}${graph}${text}`)
        .diagnostics.map(({ message }) => message)
        .join('\n');
    expect(told('estimate id { adjust x }')).toContain('id does not take `adjust`');
    for (const method of ['id', 'frontdoor', 'mediation'])
      expect(told(`estimate ${method} { se hc3 }`)).toContain(`${method} has no \`se hc3\``);
    expect(told('estimate mediation { estimand ate }')).toContain('it estimates total, direct, indirect');
  });
});

describe('without any statement', () => {
  it('the front door or the formula is taken where nothing else gives the effect', () => {
    expect(methodsOf('variable t, m, y\nt -> m -> y\nt <-> y')).toEqual([
      'difference',
      'regression',
      'frontdoor',
    ]);
    expect(methodsOf('variable t, x, y\nx -> t, y\nt -> y')).toEqual(['difference', 'regression']);
    expect(methodsOf('variable t, y\nt -> y\nt <-> y')).toEqual(['difference', 'regression']);
    expect(methodsOf('variable t, z, y\nz -> t -> y\nt <-> y')).toEqual(['difference', 'regression', 'iv']);
    const by = (type: string) => ['w', 't', 'z', 'x'].map((name) => `variable ${name} : ${type}\n`).join('');
    const graph = 'variable y\nx -> t, z, y\nt -> z -> y\nt <-> y\nw -> x';
    expect(methodsOf(`${by('binary')}${graph}`)).toEqual(['difference', 'regression', 'id']);
    expect(methodsOf(`${by('continuous')}${graph}`)).toEqual(['difference', 'regression']);
  });
});
