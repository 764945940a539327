import type { EffectPart, MediationDiagnostics } from '../../../engine/estimate/diagnostics/mediation.ts';
import { formatP } from '../../../views/numbers.ts';
import { type DiagnosticFamily, number } from './family.ts';

export const mediation: DiagnosticFamily = {
  facts: ({ diagnostics, estimand }) => {
    const { approach, proportionMediated, proportionSe, interactionP } = diagnostics;
    const facts: string[] = [];
    if (approach !== undefined) facts.push(approach);
    if (estimand === 'indirect' && proportionMediated !== undefined && proportionSe !== undefined) {
      const [share, error] = [100 * proportionMediated, 100 * proportionSe];
      facts.push(
        `${share.toFixed(0)} % of the whole effect goes this way (std. error ${error.toFixed(0)}); read it with care where the whole effect is small.`,
      );
    }
    if (interactionP !== undefined) {
      facts.push(
        `Interaction of treatment and mediator p ${formatP(interactionP).replace(/^(?=\d)/, '= ')}.`,
      );
    }
    return facts;
  },
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
