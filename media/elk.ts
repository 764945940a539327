/** elkjs in the page: a large script that is fetched when the first graph is drawn, and works in a thread of its own. */

import ElkApi from 'elkjs/lib/elk-api.js';
import type { LayoutEngine } from '../views/elkGraph.ts';
import type { PageSettings } from './protocol.ts';

declare global {
  interface Window {
    /** All of elkjs's worker as one function, set by the script that the build wraps around it. */
    readonly elkWorker?: () => void;
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

/** A worker whose script is the text of that function: an editor's page can start no worker from an address. */
function startWorker(elkWorker: () => void): Worker {
  const script = new Blob([`(${String(elkWorker)})()`], { type: 'text/javascript' });
  const url = URL.createObjectURL(script);
  const worker = new Worker(url);
  // What it loads it has asked for by now.
  worker.addEventListener('message', () => URL.revokeObjectURL(url), { once: true });
  return worker;
}

/** A function that gives the layout engine, fetched at its first call; a failed fetch is tried again at the next one. */
export function lazyElk(settings: PageSettings): () => Promise<LayoutEngine> {
  let engine: Promise<LayoutEngine> | null = null;
  const load = async (): Promise<LayoutEngine> => {
    await fetchScript(settings);
    const { elkWorker } = window;
    if (elkWorker === undefined) throw new Error('the layout library is not what it should be');
    return new ElkApi({ algorithms: ['layered'], workerFactory: () => startWorker(elkWorker) });
  };
  return () => {
    engine ??= load().catch((error: unknown) => {
      engine = null;
      throw error;
    });
    return engine;
  };
}
