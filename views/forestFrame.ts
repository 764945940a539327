/** What a forest plot says in each row, and where everything goes. */

import type { EstimateOutcome } from '../engine/estimate/result.ts';
import { decimalsFor, NO_NUMBER } from '../engine/report/numbers.ts';
import { type ConfidenceSet, formatSet } from '../engine/stats/confidenceSet.ts';
import { controlWords, STANDING_WORDS, type Standing, standing, titleOf } from './estimateWords.ts';
import { formatEstimate, formatInterval, formatPercent, withDecimals } from './numbers.ts';
import { printable, textWidth } from './text.ts';

/** Font sizes in pixels. */
export const NAME_SIZE = 13;
export const SMALL_SIZE = 11;

const GAP = 20;
/** Below this width names stand above their intervals rather than beside them. */
const NARROW = 440;
const KEY_HEIGHT = 22;
const KEY_SIGN = 21;
const KEY_GAP = 18;

export interface ForestRow {
  readonly outcome: EstimateOutcome;
  /** The confidence set that holds however weak the instruments are; null where there is none. */
  readonly robustSet: ConfidenceSet | null;
  readonly standing: Standing;
  readonly name: string;
  /** What is adjusted for, or the reason to doubt the number. */
  readonly detail: string;
  /** The same in few words, for where there is little room. */
  readonly brief: string;
  readonly doubtful: boolean;
  readonly value: string;
  readonly interval: string;
}

/** A standing in the plot's key, with the left end and the middle of its sign. */
export interface PlacedKey {
  readonly sign: Standing | 'robust-set';
  readonly words: string;
  readonly x: number;
  readonly y: number;
}

/** Places in pixels, from the top left corner of the plot. */
export interface ForestFrame {
  readonly narrow: boolean;
  readonly width: number;
  readonly height: number;
  readonly top: number;
  /** Tops of the rows. */
  readonly rowTops: readonly number[];
  readonly rowHeight: number;
  /** Headings of what stands apart, with their baselines; none where everything is of one kind. */
  readonly headings: readonly { readonly text: string; readonly y: number }[];
  /** Below a row's top: its name, the line under it, and its point. */
  readonly nameY: number;
  readonly detailY: number;
  readonly markY: number;
  readonly labelWidth: number;
  readonly plotLeft: number;
  readonly plotRight: number;
  /** Where the rows end and the axis begins. */
  readonly bottom: number;
  readonly keys: readonly PlacedKey[];
}

/** Heights of a heading among the rows, and of the room above the second. */
const HEADING = 20;
const APART = 12;
/** What the second, thinner line of a row is. */
const ROBUST_SET_WORDS = 'holds however weak the instrument (Anderson–Rubin)';
export const NAIVE_HEADING = 'Naive difference, for contrast';
export const EFFECT_HEADING = 'Estimates of the effect';

function robustSet(outcome: EstimateOutcome): ConfidenceSet | null {
  if (outcome.kind === 'failure') return null;
  const { andersonRubin, andersonRubinRobust } = outcome.diagnostics;
  return andersonRubinRobust ?? andersonRubin ?? null;
}

/** The words of an estimate's row, under the name by which it is told from its neighbours. */
export function forestRow(outcome: EstimateOutcome, name = printable(titleOf(outcome))): ForestRow {
  const state = standing(outcome);
  const doubtful = state !== 'identified' && state !== 'naive';
  const words = {
    outcome,
    standing: state,
    doubtful,
    name,
    robustSet: robustSet(outcome),
    detail: doubtful ? STANDING_WORDS[state] : controlWords(outcome, 3),
    brief: doubtful ? STANDING_WORDS[state] : controlWords(outcome, 0),
  };
  if (outcome.kind === 'failure') return { ...words, value: NO_NUMBER, interval: 'no number' };
  const [low, high] = outcome.ci;
  const interval = formatInterval(low, high, decimalsFor(outcome.estimate, outcome.se));
  return {
    ...words,
    value: formatEstimate(outcome.estimate, outcome.se),
    interval: interval === NO_NUMBER ? 'no interval' : interval,
  };
}

/** A row read aloud. */
export function spokenRow(row: ForestRow): string {
  const { outcome, standing: state, name, value, interval, robustSet: set } = row;
  if (outcome.kind === 'failure') return `${name}: could not run. ${printable(outcome.error.message)}`;
  const decimals = decimalsFor(outcome.estimate, outcome.se);
  const robust =
    set === null ? '' : `; Anderson–Rubin set ${formatSet(set, (each) => withDecimals(each, decimals))}`;
  return `${name}: ${value}, ${formatPercent(outcome.level)} interval ${interval}${robust}; ${STANDING_WORDS[state]}`;
}

/** The standings that the plot has, in lines no wider than `width`, below `top`. */
function placedKeys(rows: readonly ForestRow[], width: number, top: number): readonly PlacedKey[] {
  let x = 0;
  let y = top;
  const standings = [...new Set(rows.map((row) => row.standing))].filter((state) => state !== 'failed');
  const shown: Pick<PlacedKey, 'sign' | 'words'>[] = standings.map((sign) => ({
    sign,
    words: STANDING_WORDS[sign],
  }));
  if (rows.some((row) => row.robustSet !== null)) shown.push({ sign: 'robust-set', words: ROBUST_SET_WORDS });
  return shown.map(({ sign, words }) => {
    const needed = KEY_SIGN + textWidth(words, SMALL_SIZE);
    if (x > 0 && x + needed > width) {
      x = 0;
      y += KEY_HEIGHT;
    }
    const key = { sign, words, x, y };
    x += needed + KEY_GAP;
    return key;
  });
}

function widest(rows: readonly ForestRow[], above: 'name' | 'value', below: 'detail' | 'interval'): number {
  const widths = rows.map((row) =>
    Math.max(textWidth(row[above], NAME_SIZE), textWidth(row[below], SMALL_SIZE)),
  );
  return Math.max(0, ...widths);
}

/** Naive differences that come first stand under a heading of their own, since they answer another question; where all are of one kind there are no headings. */
function placedRows(
  rows: readonly ForestRow[],
  top: number,
  rowHeight: number,
): Pick<ForestFrame, 'rowTops' | 'headings' | 'bottom'> {
  const naive = rows.filter((row) => row.standing === 'naive').length;
  const isFirst = rows.slice(0, naive).every((row) => row.standing === 'naive');
  const apart = naive > 0 && naive < rows.length && isFirst;
  const headings: { text: string; y: number }[] = [];
  let y = top;
  const rowTops = rows.map((_row, i) => {
    const heading = i === 0 ? NAIVE_HEADING : EFFECT_HEADING;
    if (apart && (i === 0 || i === naive)) {
      if (i > 0) y += APART;
      headings.push({ text: heading, y: y + HEADING - 6 });
      y += HEADING;
    }
    const own = y;
    y += rowHeight;
    return own;
  });
  return { rowTops, headings, bottom: y };
}

/** The places for rows in a plot of `width` pixels. */
export function forestFrame(rows: readonly ForestRow[], width: number): ForestFrame {
  const narrow = width < NARROW;
  const numbers = Math.max(60, widest(rows, 'value', 'interval'));
  const labels = Math.min(Math.max(110, widest(rows, 'name', 'detail')), width * 0.34);
  const labelWidth = narrow ? width - numbers - GAP : labels;
  const rowHeight = narrow ? 64 : 44;
  const top = narrow ? 4 : 26;
  const nameY = narrow ? 15 : rowHeight / 2 - 3;
  const { rowTops, headings, bottom } = placedRows(rows, top, rowHeight);
  const axis = narrow ? 40 : 26;
  const keys = placedKeys(rows, width, bottom + axis + KEY_HEIGHT / 2);
  return {
    narrow,
    width,
    height: (keys[keys.length - 1]?.y ?? bottom + axis) + KEY_HEIGHT / 2 + 4,
    top,
    rowTops,
    rowHeight,
    headings,
    nameY,
    detailY: nameY + 16,
    markY: narrow ? 47 : rowHeight / 2,
    labelWidth,
    plotLeft: narrow ? 8 : labelWidth + GAP,
    plotRight: narrow ? width - 8 : width - numbers - GAP,
    bottom,
    keys,
  };
}
