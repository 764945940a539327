/** Estimates that belong to one arrow: effects that take no other way than the arrow itself. */

import type { Estimate, EstimateOutcome, EstimationReport } from '../engine/estimate/result.ts';
import { decimalsFor } from '../engine/report/numbers.ts';
import type { EffectNames, SnapshotEdge } from '../engine/report/snapshot.ts';
import type { DrawnEdge } from './drawing.ts';
import { standing } from './estimateWords.ts';
import { withDecimals } from './numbers.ts';

const OUT_OF_DATE = ' Out of date: the text or the data have changed since.';

export interface EdgeLabel {
  readonly from: string;
  readonly to: string;
  /** `0.99 [0.94, 1.04]`. */
  readonly text: string;
  /** Which estimate it is, and what it is not where it is out of date, as a sentence. */
  readonly words: string;
}

/** Of several estimates of an effect the first that the graph stands behind, else the first that is more than a plain difference. */
function chosen(estimates: readonly EstimateOutcome[]): Estimate | undefined {
  const numbers = estimates.flatMap((one) => (one.kind === 'estimate' ? [one] : []));
  return (
    numbers.find((one) => standing(one) === 'identified') ?? numbers.find((one) => standing(one) !== 'naive')
  );
}

/** Does a chain of two arrows or more lead from the one variable to the other? */
function leadsRound(from: string, to: string, children: ReadonlyMap<string, readonly string[]>): boolean {
  const seen = new Set<string>([from]);
  const ahead = (children.get(from) ?? []).filter((name) => name !== to);
  while (ahead.length > 0) {
    const name = ahead.pop() ?? '';
    if (name === to) return true;
    if (seen.has(name)) continue;
    seen.add(name);
    ahead.push(...(children.get(name) ?? []));
  }
  return false;
}

function numberText({ estimate, se, ci: [low, high] }: Estimate): string {
  const decimals = decimalsFor(estimate, se);
  return `${withDecimals(estimate, decimals)} [${withDecimals(low, decimals)}, ${withDecimals(high, decimals)}]`;
}

function childrenOf(edges: readonly SnapshotEdge[]): ReadonlyMap<string, readonly string[]> {
  const children = new Map<string, string[]>();
  for (const { kind, from, to } of edges) {
    if (kind === 'directed') children.set(from, [...(children.get(from) ?? []), to]);
  }
  return children;
}

/**
 * A label for each arrow that is the whole of an estimated effect; an effect that takes several ways has no arrow of its own. `stale`:
 * the text or the data have changed since the estimates were made.
 */
export function edgeLabels(
  { estimates }: EstimationReport,
  edges: readonly SnapshotEdge[],
  stale: boolean,
): readonly EdgeLabel[] {
  const children = childrenOf(edges);
  const whole = edges.filter(
    ({ kind, from, to }) => kind === 'directed' && from !== to && !leadsRound(from, to, children),
  );
  return whole.flatMap(({ from, to }) => {
    const one = chosen(estimates.filter(({ treatment, outcome }) => treatment === from && outcome === to));
    if (one === undefined) return [];
    const text = numberText(one);
    return [
      {
        from,
        to,
        text: stale ? `${text} (out of date)` : text,
        words: `${one.name}: ${text}.${stale ? OUT_OF_DATE : ''}`,
      },
    ];
  });
}

/** The estimate of an effect of one variable on another as a sentence, whichever ways the effect takes; null where there is none. */
export function effectWords(
  { estimates }: EstimationReport,
  effect: EffectNames | null,
  stale: boolean,
): string | null {
  if (effect?.treatment.length !== 1 || effect.outcome.length !== 1) return null;
  const one = chosen(
    estimates.filter(
      ({ treatment, outcome }) => treatment === effect.treatment[0] && outcome === effect.outcome[0],
    ),
  );
  if (one === undefined) return null;
  return `Along all of them together the estimate is ${numberText(one)} (${one.name}).${stale ? OUT_OF_DATE : ''}`;
}

/** The label of an arrow; undefined where it has none. */
export function labelOf(
  edge: Pick<DrawnEdge, 'from' | 'to' | 'kind'>,
  labels: readonly EdgeLabel[],
): EdgeLabel | undefined {
  if (edge.kind !== 'directed') return undefined;
  return labels.find(({ from, to }) => from === edge.from && to === edge.to);
}
