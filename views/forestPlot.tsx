/** Estimates of one effect side by side: a point and an interval each, and a line where there is no effect. */

import type { JSX } from 'preact';
import type { EstimateOutcome } from '../engine/estimate/result.ts';
import { namesOf } from './estimates/namedOutcomes.ts';
import {
  type ForestFrame,
  type ForestRow,
  forestFrame,
  forestRow,
  NAME_SIZE,
  SMALL_SIZE,
  spokenRow,
} from './forestFrame.ts';
import { ForestMark, IntervalLine, SetLine } from './forestMark.tsx';
import { type ForestScale, forestScale } from './forestScale.ts';
import { textWidth, truncated } from './text.ts';

const NARROWEST = 240;
const NO_EFFECT = 'no effect';

/** Rows that can be chosen: those whose cards are open, and the one that the Tab key reaches. */
export interface ForestChoice {
  readonly open: (place: number) => boolean;
  readonly tabStop: number;
}

function chosenRow(row: ForestRow, place: number, choice: ForestChoice | null): object {
  if (choice === null) return {};
  return {
    role: 'button',
    'data-row': place,
    'aria-expanded': choice.open(place),
    'aria-label': spokenRow(row),
    tabindex: choice.tabStop === place ? 0 : -1,
  };
}

function PlotRow(props: {
  readonly row: ForestRow;
  readonly frame: ForestFrame;
  readonly scale: ForestScale;
  readonly top: number;
  readonly place: number;
  readonly choice: ForestChoice | null;
}): JSX.Element {
  const { row, frame, scale, top, place, choice } = props;
  const { outcome, robustSet } = row;
  const nameY = top + frame.nameY;
  const detailY = top + frame.detailY;
  const y = top + frame.markY;
  const roomy = textWidth(row.detail, SMALL_SIZE) <= frame.labelWidth;
  return (
    <g class={`forest-row standing-${row.standing}`} {...chosenRow(row, place, choice)}>
      <title>{spokenRow(row)}</title>
      {choice === null ? null : (
        <rect class="row-ground" x="0" y={top} width={frame.width} height={frame.rowHeight} rx="4" />
      )}
      <text class="name" x="0" y={nameY} font-size={NAME_SIZE} unicode-bidi="plaintext">
        {truncated(row.name, NAME_SIZE, frame.labelWidth)}
      </text>
      <text class={row.doubtful ? 'doubt' : 'quiet'} x="0" y={detailY} font-size={SMALL_SIZE}>
        {truncated(roomy ? row.detail : row.brief, SMALL_SIZE, frame.labelWidth)}
      </text>
      {outcome.kind === 'estimate' && Number.isFinite(outcome.estimate) ? (
        <>
          <IntervalLine estimate={outcome} scale={scale} y={y} dashed={row.standing === 'unreliable'} />
          {robustSet === null ? null : <SetLine set={robustSet} scale={scale} y={y + 12} />}
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
function verticals(x: number, frame: ForestFrame): string {
  const place = x.toFixed(1);
  if (!frame.narrow) return `M${place} ${frame.top - 4}V${frame.bottom + 4}`;
  return frame.rowTops.map((top) => `M${place} ${top + frame.markY - 10}V${top + frame.markY + 10}`).join('');
}

function Axis(props: { readonly frame: ForestFrame; readonly scale: ForestScale }): JSX.Element {
  const { frame, scale } = props;
  const zero = scale.x(0);
  const half = textWidth(NO_EFFECT, SMALL_SIZE) / 2;
  return (
    <g class="axis">
      {scale.ticks.map(({ value, label }) => (
        <g key={value}>
          {value === 0 ? null : <path class="rule" d={verticals(scale.x(value), frame)} stroke-width="1" />}
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
      <path class="zero" d={verticals(zero, frame)} stroke-width="1.25" />
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
      {frame.keys.map(({ sign, words, x, y }) => (
        <g key={sign} class={sign === 'robust-set' ? 'standing-identified' : `standing-${sign}`}>
          {sign === 'robust-set' ? (
            <path
              class="interval"
              d={`M${x + 1} ${y}H${x + 15}M${x + 1} ${y - 3.5}v7M${x + 15} ${y - 3.5}v7`}
              stroke-width="1.2"
            />
          ) : (
            <ForestMark standing={sign} x={x + 8} y={y} />
          )}
          <text class="quiet" x={x + 21} y={y + 4} font-size={SMALL_SIZE}>
            {truncated(words, SMALL_SIZE, frame.width - 21)}
          </text>
        </g>
      ))}
    </g>
  );
}

/**
 * The forest plot of estimates of one effect, in the order given, naive differences at its start set apart, as an SVG of `width` pixels; its text
 * does not scale. Colours come from the classes; standings are told apart by shape and by words as well. With a `choice` its rows are buttons.
 */
export function ForestPlot(props: {
  readonly estimates: readonly EstimateOutcome[];
  readonly width: number;
  readonly label: string;
  readonly choice?: ForestChoice;
}): JSX.Element {
  const { estimates, choice = null } = props;
  const names = namesOf(estimates);
  const rows = estimates.map((outcome, i) => forestRow(outcome, names[i]));
  const frame = forestFrame(rows, Math.max(NARROWEST, Math.floor(props.width)));
  const computed = estimates.filter((one) => one.kind === 'estimate');
  const scale = forestScale(computed, frame.plotLeft + 8, frame.plotRight - 8);
  const { width, height } = frame;
  const spoken = choice === null ? `${props.label}. ${rows.map(spokenRow).join('. ')}.` : `${props.label}.`;
  return (
    <svg
      class="forest"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role={choice === null ? 'img' : 'group'}
      aria-label={spoken}
    >
      <Axis frame={frame} scale={scale} />
      {frame.headings.map(({ text, y }) => (
        <text key={text} class="quiet heading" x="0" y={y} font-size={SMALL_SIZE}>
          {text}
        </text>
      ))}
      {rows.map((row, place) => (
        <PlotRow
          key={`${place} ${row.name}`}
          row={row}
          frame={frame}
          scale={scale}
          top={frame.rowTops[place] ?? frame.top}
          place={place}
          choice={choice}
        />
      ))}
      <Key frame={frame} />
    </svg>
  );
}
