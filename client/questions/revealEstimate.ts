import { locateEstimateRequest } from '../../server/protocol.ts';
import { showPlace } from '../showPlace.ts';
import type { Answerer } from './answerer.ts';

/** Shows the statement that asked for an estimate. */
export const revealEstimate: Answerer<'revealEstimate'> = {
  read: ({ name, method, treatment, outcome }) =>
    typeof name === 'string' &&
    typeof method === 'string' &&
    typeof treatment === 'string' &&
    typeof outcome === 'string'
      ? { name, method, treatment, outcome }
      : null,
  answer: async (asked, { spec, server, open }) => {
    const document = await open();
    const place = await server.request(locateEstimateRequest, { uri: spec.toString(), ...asked });
    if (place === null)
      throw new Error(
        'No statement of the text asks for this estimate: it is made of its own accord, or the text has changed since.',
      );
    await showPlace(document, place);
    return null;
  },
};
