import type { EffectGroup, Heterogeneity } from '../../engine/estimate/diagnostics/heterogeneity.ts';
import { formatEstimate, formatP } from '../numbers.ts';
import { isolated, printable } from '../text.ts';
import type { FactsOf } from './factsOf.ts';

/** Terms of the projection that are shown: those that chance explains least. */
const SHOWN_TERMS = 5;

/** How the effect differs between people. */
export const heterogeneityFacts: FactsOf = ({ diagnostics, se }) =>
  diagnostics.heterogeneity === undefined ? [] : factsOf(diagnostics.heterogeneity, se);

function factsOf(
  { effects, calibration, groups, ranked, projection, uplift }: Heterogeneity,
  se: number,
): string[] {
  const show = (value: number): string => formatEstimate(value, se);
  const at = (probability: number): string =>
    show(effects.quantiles.find((quantile) => quantile.probability === probability)?.value ?? Number.NaN);
  const facts = [
    `Predicted effects of single rows: half of them between ${at(0.25)} and ${at(0.75)}, nine tenths under ${at(0.9)}, one tenth under ${at(0.1)}; standard deviation ${show(effects.sd)}.`,
  ];
  if (calibration !== null) {
    facts.push(
      `Do the predictions differ as the effects do? Slope ${formatEstimate(calibration.slope, calibration.se)} (std. error ${formatEstimate(calibration.se, calibration.se)}, p ${pOf(calibration.p)}; 1 is perfect, 0 says nothing).`,
    );
  }
  const [lowest] = ranked;
  const highest = ranked.at(-1);
  if (lowest !== undefined && highest !== undefined && lowest !== highest) {
    facts.push(
      `Average effect where the prediction is lowest ${groupText(lowest)}, where it is highest ${groupText(highest)}.`,
    );
  }
  const variables = [...new Set(groups.map(({ variable }) => variable))];
  for (const variable of variables) {
    const own = groups.filter((group) => group.variable === variable);
    const list = own.map((group) => `${isolated(printable(group.label))} ${groupText(group)}`);
    facts.push(`Average effect by ${isolated(printable(variable))}: ${list.join('; ')}.`);
  }
  if (projection !== null) {
    const terms = [...projection].sort((a, b) => a.p - b.p).slice(0, SHOWN_TERMS);
    const list = terms.map(
      (term) =>
        `${isolated(printable(term.covariate))} ${formatEstimate(term.coefficient, term.se)} (p ${pOf(term.p)})`,
    );
    facts.push(`Change of the effect with one unit of ${list.join(', ')}.`);
  }
  if (uplift.se > 0) {
    facts.push(
      `Treating in the order of the predictions gains ${formatEstimate(uplift.area, uplift.se)} a person over a random order, on average over how many are treated (Qini area, std. error ${formatEstimate(uplift.se, uplift.se)}).`,
    );
  }
  return facts;
}

function pOf(p: number): string {
  return formatP(p).replace(/^(?=\d)/, '= ');
}

function groupText({ estimate, ci, se }: EffectGroup): string {
  return `${formatEstimate(estimate, se)} (${formatEstimate(ci[0], se)} to ${formatEstimate(ci[1], se)})`;
}
