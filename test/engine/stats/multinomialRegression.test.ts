import { describe, expect, it } from 'vitest';
import type { Column, Table } from '../../../engine/data/table.ts';
import { binaryRegression } from '../../../engine/stats/binaryRegression.ts';
import { columnMoments } from '../../../engine/stats/columnMoments.ts';
import { multinomialRegression } from '../../../engine/stats/multinomialRegression.ts';
import { column, level } from '../../../engine/stats/rowExpression.ts';
import { study } from '../../support/estimation.ts';

const ROWS = study(600, 7);
const LEVELS = ['n', 'o', 's'];

function tableOf(rows: typeof ROWS): Table {
  const g = rows['g'] ?? [];
  return {
    rowCount: g.length,
    columns: new Map<string, Column>([
      [
        'g',
        { kind: 'categorical', levels: LEVELS, codes: Int32Array.from(g, (v) => LEVELS.indexOf(`${v}`)) },
      ],
      ...['a', 'b', 't', 'w'].map(
        (name) => [name, { kind: 'numeric', values: Float64Array.from(rows[name] ?? [], Number) }] as const,
      ),
    ]),
  };
}

const WEIGHTED = { ...ROWS, w: (ROWS['a'] ?? []).map((_a, i) => i % 3) };
const TABLE = tableOf(WEIGHTED);
const MOMENTS = columnMoments(TABLE);
const CLASSES = [0, 1, 2].map((code) => level('g', code));
const TERMS = [column('a'), column('b'), column('t')];

async function fitted(...parameters: Parameters<typeof multinomialRegression>) {
  const result = await multinomialRegression(...parameters);
  if (result.kind !== 'fit') throw new Error(result.kind);
  return result.fit;
}

describe('multinomial regression', () => {
  it('of two classes is the logistic regression', async () => {
    const treated = column('t');
    const untreated = { kind: 'linear', intercept: 1, coefficients: [-1], terms: [treated] } as const;
    const several = await fitted(MOMENTS, [untreated, treated], [column('a'), column('b')]);
    const two = await binaryRegression(MOMENTS, treated, [column('a'), column('b')], 'logistic');
    if (two.kind !== 'fit') throw new Error(two.kind);
    expect(several.equations[0]?.intercept).toBeCloseTo(two.fit.intercept, 10);
    two.fit.coefficients.forEach((slope, j) => {
      expect(several.equations[0]?.coefficients[j]).toBeCloseTo(slope, 10);
    });
    expect(several.logLikelihood).toBeCloseTo(two.fit.logLikelihood, 9);
  });

  it('solves its score equations, and its probabilities sum to 1', async () => {
    const { probabilities } = await fitted(MOMENTS, CLASSES, TERMS);
    const values = await Promise.all(probabilities.map((p) => MOMENTS.values(p)));
    const observed = await Promise.all(CLASSES.map((indicator) => MOMENTS.values(indicator)));
    const terms = await Promise.all(TERMS.map((term) => MOMENTS.values(term)));
    for (let row = 0; row < TABLE.rowCount; row++) {
      expect(values.reduce((sum, p) => sum + p[row]!, 0)).toBeCloseTo(1, 13);
    }
    for (let c = 0; c < 3; c++) {
      for (const term of [new Float64Array(TABLE.rowCount).fill(1), ...terms]) {
        const score = term.reduce((sum, x, i) => sum + x * (observed[c]![i]! - values[c]![i]!), 0);
        expect(Math.abs(score)).toBeLessThan(1e-9);
      }
    }
  });

  it('has the information of a numerically differentiated score', async () => {
    const { design, information, equations } = await fitted(MOMENTS, CLASSES, TERMS);
    const z = await Promise.all(design.map((term) => MOMENTS.values(term)));
    const x = await Promise.all(TERMS.map((term) => MOMENTS.values(term)));
    const observed = await Promise.all(CLASSES.map((indicator) => MOMENTS.values(indicator)));
    const shift = (j: number, c: number, amount: number): number[] => {
      const sums = new Array<number>(8).fill(0);
      for (let row = 0; row < TABLE.rowCount; row++) {
        const basis = [1, ...z.map((values) => values[row]!)];
        const eta = equations.map(({ intercept, coefficients }, e) => {
          const at = coefficients.reduce((sum, slope, k) => sum + slope * x[k]![row]!, intercept);
          return at + (e === c ? amount * basis[j]! : 0);
        });
        const total = 1 + eta.reduce((sum, value) => sum + Math.exp(value), 0);
        for (let e = 0; e < 2; e++) {
          const residual = observed[e + 1]![row]! - Math.exp(eta[e]!) / total;
          basis.forEach((value, k) => {
            sums[4 * e + k]! += residual * value;
          });
        }
      }
      return sums;
    };
    for (let p = 0; p < 8; p++) {
      const [up, down] = [1e-5, -1e-5].map((h) => shift(p % 4, Math.floor(p / 4), h));
      for (let q = 0; q < 8; q++) {
        expect(information[q]![p]).toBeCloseTo(-(up![q]! - down![q]!) / 2e-5, 4);
      }
    }
  });

  it('counts a row of weight 2 as two rows', async () => {
    const long = (WEIGHTED['w'] ?? []).flatMap((w, i) => Array<number>(w).fill(i));
    const repeated = tableOf(
      Object.fromEntries(
        Object.entries(WEIGHTED).map(([name, values]) => [name, long.map((row) => values[row]!)]),
      ),
    );
    const weighted = await fitted(MOMENTS, CLASSES, TERMS, column('w'));
    const plain = await fitted(columnMoments(repeated), CLASSES, TERMS);
    weighted.equations.forEach(({ coefficients }, c) => {
      coefficients.forEach((slope, j) => {
        expect(slope).toBeCloseTo(plain.equations[c]!.coefficients[j]!, 10);
      });
    });
  });

  it('names the terms and the class that they tell without error', async () => {
    const sure = tableOf({
      ...WEIGHTED,
      t: (ROWS['g'] ?? []).map((g, i) => (g === 'o' ? 0 : i % 2)),
    });
    const indicator = await multinomialRegression(columnMoments(sure), CLASSES, TERMS);
    expect(indicator).toEqual({ kind: 'separation', terms: [2], classes: [1], complete: false });
    const apart = tableOf({
      ...WEIGHTED,
      b: (ROWS['b'] ?? []).map((b, i) => (ROWS['g']![i] === 's' ? 5 + Math.abs(Number(b)) : Number(b))),
    });
    const beyond = await multinomialRegression(columnMoments(apart), CLASSES, TERMS);
    expect(beyond).toEqual({ kind: 'separation', terms: [1], classes: [2], complete: false });
  });
});
