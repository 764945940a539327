import { chooseData as choose } from '../chooseData.ts';
import type { Answerer } from './answerer.ts';

/** Lets the person choose a data file, which is written into the spec. */
export const chooseData: Answerer<'chooseData'> = {
  read: () => ({}),
  answer: async (_asked, { spec, server, open }) => {
    await open();
    return choose(spec, server);
  },
};
