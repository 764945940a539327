/** The studies behind the reference values, as specs: which file, which variables, which equation. */

export interface Study {
  /** Ids of the entries begin with it. */
  readonly prefix: string;
  readonly data: string;
  readonly treatment: string;
  readonly outcome: string;
  /** Adjustment set, or the covariates of an instrumental-variable equation. */
  readonly covariates: readonly string[];
  readonly instruments?: readonly string[];
  readonly where?: string;
  /** Further declarations: `name = expression`, `name : type`. */
  readonly variables?: readonly string[];
  readonly propensity?: 'logistic' | 'probit';
}

const CARD = [
  'exper',
  'expersq',
  'black',
  'smsa',
  'south',
  'smsa66',
  ...[2, 3, 4, 5, 6, 7, 8, 9].map((i) => `reg66${i}`),
];
const NSW = ['age', 'agesq', 'educ', 'nodegree', 'black', 'hisp', 're74', 're75'];
const NHEFS = [
  'sex',
  'race',
  'age',
  'age2',
  'education',
  'smokeintensity',
  'intensity2',
  'smokeyrs',
  'years2',
  'exercise',
  'active',
  'wt71',
  'wt2',
];
const NHEFS_VARIABLES = [
  'age2 = age * age',
  'intensity2 = smokeintensity * smokeintensity',
  'years2 = smokeyrs * smokeyrs',
  'wt2 = wt71 * wt71',
  'education : categorical',
  'exercise : categorical',
  'active : categorical',
  'highprice = price82 >= 1.5',
];
const NHEFS_IV = ['sex', 'race', 'age', 'smokeintensity', 'smokeyrs', 'exercise', 'active', 'wt71'];
const CIGARETTES = [
  'lpacks = log(packs)',
  'lprice = log(price / cpi)',
  'lincome = log(income / population / cpi)',
  'tdiff = (taxs - tax) / cpi',
  'cigtax = tax / cpi',
];
const K401 = ['age', 'inc', 'educ', 'fsize', 'marr', 'twoearn', 'db', 'pira', 'hown'];
const K401_SQUARES = [
  'age2 = age * age',
  'inc2 = inc * inc',
  'educ2 = educ * educ',
  'fsize2 = fsize * fsize',
];
const IHDP = Array.from({ length: 25 }, (_x, i) => `x${i + 1}`);
const LALONDE = ['age', 'educ', 'race', 'married', 'nodegree', 're74', 're75'];
const PSID = ['age', 'age2', 'educ', 'black', 'hisp', 'marr', 'nodegree', 're74', 're75', 'u74', 'u75'];
const CATTANEO = {
  data: 'cattaneo2',
  treatment: 'mbsmoke',
  outcome: 'bweight',
  covariates: ['mmarried', 'mage', 'mage2', 'fbaby', 'medu'],
  variables: ['mage2 = mage * mage'],
};
const HILLSTROM = ['recency', 'history', 'mens', 'womens', 'newbie', 'zip_code', 'channel'];

/** Least squares, each with classical, HC0, HC1, HC2 and HC3 errors under `prefix_…`. */
export const REGRESSIONS: readonly Study[] = [
  { prefix: 'card_ols_full', data: 'card1995', treatment: 'educ', outcome: 'lwage', covariates: CARD },
  { prefix: 'card_ols_simple', data: 'card1995', treatment: 'educ', outcome: 'lwage', covariates: [] },
  {
    prefix: 'mroz_ols_simple',
    data: 'mroz1987',
    treatment: 'educ',
    outcome: 'lwage',
    covariates: [],
    where: 'inlf == 1',
  },
  {
    prefix: 'mroz_ols_full',
    data: 'mroz1987',
    treatment: 'educ',
    outcome: 'lwage',
    covariates: ['exper', 'expersq'],
    where: 'inlf == 1',
  },
  { prefix: 'lal_ols', data: 'lalonde_matchit', treatment: 'treat', outcome: 're78', covariates: LALONDE },
  { prefix: 'nsw_ols_raw', data: 'nsw_dw', treatment: 'treat', outcome: 're78', covariates: [] },
  {
    prefix: 'nsw_ols_dw',
    data: 'nsw_dw',
    treatment: 'treat',
    outcome: 're78',
    covariates: NSW,
    variables: ['agesq = age * age'],
  },
  { prefix: 'nsw722_ols_raw', data: 'nsw_lalonde722', treatment: 'treat', outcome: 're78', covariates: [] },
  { prefix: 'psid1_ols_raw', data: 'nsw_dw_psid1', treatment: 'treat', outcome: 're78', covariates: [] },
  {
    prefix: 'psid1_ols_dw',
    data: 'nsw_dw_psid1',
    treatment: 'treat',
    outcome: 're78',
    covariates: NSW,
    variables: ['agesq = age * age'],
  },
  {
    prefix: 'nhefs_ols_main',
    data: 'nhefs',
    treatment: 'qsmk',
    outcome: 'wt82_71',
    covariates: NHEFS,
    variables: NHEFS_VARIABLES,
  },
  { prefix: 'k_ols_raw', data: 'sipp401k_9915', treatment: 'e401', outcome: 'net_tfa', covariates: [] },
  { prefix: 'k_ols_lin', data: 'sipp401k_9915', treatment: 'e401', outcome: 'net_tfa', covariates: K401 },
  {
    prefix: 'hill_womens_visit_adj',
    data: 'hillstrom',
    treatment: 't',
    outcome: 'visit',
    covariates: HILLSTROM,
    where: 'segment in ("Womens E-Mail", "No E-Mail")',
    variables: ['t = segment == "Womens E-Mail"'],
  },
  {
    prefix: 'ihdp1_ols',
    data: 'ihdp_npci_1',
    treatment: 'treatment',
    outcome: 'y_factual',
    covariates: IHDP,
  },
  {
    prefix: 'ihdp2_ols',
    data: 'ihdp_npci_2',
    treatment: 'treatment',
    outcome: 'y_factual',
    covariates: IHDP,
  },
];

/** Two-stage least squares, with first stage, reduced form, Wu–Hausman and, where there is one, Sargan. */
export const INSTRUMENTS: readonly Study[] = [
  {
    prefix: 'card_iv_nearc4',
    data: 'card1995',
    treatment: 'educ',
    outcome: 'lwage',
    covariates: CARD,
    instruments: ['nearc4'],
  },
  {
    prefix: 'card_iv_nearc2_nearc4',
    data: 'card1995',
    treatment: 'educ',
    outcome: 'lwage',
    covariates: CARD,
    instruments: ['nearc2', 'nearc4'],
  },
  {
    prefix: 'card_iv_simple',
    data: 'card1995',
    treatment: 'educ',
    outcome: 'lwage',
    covariates: [],
    instruments: ['nearc4'],
  },
  {
    prefix: 'mroz_iv_fatheduc',
    data: 'mroz1987',
    treatment: 'educ',
    outcome: 'lwage',
    covariates: [],
    instruments: ['fatheduc'],
    where: 'inlf == 1',
  },
  {
    prefix: 'mroz_iv_parents',
    data: 'mroz1987',
    treatment: 'educ',
    outcome: 'lwage',
    covariates: ['exper', 'expersq'],
    instruments: ['motheduc', 'fatheduc'],
    where: 'inlf == 1',
  },
  {
    prefix: 'mroz_iv_three',
    data: 'mroz1987',
    treatment: 'educ',
    outcome: 'lwage',
    covariates: ['exper', 'expersq'],
    instruments: ['motheduc', 'fatheduc', 'huseduc'],
    where: 'inlf == 1',
  },
  {
    prefix: 'cig_iv_tdiff',
    data: 'cigarettes_sw',
    treatment: 'lprice',
    outcome: 'lpacks',
    covariates: ['lincome'],
    instruments: ['tdiff'],
    where: 'year == 1995',
    variables: CIGARETTES,
  },
  {
    prefix: 'cig_iv_two',
    data: 'cigarettes_sw',
    treatment: 'lprice',
    outcome: 'lpacks',
    covariates: ['lincome'],
    instruments: ['tdiff', 'cigtax'],
    where: 'year == 1995',
    variables: CIGARETTES,
  },
  {
    prefix: 'cig_iv_noinc',
    data: 'cigarettes_sw',
    treatment: 'lprice',
    outcome: 'lpacks',
    covariates: [],
    instruments: ['tdiff'],
    where: 'year == 1995',
    variables: CIGARETTES,
  },
  {
    prefix: 'ae_iv_samesex',
    data: 'angrist_evans_1980_sub',
    treatment: 'morekids',
    outcome: 'weeksm1',
    covariates: [],
    instruments: ['samesex'],
  },
  {
    prefix: 'ae_iv_samesex_cov',
    data: 'angrist_evans_1980_sub',
    treatment: 'morekids',
    outcome: 'weeksm1',
    covariates: ['agem1', 'black', 'hispanic', 'othrace'],
    instruments: ['samesex'],
  },
  {
    prefix: 'wage2_iv_sibs',
    data: 'wage2',
    treatment: 'educ',
    outcome: 'lwage',
    covariates: [],
    instruments: ['sibs'],
  },
  {
    prefix: 'wage2_iv_brthord',
    data: 'wage2',
    treatment: 'educ',
    outcome: 'lwage',
    covariates: [],
    instruments: ['brthord'],
  },
  {
    prefix: 'hsng_iv',
    data: 'hsng_1980',
    treatment: 'hsngval',
    outcome: 'rent',
    covariates: ['pcturban'],
    instruments: ['faminc', 'region'],
  },
  {
    prefix: 'push_iv',
    data: 'app_engagement_push',
    treatment: 'push_delivered',
    outcome: 'in_app_purchase',
    covariates: [],
    instruments: ['push_assigned'],
  },
  {
    prefix: 'nhefs_iv_highprice',
    data: 'nhefs',
    treatment: 'qsmk',
    outcome: 'wt82_71',
    covariates: [],
    instruments: ['highprice'],
    variables: NHEFS_VARIABLES,
  },
  {
    prefix: 'nhefs_iv_cov',
    data: 'nhefs',
    treatment: 'qsmk',
    outcome: 'wt82_71',
    covariates: NHEFS_IV,
    instruments: ['highprice'],
    variables: NHEFS_VARIABLES,
  },
  {
    prefix: 'k_late',
    data: 'sipp401k_9915',
    treatment: 'p401',
    outcome: 'net_tfa',
    covariates: K401,
    instruments: ['e401'],
  },
  {
    prefix: 'llmiv',
    data: 'llm_routing_iv_50k',
    treatment: 'routed_to_premium',
    outcome: 'task_completed',
    covariates: ['query_confidence', 'engagement_tier'],
    instruments: ['rate_limit_fallback'],
  },
];

/** Hájek weighting for the average effect and the effect on the treated, and the plain difference with Neyman's error. */
export const WEIGHTINGS: readonly Study[] = [
  { prefix: 'lal', data: 'lalonde_matchit', treatment: 'treat', outcome: 're78', covariates: LALONDE },
  {
    prefix: 'nsw6',
    data: 'nsw_dw',
    treatment: 'treat',
    outcome: 're78',
    covariates: ['nodegree', 'black', 'hisp', 'age', 'educ', 'marr'],
  },
  {
    prefix: 'psid1',
    data: 'nsw_dw_psid1',
    treatment: 'treat',
    outcome: 're78',
    covariates: PSID,
    variables: ['age2 = age * age', 'u74 = re74 == 0', 'u75 = re75 == 0'],
  },
  {
    prefix: 'nhefs',
    data: 'nhefs',
    treatment: 'qsmk',
    outcome: 'wt82_71',
    covariates: NHEFS,
    variables: NHEFS_VARIABLES,
  },
  { prefix: 'catt_logit', ...CATTANEO },
  { prefix: 'catt_probit', ...CATTANEO, propensity: 'probit' },
  {
    prefix: 'k_quad',
    data: 'sipp401k_9915',
    treatment: 'e401',
    outcome: 'net_tfa',
    covariates: [...K401, 'age2', 'inc2', 'educ2', 'fsize2'],
    variables: K401_SQUARES,
  },
  { prefix: 'ihdp1', data: 'ihdp_npci_1', treatment: 'treatment', outcome: 'y_factual', covariates: IHDP },
  { prefix: 'ihdp2', data: 'ihdp_npci_2', treatment: 'treatment', outcome: 'y_factual', covariates: IHDP },
  {
    prefix: 'llm',
    data: 'llm_optin_50k',
    treatment: 'opt_in_agent_mode',
    outcome: 'task_completed',
    covariates: ['engagement_tier', 'query_confidence'],
  },
];

/** The spec of a study, without its estimates. */
export function specOf(study: Study): string {
  const { data, where, treatment, outcome, covariates, instruments = [], variables = [] } = study;
  const declared = new Set(variables.map((line) => line.split(/[ :=]/, 1)[0]));
  const plain = [treatment, outcome, ...covariates, ...instruments].filter((name) => !declared.has(name));
  const edges = [
    ...(covariates.length > 0 ? [`${covariates.join(', ')} -> ${treatment}, ${outcome}`] : []),
    ...(instruments.length > 0
      ? [`${instruments.join(', ')} -> ${treatment}`, `${treatment} <-> ${outcome}`]
      : []),
    `${treatment} -> ${outcome}`,
  ];
  return [
    `data "${data}.csv" {`,
    ...(where === undefined ? [] : [`  where ${where}`]),
    '}',
    ...variables.map((line) => `variable ${line}`),
    ...(plain.length > 0 ? [`variable ${plain.join(', ')}`] : []),
    ...edges,
    `treatment ${treatment}`,
    `outcome ${outcome}`,
    ...(instruments.length > 0 ? [`instrument ${instruments.join(', ')}`] : []),
    '',
  ].join('\n');
}
