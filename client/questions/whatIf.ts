import { readSupposition } from '../../engine/report/readSupposition.ts';
import { whatIfRequest } from '../../server/protocol.ts';
import type { Answerer } from './answerer.ts';

/** What the graph would say if it were read otherwise than it is written. */
export const whatIf: Answerer<'whatIf'> = {
  read: readSupposition,
  answer: async (supposition, { spec, server, open }) => {
    await open();
    const snapshot = await server.request(whatIfRequest, { uri: spec.toString(), ...supposition });
    if (snapshot === null)
      throw new Error('The language server has no answer to that. Show the graph again.');
    return snapshot;
  },
};
