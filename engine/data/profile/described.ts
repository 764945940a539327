/** What a person is shown of the data of a spec. */

import type { ArmSplit } from './armSplit.ts';
import type { VariableByArm } from './byArm.ts';
import type { TableProfile } from './profile.ts';

export interface ProfiledRows {
  readonly read: number;
  /** Those that are profiled. */
  readonly kept: number;
  readonly dropped: {
    /** Left out by the `where` of the data. */
    readonly where: number;
    /** Left out because the condition lacks a value. */
    readonly undecided: number;
  };
}

/** The variables by group of the treatment. */
export interface ArmsProfile {
  readonly split: ArmSplit;
  readonly variables: readonly VariableByArm[];
}

export interface DescribedData extends TableProfile {
  /** The data's file, without its folder. */
  readonly file: string;
  readonly rows: ProfiledRows;
  /** All columns of the file, in order. */
  readonly columns: readonly string[];
  /** Null where the spec has no treatment, or the data no value of it. */
  readonly byArm: ArmsProfile | null;
}

/** Why there is nothing to show: `no-data` where the spec names no data, `cancelled` where a newer question took its place. */
export interface DataRefusal {
  readonly kind: 'failure';
  readonly code: string;
  /** For a person; says what to do. */
  readonly message: string;
}
