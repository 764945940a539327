import type { EstimateOutcome } from '../../engine/estimate/result.ts';
import { findRefuter, REFUTERS } from '../../engine/refute/catalogue.ts';
import type { RefutationOverrides } from '../../server/analysis/estimation.ts';
import { unknownRefuterText } from '../../server/analysis/synonyms.ts';
import {
  type CommandSpec,
  type OptionValues,
  type ParsedArguments,
  texts,
  UsageError,
  wholeNumber,
} from '../arguments.ts';
import { type EstimatedSpec, hasErrors, printEstimates, runSpecs } from './estimate.ts';

export const refuteCommand: CommandSpec = {
  name: 'refute',
  usage: 'causal refute FILE… [--refuter NAME] [--method M] [--repetitions N] [--format text|json]',
  summary: 'tries to refute the estimates of specs, and tells how much hidden confounding they bear',
  example: 'causal refute examples/music/music.causal --refuter placebo --refuter sensitivity',
  options: {
    refuter: {
      type: 'string',
      multiple: true,
      value: 'NAME',
      help: `in place of the statements' own: ${REFUTERS.map(({ name }) => name).join(', ')}`,
    },
    repetitions: { type: 'string', value: 'N', help: 'refits of each refuter that repeats (100)' },
    method: {
      type: 'string',
      multiple: true,
      value: 'M',
      help: 'refute this method in place of the statements',
    },
    of: { type: 'string', value: 'T', help: 'the treatment, in place of the declared one' },
    on: { type: 'string', value: 'Y', help: 'the outcome, in place of the declared one' },
    format: { type: 'string', value: 'FORMAT', help: 'text (default) or json' },
  },
};

const FEWEST = 20;
const MOST = 10_000;

/**
 * Prints the estimates of every spec with what the refuters found; 1 where a check of the machinery fails, an estimate cannot run, or the
 * spec has an error. That an effect is not robust is a finding, no failure.
 */
export async function refute({ positionals, values }: ParsedArguments): Promise<number> {
  const done = await runSpecs(positionals, values, { refute: readRefutation(values) });
  printEstimates(done, values);
  return done.some(fails) ? 1 : 0;
}

function readRefutation(values: OptionValues): RefutationOverrides {
  const refuters = [...new Set(texts(values, 'refuter'))];
  for (const name of refuters)
    if (findRefuter(name) === undefined) throw new UsageError(unknownRefuterText(name));
  const repetitions = wholeNumber(values, 'repetitions', FEWEST) ?? null;
  if (repetitions !== null && repetitions > MOST) {
    throw new UsageError(`--repetitions takes a whole number up to ${MOST}; it got ${repetitions}.`);
  }
  return { refuters, repetitions };
}

function fails({ analysis, answer }: EstimatedSpec): boolean {
  if (answer.kind === 'failure' || hasErrors(analysis)) return true;
  return answer.report.estimates.some(isBroken);
}

function isBroken(outcome: EstimateOutcome): boolean {
  if (outcome.kind === 'failure') return true;
  return outcome.refutations.some(({ verdict, passed }) => verdict === 'machinery' && passed === false);
}
