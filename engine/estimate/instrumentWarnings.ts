/** What the reader has to know where the first stage is weak, and what to do then. */

import { nameList } from '../wording.ts';
import type { EstimationProblem } from './problem.ts';
import type { EstimateDiagnostics, EstimateWarning } from './result.ts';

/** Under it the usual interval of 2SLS is not to be trusted (Staiger & Stock 1997). */
const WEAK_F = 10;

/** Is the first stage so weak that the usual interval means nothing? */
export function isWeak({ metrics }: EstimateDiagnostics): boolean {
  return (metrics.effective_f ?? metrics.first_stage_f ?? 0) < WEAK_F;
}

/**
 * Weak instruments, or ones that are neither weak nor strong by the test of Montiel Olea & Pflueger (2013); and a model that its own test rejects.
 *
 * @param count instruments that say something of their own
 */
export function instrumentWarnings(
  problem: EstimationProblem,
  diagnostics: EstimateDiagnostics,
  count: number,
): EstimateWarning[] {
  return [...strengthWarning(problem, diagnostics, count), ...rejectionWarning(diagnostics)];
}

function strengthWarning(
  { plan }: EstimationProblem,
  diagnostics: EstimateDiagnostics,
  count: number,
): EstimateWarning[] {
  const { metrics, effectiveFCritical10: critical } = diagnostics;
  const f = metrics.effective_f ?? metrics.first_stage_f ?? 0;
  const names = nameList(plan.instruments);
  const moves = plan.instruments.length === 1 ? 'moves' : 'move';
  const set =
    diagnostics.andersonRubinRobust === undefined ? 'Anderson–Rubin set' : 'robust Anderson–Rubin set';
  const compare =
    count === 1 || plan.method === 'liml' ? '' : ' Compare with `estimate liml`, which leans less.';
  if (isWeak(diagnostics)) {
    const needed = critical === undefined ? '' : `; ${critical.toFixed(1)} would be strong`;
    return [
      {
        code: 'instrument-weak',
        message: `${names} hardly ${moves} ${plan.treatment} (effective F ${f.toFixed(1)}, under ${WEAK_F}${needed}): the interval is too narrow and the estimate leans towards the confounded one. Read the ${set} instead, which holds however weak they are.${compare}`,
      },
    ];
  }
  if (critical === undefined || f >= critical) return [];
  return [
    {
      code: 'instrument-moderate',
      message: `${names} ${moves} ${plan.treatment}, but not by much (effective F ${f.toFixed(1)}, under ${critical.toFixed(1)}): a bias of a tenth of the worst case cannot be ruled out. Read the ${set} beside the interval.${compare}`,
    },
  ];
}

/** An Anderson–Rubin set without any value: no effect at all fits the instruments. */
function rejectionWarning({ andersonRubin, andersonRubinRobust }: EstimateDiagnostics): EstimateWarning[] {
  const set = andersonRubinRobust ?? andersonRubin;
  if (set === undefined || set.length > 0) return [];
  return [
    {
      code: 'instruments-disagree',
      message:
        'No effect whatever fits all instruments: the Anderson–Rubin set is empty, so the model is rejected. At least one instrument reaches the outcome on another way, shares a cause with it, or moves other people than the rest. Try them one by one.',
    },
  ];
}
