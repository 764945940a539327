/** What of its data a spec wants described. */

import type { ProfiledRoles } from '../../engine/data/profile/suspicions.ts';
import type { DataRequest } from '../../engine/data/request.ts';
import type { Analysis } from './analyse.ts';
import { dataRequest } from './estimation.ts';

/** The variables of a spec that the data have, in the order of the text; null for every column where it declares nothing yet. */
export function profiledData(analysis: Analysis): Omit<DataRequest, 'path'> | null {
  const { declarations } = analysis.symbols;
  const broken = (name: string): boolean =>
    declarations.get(name)?.definition !== undefined && !analysis.definitions.ordered.has(name);
  const variables = [...declarations.values()].flatMap(({ kind, name }) =>
    kind === 'variable' && !broken(name) ? [name] : [],
  );
  // A spec that declares nothing yet is about a file all the same.
  if (variables.length === 0 && analysis.data.where === null) return null;
  const request = dataRequest({ plans: [], variables, filters: [] }, analysis);
  const places = new Map(variables.map((name, i) => [name, i]));
  const place = (name: string): number => places.get(name) ?? variables.length;
  const derived = request.variables.some(({ definition }) => definition !== null);
  // Definitions stand before their uses; without any the order is the person's.
  return derived
    ? request
    : { ...request, variables: [...request.variables].sort((a, b) => place(a.name) - place(b.name)) };
}

/** Which of them the question is about. */
export function profiledRoles({ question }: Analysis): ProfiledRoles {
  return {
    treatment: question.treatment.map(({ variable }) => variable),
    outcome: question.outcome.map(({ variable }) => variable),
  };
}
