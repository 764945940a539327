/** The model views, one a spec: opened, restored, kept up to date, and where its estimates run. */

import {
  type Disposable,
  type ExtensionContext,
  type TextDocument,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import { documentChanged, estimateProgress, estimateStages, locateRequest } from '../server/protocol.ts';
import { createKeptRuns } from './keptRuns.ts';
import type { LanguageServer } from './languageServer.ts';
import { createModelView, type ModelView } from './modelView.ts';
import { pageHtml } from './pageHtml.ts';
import { showPlace } from './showPlace.ts';

const VIEW_TYPE = 'causal.model';

export interface ModelViews extends Disposable {
  show(spec: Uri): Promise<void>;
  /** Shows the view and runs the estimates of the spec in it. */
  estimate(spec: Uri): Promise<void>;
}

/** Manages the model views of this window. */
export function createModelViews(context: ExtensionContext, server: LanguageServer): ModelViews {
  const views = new Map<string, ModelView>();
  const kept = createKeptRuns(() => ({
    memento: context.workspaceState,
    version: String(context.extension.packageJSON.version),
  }));
  const adopt = (panel: WebviewPanel, spec: Uri): ModelView => {
    const view = createModelView({
      panel,
      spec,
      server,
      open: () => openSilently(spec),
      reveal: (name) => reveal(spec, name, server),
      kept,
    });
    views.set(spec.toString(), view);
    // Listens before the page exists, so that its first message is heard.
    panel.webview.html = pageHtml(panel.webview, context.extensionUri);
    panel.onDidDispose(() => {
      view.dispose();
      if (views.get(spec.toString()) === view) views.delete(spec.toString());
    });
    return view;
  };
  const open = (spec: Uri): ModelView => {
    const existing = views.get(spec.toString());
    if (existing !== undefined) {
      existing.panel.reveal(undefined, true);
      return existing;
    }
    const panel = window.createWebviewPanel(
      VIEW_TYPE,
      titleOf(spec),
      { viewColumn: ViewColumn.Beside, preserveFocus: true },
      webviewOptions(context),
    );
    return adopt(panel, spec);
  };
  const viewOf = (uri: string): ModelView | undefined => views.get(Uri.parse(uri).toString());
  const subscriptions: Disposable[] = [
    server.onNotification(documentChanged, ({ uri, cause }) => {
      const view = viewOf(uri);
      if (view === undefined) return;
      if (cause === 'data') view.dataChanged();
      server.background(view.refresh());
    }),
    server.onNotification(estimateProgress, ({ run, stage, fraction }) => {
      for (const view of views.values()) view.progress(run, stage, fraction);
    }),
    server.onNotification(estimateStages, ({ run, stages }) => {
      for (const view of views.values()) view.stages(run, stages);
    }),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      // Saving is a change as well, of no text.
      if (contentChanges.length > 0) viewOf(document.uri.toString())?.textChanged(document.getText());
    }),
    window.onDidChangeTextEditorSelection(({ textEditor }) => {
      const view = viewOf(textEditor.document.uri.toString());
      if (view !== undefined) server.background(view.cursorMoved(textEditor.selection.active));
    }),
    window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: async (panel, state) => {
        const spec = specOfState(state);
        // A panel in the background is restored when it is looked at: the spec may have a newer view by then.
        if (spec === null || views.has(spec.toString())) panel.dispose();
        else {
          panel.webview.options = webviewOptions(context);
          adopt(panel, spec);
          await openSilently(spec);
        }
      },
    }),
  ];
  return {
    show: async (spec) => {
      await openSilently(spec);
      server.background(open(spec).refresh());
    },
    estimate: async (spec) => {
      await openSilently(spec);
      await open(spec).estimate();
    },
    dispose: () => {
      for (const subscription of subscriptions) subscription.dispose();
      for (const view of views.values()) view.panel.dispose();
    },
  };
}

function titleOf(spec: Uri): string {
  return `Model: ${spec.path.split('/').at(-1) ?? ''}`;
}

function webviewOptions(context: ExtensionContext) {
  return { enableScripts: true, localResourceRoots: [Uri.joinPath(context.extensionUri, 'dist', 'media')] };
}

/** The server knows only open documents. */
async function openSilently(spec: Uri): Promise<TextDocument> {
  return workspace.openTextDocument(spec);
}

/** The page keeps the spec's address in its state; anything else found there is not ours. */
function specOfState(state: unknown): Uri | null {
  const uri = typeof state === 'object' && state !== null && 'uri' in state ? state.uri : undefined;
  return typeof uri === 'string' && uri !== '' ? Uri.parse(uri) : null;
}

async function reveal(spec: Uri, name: string, server: LanguageServer): Promise<void> {
  const place = await server.request(locateRequest, { uri: spec.toString(), name });
  if (place === null) return;
  await showPlace(await openSilently(spec), place);
}
