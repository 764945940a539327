/** Labels of points, each where it covers neither another one nor a point. */

import { textWidth } from '../text.ts';
import type { PlotBox } from './axes.tsx';
import { SMALL } from './scale.ts';

/** Where the text begins or ends on its base line, in pixels. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end';
}

export interface LabelWish {
  readonly text: string;
  /** The best first; the first that is free is taken. */
  readonly spots: readonly Spot[];
}

export interface PlacedLabel extends Spot {
  readonly text: string;
}

/** Spots of a label around a point. */
export function spotsAround(x: number, y: number): readonly Spot[] {
  const heights = [4, -9, 18, -22, -35];
  return heights.flatMap((height): Spot[] => [
    { x: x + 8, y: y + height, anchor: 'start' },
    { x: x - 8, y: y + height, anchor: 'end' },
  ]);
}

interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function areaOf(text: string, { x, y, anchor }: Spot): Area {
  const width = textWidth(text, SMALL);
  const left = anchor === 'end' ? x - width : x;
  return { left, right: left + width, top: y - SMALL, bottom: y + 2 };
}

function meet(one: Area, other: Area): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

const POINT = 6;

/** The labels that find a place inside the plot, the first of them first served; what finds none is left out. */
export function placeLabels(
  wishes: readonly LabelWish[],
  points: readonly (readonly [x: number, y: number])[],
  box: PlotBox,
): readonly PlacedLabel[] {
  const taken: Area[] = points.map(([x, y]) => ({
    left: x - POINT,
    right: x + POINT,
    top: y - POINT,
    bottom: y + POINT,
  }));
  return wishes.flatMap(({ text, spots }): PlacedLabel[] => {
    const free = spots.find((spot) => {
      const area = areaOf(text, spot);
      const isInside = area.left >= box.left && area.right <= box.right + 1 && area.bottom <= box.bottom + 3;
      return isInside && !taken.some((other) => meet(area, other));
    });
    if (free === undefined) return [];
    taken.push(areaOf(text, free));
    return [{ text, ...free }];
  });
}
