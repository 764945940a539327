/** Panels that the editor restores, beside those that are open. */

import { expect, it, vi } from 'vitest';

interface Restorer {
  readonly deserializeWebviewPanel: (panel: unknown, state: unknown) => Promise<void>;
}

const editor = vi.hoisted(() => ({ restorer: null as unknown }));
const uri = (text: string) => ({ path: text, fsPath: text, scheme: 'file', toString: () => text });

vi.mock('vscode', () => {
  const nothing = () => ({ dispose: () => {} });
  return {
    Uri: { parse: uri, joinPath: () => uri('file:///extension') },
    window: {
      onDidChangeTextEditorSelection: nothing,
      registerWebviewPanelSerializer: (_type: string, restorer: unknown) => {
        editor.restorer = restorer;
        return nothing();
      },
    },
    workspace: { onDidChangeTextDocument: nothing, openTextDocument: async () => ({ version: 1 }) },
  };
});

const { createModelViews } = await import('../../client/modelViews.ts');

function playedPanel() {
  const subscription = () => ({ dispose: () => {} });
  const webview = { html: '', options: {}, asWebviewUri: () => '', onDidReceiveMessage: subscription };
  const dispose = vi.fn();
  return { webview, dispose, onDidDispose: subscription, onDidChangeViewState: subscription };
}

it('a panel that is restored after its spec was given a newer view goes away', async () => {
  const nothing = () => ({ dispose: () => {} });
  const server = { onNotification: nothing, onRunning: nothing, background: () => {} };
  const context = { extensionUri: uri('file:///extension') };
  type Arguments = Parameters<typeof createModelViews>;
  createModelViews(context as unknown as Arguments[0], server as unknown as Arguments[1]);
  const [newer, late, other] = [playedPanel(), playedPanel(), playedPanel()];
  const restore = (panel: unknown, spec: string) =>
    (editor.restorer as Restorer).deserializeWebviewPanel(panel, { uri: spec });
  await restore(newer, 'file:///w/a.causal');
  await restore(late, 'file:///w/a.causal');
  await restore(other, 'file:///w/b.causal');
  expect([newer, late, other].map(({ dispose }) => dispose.mock.calls.length)).toEqual([0, 1, 0]);
});
