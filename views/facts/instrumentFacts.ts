import { decimalsFor } from '../../engine/report/numbers.ts';
import { type ConfidenceSet, formatSet, isEmpty, isWholeLine } from '../../engine/stats/confidenceSet.ts';
import { formatP, formatPercent, withDecimals } from '../numbers.ts';
import type { FactsOf } from './factsOf.ts';

/** How strong the instruments are, and what holds however weak they are. */
export const instrumentFacts: FactsOf = ({ diagnostics, estimate, se, level }) => {
  const { metrics, firstStageFRobust, effectiveFCritical10, andersonRubin, andersonRubinRobust } =
    diagnostics;
  const facts: string[] = [];
  if (metrics.first_stage_f !== undefined) {
    const robust = firstStageFRobust === undefined ? '' : `, robust ${firstStageFRobust.toFixed(1)}`;
    facts.push(`First-stage F ${metrics.first_stage_f.toFixed(1)}${robust}.`);
  }
  if (metrics.effective_f !== undefined && effectiveFCritical10 !== undefined) {
    facts.push(`Effective F ${metrics.effective_f.toFixed(1)} (strong: ${effectiveFCritical10.toFixed(1)}).`);
  }
  if (diagnostics.kappa !== undefined) facts.push(`κ ${diagnostics.kappa.toFixed(4)}.`);
  const decimals = decimalsFor(estimate, se);
  if (andersonRubin !== undefined) {
    facts.push(`Anderson–Rubin ${formatPercent(level)} set: ${setText(andersonRubin, decimals)}.`);
  }
  if (andersonRubinRobust !== undefined) {
    facts.push(`Robust Anderson–Rubin set: ${setText(andersonRubinRobust, decimals)}.`);
  }
  if (metrics.hausman_p !== undefined) facts.push(`Hausman p ${formatP(metrics.hausman_p)}.`);
  if (metrics.overid_p !== undefined) {
    const test = diagnostics.hansenJ === undefined ? 'Sargan' : 'Hansen J';
    facts.push(`Over-identification p ${formatP(metrics.overid_p)} (${test}).`);
  }
  return facts;
};

/** `0.025 to 0.285`, or two rays; what it means is said where there is no end, or no value at all. */
function setText(set: ConfidenceSet, decimals: number): string {
  const words = formatSet(set, (value) => withDecimals(value, decimals));
  if (isEmpty(set)) return `${words} (the model is rejected)`;
  return isWholeLine(set) ? `${words} (the data say nothing)` : words;
}
