/** A supposition as the reader builds it up, click by click. */

import type { EffectNames, GraphSnapshot, SnapshotNode, Supposition } from '../../engine/report/snapshot.ts';

export const NOTHING_SUPPOSED: Supposition = { effect: null, adjust: null, measured: [] };

/** Is anything but another effect supposed? */
export function supposes({ adjust, measured }: Supposition): boolean {
  return adjust !== null || measured.length > 0;
}

/** Is it the text as it stands that is looked at? */
export function isNothing(supposition: Supposition): boolean {
  return supposition.effect === null && !supposes(supposition);
}

/** What the text says of the effect that is looked at. */
export function reset({ effect }: Supposition): Supposition {
  return { ...NOTHING_SUPPOSED, effect };
}

/** Can a data set be adjusted for it: is it measured, or supposed to be, and in no role of the question? */
export function isAdjustable(node: SnapshotNode, { measured }: Supposition): boolean {
  const asked = node.role === 'treatment' || node.role === 'outcome' || node.role === 'selection';
  return !asked && (!node.latent || measured.includes(node.name));
}

function toggled(names: readonly string[], name: string): readonly string[] {
  return names.includes(name) ? names.filter((one) => one !== name) : [...names, name];
}

/** With a variable put into the set that is held fixed, or taken out of it. `shown` is the graph as it is looked at. */
export function withAdjusted(supposition: Supposition, name: string, shown: GraphSnapshot): Supposition {
  const held = supposition.adjust ?? shown.nodes.flatMap((node) => (node.adjusted ? [node.name] : []));
  return { ...supposition, adjust: toggled(held, name) };
}

/** With an unmeasured variable measured, or left unmeasured again and so not adjusted for. */
export function withMeasured(supposition: Supposition, name: string): Supposition {
  const measured = toggled(supposition.measured, name);
  const adjust = supposition.adjust?.filter((one) => one !== name || measured.includes(name)) ?? null;
  return { ...supposition, measured, adjust };
}

/** About another effect; what was supposed of the one before is dropped, since it was chosen for that one. */
export function aboutEffect(effect: EffectNames | null): Supposition {
  return { ...NOTHING_SUPPOSED, effect };
}

/** Without the names that a changed text no longer has. */
export function pruned(supposition: Supposition, { nodes, question }: GraphSnapshot): Supposition {
  const known = new Set(nodes.map(({ name }) => name));
  const latent = new Set(nodes.flatMap((node) => (node.latent ? [node.name] : [])));
  const kept = question?.effects.some((effect) => isSame(effect, supposition.effect)) === true;
  return {
    effect: kept ? supposition.effect : null,
    adjust: supposition.adjust?.filter((name) => known.has(name)) ?? null,
    measured: supposition.measured.filter((name) => latent.has(name)),
  };
}

/** Are the two the same effect? */
export function isSame(a: EffectNames | null, b: EffectNames | null): boolean {
  if (a === null || b === null) return a === b;
  return JSON.stringify([a.treatment, a.outcome]) === JSON.stringify([b.treatment, b.outcome]);
}
