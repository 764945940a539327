/** Numbers and shapes in the few characters that a table has for them. */

/** A number to four digits in at most eight characters. */
export function brief(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text =
    size >= 1e7 || size < 1e-4
      ? value.toExponential(2).replace('e+', 'e')
      : size >= 1e4
        ? Math.round(value).toLocaleString('en')
        : String(Number(value.toPrecision(4)));
  return text.replace('-', '−');
}

const BLOCKS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** One block a count, as high as it is; neighbours are put together until there are at most `width`. An empty one is a gap. */
export function sparkline(counts: readonly number[], width: number): string {
  const step = Math.ceil(counts.length / width);
  const sums = Array.from({ length: Math.ceil(counts.length / step) }, (_sum, i) =>
    counts.slice(i * step, (i + 1) * step).reduce((sum, count) => sum + count, 0),
  );
  const most = Math.max(1, ...sums);
  return sums
    .map((count) => (count === 0 ? ' ' : (BLOCKS[Math.ceil((count / most) * BLOCKS.length) - 1] ?? '█')))
    .join('');
}
