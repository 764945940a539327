/** Names in sentences for people. */

/** As many names as a sentence bears; whoever needs all of them reads the JSON. */
const MOST_NAMES = 12;

/** `a`, `a and b`, `a, b and c`; from more than `limit` names (at least 1) the rest is counted: `a, b and 7 more`. */
export function nameList(names: readonly string[], limit = MOST_NAMES): string {
  const shown = names.length > limit ? names.slice(0, limit) : names.slice(0, -1);
  const last = names.length > limit ? `${names.length - limit} more` : (names.at(-1) ?? '');
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}
