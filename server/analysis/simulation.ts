/** The graph of a spec as a model that data can be drawn from. */

import type { SimulatedVariable, SimulationModel } from '../../engine/simulate/simulate.ts';
import { nameList } from '../../engine/wording.ts';
import type { Analysis } from './analyse.ts';
import { declaredType } from './estimation.ts';

export interface SpecSimulation {
  readonly model: SimulationModel;
  /** What a person has to know of data from this spec. */
  readonly notes: readonly string[];
}

/** Levels of a variable that lists none. */
const UNNAMED_LEVELS = ['a', 'b', 'c'];

/** What to draw for a spec: its graph, coefficients, types and selection. */
export function simulationOf(analysis: Analysis): SpecSimulation {
  const { structure, question, symbols } = analysis;
  const variables = structure.model.variables.map(({ name, latent }): SimulatedVariable => {
    const type = declaredType(name, analysis);
    const kind = latent ? 'continuous' : (type?.kind ?? 'continuous');
    const listed = type?.levels ?? [];
    const unnamed =
      kind === 'binary' ? ['0', '1'] : kind === 'categorical' || kind === 'ordinal' ? UNNAMED_LEVELS : [];
    return { name, latent, type: { kind, levels: listed.length >= 2 ? listed : unnamed } };
  });
  const derived = [...symbols.declarations.values()].filter(
    ({ definition, name }) =>
      definition !== undefined && !(definition.kind === 'name' && definition.text === name),
  );
  const names = derived.map(({ name }) => name);
  return {
    model: {
      graph: structure.graph,
      variables,
      edges: structure.edges.map(({ kind, from, to, statement }) => ({
        kind,
        from,
        to,
        coefficient: statement.coefficient?.value ?? null,
      })),
      selection: question.selection.map(({ node }) => node),
    },
    notes: [
      ...(names.length === 0
        ? []
        : [
            `${nameList(names)} ${names.length === 1 ? 'is' : 'are'} computed from columns in the spec, and drawn as ${names.length === 1 ? 'it is' : 'they are'} here: take the definition away to estimate from this file.`,
          ]),
      ...(analysis.data.where === null
        ? []
        : ['The `where` of the data statement is not applied to what is drawn.']),
    ],
  };
}
