/** One contrast of a least-squares model as a coefficient of its own, and how much each covariate says of treatment and outcome. */

import type { LinearModel } from './linearModel.ts';
import { factorHead, partialledOut } from './normalEquations.ts';
import type { Coefficient, Strength } from './omittedVariableBias.ts';

export interface ContrastCoefficient {
  readonly coefficient: Coefficient;
  /** By variable, the dummies of one together: partial R² with the treatment, and with the outcome given the treatment. */
  readonly covariates: ReadonlyMap<string, Strength>;
}

/**
 * The contrast as the coefficient of a treatment column D, of which the treatment's other columns are covariates: with β the slopes and
 * c the contrast, T·A has D = T_p/c_p for some c_p ≠ 0 and T_j − (c_j/c_p)·T_p for the others, and the slope of D is c·β.
 */
export function contrastCoefficient(model: LinearModel, index: number): ContrastCoefficient | null {
  const { head, size, scaled } = model;
  const outcome = size - 1;
  const weights = model.contrasts[index].map((weight, j) => weight / scaled.scales[head - 1 + j]);
  const pivot = weights.findIndex((weight) => weight !== 0);
  if (pivot < 0 || model.instruments > 0) return null;
  const columns: Float64Array[] = [];
  const unit = (i: number): Float64Array => Float64Array.from({ length: size }, (_v, k) => (k === i ? 1 : 0));
  for (let i = 0; i < head; i++) columns.push(unit(i));
  for (let j = 0; j < model.treatments; j++) {
    if (j === pivot) continue;
    const other = unit(head + j);
    other[head + pivot] = -weights[j] / weights[pivot];
    columns.push(other);
  }
  const treatment = unit(head + pivot).map((value) => value / weights[pivot]);
  const gram = transformed(model.gram, size, [...columns, treatment, unit(outcome)]);
  const fixed = columns.length;
  const names = [null, ...model.variables, ...columns.slice(head).map(() => null)];
  const full = leftOf(gram, fixed, () => true);
  const coefficient = coefficientOf(full, model.rows - 1 - full.parameters, scaled.scales[outcome - 1]);
  if (coefficient === null) return null;
  const covariates = new Map<string, Strength>();
  for (const name of new Set(model.variables)) {
    const without = leftOf(gram, fixed, (i) => names[i] !== name);
    covariates.set(name, {
      treatment: 1 - full.treatment / without.treatment,
      outcome: 1 - residual(full) / residual(without),
    });
  }
  return { coefficient, covariates };
}

/** What the columns held fixed leave of treatment and outcome. */
interface Left {
  readonly treatment: number;
  readonly both: number;
  readonly outcome: number;
  /** Columns held fixed that say something new, the constant among them. */
  readonly parameters: number;
}

function residual({ treatment, both, outcome }: Left): number {
  return outcome - (both * both) / treatment;
}

function coefficientOf(left: Left, df: number, scale: number): Coefficient | null {
  const { treatment, both } = left;
  if (!(df > 1) || !(treatment > 0)) return null;
  const se = Math.sqrt(Math.max(0, residual(left)) / df / treatment);
  return se > 0 ? { estimate: (scale * both) / treatment, se: scale * se, df } : null;
}

function leftOf(
  gram: readonly (readonly number[])[],
  fixed: number,
  keeps: (column: number) => boolean,
): Left {
  const kept = Array.from({ length: fixed }, (_column, i) => i).filter(keeps);
  const head = kept.length;
  const matrix = Float64Array.from(kept.flatMap((i) => kept.map((j) => gram[i][j])));
  const cross = Float64Array.from(kept.flatMap((i) => [gram[i][fixed], gram[i][fixed + 1]]));
  const inner = Float64Array.of(
    gram[fixed][fixed],
    gram[fixed][fixed + 1],
    gram[fixed + 1][fixed],
    gram[fixed + 1][fixed + 1],
  );
  const factor = factorHead(matrix, head, head);
  const [treatment, both, , outcome] = partialledOut(factor, head, cross, inner, 2);
  const parameters = kept.filter((_column, i) => factor[i * head + i] > 0).length;
  return { treatment, both, outcome, parameters };
}

/** Columnsᵀ · gram · columns. */
function transformed(gram: Float64Array, size: number, columns: readonly Float64Array[]): number[][] {
  const halves = columns.map((column) => {
    const used = Array.from(column.keys()).filter((k) => column[k] !== 0);
    return Float64Array.from({ length: size }, (_value, i) =>
      used.reduce((sum, k) => sum + gram[i * size + k] * column[k], 0),
    );
  });
  return columns.map((column) => {
    const used = Array.from(column.keys()).filter((k) => column[k] !== 0);
    return halves.map((half) => used.reduce((sum, k) => sum + column[k] * half[k], 0));
  });
}
