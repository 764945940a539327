/** The rows of a file as one bar: those that are complete, those with a gap, and those that were left out. */

import type { JSX } from 'preact';
import type { ProfiledRows } from '../../engine/data/profile/described.ts';
import { formatCount } from '../numbers.ts';
import { Canvas, Key, type KeyEntry, keyHeight, plotWidth } from '../plots/canvas.tsx';
import { rowWords } from './dataWords.ts';

const HEIGHT = 16;
const SPACING = 5;
/** A part that is there is seen, however small. */
const THINNEST = 2;

interface Part {
  readonly id: 'complete' | 'gaps' | 'filtered' | 'undecided';
  readonly words: string;
  readonly rows: number;
}

function partsOf({ kept, dropped }: ProfiledRows, complete: number): readonly Part[] {
  const parts: readonly Part[] = [
    { id: 'complete', words: 'complete', rows: complete },
    { id: 'gaps', words: 'with a missing value', rows: kept - complete },
    { id: 'filtered', words: 'left out by the filter', rows: dropped.where },
    { id: 'undecided', words: 'left out, filter undecided', rows: dropped.undecided },
  ];
  return parts.filter(({ rows }) => rows > 0);
}

/** Slanted lines that fill a box. */
function hatching(x: number, y: number, width: number, height: number): string {
  let path = '';
  for (let start = x - height; start < x + width; start += SPACING) {
    const [from, to] = [Math.max(start, x), Math.min(start + height, x + width)];
    if (to > from)
      path += `M${from.toFixed(1)} ${(y + height - (from - start)).toFixed(1)}L${to.toFixed(1)} ${(y + height - (to - start)).toFixed(1)}`;
  }
  return path;
}

function Box(
  props: Pick<Part, 'id'> & {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  },
): JSX.Element {
  const { id, x, y, width, height } = props;
  return (
    <g class={`rows-${id}`}>
      <rect x={x.toFixed(1)} y={y} width={Math.max(width - 1, 1).toFixed(1)} height={height} />
      {id === 'gaps' ? <path d={hatching(x, y, Math.max(width - 1, 1), height)} /> : null}
    </g>
  );
}

/** The bar with its key; the sentence about it is `rowWords`. */
export function RowsBar(props: {
  readonly rows: ProfiledRows;
  /** Rows with a value in every variable. */
  readonly complete: number;
  readonly width: number;
}): JSX.Element {
  const width = plotWidth(props.width);
  const parts = partsOf(props.rows, props.complete);
  const room = width - THINNEST * parts.length;
  const total = Math.max(1, props.rows.read);
  const entries = parts.map(
    ({ id, words, rows }): KeyEntry => ({
      words: `${words} (${formatCount(rows)})`,
      draw: (x, y) => <Box id={id} x={x - 9} y={y - 5} width={18} height={10} />,
    }),
  );
  let x = 0;
  return (
    <Canvas
      width={width}
      height={HEIGHT + 6 + keyHeight(entries, width)}
      label={rowWords(props.rows, props.complete)}
    >
      {parts.map(({ id, rows }) => {
        const length = THINNEST + (room * rows) / total;
        const box = <Box key={id} id={id} x={x} y={1} width={length} height={HEIGHT - 2} />;
        x += length;
        return box;
      })}
      <Key entries={entries} width={width} top={HEIGHT + 6} />
    </Canvas>
  );
}
