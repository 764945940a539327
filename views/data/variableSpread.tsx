/** The picture that fits a variable: bars of its numbers, or its levels with their shares. */

import type { JSX } from 'preact';
import type { ArmCounts } from '../../engine/data/profile/byArm.ts';
import type { ArmsProfile } from '../../engine/data/profile/described.ts';
import type { VariableSummary } from '../../engine/data/profile/summary.ts';
import { HistogramByArm } from './histogramByArm.tsx';
import { LevelShares } from './levelShares.tsx';

/** All rows as one group. */
function everyRow({ bins, levels, rows, missing }: VariableSummary): readonly ArmCounts[] {
  const counts = bins?.counts ?? levels?.map((level) => level.rows) ?? [];
  return [{ counts, present: rows - missing, missing }];
}

/** Null where there is nothing to spread out: no value, or none that is finite. */
export function VariableSpread(props: {
  readonly summary: VariableSummary;
  readonly byArm: ArmsProfile | null;
  readonly width: number;
}): JSX.Element | null {
  const { summary, byArm, width } = props;
  const { name, bins, levels, distinct } = summary;
  // Of the treatment itself the groups say nothing but its name.
  const own =
    byArm?.split.treatment === name
      ? undefined
      : byArm?.variables.find((variable) => variable.name === name)?.arms;
  const [split, arms] = own === undefined ? [null, everyRow(summary)] : [byArm?.split ?? null, own];
  if (bins !== null)
    return <HistogramByArm name={name} bins={bins} split={split} arms={arms} width={width} />;
  if (levels === null || levels.length === 0) return null;
  return <LevelShares name={name} levels={levels} distinct={distinct} split={split} arms={arms} />;
}
