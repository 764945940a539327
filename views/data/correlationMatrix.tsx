/** How the numbers go together: a triangle of correlations that are read, not guessed from a colour. */

import type { JSX } from 'preact';
import type { Correlations } from '../../engine/data/profile/correlations.ts';
import { NO_NUMBER } from '../../engine/report/numbers.ts';
import { withDecimals } from '../numbers.ts';
import { printable } from '../text.ts';
import { shownName } from './dataWords.ts';

/** From these sizes on a correlation counts as weak, moderate, strong and very strong. */
const STRENGTHS = [0.1, 0.3, 0.5, 0.7];

/** Between 0 (next to none) and 4 (very strong). */
export function strengthOf(r: number | null): number {
  return r === null ? 0 : STRENGTHS.filter((least) => Math.abs(r) >= least).length;
}

/** `0.42`; a dash where there is none. */
export function shownCorrelation(r: number | null): string {
  return r === null ? NO_NUMBER : withDecimals(r, 2);
}

/** Up for variables that rise together, down for those that go against each other; empty where there is next to nothing to tell. */
export function directionSign(r: number | null): string {
  if (strengthOf(r) === 0) return '';
  return (r ?? 0) > 0 ? '▲' : '▼';
}

/** The strongest correlation in a sentence; empty where there is none. */
export function strongestWords({ variables, matrix }: Correlations): string {
  let best: { readonly row: number; readonly column: number; readonly r: number } | null = null;
  for (const [row, line] of matrix.entries())
    for (const [column, r] of line.slice(0, row).entries())
      if (r !== null && (best === null || Math.abs(r) > Math.abs(best.r))) best = { row, column, r };
  if (best === null) return '';
  const [one, other] = [variables[best.column] ?? '', variables[best.row] ?? ''];
  return `The strongest is that of ${shownName(one)} with ${shownName(other)}: ${shownCorrelation(best.r)}.`;
}

export interface MatrixPlace {
  readonly row: number;
  readonly column: number;
}

/** A grid for the keyboard has one cell that the Tab key reaches, and may have one that was chosen. */
export interface MatrixFocus {
  readonly stop: MatrixPlace;
  readonly chosen: MatrixPlace | null;
}

function isAt(place: MatrixPlace | null, row: number, column: number): boolean {
  return place !== null && place.row === row && place.column === column;
}

/** What makes a cell of the table one of a grid. */
function gridCell({ stop, chosen }: MatrixFocus, row: number, column: number, words: string) {
  return {
    role: 'gridcell',
    'aria-label': words,
    'aria-selected': isAt(chosen, row, column),
    tabIndex: isAt(stop, row, column) ? 0 : -1,
  } as const;
}

/**
 * The variables are numbered, so that names of any length stand in the rows alone. Each cell bears its place as `data-row` and `data-column`;
 * with `focus` the table is a grid, and whoever shows it moves about in it.
 */
export function CorrelationMatrix(props: {
  readonly correlations: Correlations;
  readonly focus?: MatrixFocus;
}): JSX.Element {
  const { correlations, focus } = props;
  const { variables, matrix } = correlations;
  return (
    <table class="correlations" role={focus === undefined ? undefined : 'grid'} aria-label="Correlations">
      <thead>
        <tr>
          <th scope="col">
            <span class="visually-hidden">Variable</span>
          </th>
          {variables.slice(0, -1).map((name, column) => (
            <th key={name} scope="col" title={printable(name)}>
              {column + 1}
              <span class="visually-hidden"> {printable(name)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {variables.map((name, row) => (
          <tr key={name}>
            <th scope="row">
              <span class="quiet">{row + 1}</span> <bdi>{printable(name)}</bdi>
            </th>
            {matrix[row]?.slice(0, row).map((r, column) => {
              const words = `${shownName(variables[column] ?? '')} and ${shownName(name)}: ${r === null ? 'no correlation can be computed' : shownCorrelation(r)}`;
              return (
                <td
                  key={column}
                  class={`r-${(r ?? 0) < 0 ? 'down' : 'up'}-${strengthOf(r)}`}
                  data-row={row}
                  data-column={column}
                  title={words}
                  {...(focus === undefined ? {} : gridCell(focus, row, column, words))}
                >
                  <span class="direction">{directionSign(r)}</span> {shownCorrelation(r)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
