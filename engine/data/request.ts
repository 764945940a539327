/** What is wanted of a data file: variables by definition and type, and conditions on its rows. */

import type { DataExpression } from './expression.ts';
import type { DeclaredType } from './variableType.ts';

export interface VariableRequest {
  readonly name: string;
  /** Over columns, and over variables that stand before this one; null for the column of the same name. */
  readonly definition: DataExpression | null;
  /** Null where the values decide. */
  readonly type: DeclaredType | null;
  /** Read as names of groups, whatever they look like: see `groupColumn`. */
  readonly label: boolean;
}

export interface DataRequest {
  /** Absolute. */
  readonly path: string;
  /** Definitions before their uses. */
  readonly variables: readonly VariableRequest[];
  /** Rows to keep; null for all. */
  readonly where: DataExpression | null;
  /** Further conditions, each a 0/1 column of the table: see `filterColumn`. */
  readonly filters: readonly DataExpression[];
  /** Is the place of each row in the file wanted too, as the column `ROW_NUMBERS`? */
  readonly rowNumbers?: boolean;
}

/** Name of the column of places in the file, from 0; a name of the user's cannot hold a newline. */
export const ROW_NUMBERS = '\n row';

const GROUPS = '\n group ';

/**
 * Name of the column that holds a variable as names of groups, for clusters: beside the variable itself, which may be a
 * number elsewhere in the same spec. A name of the user's cannot hold a newline.
 */
export function groupColumn(name: string): string {
  return `${GROUPS}${name}`;
}

/** The variable whose groups a column holds. */
export function groupedVariable(column: string): string {
  return column.startsWith(GROUPS) ? column.slice(GROUPS.length) : column;
}

/** Name of the column that holds filter number `index`; a name of the user's cannot hold a newline. */
export function filterColumn(index: number): string {
  return `\n filter ${index}`;
}
