import { type DiagnosticFamily, number } from './family.ts';

export const mediation: DiagnosticFamily = {
  json: (diagnostics) => ({
    approach: diagnostics.approach ?? null,
    proportion_mediated: number(diagnostics.proportionMediated),
    proportion_se: number(diagnostics.proportionSe),
    interaction_p: number(diagnostics.interactionP),
  }),
};
