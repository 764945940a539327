/** An estimate as a call of DoWhy's, where it has one that computes the same. */

import type { EstimatePlan } from '../../../engine/estimate/plan.ts';
import { pythonList, pythonString } from '../../../formats/pythonText.ts';
import type { ScriptVariable } from './analysisFacts.ts';

export type DowhyCall =
  | {
      readonly kind: 'call';
      /** Is it asked of a `model`, or of the rows alone? */
      readonly model: boolean;
      readonly lines: readonly string[];
      readonly remarks: readonly string[];
    }
  | { readonly kind: 'none'; readonly reason: string };

function none(reason: string): DowhyCall {
  return { kind: 'none', reason };
}

/** The lines from `model` to a printed number; `variables` tell of which kind the treatment is. */
export function dowhyCall(plan: EstimatePlan, variables: readonly ScriptVariable[]): DowhyCall {
  const treatment = variables.find(({ name }) => name === plan.treatment);
  if (treatment?.kind === 'categorical' || treatment?.kind === 'ordinal')
    return none(`DoWhy takes a treatment with several levels for a number: ${plan.name} is left out.`);
  switch (plan.method) {
    case 'difference':
      return difference(plan, treatment);
    case 'regression':
      return backdoor(plan, treatment, 'backdoor.linear_regression', [], []);
    case 'ipw':
      return weighting(plan, treatment);
    case 'iv':
      return instrument(plan);
    default:
      return none(`DoWhy has no method that computes ${plan.method} in the same way.`);
  }
}

/** Two means, which takes no model. */
function difference(plan: EstimatePlan, treatment: ScriptVariable | undefined): DowhyCall {
  if (treatment?.kind !== 'binary' || plan.contrast !== null)
    return none('The unadjusted difference is written out for a treatment that is declared binary.');
  return {
    kind: 'call',
    model: false,
    lines: [
      `means = rows.groupby(${pythonString(plan.treatment)})[${pythonString(plan.outcome)}].mean()`,
      `print(${pythonString(plan.name)}, means[1] - means[0])`,
    ],
    remarks: [],
  };
}

function weighting(plan: EstimatePlan, treatment: ScriptVariable | undefined): DowhyCall {
  if (plan.propensity !== 'logistic' || plan.estimand === 'overlap' || plan.trim > 0)
    return none(
      `DoWhy weights by a logistic propensity for the average effect, and cuts no rows: ${plan.name} is left out.`,
    );
  if (plan.adjusted.length === 0)
    return none('DoWhy weights by a propensity of covariates, and here are none.');
  return backdoor(
    plan,
    treatment,
    'backdoor.propensity_score_weighting',
    [
      `    target_units=${pythonString(plan.estimand)},`,
      '    method_params={',
      '        "weighting_scheme": "ips_normalized_weight",',
      '        "min_ps_score": 0,',
      '        "max_ps_score": 1,',
      '        "init_params": {',
      '            # Without a penalty, which the default of scikit-learn has.',
      '            "propensity_score_model": LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-10),',
      '        },',
      '    },',
    ],
    [],
  );
}

/** Values between which a treatment moves; those of two levels are coded 0 and 1, in the order of the levels. */
function valueLines({ contrast }: EstimatePlan, treatment: ScriptVariable | undefined): readonly string[] {
  const coded = (level: string): string => {
    const place = treatment?.levels.indexOf(level) ?? -1;
    return treatment?.kind === 'binary' && place >= 0 ? String(place) : String(Number(level));
  };
  const [level, reference] =
    contrast === null ? ['1', '0'] : [coded(contrast.level), coded(contrast.reference)];
  return [`    control_value=${reference},`, `    treatment_value=${level},`];
}

function backdoor(
  plan: EstimatePlan,
  treatment: ScriptVariable | undefined,
  method: string,
  more: readonly string[],
  remarks: readonly string[],
): DowhyCall {
  const { contrast } = plan;
  const unread =
    contrast !== null &&
    [contrast.level, contrast.reference].some(
      (level) => !treatment?.levels.includes(level) && Number.isNaN(Number(level)),
    );
  if (unread)
    return none(
      `The levels of ${plan.treatment} are not declared, so that their numbers in DoWhy are not known: ${plan.name} is left out.`,
    );
  return {
    kind: 'call',
    model: true,
    lines: [
      'estimand = model.identify_effect(proceed_when_unidentifiable=True)',
      '# The adjustment set of the spec, where DoWhy might choose another one.',
      `estimand.backdoor_variables = {"backdoor": ${pythonList(plan.adjusted)}}`,
      'estimand.default_backdoor_id = "backdoor"',
      'estimand.estimands["backdoor"] = estimand.estimands.get("backdoor") or {}',
      'estimate = model.estimate_effect(',
      '    estimand,',
      `    method_name=${pythonString(method)},`,
      '    effect_modifiers=[],',
      ...valueLines(plan, treatment),
      ...more,
      ')',
      `print(${pythonString(plan.name)}, estimate.value)`,
    ],
    remarks,
  };
}

function instrument(plan: EstimatePlan): DowhyCall {
  const [only, ...others] = plan.instruments;
  if (plan.adjusted.length > 0)
    return none(
      `DoWhy's instrumental variables know no covariates, and this estimate adjusts for ${plan.adjusted.length}: ask for the code for fixest.`,
    );
  if (only === undefined || others.length > 0 || plan.contrast !== null)
    return none(
      'DoWhy estimates with several instruments, or another contrast, leave the constant out: ask for the code for fixest.',
    );
  return {
    kind: 'call',
    model: true,
    lines: [
      'estimand = model.identify_effect(proceed_when_unidentifiable=True)',
      'estimate = model.estimate_effect(',
      '    estimand,',
      '    method_name="iv.instrumental_variable",',
      `    method_params={"iv_instrument_name": ${pythonString(only)}},`,
      ')',
      `print(${pythonString(plan.name)}, estimate.value)`,
    ],
    remarks: [],
  };
}
