import { debiased } from './debiased.ts';
import type { DiagnosticFamily } from './family.ts';
import { formula } from './formula.ts';
import { heterogeneity } from './heterogeneity.ts';
import { instrument } from './instrument.ts';
import { matching } from './matching.ts';
import { mediation } from './mediation.ts';
import { propensity } from './propensity.ts';
import { regression } from './regression.ts';
import { stratification } from './stratification.ts';
import { weighting } from './weighting.ts';

/** In the order in which they are told. */
export const FAMILIES: readonly DiagnosticFamily[] = [
  mediation,
  formula,
  heterogeneity,
  instrument,
  weighting,
  matching,
  stratification,
  propensity,
  regression,
  debiased,
];
