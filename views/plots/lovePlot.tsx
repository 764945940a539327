/** How different the arms are in each variable, before and after the estimate made them alike (the plot of Love; Austin 2009). */

import type { JSX } from 'preact';
import type { CovariateBalance } from '../../engine/estimate/diagnostics/weighting.ts';
import type { Estimate } from '../../engine/estimate/result.ts';
import { isolated, printable, textWidth, truncated } from '../text.ts';
import { type PlotBox, X_AXIS_HEIGHT, XAxis } from './axes.tsx';
import { Canvas, Key, type KeyEntry, keyHeight, plotWidth } from './canvas.tsx';
import type { EstimatePlot } from './plotsOf.tsx';
import { linearScale } from './scale.ts';

/** Differences below it count as balance (Austin 2009). */
const THRESHOLD = 0.1;
const MOST_ROWS = 30;
const ROW = 20;
const NAME = 12;

interface Row {
  readonly name: string;
  readonly before: number;
  readonly after: number;
}

/** Largest difference first, by what is left of it and then by what there was. */
function rowsOf(balance: readonly CovariateBalance[]): readonly Row[] {
  return balance
    .map(({ covariate, smdBefore, smdAfter }) => ({
      name: isolated(printable(covariate)),
      before: Math.abs(smdBefore),
      after: Math.abs(smdAfter),
    }))
    .filter(({ before, after }) => Number.isFinite(before) && Number.isFinite(after))
    .sort((a, b) => b.before - a.before || b.after - a.after);
}

/** The rows that are drawn: where there are too many, those that differ most on either side. */
function worst(rows: readonly Row[]): readonly Row[] {
  if (rows.length <= MOST_ROWS) return rows;
  const size = ({ before, after }: Row): number => Math.max(before, after);
  const kept = new Set([...rows].sort((a, b) => b.after - a.after || size(b) - size(a)).slice(0, MOST_ROWS));
  return rows.filter((row) => kept.has(row));
}

function reading(rows: readonly Row[], shown: number): string {
  const most =
    rows.length > shown ? ` Shown are the ${shown} of ${rows.length} that differ most afterwards.` : '';
  const [first, ...others] = rows.filter(isOff).sort((a, b) => b.after - a.after);
  if (first !== undefined) {
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    return `Even afterwards the two groups differ by more than 0.1 in ${first.name} (${first.after.toFixed(2)} standard deviations)${more}: part of the effect may be that difference.${most}`;
  }
  const before = rows.filter((row) => row.before >= THRESHOLD).length;
  const was = before === 0 ? 'as before' : `where ${before} of ${rows.length} were not before`;
  return `Afterwards every difference is below 0.1, ${was}: the two groups are alike in what is adjusted for.${most}`;
}

function isOff({ after }: Row): boolean {
  return after >= THRESHOLD;
}

function Before({ x, y }: { readonly x: number; readonly y: number }): JSX.Element {
  return <circle class="before" cx={x.toFixed(1)} cy={y} r="4.5" />;
}

function After({ x, y }: { readonly x: number; readonly y: number }): JSX.Element {
  const place = x.toFixed(1);
  return <path class="after" d={`M${place} ${y - 5.5}l5.5 5.5l-5.5 5.5l-5.5 -5.5Z`} />;
}

const ENTRIES: readonly KeyEntry[] = [
  { words: 'before', draw: (x, y) => <Before x={x} y={y} /> },
  { words: 'after', draw: (x, y) => <After x={x} y={y} /> },
  {
    words: 'up to here counts as alike',
    draw: (x, y) => <path class="threshold" d={`M${x} ${y - 7}v14`} />,
  },
];

function Picture(props: {
  readonly rows: readonly Row[];
  readonly width: number;
  readonly label: string;
}): JSX.Element {
  const { rows, label } = props;
  const width = plotWidth(props.width);
  const names = Math.min(Math.max(40, ...rows.map(({ name }) => textWidth(name, NAME))), width * 0.38);
  const box: PlotBox = {
    left: Math.ceil(names) + 14,
    right: width - 10,
    top: 6,
    bottom: 10 + rows.length * ROW,
  };
  const highest = Math.max(THRESHOLD * 1.5, ...rows.flatMap(({ before, after }) => [before, after]));
  const scale = linearScale([0, highest], [box.left, box.right]);
  const keyTop = box.bottom + X_AXIS_HEIGHT + 6;
  return (
    <Canvas width={width} height={keyTop + keyHeight(ENTRIES, width)} label={label}>
      <XAxis scale={scale} box={box} title="Difference, in standard deviations" />
      <path class="threshold" d={`M${scale.at(THRESHOLD).toFixed(1)} ${box.top}V${box.bottom}`} />
      {rows.map(({ name, before, after }, i) => {
        const y = box.top + 2 + (i + 0.5) * ROW;
        const [from, to] = [scale.at(before), scale.at(after)];
        return (
          <g key={`${i} ${name}`}>
            <title>{`${name}: ${before.toFixed(3)} before, ${after.toFixed(3)} after`}</title>
            <text class="name" x="0" y={y + 4} font-size={NAME} unicode-bidi="plaintext">
              {truncated(name, NAME, names)}
            </text>
            <path class="change" d={`M${from.toFixed(1)} ${y}H${to.toFixed(1)}`} />
            <Before x={from} y={y} />
            <After x={to} y={y} />
          </g>
        );
      })}
      <Key entries={ENTRIES} width={width} top={keyTop} />
    </Canvas>
  );
}

/** Null without covariates whose balance is known. */
export function lovePlot({ diagnostics }: Estimate): EstimatePlot | null {
  const all = rowsOf(diagnostics.balance ?? []);
  if (all.length === 0) return null;
  const rows = worst(all);
  const title = 'Are the groups alike?';
  const words = reading(all, rows.length);
  const list = rows.map(
    ({ name, before, after }) => `${name} ${before.toFixed(2)} before, ${after.toFixed(2)} after`,
  );
  return {
    id: 'love',
    title,
    reading: words,
    render: (width) => <Picture rows={rows} width={width} label={`${title} ${words} ${list.join('; ')}.`} />,
  };
}
