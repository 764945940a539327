/** Who could have been in either group: the probability of treatment, one group upwards and the other downwards. */

import type { JSX } from 'preact';
import type { OverlapBin } from '../../engine/estimate/diagnostics/propensity.ts';
import type { Estimate } from '../../engine/estimate/result.ts';
import { formatCount, formatPercent } from '../numbers.ts';
import { truncated } from '../text.ts';
import { type ArmNames, armNames } from './armNames.ts';
import { XAxis, YAxis } from './axes.tsx';
import { Canvas, Key, type KeyEntry } from './canvas.tsx';
import { plotFrame } from './frame.ts';
import { Box, hatching, px, stepPath } from './marks.tsx';
import type { EstimatePlot } from './plotsOf.tsx';
import { linearScale, type PlotScale, SMALL } from './scale.ts';

interface Histogram {
  readonly bins: readonly OverlapBin[];
  readonly treated: number;
  readonly control: number;
  /** Stretches in which rows of one group stand alone, with how many there are. */
  readonly alone: readonly { readonly from: number; readonly to: number; readonly rows: number }[];
  readonly lonely: number;
  readonly trim: number;
  readonly names: ArmNames;
}

function aloneIn(bins: readonly OverlapBin[]): Histogram['alone'] {
  const runs: { from: number; to: number; rows: number }[] = [];
  for (const { from, to, treated, control } of bins) {
    const isAlone = treated + control > 0 && (treated === 0 || control === 0);
    if (!isAlone) continue;
    const last = runs.at(-1);
    if (last !== undefined && last.to === from) {
      last.to = to;
      last.rows += treated + control;
    } else runs.push({ from, to, rows: treated + control });
  }
  return runs;
}

function histogramOf(estimate: Estimate, bins: readonly OverlapBin[]): Histogram {
  const alone = aloneIn(bins);
  return {
    bins,
    treated: bins.reduce((sum, bin) => sum + bin.treated, 0),
    control: bins.reduce((sum, bin) => sum + bin.control, 0),
    alone,
    lonely: alone.reduce((sum, { rows }) => sum + rows, 0),
    trim: estimate.diagnostics.trim ?? 0,
    names: armNames(estimate),
  };
}

function reading({ alone, lonely, treated, control }: Histogram): string {
  const rows = treated + control;
  if (lonely === 0) {
    return 'The two groups share the whole range: wherever there are rows of one, there are rows of the other to compare them with.';
  }
  const share = lonely / rows;
  const how = share < 0.001 ? 'less than 0.1 %' : formatPercent(Number(share.toFixed(3)));
  const of = `${formatCount(lonely)} of ${formatCount(rows)} rows (${how})`;
  const where = alone.map(({ from, to }) => `${from.toFixed(2)} to ${to.toFixed(2)}`).join(', ');
  return share < 0.02
    ? `The groups share almost the whole range; only ${of} have nobody like them in the other group (hatched, at ${where}).`
    : `${of} have nobody like them in the other group (hatched, at ${where}): about them the estimate rests on the model, not on a comparison.`;
}

function entriesOf({ lonely, trim }: Histogram): readonly KeyEntry[] {
  return [
    {
      words: 'as measured',
      draw: (x, y) => (
        <g>
          <Box class="treated" x={[x - 9, x]} y={[y - 5, y + 5]} />
          <Box class="control" x={[x, x + 9]} y={[y - 5, y + 5]} />
        </g>
      ),
    },
    {
      words: 'as weighted for the estimate',
      draw: (x, y) => <path class="weighted" d={`M${x - 9} ${y + 5}V${y - 4}H${x + 9}V${y + 5}`} />,
    },
    ...(lonely > 0
      ? [
          {
            words: 'one group alone',
            draw: (x: number, y: number) => <path class="hatch" d={hatching(x - 9, x + 9, y - 6, y + 6)} />,
          },
        ]
      : []),
    ...(trim > 0
      ? [
          {
            words: `left out: below ${trim} and above ${Number((1 - trim).toPrecision(12))}`,
            draw: (x: number, y: number) => <path class="threshold" d={`M${x} ${y - 7}v14`} />,
          },
        ]
      : []),
  ];
}

/** Percentages of each group, the second one's downwards, both counted from the middle. */
function mirrored(scale: PlotScale): PlotScale {
  return {
    ...scale,
    ticks: scale.ticks.map(({ value }) => ({
      value,
      label: `${Number(Math.abs(value * 100).toFixed(1))} %`,
    })),
  };
}

function Picture(props: {
  readonly histogram: Histogram;
  readonly width: number;
  readonly label: string;
}): JSX.Element {
  const { histogram, label } = props;
  const { bins, treated, control, alone, trim, names } = histogram;
  const up = bins.map((bin) => ({
    ...bin,
    own: bin.treated / (treated || 1),
    weighted: bin.weightedTreated,
  }));
  const down = bins.map((bin) => ({
    ...bin,
    own: -bin.control / (control || 1),
    weighted: -bin.weightedControl,
  }));
  const most = Math.max(
    0.05,
    ...[...up, ...down].flatMap(({ own, weighted }) => [own, weighted].map(sizeOf)),
  );
  const entries = entriesOf(histogram);
  const { width, height, box, y, keyTop } = plotFrame(props.width, [-most, most], entries, (range) =>
    mirrored(linearScale([-most, most], range, { widen: false, most: 5 })),
  );
  const x = linearScale([0, 1], [box.left, box.right]);
  const outline = (side: typeof up): string =>
    stepPath(
      side.map(({ from, to, weighted }) => ({ from: x.at(from), to: x.at(to), y: y.at(finite(weighted)) })),
      y.at(0),
    );
  const armLabel = (name: string, place: number): JSX.Element => (
    <text class="name halo" x={box.left + 6} y={place} font-size={SMALL} unicode-bidi="plaintext">
      {truncated(name, SMALL, box.right - box.left - 12)}
    </text>
  );
  return (
    <Canvas width={width} height={height} label={label}>
      <YAxis scale={y} box={box} title="Share of each group" />
      <XAxis scale={x} box={box} title="Probability of treatment" grid={false} />
      {alone.map(({ from, to }) => (
        <path key={from} class="hatch" d={hatching(x.at(from), x.at(to), box.top, box.bottom)} />
      ))}
      {[up, down].map((side, i) =>
        side.map(({ from, to, own, treated: t, control: c }) =>
          own === 0 ? null : (
            <g key={`${i} ${from}`}>
              <title>{`${from.toFixed(2)} to ${to.toFixed(2)}: ${formatCount(i === 0 ? t : c)} rows with ${i === 0 ? names.treated : names.control}`}</title>
              <Box
                class={i === 0 ? 'treated' : 'control'}
                x={[x.at(from) + 0.5, x.at(to) - 0.5]}
                y={[y.at(0), y.at(own)]}
              />
            </g>
          ),
        ),
      )}
      <path class="weighted" d={outline(up)} />
      <path class="weighted" d={outline(down)} />
      <path class="frame" d={`M${box.left} ${px(y.at(0))}H${box.right}`} />
      {trim > 0
        ? [trim, 1 - trim].map((bound) => (
            <path key={bound} class="threshold" d={`M${px(x.at(bound))} ${box.top}V${box.bottom}`} />
          ))
        : null}
      {armLabel(names.treated, box.top + 12)}
      {armLabel(names.control, box.bottom - 5)}
      <Key entries={entries} width={width} top={keyTop} />
    </Canvas>
  );
}

function sizeOf(value: number): number {
  return Math.abs(finite(value));
}

/** A group without any weight has no shares. */
function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}

/** Null where no probability of treatment was estimated. */
export function overlapHistogram(estimate: Estimate): EstimatePlot | null {
  const { overlap = [] } = estimate.diagnostics;
  if (!overlap.some(({ treated, control }) => treated + control > 0)) return null;
  const histogram = histogramOf(estimate, overlap);
  const title = 'Is there somebody to compare with?';
  const words = reading(histogram);
  const { names, treated, control } = histogram;
  const counts = `${formatCount(treated)} rows with ${names.treated}, ${formatCount(control)} with ${names.control}.`;
  return {
    id: 'overlap',
    title,
    reading: words,
    render: (width) => <Picture histogram={histogram} width={width} label={`${title} ${words} ${counts}`} />,
  };
}
