import { permuteTreatment } from './permutation.ts';
import type { Refuter } from './refuter.ts';
import { distributionVerdict } from './vanishing.ts';

/**
 * Permutes the treatment, for an instrumental-variable method together with its instruments, so that they still move it; with clusters as they
 * were treated. Whatever the method then finds it made up itself.
 */
export const placebo: Refuter = async (task) => {
  const { plan } = task.problem;
  const refits = await permuteTreatment(
    task,
    {
      names: [plan.treatment, ...plan.instruments],
      moving: ({ instruments, treatments }) =>
        Array.from({ length: instruments + treatments }, (_column, j) => j),
    },
    task.seed,
  );
  return distributionVerdict(task, refits, {
    what: 'placebo estimates',
    passed: 'With the treatment dealt out at random the effect vanishes, as it should.',
    failed:
      'The method finds an effect of a treatment that was dealt out at random: the number it gives for the real one cannot be trusted either.',
  });
};
