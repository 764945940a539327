/** The effects that a spec asks about, wherever it does. */

import type { AskedEffect } from '../../engine/report/snapshot.ts';
import type { Analysis } from './analyse.ts';
import { nodesOf } from './question.ts';

/**
 * The effect of the roles first; where they name several treatments or outcomes each pair of them; what an estimate asks with `of` and
 * `on`; and for one `through` mediators the two steps that it is made of. Each once, and none that cannot be asked.
 */
export function askedEffects({ question, estimates, structure, answersOf }: Analysis): AskedEffect[] {
  const [treatments, outcomes] = [nodesOf(question.treatment), nodesOf(question.outcome)];
  const effects = new Map<string, AskedEffect>();
  const add = (
    asked: AskedEffect['asked'],
    treatment: readonly number[],
    outcome: readonly number[],
  ): void => {
    const key = `${treatment.join()}>${outcome.join()}`;
    if (effects.has(key) || treatment.length === 0 || outcome.length === 0) return;
    if ('code' in answersOf(treatment, outcome)) return;
    const named = (nodes: readonly number[]): string[] =>
      nodes.map((node) => structure.graph.names[node] ?? '');
    effects.set(key, { asked, treatment: named(treatment), outcome: named(outcome) });
  };
  add('roles', treatments, outcomes);
  for (const treatment of treatments) for (const outcome of outcomes) add('pair', [treatment], [outcome]);
  for (const { settings } of estimates) {
    if (settings === null) continue;
    const causes = settings.treatment === null ? treatments : [settings.treatment.node];
    const consequences = settings.outcome === null ? outcomes : [settings.outcome.node];
    add('estimate', causes, consequences);
    const mediators = settings.through.flatMap((name) => structure.nodes.get(name) ?? []);
    for (const mediator of mediators) {
      add('mediator', causes, [mediator]);
      add('mediator', [mediator], consequences);
    }
  }
  return [...effects.values()];
}
