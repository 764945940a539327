import { describePairRequest } from '../../server/protocol.ts';
import type { Answerer } from './answerer.ts';

/** Two variables of the data together. */
export const scatter: Answerer<'scatter'> = {
  read: ({ x, y }) => (typeof x === 'string' && typeof y === 'string' && x !== y ? { x, y } : null),
  answer: async ({ x, y }, { spec, server, open }) => {
    await open();
    return server.request(describePairRequest, { uri: spec.toString(), x, y });
  },
};
