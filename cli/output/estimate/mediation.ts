import type { EffectPart, MediationDiagnostics } from '../../../engine/estimate/diagnostics/mediation.ts';
import { type DiagnosticFamily, number } from './family.ts';

export const mediation: DiagnosticFamily = {
  json: (diagnostics) => ({
    approach: diagnostics.approach ?? null,
    proportion_mediated: number(diagnostics.proportionMediated),
    proportion_se: number(diagnostics.proportionSe),
    interaction_p: number(diagnostics.interactionP),
    decomposition: diagnostics.decomposition === undefined ? null : partsJson(diagnostics.decomposition),
  }),
};

function partsJson({ total, direct, indirect }: NonNullable<MediationDiagnostics['decomposition']>): object {
  const part = ({ estimate, se }: EffectPart): object => ({ estimate: number(estimate), se: number(se) });
  return { total: part(total), direct: part(direct), indirect: part(indirect) };
}
