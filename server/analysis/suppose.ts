/** A spec as it would be if its text said something else: what a question “what if” is answered with. */

import { causalGraph } from '../../engine/graph/kernel/graph.ts';
import type { GraphSnapshot, Supposition } from '../../engine/report/snapshot.ts';
import { type Analysis, effectCache } from './analyse.ts';
import { askedEffects } from './askedEffects.ts';
import type { RoleEntry } from './question.ts';
import { snapshotOf } from './snapshot.ts';
import type { Structure } from './structure.ts';
import { changesOf } from './supposeWords.ts';

/** The snapshot under a supposition, with what it changes. Names that the spec does not have are passed over. */
export function supposedSnapshot(analysis: Analysis, supposition: Supposition): GraphSnapshot {
  const asked = { ...supposition, adjust: null, measured: [] };
  const [before, after] = [suppose(analysis, asked), suppose(analysis, supposition)];
  const snapshot = snapshotOf(after);
  if (snapshot.question === null) return snapshot;
  const supposes = supposition.adjust !== null || supposition.measured.length > 0;
  return {
    ...snapshot,
    question: {
      ...snapshot.question,
      // The choice is between what the text asks, whichever of them is looked at.
      effects: askedEffects(analysis),
      changes: supposes ? changesOf(before, after, supposition) : null,
    },
  };
}

/**
 * The analysis of the text as if its roles and its `latent` lines were others. Diagnostics and estimates stay those of the text: a picture
 * asks for neither.
 */
export function suppose(analysis: Analysis, { effect, adjust, measured }: Supposition): Analysis {
  const structure = withMeasured(analysis.structure, measured);
  const entries = (names: readonly string[]): RoleEntry[] => entriesOf(names, structure);
  const question = {
    ...analysis.question,
    ...(effect === null ? {} : { treatment: entries(effect.treatment), outcome: entries(effect.outcome) }),
    ...(adjust === null ? {} : { adjusted: entries(adjust) }),
  };
  return {
    ...analysis,
    structure,
    question,
    answersOf: structure === analysis.structure ? analysis.answersOf : effectCache(structure, question),
  };
}

function entriesOf(names: readonly string[], { nodes }: Structure): RoleEntry[] {
  return names.flatMap((variable) => {
    const node = nodes.get(variable);
    return node === undefined ? [] : [{ node, variable, range: { start: 0, end: 0 } }];
  });
}

function withMeasured(structure: Structure, measured: readonly string[]): Structure {
  const { variables } = structure.model;
  if (!variables.some(({ name, latent }) => latent && measured.includes(name))) return structure;
  const model = {
    ...structure.model,
    variables: variables.map(({ name, latent }) => ({ name, latent: latent && !measured.includes(name) })),
  };
  return { ...structure, model, graph: causalGraph(model) };
}
