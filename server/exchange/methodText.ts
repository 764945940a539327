/** The paragraph on methods of a spec and what was estimated from it. */

import { basename } from 'node:path';
import type { EstimationReport } from '../../engine/estimate/result.ts';
import { methodParagraphs } from '../../engine/report/methodParagraph.ts';
import type { Analysis } from '../analysis/analyse.ts';
import { planEstimation } from '../analysis/estimation.ts';
import { VERSION } from '../version.ts';

/** What of a run its analysis does not say. */
export interface RunFacts {
  /** In place of the spec's own data; null where there are none. */
  readonly data: string | null;
  /** In place of the seeds of the text. */
  readonly seed?: number | undefined;
}

/** Ends without a line break; empty where nothing was estimated. */
export function methodText(analysis: Analysis, report: EstimationReport, facts: RunFacts): string {
  const { planned } = planEstimation(analysis, facts.seed === undefined ? {} : { seed: facts.seed });
  const seeds = planned.flatMap((one) => (one.kind === 'plan' ? [one.plan.seed] : []));
  const { model, edges } = analysis.structure;
  return methodParagraphs({
    data: facts.data === null ? null : basename(facts.data.replaceAll('\\', '/')),
    rows: report.rows,
    graph: {
      variables: model.variables.length,
      arrows: edges.length,
      latent: model.variables.filter(({ latent }) => latent).map(({ name }) => name),
    },
    estimates: report.estimates,
    version: VERSION,
    seeds: [...new Set(seeds)],
  });
}
