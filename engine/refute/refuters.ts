/** The refuters of this version, by name: a new one is a file, a row here and one in `catalogue.ts`. */

import { bootstrapped } from './bootstrap.ts';
import type { RefuterName } from './catalogue.ts';
import { dummyOutcome } from './dummyOutcome.ts';
import { eValue } from './eValue.ts';
import { placebo } from './placebo.ts';
import { randomCommonCause } from './randomCommonCause.ts';
import type { Refuter } from './refuter.ts';
import { rosenbaum } from './rosenbaumGamma.ts';
import { sensitivity } from './sensitivity.ts';
import { subset } from './subset.ts';
import { unobservedCommonCause } from './unobservedCommonCause.ts';

export const REFUTER_COMPUTATIONS: Readonly<Record<RefuterName, Refuter>> = {
  placebo,
  random_common_cause: randomCommonCause,
  subset,
  dummy_outcome: dummyOutcome,
  bootstrap: bootstrapped,
  unobserved_common_cause: unobservedCommonCause,
  sensitivity,
  e_value: eValue,
  rosenbaum,
};
