/** What the two groups of an estimate are called. */

import type { Estimate } from '../../engine/estimate/result.ts';
import { isolated, printable } from '../text.ts';

export interface ArmNames {
  /** `personalized = 1`. */
  readonly treated: string;
  readonly control: string;
}

/** The names of the groups that diagnostics call treated and control, which a contrast that is turned round does not turn. */
export function armNames({ treatment, contrast, diagnostics }: Estimate): ArmNames {
  const { treated, control } = diagnostics.arms ?? { treated: contrast[0], control: contrast[1] };
  const name = (level: string): string => `${isolated(printable(treatment))} = ${isolated(printable(level))}`;
  return { treated: name(treated), control: name(control) };
}
