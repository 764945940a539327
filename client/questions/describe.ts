import { describeDataRequest } from '../../server/protocol.ts';
import type { Answerer } from './answerer.ts';

/** What the data of the spec hold, as its text is now. */
export const describe: Answerer<'describe'> = {
  read: () => ({}),
  answer: async (_asked, { spec, server, open }) => {
    await open();
    return server.request(describeDataRequest, { uri: spec.toString() });
  },
};
