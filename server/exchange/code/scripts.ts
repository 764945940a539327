/** The tools for which a spec can be written out as a script. */

import type { Analysis } from '../../analysis/analyse.ts';
import { dagittyScript } from './dagittyScript.ts';
import { dowhyScript } from './dowhyScript.ts';
import { fixestScript } from './fixestScript.ts';
import type { Script } from './script.ts';

export interface ScriptFormat {
  readonly id: 'dowhy' | 'dagitty' | 'fixest';
  /** As people call it. */
  readonly title: string;
  /** Of file names, with the dot. */
  readonly ending: string;
  readonly write: (analysis: Analysis) => Script;
}

/** In the order in which they are offered. */
export const SCRIPT_FORMATS: readonly ScriptFormat[] = [
  { id: 'dowhy', title: 'DoWhy (Python)', ending: '.py', write: dowhyScript },
  { id: 'dagitty', title: 'dagitty (R)', ending: '.R', write: dagittyScript },
  { id: 'fixest', title: 'fixest (R)', ending: '.R', write: fixestScript },
];
