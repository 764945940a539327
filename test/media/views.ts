/** Whole snapshots of the page. */

import type { EstimationReport } from '../../engine/estimate/result.ts';
import type { GraphSnapshot } from '../../engine/report/snapshot.ts';
import type { EstimatesState, ViewSnapshot } from '../../media/protocol.ts';

/** A snapshot of `music.causal` with the given graph and estimates. */
export function view(
  graph: GraphSnapshot | null,
  estimates: EstimatesState = { status: 'none' },
  change: Partial<ViewSnapshot> = {},
): ViewSnapshot {
  return {
    uri: 'file:///examples/music.causal',
    fileName: 'music.causal',
    graph,
    outdated: null,
    lost: false,
    estimates,
    revision: 1,
    ...change,
  };
}

export function done(report: EstimationReport, stale = false): EstimatesState {
  return { status: 'done', report, stale };
}
