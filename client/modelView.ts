/** One model view: what it shows, and the estimates that run for it. */

import type { Disposable, Position, TextDocument, Uri, WebviewPanel } from 'vscode';
import { toWire } from '../engine/report/wire.ts';
import type { FinishedRun, HostMessage, ViewSnapshot } from '../media/protocol.ts';
import { graphRequest, variableAtRequest } from '../server/protocol.ts';
import { createEstimateRuns } from './estimateRuns.ts';
import type { KeptRuns } from './keptRuns.ts';
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
  /** All that its progress will name. */
  stages(run: string, stages: readonly string[]): void;
  /** Estimates belong to the text and the data they were made from. */
  textChanged(text: string): void;
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
  readonly kept: KeptRuns;
}

/** Takes over a panel whose page is yet to be loaded. */
export function createModelView({ panel, spec, server, open, reveal, kept }: ModelViewParts): ModelView {
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

  // A hidden page hears nothing: it is sent the newest snapshot when it is shown. A panel that is gone cannot even be asked.
  const shown = (): boolean => !disposed && ready && panel.visible;
  const post = (message: HostMessage): void => {
    if (shown()) void panel.webview.postMessage(toWire(message));
  };
  const runs = createEstimateRuns({ spec, server, open, kept, changed: () => send() });
  const send = (): void => post({ type: 'snapshot', snapshot: { ...snapshot, ...runs.part() } });
  const update = (change: Partial<ViewSnapshot>): void => {
    snapshot = { ...snapshot, ...change };
    send();
  };

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

  const estimates = (): FinishedRun | null =>
    snapshot.estimates.status === 'done' ? snapshot.estimates : (snapshot.kept ?? null);

  const subscriptions = [
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const known = readWebviewMessage(message);
      if (known?.type === 'ready') {
        ready = true;
        send();
        server.background(refresh());
        server.background(runs.restore());
      } else if (known?.type === 'reveal') server.background(reveal(known.name));
      else if (known?.type === 'estimate') server.background(runs.estimate());
      else if (known?.type === 'cancel') runs.cancel();
      else if (known?.type === 'restart') server.background(server.restart());
      else if (known?.type === 'question')
        server.background(answerQuestion(known, { panel, spec, server, open, estimates }).then(post));
    }),
    panel.onDidChangeViewState(send),
    server.onRunning(serverChanged),
  ];

  return {
    panel,
    refresh,
    estimate: runs.estimate,
    progress: (run, stage, fraction) => {
      // A page that is shown is told this alone: the graph would be a lot to repeat.
      if (runs.progress(run, stage, fraction)) post({ type: 'progress', stage, fraction });
    },
    stages: runs.stages,
    textChanged: runs.textChanged,
    dataChanged: runs.dataChanged,
    cursorMoved: async (position) => {
      if (!shown()) return;
      const { line, character } = position;
      const name = await server.request(variableAtRequest, { uri, position: { line, character } });
      post({ type: 'highlight', name });
    },
    dispose: () => {
      disposed = true;
      runs.dispose();
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}
