import { type DiagnosticFamily, number } from './family.ts';

export const propensity: DiagnosticFamily = {
  facts: ({ diagnostics: { metrics, propensityModel } }) => {
    const { min_propensity: low, max_propensity: high, auc } = metrics;
    if (propensityModel === undefined || low === undefined || high === undefined) return [];
    const told = auc === undefined ? '' : `; treatment is foretold with an AUC of ${auc.toFixed(2)}`;
    return [
      `Propensity (${propensityModel.model}) from ${low.toPrecision(2)} to ${high.toPrecision(2)}${told}.`,
    ];
  },
  json: ({ overlap, trim, propensityModel }) => ({
    overlap:
      overlap?.map(({ from, to, treated, control, weightedTreated, weightedControl }) => ({
        from,
        to,
        treated,
        control,
        weighted_treated: number(weightedTreated),
        weighted_control: number(weightedControl),
      })) ?? null,
    trim: number(trim),
    propensity_model:
      propensityModel === undefined
        ? null
        : {
            model: propensityModel.model,
            coefficients:
              propensityModel.coefficients?.map(({ covariate, level, coefficient, standardised }) => ({
                covariate,
                level,
                coefficient: number(coefficient),
                standardised: number(standardised),
              })) ?? null,
            importances:
              propensityModel.importances?.map(({ variable, importance }) => ({
                variable,
                importance: number(importance),
              })) ?? null,
          },
  }),
};
