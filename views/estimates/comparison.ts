/** A run held against the one before: what moved, and whether by more than the data leave open. */

import type { Estimate, EstimateHeading, EstimateOutcome } from '../../engine/estimate/result.ts';
import { formatEstimate } from '../numbers.ts';
import { keysOf } from './namedOutcomes.ts';

/** What is kept of an estimate of an earlier run. */
export interface PastEstimate
  extends Pick<EstimateHeading, 'name' | 'method' | 'estimand' | 'treatment' | 'outcome' | 'contrast'> {
  /** Null where it could not be made. */
  readonly result: Pick<Estimate, 'estimate' | 'se'> | null;
}

export interface Change {
  readonly past: PastEstimate | null;
  readonly now: EstimateOutcome | null;
  /** In standard errors of the run before; null where either number or that standard error does not exist. */
  readonly move: number | null;
  readonly kind:
    | 'same'
    | 'within'
    | 'beyond'
    | 'moved'
    | 'appeared'
    | 'disappeared'
    | 'fails-now'
    | 'runs-now';
}

/** What is kept of an outcome, to hold a later run against. */
export function pastOf(outcome: EstimateOutcome): PastEstimate {
  const { name, method, estimand, treatment, outcome: measured, contrast } = outcome;
  const result = outcome.kind === 'estimate' ? { estimate: outcome.estimate, se: outcome.se } : null;
  return { name, method, estimand, treatment, outcome: measured, contrast, result };
}

function changeOf(past: PastEstimate, now: EstimateOutcome): Change {
  const { result } = past;
  if (now.kind === 'failure') return { past, now, move: null, kind: result === null ? 'same' : 'fails-now' };
  if (result === null) return { past, now, move: null, kind: 'runs-now' };
  if (Object.is(now.estimate, result.estimate)) return { past, now, move: 0, kind: 'same' };
  const move = (now.estimate - result.estimate) / result.se;
  if (!Number.isFinite(move)) return { past, now, move: null, kind: 'moved' };
  return { past, now, move, kind: Math.abs(move) > 1 ? 'beyond' : 'within' };
}

/** Each estimate of either run, those of the present one first and in its order. */
export function changesSince(
  past: readonly PastEstimate[],
  now: readonly EstimateOutcome[],
): readonly Change[] {
  const before = new Map(keysOf(past).map((key, i) => [key, past[i]] as const));
  const keys = keysOf(now);
  const present = now.map((outcome, i): Change => {
    const key = keys[i] ?? '';
    const known = before.get(key);
    before.delete(key);
    return known === undefined
      ? { past: null, now: outcome, move: null, kind: 'appeared' }
      : changeOf(known, outcome);
  });
  const gone = [...before.values()].flatMap((each): Change[] =>
    each === undefined ? [] : [{ past: each, now: null, move: null, kind: 'disappeared' }],
  );
  return [...present, ...gone];
}

/** `moved by 2.3 standard errors, more than chance usually does`. */
export function changeWords({ kind, move }: Change): string {
  const far =
    move === null
      ? ''
      : `${Math.abs(move) < 0.05 ? 'less than 0.1' : Math.abs(move).toFixed(1)} standard errors`;
  switch (kind) {
    case 'same':
      return 'unchanged';
    case 'within':
      return `moved by ${far}: less than one`;
    case 'beyond':
      return `moved by ${far}: more than one`;
    case 'moved':
      return 'changed; without a standard error nothing says whether by much';
    case 'appeared':
      return 'new in this run';
    case 'disappeared':
      return 'no longer there';
    case 'fails-now':
      return 'could not run this time';
    case 'runs-now':
      return 'could not run before';
  }
}

/** The number before, and now; `–` where there is none. */
export function changeNumbers({ past, now }: Change): readonly [before: string, after: string] {
  const result = past?.result ?? null;
  return [
    result === null ? '–' : formatEstimate(result.estimate, result.se),
    now?.kind === 'estimate' ? formatEstimate(now.estimate, now.se) : '–',
  ];
}
