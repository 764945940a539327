/** elkjs in the page: a large script that is fetched when the first graph is drawn. */

import type { LayoutEngine } from '../views/elkGraph.ts';
import type { PageSettings } from './protocol.ts';

declare global {
  interface Window {
    /** Set by elkjs's bundled build. */
    readonly ELK?: new () => LayoutEngine;
  }
}

function fetchScript({ elkUrl, nonce }: PageSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.nonce = nonce;
    script.src = elkUrl;
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => reject(new Error('the layout library could not be loaded')));
    document.head.append(script);
  });
}

/** A function that gives the layout engine, fetched at its first call; a failed fetch is tried again at the next one. */
export function lazyElk(settings: PageSettings): () => Promise<LayoutEngine> {
  let engine: Promise<LayoutEngine> | null = null;
  const load = async (): Promise<LayoutEngine> => {
    await fetchScript(settings);
    if (window.ELK === undefined) throw new Error('the layout library is not what it should be');
    return new window.ELK();
  };
  return () => {
    engine ??= load().catch((error: unknown) => {
      engine = null;
      throw error;
    });
    return engine;
  };
}
