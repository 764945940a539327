/** How large a variable is drawn, and where its outline runs. */

import type { SnapshotNode } from '../engine/report/snapshot.ts';
import type { Box, DrawnNode, NodeShape } from './drawing.ts';
import { caption, roleShape } from './roles.ts';
import { printable, textWidth, wrapped } from './text.ts';

/** Sizes in pixels shared by the layout and the component that draws. */
export const NAME_SIZE = 13;
export const NAME_LEADING = 17;
export const CAPTION_SIZE = 11;
export const CAPTION_LEADING = 15;
const PADDING_X = 16;
const PADDING_Y = 9;
const MAX_LINE = 208;
const MAX_LINES = 3;
const MIN_WIDTH = 92;
const GRID = 4;

/** How far the point of a hexagon or a pentagon reaches into the width of a box. */
export const POINT_INSET = 14;

/** What the outline takes from the width besides the padding. */
const EXTRA_WIDTH: Readonly<Record<NodeShape, number>> = {
  'heavy-box': 0,
  'double-box': 6,
  pentagon: POINT_INSET - 2,
  'corner-box': 6,
  ellipse: 22,
  'barred-box': 6,
  pill: 8,
  hexagon: 2 * POINT_INSET - 8,
  'underlined-box': 0,
  box: 0,
};

/** A variable with its label cut into lines and its size settled; still without a place. */
export type SizedNode = Omit<DrawnNode, 'x' | 'y'>;

/** Lines, shape and size of a variable; widths and heights are whole multiples of a few pixels, so that small edits move little. */
export function sizedNode(node: SnapshotNode): SizedNode {
  const shape = roleShape(node.role);
  const lines = wrapped(printable(node.name), NAME_SIZE, MAX_LINE, MAX_LINES);
  const words = printable(caption(node));
  const text = Math.max(textWidth(words, CAPTION_SIZE), ...lines.map((line) => textWidth(line, NAME_SIZE)));
  const rise = shape === 'ellipse' ? 8 + 6 * (lines.length - 1) : 0;
  const wide = shape === 'ellipse' ? EXTRA_WIDTH.ellipse + text * 0.1 : EXTRA_WIDTH[shape];
  const height = lines.length * NAME_LEADING + (words === '' ? 0 : CAPTION_LEADING) + 2 * PADDING_Y + rise;
  return {
    name: node.name,
    role: node.role,
    shape,
    latent: node.latent || node.role === 'latent',
    adjusted: node.adjusted,
    lines,
    caption: words,
    roles: node.roles,
    description: node.description,
    note: node.note,
    width: Math.ceil(Math.max(MIN_WIDTH, text + 2 * PADDING_X + wide) / GRID) * GRID,
    height: Math.ceil(Math.max(50, height) / 2) * 2,
  };
}

/** Ordinate of the upper outline of a shape at an abscissa; the lower one mirrors it about the box's middle. */
export function upperEdge(shape: NodeShape, box: Box, x: number): number {
  const half = box.height / 2;
  const fromLeft = x - box.x;
  const fromRight = box.x + box.width - x;
  if (shape === 'ellipse') {
    const relative = (x - box.x - box.width / 2) / (box.width / 2);
    return box.y + half - half * Math.sqrt(Math.max(0, 1 - relative * relative));
  }
  const near =
    shape === 'hexagon' ? Math.min(fromLeft, fromRight) : shape === 'pentagon' ? fromRight : Infinity;
  return box.y + half * Math.max(0, 1 - near / POINT_INSET);
}

/** The same for the left side of a shape in a box whose axes are exchanged. */
export function leftEdge(shape: NodeShape, box: Box, x: number): number {
  if (shape === 'ellipse') return upperEdge(shape, box, x);
  const off = Math.abs(x - box.x - box.width / 2) / (box.width / 2);
  return shape === 'hexagon' ? box.y + POINT_INSET * Math.min(1, off) : box.y;
}
