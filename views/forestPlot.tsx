/** Estimates of one effect side by side: a point and an interval each, and a line where there is no effect. */

import type { JSX } from 'preact';
import type { EstimateOutcome } from '../engine/estimate/result.ts';
import { STANDING_WORDS } from './estimateWords.ts';
import {
  type ForestFrame,
  type ForestRow,
  forestFrame,
  forestRow,
  NAME_SIZE,
  SMALL_SIZE,
  spokenRow,
} from './forestFrame.ts';
import { ForestMark, IntervalLine } from './forestMark.tsx';
import { type ForestScale, forestScale } from './forestScale.ts';
import { textWidth, truncated } from './text.ts';

const NARROWEST = 240;
const NO_EFFECT = 'no effect';

function PlotRow(props: {
  readonly row: ForestRow;
  readonly frame: ForestFrame;
  readonly scale: ForestScale;
  readonly top: number;
}): JSX.Element {
  const { row, frame, scale, top } = props;
  const { outcome } = row;
  const nameY = top + frame.nameY;
  const detailY = top + frame.detailY;
  const y = top + frame.markY;
  const roomy = textWidth(row.detail, SMALL_SIZE) <= frame.labelWidth;
  return (
    <g class={`forest-row standing-${row.standing}`}>
      <title>{spokenRow(row)}</title>
      <text class="name" x="0" y={nameY} font-size={NAME_SIZE} unicode-bidi="plaintext">
        {truncated(row.name, NAME_SIZE, frame.labelWidth)}
      </text>
      <text class={row.doubtful ? 'doubt' : 'quiet'} x="0" y={detailY} font-size={SMALL_SIZE}>
        {truncated(roomy ? row.detail : row.brief, SMALL_SIZE, frame.labelWidth)}
      </text>
      {outcome.kind === 'estimate' && Number.isFinite(outcome.estimate) ? (
        <>
          <IntervalLine estimate={outcome} scale={scale} y={y} dashed={row.standing === 'unreliable'} />
          <ForestMark standing={row.standing} x={scale.x(outcome.estimate)} y={y} />
        </>
      ) : null}
      <text class="name number" x={frame.width} y={nameY} text-anchor="end" font-size={NAME_SIZE}>
        {row.value}
      </text>
      <text class="quiet number" x={frame.width} y={detailY} text-anchor="end" font-size={SMALL_SIZE}>
        {row.interval}
      </text>
    </g>
  );
}

/** A vertical line at `x`: from top to bottom, or where names stand above their intervals one stretch a row. */
function verticals(x: number, rows: number, frame: ForestFrame): string {
  const place = x.toFixed(1);
  if (!frame.narrow) return `M${place} ${frame.top - 4}V${frame.bottom + 4}`;
  return Array.from({ length: rows }, (_, i) => {
    const y = frame.top + i * frame.rowHeight + frame.markY;
    return `M${place} ${y - 10}V${y + 10}`;
  }).join('');
}

function Axis(props: {
  readonly frame: ForestFrame;
  readonly scale: ForestScale;
  readonly rows: number;
}): JSX.Element {
  const { frame, scale, rows } = props;
  const zero = scale.x(0);
  const half = textWidth(NO_EFFECT, SMALL_SIZE) / 2;
  return (
    <g class="axis">
      {scale.ticks.map(({ value, label }) => (
        <g key={value}>
          {value === 0 ? null : (
            <path class="rule" d={verticals(scale.x(value), rows, frame)} stroke-width="1" />
          )}
          <text
            class={value === 0 ? 'name' : 'quiet'}
            x={scale.x(value)}
            y={frame.bottom + 18}
            text-anchor="middle"
            font-size={SMALL_SIZE}
          >
            {label}
          </text>
        </g>
      ))}
      <path class="zero" d={verticals(zero, rows, frame)} stroke-width="1.25" />
      <text
        class="quiet"
        x={Math.min(Math.max(zero, half), frame.width - half)}
        y={frame.narrow ? frame.bottom + 33 : frame.top - 11}
        text-anchor="middle"
        font-size={SMALL_SIZE}
      >
        {NO_EFFECT}
      </text>
    </g>
  );
}

/** What the shapes of the points mean. */
function Key({ frame }: { readonly frame: ForestFrame }): JSX.Element {
  return (
    <g class="key">
      {frame.keys.map(({ standing, x, y }) => (
        <g key={standing} class={`standing-${standing}`}>
          <ForestMark standing={standing} x={x + 8} y={y} />
          <text class="quiet" x={x + 21} y={y + 4} font-size={SMALL_SIZE}>
            {STANDING_WORDS[standing]}
          </text>
        </g>
      ))}
    </g>
  );
}

/**
 * The forest plot of estimates of one effect, in the order given, as an SVG of `width` pixels; its text does not scale. Colours
 * come from the classes; standings are told apart by shape and by words as well.
 */
export function ForestPlot(props: {
  readonly estimates: readonly EstimateOutcome[];
  readonly width: number;
  readonly label: string;
}): JSX.Element {
  const rows = props.estimates.map(forestRow);
  const frame = forestFrame(rows, Math.max(NARROWEST, Math.floor(props.width)));
  const computed = props.estimates.filter((one) => one.kind === 'estimate');
  const scale = forestScale(computed, frame.plotLeft + 8, frame.plotRight - 8);
  const { width, height } = frame;
  return (
    <svg
      class="forest"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`${props.label}. ${rows.map(spokenRow).join('. ')}.`}
    >
      <Axis frame={frame} scale={scale} rows={rows.length} />
      {rows.map((row, place) => (
        <PlotRow
          key={`${place} ${row.name}`}
          row={row}
          frame={frame}
          scale={scale}
          top={frame.top + place * frame.rowHeight}
        />
      ))}
      <Key frame={frame} />
    </svg>
  );
}
