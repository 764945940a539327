import { formatCount } from '../../../views/numbers.ts';
import { type DiagnosticFamily, number } from './family.ts';

export const formula: DiagnosticFamily = {
  facts: ({ diagnostics, treatment, outcome }) => {
    const { formula: text, combinations, interventionalMeans = [] } = diagnostics;
    if (text === undefined || combinations === undefined) return [];
    const means = interventionalMeans.map(
      ({ level, mean }) => `${(100 * mean).toFixed(1)} % under ${treatment} = ${level}`,
    );
    return [
      `Formula: ${text}, from ${formatCount(combinations)} combinations of levels.`,
      ...(means.length === 0 ? [] : [`Share with ${outcome}: ${means.join(', ')}.`]),
    ];
  },
  json: (diagnostics) => ({
    formula: diagnostics.formula ?? null,
    combinations: number(diagnostics.combinations),
    interventional_means:
      diagnostics.interventionalMeans?.map(({ level, mean }) => ({ level, mean: number(mean) })) ?? null,
  }),
};
