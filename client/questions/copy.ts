import { env } from 'vscode';
import type { Answerer } from './answerer.ts';

/** Puts a text on the clipboard. */
export const copy: Answerer<'copy'> = {
  read: ({ text }) => (typeof text === 'string' ? { text } : null),
  answer: async ({ text }) => {
    await env.clipboard.writeText(text);
    return null;
  },
};
