/** Answers of jobs about documents: the newest of each is kept while it holds, and what is asked anew ends what was asked before. */

export interface LatestJobs<Answer> {
  /**
   * The answer to `key` (all that it depends on) for somebody who has one question at a time: kept, or on its way, or worked out now. Where
   * they ask something else meanwhile, or are released, `signal` tells `work` to end, and whatever it answers is what the first question gets.
   */
  ask(
    asker: string,
    key: () => Promise<string>,
    work: (signal: AbortSignal) => Promise<Answer>,
  ): Promise<Answer>;
  release(asker: string): void;
}

interface Shelf<Answer> {
  readonly key: string;
  readonly controller: AbortController;
  readonly answer: Promise<Answer>;
}

/** Askers whose answers are remembered. */
const KEPT = 8;

/** An empty shelf for the answers of a server. `holds` tells which answers are worth keeping: not that something was cancelled. */
export function latestJobs<Answer>(holds: (answer: Answer) => boolean): LatestJobs<Answer> {
  const shelves = new Map<string, Shelf<Answer>>();
  /** The newest question of each asker: keys are found out in no order. */
  const newest = new Map<string, object>();
  const drop = (asker: string): void => {
    shelves.get(asker)?.controller.abort();
    shelves.delete(asker);
  };
  const put = (asker: string, shelf: Shelf<Answer>): void => {
    shelves.delete(asker);
    shelves.set(asker, shelf);
    for (const oldest of [...shelves.keys()].slice(0, Math.max(0, shelves.size - KEPT))) drop(oldest);
  };
  return {
    ask: async (asker, keyOf, work) => {
      const ticket = {};
      newest.set(asker, ticket);
      const key = await keyOf();
      const known = shelves.get(asker);
      if (known?.key === key) {
        put(asker, known);
        return known.answer;
      }
      const controller = new AbortController();
      if (newest.get(asker) !== ticket) {
        controller.abort();
        return work(controller.signal);
      }
      drop(asker);
      const shelf: Shelf<Answer> = { key, controller, answer: work(controller.signal) };
      put(asker, shelf);
      const forget = (): void => {
        if (shelves.get(asker) === shelf) shelves.delete(asker);
      };
      shelf.answer.then((answer) => holds(answer) || forget(), forget);
      return shelf.answer;
    },
    release: (asker) => {
      newest.delete(asker);
      drop(asker);
    },
  };
}
