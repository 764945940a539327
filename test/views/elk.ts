import ELK from 'elkjs/lib/elk.bundled.js';
import type { LayoutEngine } from '../../views/elkGraph.ts';

/** elkjs as Node loads it. */
export function nodeElk(): LayoutEngine {
  return new ELK();
}
