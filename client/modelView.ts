/** One model view: what it shows, and the estimates that run for it. */

import { randomUUID } from 'node:crypto';
import { CancellationTokenSource, type Disposable, type Position, type Uri, type WebviewPanel } from 'vscode';
import { toWire } from '../engine/report/wire.ts';
import type { EstimatesState, HostMessage, ViewSnapshot } from '../media/protocol.ts';
import { estimateRequest, graphRequest, variableAtRequest } from '../server/protocol.ts';
import { chooseData } from './chooseData.ts';
import type { LanguageServer } from './languageClient.ts';
import { readWebviewMessage } from './webviewMessage.ts';

export interface ModelView extends Disposable {
  readonly panel: WebviewPanel;
  /** Asks the server for the graph of the text as it is now. */
  refresh(): Promise<void>;
  /** Runs the estimates; settles when they are done, failed or cancelled. */
  estimate(): Promise<void>;
  /** Told of every run; a view shows its own. */
  progress(run: string, stage: string, fraction: number | null): void;
  /** Estimates belong to the text they were made from. */
  textChanged(): void;
  cursorMoved(position: Position): Promise<void>;
}

export interface ModelViewParts {
  readonly panel: WebviewPanel;
  readonly spec: Uri;
  readonly server: LanguageServer;
  /** Shows the declaration of a variable in the text. */
  readonly reveal: (name: string) => Promise<void>;
}

/** Takes over a panel whose page is yet to be loaded. */
export function createModelView({ panel, spec, server, reveal }: ModelViewParts): ModelView {
  const uri = spec.toString();
  let snapshot: ViewSnapshot = {
    uri,
    fileName: spec.path.split('/').at(-1) ?? '',
    graph: null,
    outdated: null,
    estimates: { status: 'none' },
  };
  let ready = false;
  let running: { readonly run: string; readonly cancellation: CancellationTokenSource } | null = null;

  const post = (message: HostMessage): void => void panel.webview.postMessage(toWire(message));
  // A hidden page hears nothing: it is sent the newest snapshot when it is shown.
  const send = (): void => {
    if (ready && panel.visible) post({ type: 'snapshot', snapshot });
  };
  const update = (change: Partial<ViewSnapshot>): void => {
    snapshot = { ...snapshot, ...change };
    send();
  };
  const setEstimates = (estimates: EstimatesState): void => update({ estimates });

  const refresh = async (): Promise<void> => {
    const answer = await server.request(graphRequest, { uri });
    if (answer === null) return;
    const keep = answer.broken && snapshot.graph !== null;
    update(
      keep
        ? { outdated: 'The text has errors. This is the last graph that could be read.' }
        : { graph: answer.snapshot, outdated: null },
    );
  };

  const estimate = async (): Promise<void> => {
    running?.cancellation.cancel();
    const cancellation = new CancellationTokenSource();
    const run = randomUUID();
    running = { run, cancellation };
    setEstimates({ status: 'running', stage: 'Starting', fraction: null });
    const state = await estimated(run, cancellation);
    cancellation.dispose();
    // A newer run has taken this one's place.
    if (running?.run !== run) return;
    running = null;
    setEstimates(state);
  };

  const estimated = async (run: string, cancellation: CancellationTokenSource): Promise<EstimatesState> => {
    try {
      const answer = await server.request(estimateRequest, { uri, run }, cancellation.token);
      if (cancellation.token.isCancellationRequested) return { status: 'cancelled' };
      if (answer.kind === 'report') return { status: 'done', report: answer.report, stale: false };
      if (answer.code === 'no-data' && (await chooseData(spec, server))) return estimated(run, cancellation);
      return answer.code === 'cancelled'
        ? { status: 'cancelled' }
        : { status: 'failed', message: answer.message };
    } catch (error) {
      if (cancellation.token.isCancellationRequested) return { status: 'cancelled' };
      return { status: 'failed', message: error instanceof Error ? error.message : String(error) };
    }
  };

  const subscriptions = [
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const known = readWebviewMessage(message);
      if (known?.type === 'ready') {
        ready = true;
        send();
        void refresh();
      } else if (known?.type === 'reveal') void reveal(known.name);
      else if (known?.type === 'estimate') void estimate();
      else if (known?.type === 'cancel') running?.cancellation.cancel();
    }),
    panel.onDidChangeViewState(send),
  ];

  return {
    panel,
    refresh,
    estimate,
    progress: (run, stage, fraction) => {
      if (running?.run === run) setEstimates({ status: 'running', stage, fraction });
    },
    textChanged: () => {
      const { estimates } = snapshot;
      if (estimates.status === 'done' && !estimates.stale) setEstimates({ ...estimates, stale: true });
    },
    cursorMoved: async (position) => {
      if (!ready || !panel.visible) return;
      const { line, character } = position;
      post({
        type: 'highlight',
        name: await server.request(variableAtRequest, { uri, position: { line, character } }),
      });
    },
    dispose: () => {
      running?.cancellation.cancel();
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}
