/** Specs as scripts for other tools: the whole text, and with a Python that has DoWhy the same numbers. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../server/analysis/analyse.ts';
import { SCRIPT_FORMATS } from '../../../server/exchange/code/scripts.ts';

const root = resolve(import.meta.dirname, '../../..');

function script(id: string, spec: string) {
  const format = SCRIPT_FORMATS.find((one) => one.id === id);
  if (format === undefined) throw new Error(`There is no ${id}.`);
  return format.write(analyse(spec));
}

const SPEC = `data "rows of \\"it\\".csv" {
  where not (age == 3) or region != "west"
}
variable \`the drug\` : binary("no", "yes")
variable y : continuous
variable age : count
variable old : binary = age > 60
variable region : categorical("north", "west")
variable dose = log(max(mg, 1)) / round(mg, 1)
latent u "It's hidden"
u, age -> y
age, old, region, dose -> \`the drug\`, y
\`the drug\` -> y
treatment \`the drug\`
outcome y
estimate regression as "Plain" {
  where age is not missing
  cluster region
  contrast "no" vs "yes"
}
estimate ipw {
  estimand att
}
estimate lin {
  adjust age
  se hc3
}
estimate matching
`;

describe('a script for DoWhy', () => {
  const { text, notes } = script('dowhy', SPEC);
  const lines = text.split('\n');

  it('makes the rows of the spec, conditions before codings', () => {
    expect(lines.slice(0, 15)).toEqual([
      'import numpy as np',
      'import pandas as pd',
      'from dowhy import CausalModel',
      'from sklearn.linear_model import LogisticRegression',
      '',
      '# The rows, with the path as the spec names it: run this in the folder of the spec.',
      'data = pd.read_csv("rows of \\"it\\".csv")',
      'data["old"] = ((data["age"] > 60)).astype(float).where(data[["age"]].notna().all(axis=1))',
      'data["dose"] = ((np.log(np.maximum(data["mg"], 1)) / (np.sign(data["mg"]) * np.floor(np.abs(data["mg"]) * 10.0**1 + 0.5) / 10.0**1))).replace([np.inf, -np.inf], np.nan)',
      'data = data[(((~(data["age"] == 3)) & data[["age"]].notna().all(axis=1)) | ((data["region"] != "west") & data[["region"]].notna().all(axis=1)))].copy()',
      'keep_1 = data["age"].notna()',
      'data["the drug"] = data["the drug"].astype(str).map({"no": 0, "yes": 1})',
      'data["region"] = pd.Categorical(data["region"].astype(str).where(data["region"].notna()), categories=["north", "west"])',
      'data["old"] = data["old"].rank(method="dense") - 1  # the lower of its two values is 0, the higher 1',
      '',
    ]);
  });

  it('asks for the same contrast, adjustment set and population', () => {
    expect(text).toContain(
      'rows = data[keep_1][["y", "the drug", "age", "dose", "old", "region"]].dropna().reset_index(drop=True)',
    );
    expect(text).toContain('    control_value=1,\n    treatment_value=0,\n)\nprint("Plain", estimate.value)');
    expect(text).toContain('{"backdoor": ["age", "dose", "old", "region"]}');
    expect(text).toContain('    target_units="att",');
  });

  it('says what DoWhy does not compute in the same way', () => {
    expect(text).toContain('# DoWhy has no method that computes matching in the same way.');
    expect(notes.join('\n')).toContain('DoWhy has no method that computes lin in the same way.');
  });
});

describe('a script for fixest', () => {
  it('is the whole of the spec that least squares can do', () => {
    expect(script('fixest', SPEC).text).toBe(`library(fixest)

# The rows, with the path as the spec names it: run this in the folder of the spec.
data <- read.csv('rows of "it".csv', check.names = FALSE, na.strings = c('NA', ''))
data$old <- (data$age > 60)
data$old[is.infinite(data$old)] <- NA
data$dose <- (log(pmax(data$mg, 1)) / (sign(data$mg) * floor(abs(data$mg) * 10^1 + 0.5) / 10^1))
data$dose[is.infinite(data$dose)] <- NA
data <- data[which(((!(data$age == 3)) | (data$region != 'west'))), ]
keep_1 <- which(!is.na(data$age))
data$\`the drug\` <- match(as.character(data$\`the drug\`), c('no', 'yes')) - 1
data$region <- factor(as.character(data$region), levels = c('north', 'west'))
data$old <- match(data$old, sort(unique(data$old), method = 'radix')) - 1

# Plain
# The contrast is no against yes: multiply the coefficient by -1.
rows <- na.omit(data[keep_1, c('y', 'the drug', 'age', 'dose', 'old', 'region')])
feols(y ~ \`the drug\` + age + dose + old + region, rows, vcov = ~region)

# Inverse probability weighting
# The estimate is the same; this standard error takes the weights as known, and that of the spec does not.
rows <- na.omit(data[, c('y', 'the drug', 'age', 'dose', 'old', 'region')])
propensity <- fitted(glm(\`the drug\` ~ age + dose + old + region, family = binomial(), data = rows))
rows$.weight <- ifelse(rows$\`the drug\` == 1, 1, propensity / (1 - propensity))
feols(y ~ \`the drug\`, rows, weights = ~.weight, vcov = 'HC1')

# Interacted regression (Lin)
rows <- na.omit(data[, c('y', 'the drug', 'age')])
rows$age <- rows$age - mean(rows$age)
feols(y ~ \`the drug\` + age + \`the drug\`:age, rows, vcov = 'HC3')

# Nearest-neighbour matching
# fixest computes least squares, and matching is none: it is left out.

# Unadjusted difference
rows <- na.omit(data[, c('y', 'the drug')])
feols(y ~ \`the drug\`, rows, vcov = 'HC1')
`);
  });

  it('writes an instrument with and without covariates', () => {
    const spec = (adjust: string) =>
      `variable z, t, y, w\nlatent u\nu -> t, y\nz -> t\nt -> y\nw -> z, y\ntreatment t\noutcome y\ninstrument z given w\nestimate iv {\n  ${adjust}\n}\n`;
    expect(script('fixest', spec('instrument z given w')).text).toContain(
      "feols(y ~ w | t ~ z, rows, vcov = 'HC1')",
    );
    expect(script('fixest', spec('instrument z\n  adjust nothing')).text).toContain(
      "feols(y ~ 1 | t ~ z, rows, vcov = 'HC1')",
    );
    expect(script('dowhy', spec('instrument z given w')).text).toContain('ask for the code for fixest');
  });
});

describe('a script for dagitty', () => {
  it('holds the graph as one text of R, and asks of what the estimates adjust for', () => {
    const { text } = script('dagitty', SPEC);
    expect(text).toContain('u [latent,label="It\\\'s hidden"]');
    expect(text).toContain("isAdjustmentSet(g, c('age'), exposure = 'the drug', outcome = 'y')");
    expect(text.match(/isAdjustmentSet/g)).toHaveLength(2);
  });
});

describe('any spec', () => {
  it.each([
    '',
    'variable x',
    'treatment x',
    'data "d.parquet"\nvariable x, y\nx -> y\ntreatment x\noutcome y\n',
  ])('gives scripts that end with a line break: %j', (spec) => {
    for (const { write } of SCRIPT_FORMATS) expect(write(analyse(spec)).text).toMatch(/[^\n]\n$/);
  });
});

/** A Python with DoWhy, pandas and scikit-learn. */
const python = process.env['CAUSAL_PYTHON'];

describe.skipIf(python === undefined)('run by Python', () => {
  it('gives the numbers of the spec', () => {
    const folder = mkdtempSync(join(tmpdir(), 'causal-'));
    const spec = join(root, 'examples/nsw/nsw.causal');
    const file = join(folder, 'nsw.py');
    writeFileSync(file, script('dowhy', readFileSync(spec, 'utf8')).text);
    const cwd = join(root, 'examples/nsw');
    const printed = execFileSync(python ?? '', ['-W', 'ignore', file], {
      cwd,
      encoding: 'utf8',
      stdio: 'pipe',
    });
    rmSync(folder, { recursive: true });
    const numbers = [...printed.matchAll(/^(.*) ([-\d.e]+)$/gm)].map(([, name, value]) => [
      name,
      Number(value),
    ]);
    const expected = [
      ['Unadjusted difference', 1794.3424],
      ['Adjusted regression', 1670.7088],
      ['Propensity weighting', 1754.5517],
    ];
    expect(numbers).toEqual(expected.map(([name, value]) => [name, expect.closeTo(Number(value), 3)]));
  });
});
