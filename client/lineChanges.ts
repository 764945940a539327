import type { LineChange } from '../media/protocol.ts';

/** Lines that say something, without the space around them. */
function significantLines(text: string): readonly string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** Of `lines` those that `others` lack; a line that stands there as often is not among them. */
function missing(lines: readonly string[], others: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}

/** What lines are gone from `before` and new in `now`, those that are gone first; nothing of spacing, comments and the order of lines. */
export function lineChanges(before: string, now: string): readonly LineChange[] {
  const [old, present] = [significantLines(before), significantLines(now)];
  return [
    ...missing(old, present).map((text): LineChange => ({ kind: 'removed', text })),
    ...missing(present, old).map((text): LineChange => ({ kind: 'added', text })),
  ];
}
