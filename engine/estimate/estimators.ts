/** The estimators of this version, by the name of their method: a new one is a file and a row here, and `available` in `methods.ts`. */

import type { Estimator } from './estimator.ts';
import { gmm } from './gmm.ts';
import { ipw } from './ipw.ts';
import { iv } from './iv.ts';
import { liml } from './liml.ts';
import { regression } from './regression.ts';

export const ESTIMATORS: ReadonlyMap<string, Estimator> = new Map([
  // The unadjusted difference is the regression on the treatment alone.
  ['difference', regression],
  ['regression', regression],
  ['ipw', ipw],
  ['iv', iv],
  ['liml', liml],
  ['gmm', gmm],
]);
