import { formatP } from '../numbers.ts';
import type { FactsOf } from './factsOf.ts';

/** How an effect through a mediator was computed, and its share of the whole. */
export const mediationFacts: FactsOf = ({ diagnostics, estimand }) => {
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
    facts.push(`Interaction of treatment and mediator p ${formatP(interactionP).replace(/^(?=\d)/, '= ')}.`);
  }
  return facts;
};
