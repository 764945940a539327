/** How the numbers of a table go together. */

import type { Table } from '../table.ts';

export interface Correlations {
  /** In the order of the matrix. */
  readonly variables: readonly string[];
  /** Pearson's r of each pair, over the rows that have a value in both; null where one does not vary there. */
  readonly matrix: readonly (readonly (number | null)[])[];
  /** Were there more numeric variables than are compared? */
  readonly truncated: boolean;
}

/** Pairs grow with the square of it. */
const MOST_VARIABLES = 60;

/** Correlations of the numeric columns among `names` that vary, in their order. */
export function correlate(table: Table, names: readonly string[]): Correlations {
  const numeric = names.flatMap((name) => {
    const column = table.columns.get(name);
    return column?.kind === 'numeric' ? [{ name, values: standardised(column.values) }] : [];
  });
  const varying = numeric.filter(({ values }) => values !== null);
  const compared = varying.slice(0, MOST_VARIABLES);
  const matrix: (number | null)[][] = compared.map(() => compared.map(() => null));
  compared.forEach(({ values: x }, i) => {
    compared.slice(0, i + 1).forEach(({ values: y }, j) => {
      const r = x === null || y === null ? null : correlation(x, y);
      matrix[i][j] = r;
      matrix[j][i] = r;
    });
  });
  return {
    variables: compared.map(({ name }) => name),
    matrix,
    truncated: varying.length > compared.length,
  };
}

/** Values around the first of them in a unit of their own, so that squares stay numbers; null where they do not vary. */
function standardised(values: Float64Array): Float64Array | null {
  const first = values.find((value) => !Number.isNaN(value));
  if (first === undefined) return null;
  let range = 0;
  for (const value of values) {
    const distance = Math.abs(value / 2 - first / 2);
    if (distance > range) range = distance;
  }
  return range === 0 ? null : values.map((value) => (value / 2 - first / 2) / range);
}

function correlation(x: Float64Array, y: Float64Array): number | null {
  let [n, sumX, sumY] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    if (Number.isNaN(x[i]) || Number.isNaN(y[i])) continue;
    n += 1;
    sumX += x[i];
    sumY += y[i];
  }
  const [meanX, meanY] = [sumX / n, sumY / n];
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    if (Number.isNaN(x[i]) || Number.isNaN(y[i])) continue;
    const [dx, dy] = [x[i] - meanX, y[i] - meanY];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  if (!(xx > 0 && yy > 0)) return null;
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}
