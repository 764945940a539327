/** Writing down what was supposed: which variables are measured after all, and what is adjusted for. */

import { nameList } from '../../../engine/wording.ts';
import type { Analysis } from '../../analysis/analyse.ts';
import { adjustedFor } from '../../mends/adjust.ts';
import { redeclared } from '../../mends/declarations.ts';
import { type GraphEditPlan, planned, refused, type Step } from './plan.ts';

/** Makes the text say what was supposed; refused where it has no words for it, or does not have these variables any more. */
export function adopt(
  adjust: readonly string[] | null,
  measured: readonly string[],
  analysis: Analysis,
): GraphEditPlan {
  const lost = [...measured, ...(adjust ?? [])].filter((name) => !analysis.structure.nodes.has(name));
  if (lost.length > 0) return refused(`${nameList(lost)} is not declared in the text any more.`);
  if (adjust?.length === 0)
    return refused(
      'The text has no line for adjusting for nothing. For a number without any, write an estimate with `adjust nothing`.',
    );
  const latent = (adjust ?? []).filter((name) => isLatent(name, analysis) && !measured.includes(name));
  if (latent.length > 0)
    return refused(`${nameList(latent)} was never measured, so it cannot be adjusted for.`);
  const hidden = measured.filter((name) => isLatent(name, analysis));
  const steps = hidden.map(
    (name): Step =>
      (now) =>
        isLatent(name, now) ? redeclared(name, 'variable', now) : null,
  );
  if (adjust !== null) steps.push((now) => (isAdjusted(adjust, now) ? null : adjustedFor(adjust, null, now)));
  return planned(analysis, steps, told(adjust, hidden));
}

function isLatent(name: string, { symbols }: Analysis): boolean {
  return symbols.declarations.get(name)?.kind === 'latent';
}

function isAdjusted(names: readonly string[], { question }: Analysis): boolean {
  const set = new Set(question.adjusted?.map(({ variable }) => variable));
  return (
    question.adjusted !== null && set.size === new Set(names).size && names.every((name) => set.has(name))
  );
}

function told(adjust: readonly string[] | null, measured: readonly string[]): string {
  const parts = [
    ...(measured.length === 0 ? [] : [`${nameList(measured)} counts as measured`]),
    ...(adjust === null ? [] : [`${nameList(adjust)} is what is adjusted for`]),
  ];
  return `In the text now: ${parts.join(', and ')}.`;
}
