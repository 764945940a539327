/** The estimators of this version, by the name of their method: a new one is a file and a row here, and an entry in `methods.ts`. */

import { aipw } from './aipw.ts';
import { dml } from './dml.ts';
import { entropyBalance } from './entropyBalance.ts';
import type { Estimator } from './estimator.ts';
import { frontdoor } from './frontdoor.ts';
import { gmm } from './gmm.ts';
import { id } from './id.ts';
import { drLearner, sLearner, tLearner, xLearner } from './individualEffects.ts';
import { ipw } from './ipw.ts';
import { iv } from './iv.ts';
import { liml } from './liml.ts';
import { lin } from './lin.ts';
import { matching } from './matching.ts';
import { mediation } from './mediation/mediation.ts';
import { regression } from './regression.ts';
import { standardization } from './standardization.ts';
import { stratification } from './stratification.ts';
import { tmle } from './tmle.ts';

export const ESTIMATORS: ReadonlyMap<string, Estimator> = new Map([
  // The unadjusted difference is the regression on the treatment alone.
  ['difference', regression],
  ['regression', regression],
  ['lin', lin],
  ['standardization', standardization],
  ['ipw', ipw],
  ['entropy_balance', entropyBalance],
  ['stratification', stratification],
  ['aipw', aipw],
  ['tmle', tmle],
  ['dml', dml],
  ['matching', matching],
  ['iv', iv],
  ['liml', liml],
  ['gmm', gmm],
  ['frontdoor', frontdoor],
  ['mediation', mediation],
  ['s_learner', sLearner],
  ['t_learner', tLearner],
  ['x_learner', xLearner],
  ['dr_learner', drLearner],
  ['id', id],
]);
