/** One model view: what it shows, and the estimates that run for it. */

import { randomUUID } from 'node:crypto';
import {
  CancellationTokenSource,
  type Disposable,
  type Position,
  type TextDocument,
  type Uri,
  type WebviewPanel,
} from 'vscode';
import { toWire } from '../engine/report/wire.ts';
import type { EstimatesState, HostMessage, ViewSnapshot } from '../media/protocol.ts';
import { estimateRequest, graphRequest, variableAtRequest } from '../server/protocol.ts';
import { chooseData } from './chooseData.ts';
import type { LanguageServer } from './languageServer.ts';
import { answerQuestion } from './questions/answer.ts';
import { readWebviewMessage } from './webviewMessage.ts';

export interface ModelView extends Disposable {
  readonly panel: WebviewPanel;
  /** Asks the server for the graph of the text as it is now. */
  refresh(): Promise<void>;
  /** Runs the estimates; settles when they are done, failed or cancelled. */
  estimate(): Promise<void>;
  /** Told of every run; a view shows its own. */
  progress(run: string, stage: string, fraction: number | null): void;
  /** Estimates belong to the text and the data they were made from. */
  textChanged(): void;
  dataChanged(): void;
  cursorMoved(position: Position): Promise<void>;
}

export interface ModelViewParts {
  readonly panel: WebviewPanel;
  readonly spec: Uri;
  readonly server: LanguageServer;
  /** The spec's document, opened where it is not: the server knows only open ones. */
  readonly open: () => Thenable<TextDocument>;
  /** Shows the declaration of a variable in the text. */
  readonly reveal: (name: string) => Promise<void>;
}

interface Run {
  readonly id: string;
  readonly cancellation: CancellationTokenSource;
  /** The data have changed since it began. */
  outdated: boolean;
}

/** Takes over a panel whose page is yet to be loaded. */
export function createModelView({ panel, spec, server, open, reveal }: ModelViewParts): ModelView {
  const uri = spec.toString();
  let snapshot: ViewSnapshot = {
    uri,
    fileName: spec.path.split('/').at(-1) ?? '',
    graph: null,
    outdated: null,
    lost: false,
    estimates: { status: 'none' },
    revision: 0,
  };
  let ready = false;
  let disposed = false;
  let running: Run | null = null;

  // A hidden page hears nothing: it is sent the newest snapshot when it is shown. A panel that is gone cannot even be asked.
  const shown = (): boolean => !disposed && ready && panel.visible;
  const post = (message: HostMessage): void => {
    if (shown()) void panel.webview.postMessage(toWire(message));
  };
  const send = (): void => post({ type: 'snapshot', snapshot });
  const update = (change: Partial<ViewSnapshot>): void => {
    snapshot = { ...snapshot, ...change };
    send();
  };
  const setEstimates = (estimates: EstimatesState): void => update({ estimates });

  const serverChanged = (running: boolean): void => {
    if (snapshot.lost === running) update({ lost: !running });
    // The server that runs again knows nothing of what was shown.
    if (running && ready) server.background(refresh());
  };

  const refresh = async (): Promise<void> => {
    await open();
    const answer = await server.request(graphRequest, { uri });
    if (answer === null) return;
    const keep = answer.broken && snapshot.graph !== null;
    const revision = snapshot.revision + 1;
    update(
      keep
        ? { outdated: 'The text has errors. This is the last graph that could be read.', revision }
        : { graph: answer.snapshot, outdated: null, revision },
    );
  };

  const estimate = async (): Promise<void> => {
    running?.cancellation.cancel();
    const run: Run = { id: randomUUID(), cancellation: new CancellationTokenSource(), outdated: false };
    running = run;
    setEstimates({ status: 'running', stage: 'Starting', fraction: null });
    const state = await estimated(run);
    run.cancellation.dispose();
    // A newer run has taken this one's place.
    if (running !== run) return;
    running = null;
    setEstimates(state);
  };

  const estimated = async (run: Run): Promise<EstimatesState> => {
    const { token } = run.cancellation;
    try {
      const document = await open();
      const answer = await server.request(estimateRequest, { uri, run: run.id }, token);
      if (token.isCancellationRequested) return { status: 'cancelled' };
      if (answer.kind === 'report') {
        const stale = run.outdated || document.version !== answer.version;
        return { status: 'done', report: answer.report, stale };
      }
      if (answer.code === 'no-data' && (await chooseData(spec, server))) return estimated(run);
      return answer.code === 'cancelled'
        ? { status: 'cancelled' }
        : { status: 'failed', message: answer.message };
    } catch (error) {
      if (token.isCancellationRequested) return { status: 'cancelled' };
      return { status: 'failed', message: error instanceof Error ? error.message : String(error) };
    }
  };

  const markStale = (): void => {
    const { estimates } = snapshot;
    if (estimates.status === 'done' && !estimates.stale) setEstimates({ ...estimates, stale: true });
  };

  const subscriptions = [
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const known = readWebviewMessage(message);
      if (known?.type === 'ready') {
        ready = true;
        send();
        server.background(refresh());
      } else if (known?.type === 'reveal') server.background(reveal(known.name));
      else if (known?.type === 'estimate') server.background(estimate());
      else if (known?.type === 'cancel') running?.cancellation.cancel();
      else if (known?.type === 'restart') server.background(server.restart());
      else if (known?.type === 'question')
        server.background(answerQuestion(known, { panel, spec, server, open }).then(post));
    }),
    panel.onDidChangeViewState(send),
    server.onRunning(serverChanged),
  ];

  return {
    panel,
    refresh,
    estimate,
    progress: (run, stage, fraction) => {
      if (running?.id !== run) return;
      // Kept for when the page is shown again. A page that is shown is told this alone: the graph would be a lot to repeat.
      snapshot = { ...snapshot, estimates: { status: 'running', stage, fraction } };
      post({ type: 'progress', stage, fraction });
    },
    textChanged: markStale,
    dataChanged: () => {
      if (running !== null) running.outdated = true;
      markStale();
    },
    cursorMoved: async (position) => {
      if (!shown()) return;
      const { line, character } = position;
      const name = await server.request(variableAtRequest, { uri, position: { line, character } });
      post({ type: 'highlight', name });
    },
    dispose: () => {
      disposed = true;
      running?.cancellation.cancel();
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}
