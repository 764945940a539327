/** Does the instrument move the treatment? The mean of the treatment along the instrument. */

import type { JSX } from 'preact';
import type { InstrumentGroup, InstrumentMeans } from '../../engine/estimate/diagnostics/instrument.ts';
import { isWeak } from '../../engine/estimate/instrumentWarnings.ts';
import type { Estimate } from '../../engine/estimate/result.ts';
import { nameList } from '../../engine/wording.ts';
import { formatCount, formatEstimate, withDecimals } from '../numbers.ts';
import { isolated, printable, textWidth, truncated } from '../text.ts';
import { armNames } from './armNames.ts';
import { keptWithin, XAxis, YAxis } from './axes.tsx';
import { Canvas, Key, type KeyEntry } from './canvas.tsx';
import { plotFrame } from './frame.ts';
import { px } from './marks.tsx';
import type { EstimatePlot } from './plotsOf.tsx';
import { domainOf, linearScale, type PlotScale, SMALL } from './scale.ts';

/** A normal interval of 95 %. */
const REACH = 1.96;

const ENTRIES: readonly KeyEntry[] = [
  {
    words: 'average, with its 95 % interval',
    draw: (x, y) => (
      <g>
        <path class="interval" d={`M${x} ${y - 7}V${y + 7}`} />
        <circle class="point" cx={x} cy={y} r="4" />
      </g>
    ),
  },
];

interface Sight {
  readonly means: InstrumentMeans;
  readonly xTitle: string;
  readonly yTitle: string;
}

function isShown({ mean, at }: InstrumentGroup): boolean {
  return Number.isFinite(mean) && Number.isFinite(at);
}

function range({ mean, se }: InstrumentGroup): readonly number[] {
  return Number.isFinite(se) ? [mean - REACH * se, mean + REACH * se] : [mean];
}

function strength(estimate: Estimate): string {
  const { metrics } = estimate.diagnostics;
  const f = metrics.effective_f ?? metrics.first_stage_f;
  if (f === undefined || !Number.isFinite(f)) return '';
  const one = estimate.instruments.length === 1;
  const which = one ? 'The instrument' : 'The instruments';
  const shown = f < 100 ? f.toFixed(1) : formatCount(f);
  return isWeak(estimate.diagnostics)
    ? `${which} hardly ${one ? 'moves' : 'move'} the treatment (F = ${shown}, under 10): the estimate leans towards the confounded one.`
    : `${which} ${one ? 'moves' : 'move'} the treatment clearly (F = ${shown}, over 10).`;
}

/** The lowest and the highest group in words. */
function ends({ means, yTitle, xTitle }: Sight): string {
  const groups = means.groups.filter(isShown);
  const [first] = groups;
  const last = groups.at(-1);
  if (first === undefined || last === undefined || first === last) return '';
  const at = (group: InstrumentGroup): string =>
    group.label === null ? tickText(group.at) : isolated(printable(group.label));
  const mean = (group: InstrumentGroup): string => formatEstimate(group.mean, group.se);
  const [low, high] =
    means.instrument === null
      ? ['where they foretell the least', 'where they foretell the most']
      : [`where ${xTitle} is ${at(first)}`, `where it is ${at(last)}`];
  return ` ${yTitle}: ${mean(first)} ${low}, ${mean(last)} ${high}.`;
}

/** Three digits that count. */
function tickText(value: number): string {
  return withDecimals(value, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1))));
}

/** Values that each have a group stand side by side, whatever they are; others where they lie. */
function horizontal(groups: readonly InstrumentGroup[], left: number, right: number): PlotScale {
  if (groups.some(({ label }) => label === null)) {
    return linearScale(domainOf(groups.map(({ at }) => at)), [left + 10, right - 10], { widen: false });
  }
  const step = (right - left) / groups.length;
  return {
    at: (value) => left + (value + 0.5) * step,
    ticks: groups.map(({ label }, value) => ({
      value,
      label: truncated(isolated(printable(label ?? '')), SMALL, step - 6),
    })),
    domain: [-0.5, groups.length - 0.5],
  };
}

function Picture(props: {
  readonly sight: Sight;
  readonly width: number;
  readonly label: string;
}): JSX.Element {
  const { sight, label } = props;
  const groups = sight.means.groups.filter(isShown);
  const { width, height, box, y, keyTop } = plotFrame(props.width, domainOf(groups.flatMap(range)), ENTRIES);
  const x = horizontal(groups, box.left, box.right);
  const isEven = groups.every((group) => group.label !== null);
  return (
    <Canvas width={width} height={height} label={label}>
      <YAxis scale={y} box={box} title={sight.yTitle} />
      <XAxis scale={x} box={box} title={sight.xTitle} grid={!isEven} />
      {groups.map((group, i) => {
        const place = x.at(isEven ? i : group.at);
        const [low, high = low] = range(group);
        const shown = formatEstimate(group.mean, group.se);
        const right = place + 8 + textWidth(shown, SMALL) > width;
        return (
          <g key={`${i} ${group.at}`}>
            <title>{`${shown} (${formatCount(group.rows)} rows)`}</title>
            <path class="interval" d={`M${px(place)} ${px(y.at(low ?? 0))}V${px(y.at(high ?? 0))}`} />
            <circle class="point" cx={px(place)} cy={px(y.at(group.mean))} r="4.5" />
            {isEven && groups.length <= 4 ? (
              <text
                class="name number"
                x={px(right ? keptWithin(place, 0, 0, width) - 8 : place + 8)}
                y={px(y.at(group.mean) + 4)}
                text-anchor={right ? 'end' : 'start'}
                font-size={SMALL}
              >
                {shown}
              </text>
            ) : null}
          </g>
        );
      })}
      <Key entries={ENTRIES} width={width} top={keyTop} />
    </Canvas>
  );
}

/** Null without an instrument. */
export function firstStage(estimate: Estimate): EstimatePlot | null {
  const { instrumentMeans } = estimate.diagnostics;
  if (instrumentMeans === undefined || !instrumentMeans.groups.some(isShown)) return null;
  const name = (text: string): string => isolated(printable(text));
  const sight: Sight = {
    means: instrumentMeans,
    xTitle:
      instrumentMeans.instrument === null
        ? `what ${nameList(estimate.instruments.map(name), 3)} say of ${name(estimate.treatment)}`
        : name(instrumentMeans.instrument),
    yTitle: estimate.dose
      ? `Average of ${name(estimate.treatment)}`
      : `Share with ${armNames(estimate).treated}`,
  };
  const title = 'Does the instrument move the treatment?';
  const held = estimate.adjusted.length > 0 ? ' The picture holds no covariate fixed; F does.' : '';
  const words = `${strength(estimate)}${ends(sight)}${held}`.trim();
  return {
    id: 'first-stage',
    title,
    reading: words,
    render: (width) => <Picture sight={sight} width={width} label={`${title} ${words}`} />,
  };
}
