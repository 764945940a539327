/** What the page may ask of the editor around it; nothing else in this folder touches the editor's API. */

import { fromWire } from '../engine/report/wire.ts';
import type { HostMessage, WebviewMessage } from './protocol.ts';

export interface Host {
  readonly post: (message: WebviewMessage) => void;
  /** Hears every message of the extension's until the returned function is called. */
  readonly listen: (hear: (message: HostMessage) => void) => () => void;
  /** What `save` was last given, also before a restart of the editor; undefined where there is nothing. */
  readonly restore: () => unknown;
  readonly save: (state: unknown) => void;
}

interface VsCodeApi {
  readonly postMessage: (message: unknown) => void;
  readonly getState: () => unknown;
  readonly setState: (state: unknown) => void;
}

declare const acquireVsCodeApi: () => VsCodeApi;

const MESSAGES: ReadonlySet<string> = new Set<HostMessage['type']>(['snapshot', 'progress', 'highlight']);

/** The page shares its window with whatever the editor's frame sends, so what is not of this protocol is passed over. */
function isHostMessage(data: unknown): data is HostMessage {
  return typeof data === 'object' && data !== null && 'type' in data && MESSAGES.has(String(data.type));
}

/** The editor's webview API. It can be acquired once in the life of a page. */
export function webviewHost(): Host {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    listen: (hear) => {
      const onMessage = (event: MessageEvent<unknown>): void => {
        const data = fromWire(event.data);
        if (isHostMessage(data)) hear(data);
      };
      window.addEventListener('message', onMessage);
      return () => window.removeEventListener('message', onMessage);
    },
    restore: () => api.getState(),
    save: (state) => api.setState(state),
  };
}
