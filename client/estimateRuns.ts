/** The estimates of one spec: the run that goes on, what the last one gave, and whether that still holds. */

import { randomUUID } from 'node:crypto';
import { CancellationTokenSource, type TextDocument, type Uri } from 'vscode';
import type { ChangedSince, EstimatesState, FinishedRun, ViewSnapshot } from '../media/protocol.ts';
import { dataStateRequest, type EstimateAnswer, estimateRequest } from '../server/protocol.ts';
import { pastOf } from '../views/estimates/comparison.ts';
import { chooseData } from './chooseData.ts';
import type { KeptRun, KeptRuns } from './keptRuns.ts';
import type { LanguageServer } from './languageServer.ts';
import { lineChanges } from './lineChanges.ts';

/** What a snapshot says of the estimates. */
export type EstimatesPart = Required<Pick<ViewSnapshot, 'estimates' | 'kept' | 'previous'>>;

export interface EstimateRuns {
  readonly part: () => EstimatesPart;
  /** Settles when the run is done, failed or cancelled, or a newer one has taken its place. */
  readonly estimate: () => Promise<void>;
  readonly cancel: () => void;
  /** How far a run has come; false where it is not the one that goes on. */
  readonly progress: (run: string, stage: string, fraction: number | null) => boolean;
  readonly stages: (run: string, stages: readonly string[]) => void;
  readonly textChanged: (text: string) => void;
  readonly dataChanged: () => void;
  /** Takes up what an earlier view or window kept, once; it is stale where text or data are not what they were. */
  readonly restore: () => Promise<void>;
  readonly dispose: () => void;
}

export interface EstimateRunsParts {
  readonly spec: Uri;
  readonly server: LanguageServer;
  readonly open: () => Thenable<TextDocument>;
  readonly kept: KeptRuns;
  /** Called after each change of `part`, but for progress. */
  readonly changed: () => void;
}

interface Run {
  readonly id: string;
  readonly cancellation: CancellationTokenSource;
  /** Milliseconds since the epoch. */
  readonly began: number;
  stages: readonly string[];
  stage: string;
  fraction: number | null;
  /** The data have changed since it began. */
  outdated: boolean;
}

interface Finished extends KeptRun {
  readonly dataChanged: boolean;
}

type Idle = Exclude<EstimatesState, { status: 'running' | 'done' }>;

const NONE: Idle = { status: 'none' };

function isStale({ text, dataChanged }: Finished, now: string): boolean {
  return text !== now || dataChanged;
}

/** What has changed since a run, held against the text as it is; null where nobody knows. */
function changedSince({ text, dataChanged }: Finished, now: string): ChangedSince | null {
  if (text === null) return null;
  return { text: text === now ? null : lineChanges(text, now), data: dataChanged };
}

export function createEstimateRuns(parts: EstimateRunsParts): EstimateRuns {
  const { spec, server, open, kept, changed } = parts;
  const uri = spec.toString();
  let running: Run | null = null;
  let last: Finished | null = null;
  /** Why the newest run gave nothing, where it did not. */
  let idle: Idle = NONE;
  let text = '';
  let restored = false;

  const finished = (): FinishedRun | null => {
    if (last === null) return null;
    const stale = isStale(last, text);
    return { report: last.report, stale, changed: stale ? changedSince(last, text) : null };
  };

  const state = (run: FinishedRun | null): EstimatesState => {
    if (running !== null) {
      const { stage, fraction, stages, began } = running;
      return { status: 'running', stage, fraction, stages, elapsed: (Date.now() - began) / 1000 };
    }
    return idle.status === 'none' && run !== null ? { status: 'done', ...run } : idle;
  };

  /** The text that a report is of, if it is one of the two that are known; null for one in between. */
  const textOf = (version: number, begun: TextSeen, now: TextSeen): string | null => {
    if (version === now.version) return now.text;
    return version === begun.version ? begun.text : null;
  };

  const settled = (
    run: Run,
    answer: Extract<EstimateAnswer, { kind: 'report' }>,
    of: string | null,
  ): Idle => {
    const { report, dataState } = answer;
    const previous = last === null ? null : last.report.estimates.map(pastOf);
    last = { report, text: of, dataState, previous, dataChanged: run.outdated };
    kept.write(uri, { report, text: of, dataState, previous });
    return NONE;
  };

  const outcome = async (run: Run): Promise<Idle> => {
    const { token } = run.cancellation;
    try {
      const begun = seen(await open());
      const answer = await server.request(estimateRequest, { uri, run: run.id }, token);
      if (token.isCancellationRequested) return { status: 'cancelled' };
      if (answer.kind === 'report') {
        const now = seen(await open());
        text = now.text;
        return running === run ? settled(run, answer, textOf(answer.version, begun, now)) : NONE;
      }
      if (answer.code === 'no-data' && (await chooseData(spec, server))) return outcome(run);
      return answer.code === 'cancelled'
        ? { status: 'cancelled' }
        : { status: 'failed', message: answer.message };
    } catch (error) {
      if (token.isCancellationRequested) return { status: 'cancelled' };
      return { status: 'failed', message: error instanceof Error ? error.message : String(error) };
    }
  };

  return {
    part: () => {
      const run = finished();
      const estimates = state(run);
      // A report is large, and sent once.
      return { estimates, kept: estimates.status === 'done' ? null : run, previous: last?.previous ?? null };
    },
    estimate: async () => {
      running?.cancellation.cancel();
      const run: Run = {
        id: randomUUID(),
        cancellation: new CancellationTokenSource(),
        began: Date.now(),
        stages: [],
        stage: 'Starting',
        fraction: null,
        outdated: false,
      };
      running = run;
      // What an earlier window kept is older than this, however late it is found.
      restored = true;
      changed();
      const came = await outcome(run);
      run.cancellation.dispose();
      // A newer run has taken this one's place.
      if (running !== run) return;
      running = null;
      idle = came;
      changed();
    },
    cancel: () => running?.cancellation.cancel(),
    progress: (run, stage, fraction) => {
      if (running?.id !== run) return false;
      Object.assign(running, { stage, fraction });
      return true;
    },
    stages: (run, stages) => {
      if (running?.id !== run) return;
      running.stages = stages;
      changed();
    },
    textChanged: (now) => {
      const was = last !== null && isStale(last, text);
      text = now;
      // What has changed is told with the next graph: not at every key.
      if (last !== null && isStale(last, text) !== was) changed();
    },
    dataChanged: () => {
      if (running !== null) running.outdated = true;
      if (last === null || last.dataChanged) return;
      last = { ...last, dataChanged: true };
      changed();
    },
    restore: async () => {
      const found = restored ? null : kept.read(uri);
      restored = true;
      if (found === null) return;
      try {
        const document = await open();
        const dataState = await server.request(dataStateRequest, { uri });
        // A run may have ended meanwhile.
        if (last !== null) return;
        text = document.getText();
        last = { ...found, dataChanged: dataState !== found.dataState };
      } catch (error) {
        restored = false;
        throw error;
      }
      changed();
    },
    dispose: () => running?.cancellation.cancel(),
  };
}

interface TextSeen {
  readonly version: number;
  readonly text: string;
}

function seen(document: TextDocument): TextSeen {
  return { version: document.version, text: document.getText() };
}
