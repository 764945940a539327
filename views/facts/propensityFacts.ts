import type { FactsOf } from './factsOf.ts';

/** How well the treatment can be foretold. */
export const propensityFacts: FactsOf = ({ diagnostics: { metrics, propensityModel } }) => {
  const { min_propensity: low, max_propensity: high, auc } = metrics;
  if (propensityModel === undefined || low === undefined || high === undefined) return [];
  const told = auc === undefined ? '' : `; treatment is foretold with an AUC of ${auc.toFixed(2)}`;
  return [
    `Propensity (${propensityModel.model}) from ${low.toPrecision(2)} to ${high.toPrecision(2)}${told}.`,
  ];
};
