/** Which effects fit the data, however weak the instrument is: the Anderson–Rubin test at every effect. */

import type { JSX } from 'preact';
import type { AndersonRubinCurve } from '../../engine/estimate/diagnostics/instrument.ts';
import type { Estimate } from '../../engine/estimate/result.ts';
import { decimalsFor } from '../../engine/report/numbers.ts';
import {
  type ConfidenceSet,
  contains,
  formatSet,
  isBounded,
  isEmpty,
  isWholeLine,
} from '../../engine/stats/confidenceSet.ts';
import { formatPercent, withDecimals } from '../numbers.ts';
import { XAxis, YAxis } from './axes.tsx';
import { Canvas, Key, type KeyEntry } from './canvas.tsx';
import { plotFrame } from './frame.ts';
import { Box, linePath, px } from './marks.tsx';
import type { EstimatePlot } from './plotsOf.tsx';
import { domainOf, linearScale } from './scale.ts';

interface Sight {
  readonly points: AndersonRubinCurve['points'];
  readonly set: ConfidenceSet;
  readonly estimate: number;
  /** p below it rules an effect out. */
  readonly critical: number;
}

function reading({ set, critical }: Sight, decimals: number): string {
  const level = formatPercent(1 - critical);
  const words = formatSet(set, (value) => withDecimals(value, decimals));
  if (isEmpty(set)) {
    return 'No effect at all fits the data: the instruments contradict each other, or the model is wrong.';
  }
  if (isWholeLine(set))
    return 'Every effect fits the data: the instrument is too weak for them to say anything of its size.';
  const zero = contains(set, 0) ? 'No effect (0) is among them.' : 'No effect (0) is not among them.';
  if (isBounded(set)) {
    return `Effects of ${words} fit the data (${level}), and that holds however weak the instrument is. ${zero}`;
  }
  return `Effects ${set.length === 1 ? words : `${words},`} fit the data (${level}): the instrument is too weak to bound them on every side. ${zero}`;
}

const FITTING: KeyEntry = {
  words: 'effects that fit',
  draw: (x, y) => (
    <g>
      <Box class="band" x={[x - 9, x + 9]} y={[y - 6, y + 3]} />
      <path class="set" d={`M${x - 9} ${y + 3}h18`} />
    </g>
  ),
};

function entriesOf({ critical, set }: Sight): readonly KeyEntry[] {
  return [
    {
      words: 'how well an effect fits (p value)',
      draw: (x, y) => <path class="curve" d={`M${x - 9} ${y + 4}q9 -14 18 0`} />,
    },
    {
      words: `under ${formatPercent(critical)}: ruled out`,
      draw: (x, y) => <path class="threshold" d={`M${x - 9} ${y}h18`} />,
    },
    ...(isEmpty(set) ? [] : [FITTING]),
    { words: 'the estimate', draw: (x, y) => <path class="estimate" d={`M${x} ${y - 7}v14`} /> },
  ];
}

function Picture(props: {
  readonly sight: Sight;
  readonly width: number;
  readonly label: string;
}): JSX.Element {
  const { sight, label } = props;
  const { points, set, critical, estimate } = sight;
  const entries = entriesOf(sight);
  const { width, height, box, y, keyTop } = plotFrame(props.width, [0, 1], entries);
  const x = linearScale(domainOf(points.map(({ effect }) => effect)), [box.left + 6, box.right - 6], {
    widen: false,
  });
  const [first, last] = x.domain;
  const floor = y.at(0);
  const bar = box.bottom - 3;
  const arrow = (place: number, side: 1 | -1): string =>
    `M${px(place + side * 6)} ${bar}l${side * -8} -5v10Z`;
  return (
    <Canvas width={width} height={height} label={label}>
      <YAxis scale={y} box={box} title="How well the data fit (p value)" />
      {set.map(([low, high]) => {
        const [from, to] = [x.at(Math.max(low, first)), x.at(Math.min(high, last))];
        return !(to >= from) ? null : (
          <g key={low}>
            <Box class="band" x={[from, to]} y={[box.top, floor]} />
            <path class="set" d={`M${px(from)} ${bar}H${px(to)}`} />
            {low < first ? <path class="arrow" d={arrow(from, -1)} /> : null}
            {high > last ? <path class="arrow" d={arrow(to, 1)} /> : null}
          </g>
        );
      })}
      <XAxis
        scale={x}
        box={box}
        title="Effect that is supposed"
        {...(first < 0 && last > 0 ? { stress: 0 } : {})}
      />
      <path class="threshold" d={`M${box.left} ${px(y.at(critical))}H${box.right}`} />
      {Number.isFinite(estimate) && estimate >= first && estimate <= last ? (
        <path class="estimate" d={`M${px(x.at(estimate))} ${box.top}V${box.bottom}`} />
      ) : null}
      <path class="curve" d={linePath(points.map(({ effect, p }) => [x.at(effect), y.at(p)]))} />
      <Key entries={entries} width={width} top={keyTop} />
    </Canvas>
  );
}

/** Null without an instrument, or without degrees of freedom for the test. */
export function andersonRubinPlot(estimate: Estimate): EstimatePlot | null {
  const { andersonRubinCurve: curve, andersonRubin, andersonRubinRobust } = estimate.diagnostics;
  const set = curve?.robust === true ? andersonRubinRobust : andersonRubin;
  const points = (curve?.points ?? []).filter(
    ({ effect, p }) => Number.isFinite(effect) && Number.isFinite(p),
  );
  if (set === undefined || points.length < 2) return null;
  const sight = { points, set, estimate: estimate.estimate, critical: 1 - estimate.level };
  const title = 'Which effects fit the data?';
  const words = reading(sight, decimalsFor(estimate.estimate, estimate.se));
  return {
    id: 'anderson-rubin',
    title,
    reading: words,
    render: (width) => <Picture sight={sight} width={width} label={`${title} ${words}`} />,
  };
}
