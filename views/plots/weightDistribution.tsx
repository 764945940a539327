/** How much single rows count: the weights of each group, in average rows of it. */

import type { JSX } from 'preact';
import type { WeightHistogram } from '../../engine/estimate/diagnostics/weighting.ts';
import type { Estimate, EstimateDiagnostics } from '../../engine/estimate/result.ts';
import { formatCount, formatPercent } from '../numbers.ts';
import { truncated } from '../text.ts';
import { type ArmNames, armNames } from './armNames.ts';
import { type PlotBox, X_AXIS_HEIGHT, XAxis } from './axes.tsx';
import { Canvas, Key, type KeyEntry, keyHeight, plotWidth } from './canvas.tsx';
import { Box, px } from './marks.tsx';
import type { EstimatePlot } from './plotsOf.tsx';
import { logScale, SMALL } from './scale.ts';

interface Arm {
  readonly arm: 'treated' | 'control';
  readonly name: string;
  readonly rows: number;
  /** Rows with equal weights that would tell as much. */
  readonly effective: number;
  readonly zero: number;
}

const BARS = 84;
const HEAD = 34;

const ENTRIES: readonly KeyEntry[] = [
  { words: 'the average row', draw: (x, y) => <path class="threshold" d={`M${x} ${y - 7}v14`} /> },
];

function armsOf(
  { zero, bins }: WeightHistogram,
  { essTreated = Number.NaN, essControl = Number.NaN }: EstimateDiagnostics,
  names: ArmNames,
): readonly Arm[] {
  const rows = (arm: 'treated' | 'control'): number => bins.reduce((sum, bin) => sum + bin[arm], zero[arm]);
  return [
    { arm: 'treated', name: names.treated, rows: rows('treated'), effective: essTreated, zero: zero.treated },
    { arm: 'control', name: names.control, rows: rows('control'), effective: essControl, zero: zero.control },
  ];
}

/** `2,490 rows tell as much as 61 equal ones`. */
function armWords({ rows, effective, zero }: Arm): string {
  const unused = zero > 0 ? ` (${formatCount(zero)} unused)` : '';
  const worth = Number.isFinite(effective) ? ` tell as much as ${formatCount(effective)} equal ones` : '';
  return `${formatCount(rows)} rows${unused}${worth}`;
}

function reading(arms: readonly Arm[], largest: number | undefined): string {
  const thin = [...arms]
    .filter(({ effective }) => Number.isFinite(effective))
    .sort((a, b) => a.effective / a.rows - b.effective / b.rows)[0];
  const most =
    largest === undefined || !Number.isFinite(largest)
      ? ''
      : ` The row that counts most stands for ${largest < 10 ? Number(largest.toFixed(1)) : formatCount(largest)} average ones of its group${largest >= 10 ? ': a few rows may decide the answer' : ''}.`;
  if (thin === undefined) return `How much each row counts for the estimate.${most}`;
  const share = thin.effective / thin.rows;
  const tone =
    share >= 0.8
      ? `The rows count nearly alike: those with ${thin.name} tell as much as ${formatPercent(Math.round(share * 100) / 100)} of their number would with equal weights.`
      : `The rows with ${thin.name} count unequally: ${formatCount(thin.rows)} of them tell as much as ${formatCount(thin.effective)} with equal weights would, and the estimate is that much less certain.`;
  return `${tone}${most}`;
}

function ArmBars(props: {
  readonly arm: Arm;
  readonly weights: WeightHistogram;
  readonly box: PlotBox;
  readonly at: (value: number) => number;
}): JSX.Element {
  const { arm, weights, box, at } = props;
  const shares = weights.bins.map((bin) => bin[arm.arm] / (arm.rows || 1));
  const most = Math.max(1e-9, ...shares);
  const room = box.right;
  return (
    <g>
      <text class="name" x="0" y={box.top - 20} font-size={SMALL} unicode-bidi="plaintext">
        {truncated(arm.name, SMALL, room)}
      </text>
      <text class="quiet" x="0" y={box.top - 6} font-size={SMALL}>
        {truncated(armWords(arm), SMALL, room)}
      </text>
      {weights.bins.map((bin, i) => {
        const share = shares[i] ?? 0;
        return share === 0 ? null : (
          <g key={bin.from}>
            <title>{`${round(bin.from)} to ${round(bin.to)} average rows: ${formatCount(bin[arm.arm])} rows`}</title>
            <Box
              class={arm.arm}
              x={[at(bin.from) + 0.5, at(bin.to) - 0.5]}
              // A single row among thousands is what the plot is for: it is never thinner than a pixel and a half.
              y={[box.bottom, box.bottom - Math.max(1.5, (share / most) * (box.bottom - box.top - 4))]}
            />
          </g>
        );
      })}
    </g>
  );
}

function round(value: number): string {
  return String(Number(value.toPrecision(2)));
}

function Picture(props: {
  readonly weights: WeightHistogram;
  readonly arms: readonly Arm[];
  readonly width: number;
  readonly label: string;
}): JSX.Element {
  const { weights, arms, label } = props;
  const width = plotWidth(props.width);
  const ends = weights.bins.flatMap(({ from, to }) => [from, to]);
  const domain: [number, number] = [Math.min(0.5, ...ends), Math.max(2, ...ends)];
  const scale = logScale(domain, [10, width - 16]);
  const boxes = arms.map((_arm, i): PlotBox => {
    const top = HEAD + i * (BARS + HEAD + 6);
    return { left: 10, right: width - 16, top, bottom: top + BARS };
  });
  const last = boxes[boxes.length - 1] ?? { left: 0, right: width, top: 0, bottom: BARS };
  const mean = scale.at(1);
  const keyTop = last.bottom + X_AXIS_HEIGHT + 6;
  return (
    <Canvas width={width} height={keyTop + keyHeight(ENTRIES, width)} label={label}>
      {boxes.map((box) => (
        <g key={box.top}>
          {scale.ticks.map(({ value }) => (
            <path key={value} class="rule" d={`M${px(scale.at(value))} ${box.top}V${box.bottom}`} />
          ))}
          <path class="frame" d={`M${box.left} ${box.bottom}H${box.right}`} />
        </g>
      ))}
      {arms.map((arm, i) => (
        <ArmBars key={arm.arm} arm={arm} weights={weights} box={boxes[i] ?? last} at={scale.at} />
      ))}
      {boxes.map((box) => (
        <path key={box.top} class="threshold" d={`M${px(mean)} ${box.top}V${box.bottom}`} />
      ))}
      <XAxis scale={scale} box={last} title="Weight, in average rows of the group" grid={false} />
      <Key entries={ENTRIES} width={width} top={keyTop} />
    </Canvas>
  );
}

/** Null where the method gives rows no weights. */
export function weightDistribution(estimate: Estimate): EstimatePlot | null {
  const { weights, maxWeight } = estimate.diagnostics;
  if (weights === undefined || weights.bins.length === 0) return null;
  const arms = armsOf(weights, estimate.diagnostics, armNames(estimate));
  const title = 'How much does each row count?';
  const words = reading(arms, maxWeight);
  const told = arms.map((arm) => `${arm.name}: ${armWords(arm)}`).join('. ');
  return {
    id: 'weights',
    title,
    reading: words,
    render: (width) => (
      <Picture weights={weights} arms={arms} width={width} label={`${title} ${words} ${told}.`} />
    ),
  };
}
