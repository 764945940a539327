/** Whom to treat first: what is gained by treating those with the largest predicted effect (uplift or Qini curve). */

import type { JSX } from 'preact';
import type { Uplift } from '../../engine/estimate/diagnostics/heterogeneity.ts';
import type { Estimate } from '../../engine/estimate/result.ts';
import { formatEstimate, formatPercent } from '../numbers.ts';
import { XAxis, YAxis } from './axes.tsx';
import { Canvas, Key, type KeyEntry } from './canvas.tsx';
import { plotFrame } from './frame.ts';
import { linePath } from './marks.tsx';
import type { EstimatePlot } from './plotsOf.tsx';
import { domainOf, linearScale, type PlotScale } from './scale.ts';

type Point = Uplift['curve'][number];

/** A normal interval of 95 %. */
const REACH = 1.96;

const ENTRIES: readonly KeyEntry[] = [
  {
    words: 'largest predicted effect first',
    draw: (x, y) => <path class="curve" d={`M${x - 9} ${y + 4}q6 -9 18 -9`} />,
  },
  {
    words: 'in random order',
    draw: (x, y) => <path class="threshold" d={`M${x - 9} ${y + 5}L${x + 9} ${y - 5}`} />,
  },
];

function gainText(gain: number, se: number): string {
  return formatEstimate(gain, se);
}

/** Where the curve is furthest above the straight line. */
function best(curve: readonly Point[], all: number): Point | null {
  const above = ({ share, gain }: Point): number => gain - share * all;
  return curve.reduce<Point | null>(
    (found, point) => (found === null || above(point) > above(found) ? point : found),
    null,
  );
}

function reading({ area, se }: Uplift, curve: readonly Point[], all: number, error: number): string {
  const area95 = `${gainText(area, se)} a person on average (Qini area, 95 % interval ${gainText(area - REACH * se, se)} to ${gainText(area + REACH * se, se)})`;
  if (!(se > 0)) return 'All are predicted alike: any order of treating people is as good as another.';
  if (area - REACH * se <= 0) {
    return area + REACH * se < 0
      ? `Treating by the predictions does worse than a random order, by ${area95}: do not use them.`
      : `Treating by the predictions is not shown to beat a random order: it gains ${area95}.`;
  }
  const top = best(curve, all);
  const most =
    top === null
      ? ''
      : ` Treating the ${formatPercent(top.share)} predicted to gain most gives ${gainText(top.gain, error)} a person of the whole; as many chosen at random, ${gainText(top.share * all, error)}.`;
  return `Treating by the predictions beats a random order by ${area95}.${most}`;
}

function percentages(scale: PlotScale): PlotScale {
  return { ...scale, ticks: scale.ticks.map(({ value }) => ({ value, label: formatPercent(value) })) };
}

function Picture(props: {
  readonly curve: readonly Point[];
  readonly all: number;
  readonly error: number;
  readonly width: number;
  readonly label: string;
}): JSX.Element {
  const { curve, all, error, label } = props;
  const domain = domainOf([0, ...curve.map(({ gain }) => gain)]);
  const { width, height, box, y, keyTop } = plotFrame(props.width, domain, ENTRIES);
  const x = percentages(linearScale([0, 1], [box.left, box.right]));
  const line = linePath(curve.map(({ share, gain }) => [x.at(share), y.at(gain)]));
  const random = linePath([
    [x.at(0), y.at(0)],
    [x.at(1), y.at(all)],
  ]);
  return (
    <Canvas width={width} height={height} label={label}>
      <YAxis scale={y} box={box} title="Gain a person of the whole population" stress={0} />
      <XAxis scale={x} box={box} title="Share of people treated" />
      <path class="band" d={`${line}Z`} />
      <path class="threshold" d={random} />
      <path class="curve" d={line} />
      {curve.map(({ share, gain }) => (
        <circle key={share} class="hover" cx={x.at(share)} cy={y.at(gain)} r="6">
          <title>{`${formatPercent(share)} treated: ${gainText(gain, error)}`}</title>
        </circle>
      ))}
      <Key entries={ENTRIES} width={width} top={keyTop} />
    </Canvas>
  );
}

/** Null where no effects of single rows were predicted. */
export function upliftCurve(estimate: Estimate): EstimatePlot | null {
  const { heterogeneity } = estimate.diagnostics;
  const curve = (heterogeneity?.uplift.curve ?? []).filter(({ gain }) => Number.isFinite(gain));
  const last = curve.at(-1);
  if (heterogeneity === undefined || last === undefined || curve.length < 2) return null;
  const title = 'Whom to treat first?';
  const words = reading(heterogeneity.uplift, curve, last.gain, estimate.se);
  return {
    id: 'uplift',
    title,
    reading: words,
    render: (width) => (
      <Picture curve={curve} all={last.gain} error={estimate.se} width={width} label={`${title} ${words}`} />
    ),
  };
}
