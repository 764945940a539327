/** Runs the estimates of an open document, and keeps what came of them for its lenses and hovers. */

import type { CancellationToken } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { estimateSpec, type SpecEstimates } from '../jobs/estimateSpec.ts';
import type { JobProgress } from '../jobs/protocol.ts';
import type { Server } from './server.ts';

/** The outcomes for the text as it is when called; ends at once when the token says so. */
export async function runEstimates(
  { session, workerPath }: Server,
  document: TextDocument,
  token: CancellationToken,
  onProgress: JobProgress,
  onStages: (stages: readonly string[]) => void = () => {},
): Promise<SpecEstimates> {
  const { analysis, dataPath } = session.specOf(document);
  const dataChanges = session.dataChangesOf(document);
  const controller = new AbortController();
  const listener = token.onCancellationRequested(() => controller.abort());
  const options = { workerPath, signal: controller.signal, onProgress, onStages };
  try {
    const result = await estimateSpec(analysis, dataPath, {}, options);
    if (result.kind === 'report') session.keepRun(document, analysis, result.byPlan, dataChanges);
    return result;
  } finally {
    listener.dispose();
  }
}
