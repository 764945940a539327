/** Covariates as learners take them, from the columns of a table. */

import { columnOf, type Table } from '../data/table.ts';
import type { Feature, FeatureTable } from './learner.ts';

/** The variables `names` of a table without missing values, in their order: numbers as numbers, levels as levels, not as dummies. */
export function featureTable(table: Table, names: readonly string[]): FeatureTable {
  return {
    rows: table.rowCount,
    features: names.map((name): Feature => {
      const column = columnOf(table, name);
      return column.kind === 'numeric'
        ? { kind: 'numeric', label: name, values: column.values }
        : { kind: 'categorical', label: name, codes: column.codes, levels: column.levels.length };
    }),
  };
}
