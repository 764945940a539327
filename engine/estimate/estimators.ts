/** The estimators of this version, by the name of their method: a new one is a file and a row here, and `available` in `methods.ts`. */

import type { Estimator } from './estimator.ts';
import { id } from './id.ts';
import { ipw } from './ipw.ts';
import { iv } from './iv.ts';
import { lin } from './lin.ts';
import { matching } from './matching.ts';
import { regression } from './regression.ts';
import { standardization } from './standardization.ts';

export const ESTIMATORS: ReadonlyMap<string, Estimator> = new Map([
  // The unadjusted difference is the regression on the treatment alone.
  ['difference', regression],
  ['regression', regression],
  ['lin', lin],
  ['standardization', standardization],
  ['ipw', ipw],
  ['matching', matching],
  ['iv', iv],
  ['id', id],
]);
