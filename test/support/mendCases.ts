/** For each code a small spec that has it, and what its first quick fix makes of the text. */

import type { ColumnSummary } from '../../engine/data/variableType.ts';
import type { DiagnosticCode } from '../../server/analysis/diagnostic.ts';
import type { DataDescription } from '../../server/jobs/describeData.ts';
import { csvOf } from './surveyed.ts';

export interface MendCase {
  readonly code: DiagnosticCode;
  /** With `⟦ ⟧` around each place of the code. */
  readonly marked: string;
  readonly data?: DataDescription;
  /** The rows of its data as the text of a CSV file, where they are asked for the code; `data` is read from them. */
  readonly csv?: string;
  /** The text once the first fix of the first place is made; or why there is none. */
  readonly mended: string | { readonly none: string };
  /** Why the code stays though the fix was made. */
  readonly stays?: string;
}

/** A description of a data file with these columns; of those in `summaries` more is known. */
export function described(
  columns: readonly string[],
  summaries: Readonly<Record<string, Partial<ColumnSummary>>> = {},
): DataDescription {
  return {
    kind: 'description',
    columns,
    rows: 100,
    summaries: Object.entries(summaries).map(([name, summary]) => ({
      name,
      type: 'number',
      rows: 100,
      missing: 0,
      distinct: 100,
      integer: false,
      numbers: null,
      common: [],
      ...summary,
    })),
  };
}

/** Values as a summary lists them. */
export function values(...common: string[]): Partial<ColumnSummary> {
  const numeric = common.every((value) => value.trim() !== '' && Number.isFinite(Number(value)));
  return {
    type: numeric ? 'number' : 'text',
    integer: numeric,
    distinct: common.length,
    common: common.map((value, i) => ({ value, count: 60 - i })),
  };
}

const lines = (...text: string[]): string => text.join('\n');

const QUESTION = lines('treatment feed', 'outcome sales', '');
const CONFOUNDED = lines(
  'variable feed, sales, age',
  'age -> feed, sales',
  'feed -> sales',
  'treatment feed',
  'outcome sales',
  '',
);
const HIDDEN = lines('latent taste', 'taste -> feed, sales', '');

/** A shop whose customers on the free plan never see the feed; its instruments are a weak and a strong one. */
const SHOP_ROWS = csvOf(
  'feed,sales,age,plan,quarter,wave,married',
  400,
  ({ coin, normal, uniform }, index) => {
    const plan = ['free', 'paid', 'trial'][index % 3] ?? '';
    const [quarter, wave, age, taste] = [coin(0.5), coin(0.5), 20 + Math.floor(40 * uniform()), normal()];
    const drawn = 0.1 * quarter + 3 * wave + 0.02 * age + taste + normal();
    const feed = plan === 'free' ? 0 : drawn > 2 ? 1 : 0;
    return [feed, feed + 0.1 * age + taste + normal(), age, plan, quarter, wave, coin(0.5)];
  },
);
const SHOP_QUESTION = 'age -> feed, sales\nfeed -> sales\ntreatment feed\noutcome sales\n';

export const MEND_CASES: readonly MendCase[] = [
  {
    code: 'syntax',
    marked: 'variable feed, sales\nfeed ⟦=>⟧ sales # grows\n',
    mended: 'variable feed, sales\nfeed -> sales # grows\n',
  },
  {
    code: 'comment-style',
    marked: '⟦// Our model⟧\nvariable feed, sales\nfeed -> sales\n',
    mended: '# Our model\nvariable feed, sales\nfeed -> sales\n',
  },
  {
    code: 'undeclared-name',
    marked: 'variable feed, sales, age\nage -> feed\n⟦agee⟧, feed -> sales\n',
    mended: 'variable feed, sales, age\nage -> feed\nage, feed -> sales\n',
  },
  {
    code: 'duplicate-declaration',
    marked: 'variable feed, sales\nlatent ⟦feed⟧, taste # two\nfeed, taste -> sales\n',
    mended: 'variable feed, sales\nlatent taste # two\nfeed, taste -> sales\n',
  },
  {
    code: 'duplicate-edge',
    marked: 'variable feed, sales, age\nfeed -> sales\nage, ⟦feed -> sales⟧ "by liking"\n',
    mended: 'variable feed, sales, age\nfeed -> sales\nage -> sales "by liking"\n',
  },
  {
    code: 'contradictory-edge',
    marked: 'variable feed, sales\nfeed -> sales\n⟦sales -> feed⟧\n',
    mended: 'variable feed, sales\nfeed -> sales\n',
  },
  {
    code: 'duplicate-role',
    marked:
      'variable feed, sales, age\nage -> feed, sales\nfeed -> sales\ntreatment feed\noutcome sales\nadjust age, ⟦age⟧ # twice\n',
    mended:
      'variable feed, sales, age\nage -> feed, sales\nfeed -> sales\ntreatment feed\noutcome sales\nadjust age # twice\n',
  },
  {
    code: 'circular-definition',
    marked: 'variable ⟦feed⟧ = sales + 1 "A"\nvariable sales = feed - 1\nfeed -> sales\n',
    mended: 'variable feed "A"\nvariable sales = feed - 1\nfeed -> sales\n',
  },
  {
    code: 'cycle',
    marked: 'variable feed, sales, age\n⟦feed -> sales⟧ -> age\nage -> feed # back\n',
    mended: 'variable feed, sales, age\nfeed -> sales -> age\n',
  },
  {
    code: 'self-loop',
    marked: 'variable feed, sales\n⟦feed -> feed⟧ -> sales\n',
    mended: 'variable feed, sales\nfeed -> sales\n',
  },
  {
    code: 'unused-variable',
    marked: 'variable feed, ⟦lost⟧, sales\nfeed -> sales\n',
    mended: 'variable feed, sales\nfeed -> sales\n',
  },
  {
    code: 'isolated-variable',
    marked: `variable feed, sales, ⟦age⟧\nfeed -> sales\n${QUESTION}adjust age\n`,
    mended: `variable feed, sales, age\nfeed -> sales\nage -> sales\n${QUESTION}adjust age\n`,
  },
  {
    code: 'missing-role',
    marked: 'variable feed, sales, age\nage -> feed -> sales\noutcome sales\nestimate ⟦regression⟧\n',
    mended:
      'variable feed, sales, age\nage -> feed -> sales\noutcome sales\ntreatment feed\nestimate regression\n',
  },
  {
    code: 'same-treatment-outcome',
    marked: 'variable feed, sales\nfeed -> sales\ntreatment feed\noutcome ⟦feed⟧\n',
    mended: 'variable feed, sales\nfeed -> sales\ntreatment feed\noutcome sales\n',
  },
  {
    code: 'latent-role',
    marked: `${CONFOUNDED}latent taste\ntaste -> age\nadjust age, ⟦taste⟧ # all\n`,
    mended: `${CONFOUNDED}latent taste\ntaste -> age\nadjust age # all\n`,
  },
  {
    code: 'no-causal-path',
    marked: 'variable feed, sales\nsales -> feed\ntreatment ⟦feed⟧\noutcome sales\n',
    mended: 'variable feed, sales\nsales -> feed\ntreatment sales\noutcome feed\n',
  },
  {
    code: 'not-identifiable',
    marked: `variable feed, sales\n${HIDDEN}feed -> sales\ntreatment ⟦feed⟧\noutcome sales\n`,
    mended: `variable feed, sales\n${HIDDEN.replace('latent', 'variable')}feed -> sales\ntreatment feed\noutcome sales\n`,
  },
  {
    code: 'no-backdoor-set',
    marked: `variable feed, sales, rollout\n${HIDDEN}rollout -> feed -> sales\ntreatment ⟦feed⟧\noutcome sales\n`,
    mended: `variable feed, sales, rollout\n${HIDDEN}rollout -> feed -> sales\ntreatment feed\noutcome sales\ninstrument rollout\n`,
    stays: 'it states how the effect can be had, which the instrument does not change',
  },
  {
    code: 'selection-bias',
    marked: `variable feed, sales, clicks, age\nlatent taste\ntaste -> feed, clicks\nage -> clicks, sales\nfeed -> sales\n${QUESTION}selection ⟦clicks⟧\nadjust nobody\nvariable nobody\nnobody -> feed\n`,
    mended: `variable feed, sales, clicks, age\nlatent taste\ntaste -> feed, clicks\nage -> clicks, sales\nfeed -> sales\n${QUESTION}selection clicks\nadjust age\nvariable nobody\nnobody -> feed\n`,
  },
  {
    code: 'adjust-collider',
    marked: `variable feed, sales, clicks\nlatent taste, mood\ntaste -> feed, clicks\nmood -> clicks, sales\nfeed -> sales\n${QUESTION}adjust ⟦clicks⟧\n`,
    mended: `variable feed, sales, clicks\nlatent taste, mood\ntaste -> feed, clicks\nmood -> clicks, sales\nfeed -> sales\n${QUESTION}`,
  },
  {
    code: 'adjust-mediator',
    marked: `variable feed, sales, time\nfeed -> time -> sales\n${QUESTION}estimate regression {\n  adjust ⟦time⟧\n}\n`,
    mended: `variable feed, sales, time\nfeed -> time -> sales\n${QUESTION}estimate regression {\n  adjust nothing\n}\n`,
  },
  {
    code: 'adjust-descendant',
    marked: `variable feed, sales, age, tax\nage -> feed, sales\nfeed -> sales -> tax\n${QUESTION}adjust age,\n       ⟦tax⟧ # why?\n`,
    mended: `variable feed, sales, age, tax\nage -> feed, sales\nfeed -> sales -> tax\n${QUESTION}adjust age # why?\n`,
  },
  {
    code: 'adjust-instrument',
    marked: `variable rollout\nrollout -> feed\n${CONFOUNDED}adjust ⟦rollout⟧, age\n`,
    mended: `variable rollout\nrollout -> feed\n${CONFOUNDED}adjust age\n`,
  },
  {
    code: 'adjust-insufficient',
    marked: `variable mood\nmood -> feed, sales\n${CONFOUNDED}⟦adjust⟧ age # known\n`,
    mended: `variable mood\nmood -> feed, sales\n${CONFOUNDED}adjust age, mood # known\n`,
  },
  {
    code: 'adjust-unneeded',
    marked: `variable mood\nmood -> sales\n${CONFOUNDED}adjust ⟦mood⟧, age\n`,
    mended: `variable mood\nmood -> sales\n${CONFOUNDED}adjust age\n`,
  },
  {
    code: 'instrument-irrelevant',
    marked: `variable coin\ncoin -> sales\n${CONFOUNDED}instrument ⟦coin⟧ given age # tossed\nadjust age\n`,
    mended: `variable coin\ncoin -> sales\n${CONFOUNDED}adjust age\n`,
  },
  {
    code: 'instrument-exclusion',
    marked: `variable feed, sales, rollout\n${CONFOUNDED.slice(CONFOUNDED.indexOf('\n') + 1).replace('age', 'rollout')}instrument ⟦rollout⟧\n`,
    mended: `variable feed, sales, rollout\n${CONFOUNDED.slice(CONFOUNDED.indexOf('\n') + 1).replace('age', 'rollout')}`,
  },
  {
    code: 'instrument-confounded',
    marked: `variable feed, sales, rollout, age, mood\n${HIDDEN}rollout -> feed -> sales\nage -> rollout, sales\nmood -> sales\n${QUESTION}instrument ⟦rollout⟧ given mood # drawn\n`,
    mended: `variable feed, sales, rollout, age, mood\n${HIDDEN}rollout -> feed -> sales\nage -> rollout, sales\nmood -> sales\n${QUESTION}instrument rollout given age # drawn\n`,
  },
  {
    code: 'column-missing',
    marked: 'data "shop.csv"\nvariable ⟦agee⟧ : count "Years"\n',
    data: described(['age']),
    mended: 'data "shop.csv"\nvariable agee : count = age "Years"\n',
  },
  {
    code: 'type-mismatch',
    marked: 'data "shop.csv"\nvariable ⟦age⟧ : binary "Years"\n',
    data: described(['age'], { age: values('20', '30', '40') }),
    mended: 'data "shop.csv"\nvariable age : continuous "Years"\n',
  },
  {
    code: 'level-unknown',
    marked: 'data "shop.csv"\nvariable ⟦plan⟧ : categorical(free, paid)\n',
    data: described(['plan'], { plan: values('free', 'paid', 'on hold', '7') }),
    mended: 'data "shop.csv"\nvariable plan : categorical(free, paid, "on hold", 7)\n',
  },
  {
    code: 'constant-column',
    marked: 'data "shop.csv"\nvariable ⟦age⟧\n',
    data: described(['age'], { age: values('20') }),
    mended: {
      none: 'whether the file or the model is wrong is not known, and out of the graph it may be missed',
    },
  },
  {
    code: 'missing-values',
    marked: 'data "shop.csv"\nvariable ⟦age⟧\n',
    data: described(['age'], { age: { missing: 3 } }),
    mended: { none: 'nothing is wrong with the text, and `missing drop` would say what is done anyway' },
  },
  {
    code: 'column-unmapped',
    marked: `data ⟦"shop.csv"⟧\nvariable feed, sales, age, plan, quarter, wave # known\n${SHOP_QUESTION}`,
    csv: SHOP_ROWS,
    mended: `data "shop.csv"\nvariable feed, sales, age, plan, quarter, wave # known\nvariable married : binary\n${SHOP_QUESTION}`,
  },
  {
    code: 'positivity',
    marked: `data "shop.csv"\nvariable feed, sales, age, plan, quarter, wave, married\nplan -> feed, sales\n${SHOP_QUESTION}adjust age, ⟦plan⟧\n`,
    csv: SHOP_ROWS,
    mended: `data "shop.csv" {\n  where plan != "free"\n}\nvariable feed, sales, age, plan, quarter, wave, married\nplan -> feed, sales\n${SHOP_QUESTION}adjust age, plan\n`,
  },
  {
    code: 'instrument-weak',
    marked: `data "shop.csv"\nvariable feed, sales, age, plan, quarter, wave, married\n${HIDDEN}quarter, wave -> feed\n${SHOP_QUESTION}instrument ⟦quarter⟧ given age # of birth\n`,
    csv: SHOP_ROWS,
    mended: `data "shop.csv"\nvariable feed, sales, age, plan, quarter, wave, married\n${HIDDEN}quarter, wave -> feed\n${SHOP_QUESTION}instrument quarter, wave given age # of birth\n`,
  },
  {
    code: 'implication-fails',
    marked: `data "shop.csv"\nvariable ⟦feed⟧, sales, age, plan, wave, quarter, married\nwave, age -> sales\nfeed -> sales # so far\n`,
    csv: SHOP_ROWS,
    mended: `data "shop.csv"\nvariable feed, sales, age, plan, wave, quarter, married\nwave, age -> sales\nfeed -> sales # so far\nfeed -> wave\n`,
  },
  {
    code: 'not-implied',
    marked:
      'variable feed, sales, age\nage -> feed -> sales\nexpect ⟦age independent of sales at 0.01⟧ # so\n',
    mended:
      'variable feed, sales, age\nage -> feed -> sales\nexpect age independent of sales given feed at 0.01 # so\n',
  },
  {
    code: 'data-not-found',
    marked: 'data ⟦"shop.csv"⟧\n',
    mended: { none: 'which file was meant is not known' },
  },
  {
    code: 'data-unreadable',
    marked: 'data ⟦"shop.csv"⟧\n',
    data: { ...described(['age']), rows: 0 },
    mended: { none: 'the file is to be mended, not the text' },
  },
  {
    code: 'method-mismatch',
    marked: `${CONFOUNDED}estimate regression { ⟦trim⟧ 0.1; level 0.9 }\n`,
    mended: `${CONFOUNDED}estimate regression { level 0.9 }\n`,
  },
  {
    code: 'unknown-method',
    marked: `${CONFOUNDED}estimate ⟦ols⟧\n`,
    mended: `${CONFOUNDED}estimate regression\n`,
  },
  {
    code: 'unknown-option',
    marked: `${CONFOUNDED}estimate ipw {\n  ⟦trimm⟧ 0.1 # a little\n}\n`,
    mended: `${CONFOUNDED}estimate ipw {\n  trim 0.1 # a little\n}\n`,
  },
  {
    code: 'unknown-metric',
    marked: `${CONFOUNDED}estimate ipw {\n  expect ⟦max_smdd⟧ < 1\n}\n`,
    mended: `${CONFOUNDED}estimate ipw {\n  expect max_smd < 1\n}\n`,
  },
  {
    code: 'unknown-refuter',
    marked: `${CONFOUNDED}estimate ipw {\n  refute ⟦placeb⟧\n}\n`,
    mended: `${CONFOUNDED}estimate ipw {\n  refute placebo\n}\n`,
  },
  {
    code: 'not-available',
    marked: 'data "shop.csv" on ⟦spark⟧ # the cluster\nvariable feed, sales\nfeed -> sales\n',
    mended: 'data "shop.csv" # the cluster\nvariable feed, sales\nfeed -> sales\n',
  },
  {
    code: 'method-mismatch',
    marked: `${CONFOUNDED}estimate ipw {\n  level 0.9\n  refute ⟦rosenbaum⟧, subset\n}\n`,
    mended: `${CONFOUNDED}estimate ipw {\n  level 0.9\n  refute subset\n}\n`,
  },
];
