/** What forbids an arrow: the same sentences in the picture, while it is drawn, and in the answer to whoever draws it. */

import { type ArrowBetween, arrowText, isSameArrow } from './graphEdit.ts';

/**
 * Why an arrow cannot be drawn in a graph with these arrows, in the place of one of them where that is given; null where it can. Its ends are
 * variables of the graph.
 */
export function arrowProblem(
  arrow: ArrowBetween,
  arrows: readonly ArrowBetween[],
  instead: ArrowBetween | null = null,
): string | null {
  const { kind, from, to } = arrow;
  if (from === to) return `${from} cannot be its own cause. Draw the arrow to another variable.`;
  if (arrows.some((each) => isSameArrow(each, arrow))) return `${arrowText(arrow)} is already in the graph.`;
  if (kind === 'bidirected') return null;
  const others = instead === null ? arrows : arrows.filter((each) => !isSameArrow(each, instead));
  const back = wayBetween(to, from, others);
  if (back === null) return null;
  if (back.length === 2)
    return `${to} → ${from} is already in the graph, and only one of the two can be the cause. Turn that arrow round; or, if something unmeasured moves both, draw ${from} ↔ ${to}.`;
  return `${from} → ${to} would close a circle: ${shortened([...back, to]).join(' → ')}. Each would cause itself. Delete or turn round one of these arrows first.`;
}

/** Names of a circle that are told; of a longer one the middle is left out. */
const MOST_TOLD = 8;

function shortened(names: readonly string[]): readonly string[] {
  return names.length <= MOST_TOLD ? names : [...names.slice(0, MOST_TOLD / 2), '…', ...names.slice(-2)];
}

/** A shortest way along directed arrows, its ends included; null where there is none. */
function wayBetween(from: string, to: string, arrows: readonly ArrowBetween[]): readonly string[] | null {
  const effects = new Map<string, string[]>();
  for (const arrow of arrows) {
    if (arrow.kind === 'bidirected') continue;
    const known = effects.get(arrow.from);
    if (known === undefined) effects.set(arrow.from, [arrow.to]);
    else known.push(arrow.to);
  }
  const cameFrom = new Map<string, string | null>([[from, null]]);
  // The queue grows as it is gone through.
  const queue = [from];
  for (const name of queue) {
    if (name === to) return wayBack(to, cameFrom);
    for (const effect of effects.get(name) ?? []) {
      if (cameFrom.has(effect)) continue;
      cameFrom.set(effect, name);
      queue.push(effect);
    }
  }
  return null;
}

function wayBack(to: string, cameFrom: ReadonlyMap<string, string | null>): readonly string[] {
  const way = [to];
  for (let name = cameFrom.get(to) ?? null; name !== null; name = cameFrom.get(name) ?? null)
    way.unshift(name);
  return way;
}
