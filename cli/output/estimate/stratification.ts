import { type DiagnosticFamily, number } from './family.ts';

export const stratification: DiagnosticFamily = {
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
