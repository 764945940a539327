/** Methods, estimands and standard errors as a methods section calls them. */

import { findMethod } from '../estimate/methods.ts';
import type { Estimand, Estimate } from '../estimate/result.ts';

/** By the method's name in the language, as it reads after `by`. */
export const METHOD_PHRASES: Readonly<Record<string, string>> = {
  difference: 'the unadjusted difference in means',
  regression: 'ordinary least squares with the adjustment set as linear terms',
  lin: 'ordinary least squares with centred covariates that interact with the treatment (Lin, 2013)',
  standardization: 'standardisation over the covariates (the parametric g-formula)',
  ipw: 'inverse probability weighting with weights that sum to one in each arm',
  entropy_balance: 'entropy balancing (Hainmueller, 2012)',
  stratification: 'stratification on the propensity score',
  matching:
    'nearest-neighbour matching on the propensity score with regression correction (Abadie and Imbens, 2011)',
  aipw: 'augmented inverse probability weighting (doubly robust)',
  tmle: 'targeted maximum likelihood estimation (doubly robust)',
  dml: 'double machine learning of the partially linear model (Chernozhukov et al., 2018)',
  iv: 'two-stage least squares',
  liml: 'limited-information maximum likelihood',
  gmm: 'two-step efficient GMM',
  frontdoor: 'the front-door formula',
  mediation: 'mediation analysis',
  s_learner: 'an S-learner with a doubly robust average',
  t_learner: 'a T-learner with a doubly robust average',
  x_learner: 'an X-learner with a doubly robust average',
  dr_learner: 'a DR-learner',
  id: 'the plug-in estimator of the ID formula',
};

/** As they begin a sentence, in lower case. */
export const ESTIMAND_PHRASES: Readonly<Record<Estimand, string>> = {
  unadjusted: 'the unadjusted difference',
  ate: 'the average effect',
  att: 'the average effect on the treated',
  atc: 'the average effect on the untreated',
  late: 'the effect on those whose treatment the instrument moves',
  overlap: 'the average effect in the overlap population',
  cate: 'the average of the individual effects',
  direct: 'the direct effect',
  indirect: 'the indirect effect',
  total: 'the total effect',
};

/** Of which `robust` means the first heteroskedasticity-consistent correction. */
const LEAST_SQUARES: ReadonlySet<string> = new Set(['difference', 'regression', 'lin', 'iv', 'liml', 'gmm']);

/** As it reads after `with`. */
export function standardErrorPhrase({ seType, method }: Pick<Estimate, 'seType' | 'method'>): string {
  switch (seType) {
    case 'classic':
      return 'conventional standard errors';
    case 'robust':
      return LEAST_SQUARES.has(findMethod(method)?.name ?? method)
        ? 'heteroskedasticity-robust (HC1) standard errors'
        : 'heteroskedasticity-robust standard errors';
    case 'hc0':
    case 'hc2':
    case 'hc3':
      return `heteroskedasticity-robust (${seType.toUpperCase()}) standard errors`;
    case 'cluster':
      return 'cluster-robust standard errors';
    case 'stacked':
      return 'standard errors from the stacked estimating equations';
    case 'known-propensity':
      return 'standard errors that take the propensity scores as known';
    case 'stratified':
      return 'standard errors pooled over the classes';
    case 'influence':
      return 'standard errors from the influence function';
    case 'delta':
      return 'standard errors by the delta method';
    case 'bootstrap':
      return 'bootstrap standard errors';
  }
}
