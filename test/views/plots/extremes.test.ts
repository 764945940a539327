/** Plots of estimates whose numbers have gone astray: they may look odd, and never break. */

import { renderToStaticMarkup } from 'preact-render-to-string';
import { beforeAll, expect, test } from 'vitest';
import type { Estimate } from '../../../engine/estimate/result.ts';
import { plotsOf } from '../../../views/plots/plotsOf.tsx';
import { parseXml } from '../xml.ts';
import { samples } from './samples.ts';

const EXTREMES = [
  0,
  1,
  -1,
  1e-300,
  -1e-12,
  1e9,
  -1e300,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
];

let estimates: Readonly<Record<string, Estimate>>;
beforeAll(async () => {
  estimates = await samples(300);
});

/** Counts, shares of them, and the places at which a curve or a histogram is told: these are the engine's own choice, and always sound. */
const SOUND = new Set(
  'from to treated control rows share times level n gamma df alpha effect pairs unequal bounds treatment trim'.split(
    ' ',
  ),
);

/** A p value lies between 0 and 1, or there is none. */
function straying(key: string, pick: () => number | null): () => number | null {
  return key === 'p' ? () => (pick() === null ? null : Number.NaN) : pick;
}

/** The value with each of its numbers replaced by an extreme one as `pick` says: null leaves it. */
function astray<T>(value: T, pick: () => number | null): T {
  if (typeof value === 'number') return (pick() ?? value) as T;
  if (Array.isArray(value)) return value.map((one) => astray(one, pick)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, SOUND.has(key) ? one : astray(one, straying(key, pick))]),
  ) as T;
}

function check(estimate: Estimate, what: string): void {
  for (const plot of plotsOf(estimate)) {
    const markup = renderToStaticMarkup(plot.render(320));
    expect(() => parseXml(markup), `${what}: ${plot.id}`).not.toThrow();
    const broken = markup.replace(/aria-label="[^"]*"/g, '').match(/<[^<>]*(NaN|undefined|Infinity)[^<>]*>/g);
    expect(broken, `${what}: ${plot.id}`).toBeNull();
    expect(plot.reading, `${what}: ${plot.id}`).not.toMatch(/NaN|undefined|Infinity/);
  }
}

test('every number the same extreme', () => {
  for (const [name, estimate] of Object.entries(estimates)) {
    for (const extreme of EXTREMES)
      check(
        astray(estimate, () => extreme),
        `${name} ${extreme}`,
      );
  }
});

test('some numbers extreme among sound ones', () => {
  let state = 7;
  const uniform = (): number => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
  for (let draw = 0; draw < 8; draw++) {
    for (const [name, estimate] of Object.entries(estimates)) {
      const pick = (): number | null =>
        uniform() < 0.1 ? (EXTREMES[Math.floor(uniform() * EXTREMES.length)] ?? null) : null;
      check(astray(estimate, pick), `${name}, draw ${draw}`);
    }
  }
});
