/** Every estimation method of the language: what it is called, what it computes and assumes, and which options it takes. */

import type { Estimand } from './result.ts';

/** Options that every method takes, but for `adjust` where a method adjusts for nothing, or for what its formula says. */
const COMMON = [
  'adjust',
  'where',
  'se',
  'cluster',
  'weight',
  'bootstrap',
  'level',
  'seed',
  'refute',
  'expect',
  'contrast',
] as const;

export type MethodOption =
  | (typeof COMMON)[number]
  | 'instrument'
  | 'estimand'
  | 'by'
  | 'through'
  | 'propensity'
  | 'learner'
  | 'folds'
  | 'trim'
  | 'strata'
  | 'neighbors'
  | 'caliper'
  | 'fuller';

export interface Method {
  readonly name: string;
  /** For headings: `Linear regression`. */
  readonly title: string;
  /** What it computes, for a person who has never met it. */
  readonly summary: string;
  /** What has to hold beside the graph. */
  readonly assumes: string;
  /** The first is the default. */
  readonly estimands: readonly Estimand[];
  /** The way of identification it relies on. */
  readonly strategy: 'none' | 'backdoor' | 'instrument' | 'frontdoor' | 'mediation' | 'id';
  readonly options: readonly MethodOption[];
}

const BACKDOOR_ONLY = 'Every common cause of treatment and outcome is adjusted for';

function method(
  name: string,
  title: string,
  strategy: Method['strategy'],
  estimands: readonly Estimand[],
  options: readonly MethodOption[],
  summary: string,
  assumes: string,
): Method {
  const adjusts = strategy !== 'none' && strategy !== 'id';
  const common = COMMON.filter((option) => option !== 'adjust' || adjusts);
  return { name, title, strategy, estimands, options: [...common, ...options], summary, assumes };
}

const PROPENSITY: readonly MethodOption[] = ['estimand', 'propensity', 'trim'];
const LEARNER: readonly MethodOption[] = [...PROPENSITY, 'learner', 'folds'];

/** In the order of the manual. */
export const METHODS: readonly Method[] = [
  method(
    'difference',
    'Unadjusted difference',
    'none',
    ['unadjusted'],
    [],
    'Mean outcome of the treated less mean outcome of the untreated, adjusted for nothing. It is shown beside the others for contrast.',
    'Treatment was assigned as if by a coin.',
  ),
  method(
    'regression',
    'Linear regression',
    'backdoor',
    ['ate'],
    ['estimand'],
    'Ordinary least squares of the outcome on the treatment and the adjustment set; the coefficient of the treatment is the effect.',
    `${BACKDOOR_ONLY}, they act linearly, and the effect is the same for everyone.`,
  ),
  method(
    'lin',
    'Interacted regression (Lin)',
    'backdoor',
    ['ate'],
    ['estimand'],
    'Regression in which the centred covariates also interact with the treatment, so that the effect may differ between people.',
    `${BACKDOOR_ONLY}, and they act linearly within each arm.`,
  ),
  method(
    'standardization',
    'Standardisation (g-formula)',
    'backdoor',
    ['ate', 'att', 'atc'],
    ['estimand'],
    'One outcome model an arm (linear; logistic for a binary outcome, Poisson for a count), predicted for everyone and averaged.',
    `${BACKDOOR_ONLY}, and the outcome models are right.`,
  ),
  method(
    'ipw',
    'Inverse probability weighting',
    'backdoor',
    ['ate', 'att', 'atc', 'overlap'],
    PROPENSITY,
    'Models who gets the treatment, and weights each person by how unlikely their treatment was, so that the arms become alike.',
    `${BACKDOOR_ONLY}, the model of the treatment is right, and everyone could have had either treatment.`,
  ),
  method(
    'entropy_balance',
    'Entropy balancing',
    'backdoor',
    ['att', 'ate'],
    ['estimand'],
    'The weights closest to equal that make the covariate means of the arms exactly the same.',
    `${BACKDOOR_ONLY}, they act linearly on the outcome or on the odds of the treatment, and everyone could have had either treatment.`,
  ),
  method(
    'stratification',
    'Propensity stratification',
    'backdoor',
    ['ate', 'att'],
    [...PROPENSITY, 'strata'],
    'Compares treated and untreated within classes of people who were equally likely to be treated.',
    `${BACKDOOR_ONLY}, and within a class the arms are alike.`,
  ),
  method(
    'matching',
    'Nearest-neighbour matching',
    'backdoor',
    ['att', 'ate'],
    ['estimand', 'propensity', 'neighbors', 'caliper'],
    'Compares each person with the person of the other treatment whose chance of being treated was most alike, and corrects by regression for what still differs.',
    `${BACKDOOR_ONLY}, the model of the treatment is right, and a close match exists.`,
  ),
  method(
    'aipw',
    'Augmented IPW (doubly robust)',
    'backdoor',
    ['ate', 'att'],
    LEARNER,
    'Combines a model of the treatment with a model of the outcome; right where either of the two is.',
    `${BACKDOOR_ONLY}, one of the two models is right, and everyone could have had either treatment.`,
  ),
  method(
    'tmle',
    'Targeted maximum likelihood',
    'backdoor',
    ['ate', 'att'],
    LEARNER,
    'Predicts outcomes under either treatment and corrects the prediction with the model of the treatment; doubly robust.',
    `${BACKDOOR_ONLY}, one of the two models is right, and everyone could have had either treatment.`,
  ),
  method(
    'dml',
    'Double machine learning',
    'backdoor',
    ['ate'],
    ['estimand', 'learner', 'folds'],
    'Removes what the covariates predict from treatment and outcome by machine learning, then regresses what is left.',
    `${BACKDOOR_ONLY}, and the effect is the same for everyone.`,
  ),
  method(
    'iv',
    'Instrumental variable (2SLS)',
    'instrument',
    ['late'],
    ['instrument', 'estimand'],
    'Uses only the variation of the treatment that the instrument causes: two-stage least squares.',
    'The instrument moves the treatment, reaches the outcome only through it, and shares no unmeasured cause with it; the answer is for those whom it moves.',
  ),
  method(
    'liml',
    'Limited-information maximum likelihood',
    'instrument',
    ['late'],
    ['instrument', 'estimand', 'fuller'],
    'An instrumental-variable estimator that stays closer to the truth than 2SLS where instruments are weak or many; `fuller 1` takes out most of the bias that is left.',
    'The instruments move the treatment, reach the outcome only through it, and share no unmeasured cause with it; all of them tell of the same effect.',
  ),
  method(
    'gmm',
    'Two-step efficient GMM',
    'instrument',
    ['late'],
    ['instrument', 'estimand'],
    'An instrumental-variable estimator that weighs several instruments by how precise they are, where the noise differs between rows or goes together within clusters.',
    'The instruments move the treatment, reach the outcome only through it, and share no unmeasured cause with it; all of them tell of the same effect.',
  ),
  method(
    'frontdoor',
    'Front-door adjustment',
    'frontdoor',
    ['ate'],
    ['estimand', 'through'],
    'Multiplies the effect of the treatment on the mechanism with the effect of the mechanism on the outcome.',
    'The mechanism carries the whole effect and is itself unconfounded; where a variable is a number, all act linearly.',
  ),
  method(
    'mediation',
    'Mediation analysis',
    'mediation',
    ['total', 'direct', 'indirect'],
    ['estimand', 'through'],
    'Splits the effect into the part that goes through a mediator and the part that does not.',
    'Neither the treatment nor the mediator shares an unmeasured cause with the outcome, nor one with the other; and the models of mediator and outcome are right.',
  ),
  ...[
    [
      's_learner',
      'One model of the outcome with the treatment among its features; the effect for each person is what it predicts with and without. Draws effects towards one another.',
    ],
    [
      't_learner',
      'An outcome model an arm; the effect for each person is the difference of what they predict.',
    ],
    [
      'x_learner',
      'Imputes to each person the outcome under the other treatment, and models the effects that follow; at its best where one arm is much larger.',
    ],
    [
      'dr_learner',
      'Models the doubly robust score of each person by their covariates; right where either the outcome or the treatment is modelled well.',
    ],
  ].map(([name, summary]) =>
    method(
      name,
      `${name.slice(0, name.indexOf('_')).toUpperCase()}-learner`,
      'backdoor',
      ['cate'],
      [...LEARNER, 'by'],
      summary,
      `${BACKDOOR_ONLY}, and everyone could have had either treatment.`,
    ),
  ),
  method(
    'id',
    'Plug-in of the ID formula',
    'id',
    ['ate'],
    ['estimand'],
    'Computes the formula that the ID algorithm derives from the graph, for discrete variables.',
    'The graph is right, and every combination of levels occurs.',
  ),
];

/** The method called `name`; undefined where the language has none. */
export function findMethod(name: string): Method | undefined {
  return METHODS.find((candidate) => candidate.name === name);
}
