import type { WebviewMessage } from '../media/protocol.ts';

/** The message if it is one of the page's protocol; null for anything else that arrives. */
export function readWebviewMessage(message: unknown): WebviewMessage | null {
  if (typeof message !== 'object' || message === null || !('type' in message)) return null;
  switch (message.type) {
    case 'ready':
    case 'estimate':
    case 'cancel':
    case 'restart':
      return { type: message.type };
    case 'reveal':
      return 'name' in message && typeof message.name === 'string'
        ? { type: 'reveal', name: message.name }
        : null;
    case 'question':
      return readQuestion(message);
    default:
      return null;
  }
}

/** What is asked is read by whoever answers it. */
function readQuestion(message: object): WebviewMessage | null {
  const { id, kind, asked } = { id: null, kind: null, asked: null, ...message };
  return typeof id === 'number' && typeof kind === 'string' ? { type: 'question', id, kind, asked } : null;
}
