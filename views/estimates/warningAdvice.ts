/** What to do about warnings whose own words do not say it. */

const ADVICE: Readonly<Record<string, string>> = {
  'not-identified':
    'Mend what is adjusted for, the instrument, or the graph. Until then read the number as an association.',
  bounded: 'Compare with `aipw`, which leaves predictions where they are.',
  trimmed: 'Say so wherever the number is quoted.',
  unmatched: 'Say so wherever the number is quoted, or widen the `caliper`.',
  bootstrap: 'Where many are lost, leave out `bootstrap` and rely on the standard error of the method.',
};

/** A sentence; null where the warning says it itself, or nothing needs to be done. */
export function warningAdvice(code: string): string | null {
  return Object.hasOwn(ADVICE, code) ? (ADVICE[code] ?? null) : null;
}
