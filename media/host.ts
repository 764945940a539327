/** What the page may ask of the editor around it; nothing else in this folder touches the editor's API. */

import { fromWire } from '../engine/report/wire.ts';
import type { HostMessage, WebviewMessage } from './protocol.ts';
import type { Answer, Asked, QuestionKind, Reply } from './questions.ts';

export interface Host {
  readonly post: (message: WebviewMessage) => void;
  /** Settles with the answer; rejects with an error whose message is for a person where there is none to be had. */
  readonly ask: <Kind extends QuestionKind>(kind: Kind, asked: Asked<Kind>) => Promise<Answer<Kind>>;
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

const MESSAGES: ReadonlySet<string> = new Set<HostMessage['type']>([
  'snapshot',
  'progress',
  'highlight',
  'answer',
  'refusal',
]);

/** The page shares its window with whatever the editor's frame sends, so what is not of this protocol is passed over. */
function isHostMessage(data: unknown): data is HostMessage {
  return typeof data === 'object' && data !== null && 'type' in data && MESSAGES.has(String(data.type));
}

function listen(hear: (message: HostMessage) => void): () => void {
  const onMessage = (event: MessageEvent<unknown>): void => {
    const data = fromWire(event.data);
    if (isHostMessage(data)) hear(data);
  };
  window.addEventListener('message', onMessage);
  return () => window.removeEventListener('message', onMessage);
}

/** Questions that are on their way, by their numbers. */
interface Asking {
  readonly ask: Host['ask'];
  readonly settle: (reply: Reply) => void;
}

function createAsking(post: Host['post']): Asking {
  const waiting = new Map<number, { resolve: (answer: unknown) => void; reject: (error: Error) => void }>();
  let last = 0;
  return {
    ask: <Kind extends QuestionKind>(kind: Kind, asked: Asked<Kind>) =>
      new Promise<Answer<Kind>>((resolve, reject) => {
        const id = ++last;
        // The host's table of questions has the same types on its side.
        waiting.set(id, { resolve: (answer) => resolve(answer as Answer<Kind>), reject });
        post({ type: 'question', id, kind, asked });
      }),
    settle: (reply) => {
      const asker = waiting.get(reply.id);
      waiting.delete(reply.id);
      if (reply.type === 'answer') asker?.resolve(reply.answer);
      else asker?.reject(new Error(reply.message));
    },
  };
}

/** The editor's webview API. It can be acquired once in the life of a page. */
export function webviewHost(): Host {
  const api = acquireVsCodeApi();
  const post: Host['post'] = (message) => api.postMessage(message);
  const asking = createAsking(post);
  listen((message) => {
    if (message.type === 'answer' || message.type === 'refusal') asking.settle(message);
  });
  return {
    post,
    ask: asking.ask,
    listen,
    restore: () => api.getState(),
    save: (state) => api.setState(state),
  };
}
