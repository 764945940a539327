/** How strong a hidden confounder would have to be: the estimate over its strengths, with covariates as a yardstick. */

import type { JSX } from 'preact';
import type { BenchmarkBound } from '../../engine/estimate/refutation.ts';
import type { Estimate } from '../../engine/estimate/result.ts';
import { formatEstimate, formatPercent } from '../numbers.ts';
import { isolated, printable, truncated } from '../text.ts';
import { XAxis, YAxis } from './axes.tsx';
import { Canvas, Key, type KeyEntry } from './canvas.tsx';
import { plotFrame } from './frame.ts';
import { type LabelWish, placeLabels, type Spot, spotsAround } from './labels.ts';
import { linePath, px, Stroke } from './marks.tsx';
import type { EstimatePlot } from './plotsOf.tsx';
import { linearScale, type PlotScale, SMALL } from './scale.ts';
import {
  biasAt,
  estimateLine,
  intervalLine,
  type Sensitivity,
  type StrengthPoint,
  sensitivityOf,
} from './sensitivity.ts';

const MOST_BENCHMARKS = 8;
const LABEL_WIDTH = 130;

function percentages(scale: PlotScale): PlotScale {
  return { ...scale, ticks: scale.ticks.map(({ value }) => ({ value, label: formatPercent(value) })) };
}

function roundShare(share: number): string {
  return formatPercent(Number(share.toPrecision(2)));
}

/** Each covariate once and then the strongest ones several times over, those that pull most first. */
function shownBenchmarks({ benchmarks, bias }: Sensitivity): readonly BenchmarkBound[] {
  const pull = (bound: BenchmarkBound): number =>
    biasAt(bias, [bound.partialR2Treatment, bound.partialR2Outcome]);
  const strongest = [...benchmarks].sort((a, b) => pull(b) - pull(a));
  const once = strongest.filter(({ times }) => times === 1);
  const more = strongest.filter(({ times, covariate }) => times !== 1 && covariate === once[0]?.covariate);
  return [...once.slice(0, MOST_BENCHMARKS - more.length), ...more];
}

function benchmarkName({ covariate, times }: BenchmarkBound): string {
  return `${times}× ${isolated(printable(covariate))}`;
}

function reading(sensitivity: Sensitivity, se: number): string {
  const { robustness, robustnessAlpha, benchmarks } = sensitivity;
  const interval =
    robustnessAlpha === null
      ? ''
      : robustnessAlpha > 0
        ? `; at ${roundShare(robustnessAlpha)} its interval would reach zero`
        : '; its interval holds zero as it is';
  const [worst] = shownBenchmarks({
    ...sensitivity,
    benchmarks: benchmarks.filter(({ times }) => times === 1),
  });
  const yardstick =
    worst === undefined
      ? ''
      : ` One as strong as ${isolated(printable(worst.covariate))} would leave it at ${formatEstimate(worst.estimate, se)}.`;
  return `A hidden common cause would have to explain ${roundShare(robustness)} of what is left of both treatment and outcome to bring the estimate to zero${interval}.${yardstick}`;
}

interface Lines {
  readonly zero: readonly StrengthPoint[];
  readonly interval: readonly StrengthPoint[];
  readonly levels: readonly { readonly label: string; readonly points: readonly StrengthPoint[] }[];
}

function linesOf(sensitivity: Sensitivity): Lines {
  const { estimate, bias, end } = sensitivity;
  const furthest = estimate - Math.sign(estimate) * biasAt(bias, [end, end]);
  const domain = [Math.min(estimate, furthest), Math.max(estimate, furthest)] as const;
  // The pixels only decide how many round levels there are.
  const { ticks } = linearScale(domain, [400, 0], { widen: false, most: 6 });
  return {
    zero: estimateLine(sensitivity, 0),
    interval: intervalLine(sensitivity),
    levels: ticks
      .filter(({ value }) => value !== 0)
      .map(({ value, label }) => ({ label, points: estimateLine(sensitivity, value) }))
      .filter(({ points }) => points.length > 0),
  };
}

function entriesOf({ zero, interval, levels }: Lines, hasBenchmarks: boolean): readonly KeyEntry[] {
  const entries: KeyEntry[] = [];
  if (levels.length > 0) {
    entries.push({
      words: 'the estimate would be …',
      draw: (x, y) => <path class="level" d={`M${x - 9} ${y - 5}q3 9 18 10`} />,
    });
  }
  if (zero.length > 0) {
    entries.push({
      words: 'it would be zero, and beyond turn round',
      draw: (x, y) => <path class="zero-line" d={`M${x - 9} ${y - 5}q3 9 18 10`} />,
    });
  }
  if (interval.length > 0) {
    entries.push({
      words: 'its interval would reach zero',
      draw: (x, y) => <path class="threshold" d={`M${x - 9} ${y - 5}q3 9 18 10`} />,
    });
  }
  entries.push({
    words: 'the estimate as it is',
    draw: (x, y) => <circle class="point" cx={x} cy={y} r="4.5" />,
  });
  if (hasBenchmarks) {
    entries.push({
      words: 'as strong as a covariate',
      draw: (x, y) => <path class="after" d={diamond(x, y)} />,
    });
  }
  return entries;
}

function diamond(x: number, y: number): string {
  return `M${px(x)} ${px(y - 5.5)}l5.5 5.5l-5.5 5.5l-5.5 -5.5Z`;
}

function Picture(props: {
  readonly sensitivity: Sensitivity;
  readonly se: number;
  readonly width: number;
  readonly label: string;
}): JSX.Element {
  const { sensitivity, se, label } = props;
  const { end, estimate } = sensitivity;
  const benchmarks = shownBenchmarks(sensitivity);
  const lines = linesOf(sensitivity);
  const entries = entriesOf(lines, benchmarks.length > 0);
  const { width, height, box, y, keyTop } = plotFrame(props.width, [0, end], entries, (range) =>
    percentages(linearScale([0, end], range, { widen: false })),
  );
  const x = percentages(linearScale([0, end], [box.left, box.right], { widen: false }));
  const path = (points: readonly StrengthPoint[]): string =>
    linePath(points.map(([treatment, outcome]) => [x.at(treatment), y.at(outcome)]));
  const places = benchmarks.map((bound) => ({
    bound,
    at: [x.at(bound.partialR2Treatment), y.at(bound.partialR2Outcome)] as const,
  }));
  const beside = places.map(({ bound, at }): LabelWish => {
    const text = truncated(benchmarkName(bound), SMALL, LABEL_WIDTH);
    return { text, spots: spotsAround(at[0], at[1]) };
  });
  const own: LabelWish = {
    text: formatEstimate(estimate, se),
    spots: [{ x: x.at(0) + 9, y: y.at(0) - 8, anchor: 'start' }],
  };
  const atEnd = (points: readonly StrengthPoint[], text: string): LabelWish[] => {
    const last = points.at(-1);
    if (last === undefined) return [];
    // The lines fall to the right, so that under their end is free.
    const at = (shift: number): Spot => ({ x: box.right - 3, y: y.at(last[1]) + shift, anchor: 'end' });
    return [{ text, spots: [at(13), at(-4)] }];
  };
  const labels = placeLabels(
    [
      own,
      ...atEnd(lines.zero, '0'),
      ...beside,
      ...lines.levels.flatMap(({ points, label: text }) => atEnd(points, text)),
    ],
    places.map(({ at }) => at),
    box,
  );
  const [first] = lines.zero;
  const beyond =
    first === undefined
      ? ''
      : `${path(lines.zero)}L${px(box.right)} ${px(box.top)}L${px(x.at(first[0]))} ${px(box.top)}Z`;
  return (
    <Canvas width={width} height={height} label={label}>
      <YAxis scale={y} box={box} title="Part of the outcome that it explains" />
      <XAxis scale={x} box={box} title="Part of the treatment that it explains" />
      <Stroke class="region" d={beyond} />
      {lines.levels.map(({ label: text, points }) => (
        <path key={text} class="level" d={path(points)} />
      ))}
      <Stroke class="threshold" d={path(lines.interval)} />
      <Stroke class="zero-line" d={path(lines.zero)} />
      <circle class="point" cx={px(x.at(0))} cy={px(y.at(0))} r="5" />
      {places.map(({ bound, at }) => (
        <g key={benchmarkName(bound)}>
          <title>{`${benchmarkName(bound)}: ${formatEstimate(bound.estimate, bound.se)}`}</title>
          <path class="after" d={diamond(at[0], at[1])} />
        </g>
      ))}
      {labels.map((one) => (
        <text
          key={`${one.x} ${one.y}`}
          class="name halo"
          x={px(one.x)}
          y={px(one.y)}
          text-anchor={one.anchor}
          font-size={SMALL}
        >
          {one.text}
        </text>
      ))}
      <Key entries={entries} width={width} top={keyTop} />
    </Canvas>
  );
}

/** Null where nothing is known of how hidden confounding would act on the estimate. */
export function sensitivityContour(estimate: Estimate): EstimatePlot | null {
  const sensitivity = sensitivityOf(estimate);
  if (sensitivity === null) return null;
  const title = 'What if something was left out?';
  const words = reading(sensitivity, estimate.se);
  const list = shownBenchmarks(sensitivity).map(
    (bound) => `${benchmarkName(bound)}: ${formatEstimate(bound.estimate, bound.se)}`,
  );
  const told = list.length === 0 ? '' : ` The estimate with a cause as strong as: ${list.join('; ')}.`;
  return {
    id: 'sensitivity',
    title,
    reading: words,
    render: (width) => (
      <Picture sensitivity={sensitivity} se={estimate.se} width={width} label={`${title} ${words}${told}`} />
    ),
  };
}
