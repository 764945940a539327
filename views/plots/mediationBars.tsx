/** How an effect splits: what goes past the mediators and what goes through them, stacked up to the whole. */

import type { JSX } from 'preact';
import type { EffectPart, MediationDiagnostics } from '../../engine/estimate/diagnostics/mediation.ts';
import type { Estimate } from '../../engine/estimate/result.ts';
import { nameList } from '../../engine/wording.ts';
import { formatEstimate, formatPercent } from '../numbers.ts';
import { isolated, printable, textWidth, truncated } from '../text.ts';
import { type PlotBox, X_AXIS_HEIGHT, XAxis } from './axes.tsx';
import { Canvas, Key, type KeyEntry, keyHeight, plotWidth } from './canvas.tsx';
import { Box, px } from './marks.tsx';
import type { EstimatePlot } from './plotsOf.tsx';
import { domainOf, linearScale, SMALL } from './scale.ts';

interface Bar {
  readonly name: string;
  readonly value: string;
  readonly class: string;
  readonly from: number;
  readonly to: number;
  readonly reach: number;
}

const ROW = 42;
const NAME = 12;

const ENTRIES: readonly KeyEntry[] = [
  { words: 'interval of the bar’s end', draw: (x, y) => <path class="interval" d={`M${x - 9} ${y}h18`} /> },
];

type Parts = NonNullable<MediationDiagnostics['decomposition']>;

function barsOf({ total, direct, indirect }: Parts, through: string, quantile: number): readonly Bar[] {
  const bar = (name: string, kind: string, part: EffectPart, from: number): Bar => ({
    name,
    value: formatEstimate(part.estimate, part.se),
    class: kind,
    from,
    to: from + part.estimate,
    reach: quantile * part.se,
  });
  return [
    bar('past the mediators', 'control', direct, 0),
    bar(`through ${through}`, 'treated', indirect, direct.estimate),
    bar('the whole effect', 'whole', total, 0),
  ];
}

function reading({ total, direct, indirect }: Parts, through: string, quantile: number): string {
  const show = (part: EffectPart): string => formatEstimate(part.estimate, part.se);
  const split = `Of the whole effect of ${show(total)}, ${show(indirect)} goes through ${through} and ${show(direct)} past it`;
  if (direct.estimate * indirect.estimate < 0) {
    return `${split}: the two parts pull in opposite directions and hide one another in the whole.`;
  }
  const isSure = Math.abs(indirect.estimate) > quantile * indirect.se;
  const share = indirect.estimate / total.estimate;
  return isSure && Number.isFinite(share)
    ? `${split}: about ${formatPercent(Number(share.toFixed(2)))} of it is carried there.`
    : `${split}; the interval of what goes through holds zero, so that it may be nothing.`;
}

function Picture(props: {
  readonly bars: readonly Bar[];
  readonly width: number;
  readonly label: string;
}): JSX.Element {
  const { bars, label } = props;
  const width = plotWidth(props.width);
  const values = Math.ceil(Math.max(...bars.map(({ value }) => textWidth(value, SMALL))));
  const box: PlotBox = { left: 18, right: width - values - 16, top: 2, bottom: 6 + bars.length * ROW };
  const ends = bars.flatMap(({ from, to, reach }) => [from, to, to - reach, to + reach]);
  const scale = linearScale(domainOf([0, ...ends]), [box.left, box.right]);
  const keyTop = box.bottom + X_AXIS_HEIGHT + 4;
  return (
    <Canvas width={width} height={keyTop + keyHeight(ENTRIES, width)} label={label}>
      <XAxis scale={scale} box={box} title="Effect" stress={0} />
      {bars.map((bar, i) => {
        const top = box.top + i * ROW;
        const y = top + 27;
        const next = bars[i + 1];
        const isStep = next !== undefined && next.from === bar.to;
        const interval = [scale.at(bar.to - bar.reach), scale.at(bar.to + bar.reach)];
        return (
          <g key={bar.name}>
            <title>{`${bar.name}: ${bar.value}`}</title>
            <text class="name halo" x="0" y={top + 14} font-size={NAME} unicode-bidi="plaintext">
              {truncated(bar.name, NAME, box.right)}
            </text>
            <Box class={bar.class} x={[scale.at(bar.from), scale.at(bar.to)]} y={[y - 8, y + 8]} />
            {isStep ? <path class="change" d={`M${px(scale.at(bar.to))} ${y + 8}V${y + ROW - 8}`} /> : null}
            {interval.every(Number.isFinite) ? (
              <path class="interval" d={`M${px(interval[0] ?? 0)} ${y}H${px(interval[1] ?? 0)}`} />
            ) : null}
            <text class="name number" x={width} y={y + 4} text-anchor="end" font-size={SMALL}>
              {bar.value}
            </text>
          </g>
        );
      })}
      <Key entries={ENTRIES} width={width} top={keyTop} />
    </Canvas>
  );
}

/** Null for an effect that is not split. */
export function mediationBars(estimate: Estimate): EstimatePlot | null {
  const { decomposition } = estimate.diagnostics;
  if (decomposition === undefined) return null;
  const { total, direct, indirect } = decomposition;
  if (![total, direct, indirect].every((part) => Number.isFinite(part.estimate))) return null;
  const through = nameList(
    (estimate.through ?? []).map((name) => isolated(printable(name))),
    3,
  );
  const quantile = (estimate.ci[1] - estimate.ci[0]) / 2 / estimate.se;
  const title = 'Which way does the effect go?';
  const words = reading(decomposition, through, Number.isFinite(quantile) ? quantile : 0);
  const bars = barsOf(decomposition, through, quantile);
  return {
    id: 'mediation',
    title,
    reading: words,
    render: (width) => <Picture bars={bars} width={width} label={`${title} ${words}`} />,
  };
}
