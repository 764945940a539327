import { decimalsFor } from '../../../engine/report/numbers.ts';
import { formatInterval } from '../../../views/numbers.ts';
import { type DiagnosticFamily, number } from './family.ts';

export const stratification: DiagnosticFamily = {
  facts: ({ diagnostics: { strata }, estimate, se }) => {
    const differences = (strata ?? []).flatMap(({ difference }) => difference ?? []);
    if (differences.length === 0) return [];
    if (differences.length === 1) return ['All rows are in one class of the propensity.'];
    const range = formatInterval(
      Math.min(...differences),
      Math.max(...differences),
      decimalsFor(estimate, se),
    );
    return [`The arms differ by ${range} in the ${differences.length} classes of the propensity.`];
  },
  json: ({ strata }) => ({
    strata:
      strata?.map(({ from, to, treated, control, difference, share }) => ({
        from: number(from),
        to: number(to),
        treated,
        control,
        difference,
        share: number(share),
      })) ?? null,
  }),
};
