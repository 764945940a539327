/** The stages of a run as a short list: what is done, what goes on, and what is to come. */

export interface ShownStage {
  readonly state: 'done' | 'current' | 'to-come';
  readonly text: string;
}

const BEFORE = 2;
const AFTER = 3;

/**
 * The stages around the present one, with a count in place of those further off. A stage that is not in the list, as where none is known, is
 * shown alone.
 */
export function shownStages(stages: readonly string[], current: string): readonly ShownStage[] {
  const at = stages.indexOf(current);
  if (at < 0) return [{ state: 'current', text: current }];
  const first = Math.max(0, at - BEFORE);
  const last = Math.min(stages.length, at + 1 + AFTER);
  const counted = (count: number, state: ShownStage['state'], words: string): readonly ShownStage[] =>
    count === 0 ? [] : [{ state, text: `${count} ${words}` }];
  return [
    ...counted(first, 'done', 'done before'),
    ...stages.slice(first, last).map(
      (text, i): ShownStage => ({
        state: first + i < at ? 'done' : first + i === at ? 'current' : 'to-come',
        text,
      }),
    ),
    ...counted(stages.length - last, 'to-come', 'more to come'),
  ];
}
