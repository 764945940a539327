import { toWire } from '../../engine/report/wire.ts';
import { sharedTextRequest } from '../../server/protocol.ts';
import type { Answerer } from './answerer.ts';

const STALE = 'The text or the data have changed since these estimates were made.';

/** The spec as a text for elsewhere: its graph in another language, a script, or the paragraph on methods. */
export const text: Answerer<'text'> = {
  read: ({ what }) => (typeof what === 'string' && what.length < 100 ? { what } : null),
  answer: async ({ what }, { spec, server, open, estimates }) => {
    await open();
    const last = what === 'method' ? estimates() : null;
    const report = toWire(last?.report ?? null);
    const answer = await server.request(sharedTextRequest, { uri: spec.toString(), what, report });
    if (answer.kind === 'failure') throw new Error(answer.message);
    return { text: answer.text, notes: last?.stale === true ? [STALE, ...answer.notes] : answer.notes };
  },
};
