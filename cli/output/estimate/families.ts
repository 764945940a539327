import type { DiagnosticFamily } from './family.ts';
import { instrument } from './instrument.ts';
import { matching } from './matching.ts';
import { regression } from './regression.ts';
import { weighting } from './weighting.ts';

/** In the order in which they are told. */
export const FAMILIES: readonly DiagnosticFamily[] = [instrument, weighting, matching, regression];
