/** What the treatment goes by, and which of the variables adjusted for the estimate rests on. */

import type { JSX } from 'preact';
import type { Estimate } from '../../engine/estimate/result.ts';
import { formatEstimate } from '../numbers.ts';
import { isolated, printable, textWidth, truncated } from '../text.ts';
import { type PlotBox, X_AXIS_HEIGHT, XAxis } from './axes.tsx';
import { Canvas, plotWidth } from './canvas.tsx';
import { type IntervalRow, IntervalRows, MOST_ROWS } from './intervalRows.tsx';
import { Box } from './marks.tsx';
import type { EstimatePlot } from './plotsOf.tsx';
import { linearScale, SMALL } from './scale.ts';

const ROW = 22;
const NAME = 12;
const MOST_BARS = 20;

interface Pull {
  readonly name: string;
  readonly pull: number;
}

/** Of a learned model its importances, of another one the standardised coefficients; of several levels the largest. */
function pullsOf({ diagnostics, relevance = null }: Estimate): readonly Pull[] {
  const model = diagnostics.propensityModel;
  const pulls = new Map<string, number>();
  const add = (name: string, pull: number | null): void => {
    if (pull !== null && Number.isFinite(pull)) {
      pulls.set(name, Math.max(pulls.get(name) ?? 0, Math.abs(pull)));
    }
  };
  if (model?.importances) for (const { variable, importance } of model.importances) add(variable, importance);
  else if (model?.coefficients) {
    for (const { covariate, standardised } of model.coefficients) add(covariate, standardised);
  } else for (const { variable, pull } of relevance?.variables ?? []) add(variable, pull);
  return [...pulls]
    .map(([name, pull]) => ({ name: isolated(printable(name)), pull }))
    .sort((a, b) => b.pull - a.pull);
}

function Bars(props: {
  readonly pulls: readonly Pull[];
  readonly axis: string;
  readonly width: number;
  readonly label: string;
}): JSX.Element {
  const { pulls, axis, label } = props;
  const width = plotWidth(props.width);
  const names = Math.min(Math.max(30, ...pulls.map(({ name }) => textWidth(name, NAME))), width * 0.38);
  const box: PlotBox = {
    left: Math.ceil(names) + 12,
    right: width - 44,
    top: 2,
    bottom: 8 + pulls.length * ROW,
  };
  const most = Math.max(...pulls.map(({ pull }) => pull));
  const scale = linearScale([0, most > 0 ? most : 1], [box.left, box.right]);
  return (
    <Canvas width={width} height={box.bottom + X_AXIS_HEIGHT} label={label}>
      <XAxis scale={scale} box={box} title={axis} />
      {pulls.map(({ name, pull }, i) => {
        const y = box.top + 2 + (i + 0.5) * ROW;
        return (
          <g key={`${i} ${name}`}>
            <title>{`${name}: ${pull.toFixed(2)}`}</title>
            <text class="name" x="0" y={y + 4} font-size={NAME} unicode-bidi="plaintext">
              {truncated(name, NAME, names)}
            </text>
            <Box class="treated" x={[box.left, scale.at(pull)]} y={[y - 6, y + 6]} />
            <text class="name number halo" x={scale.at(pull) + 5} y={y + 4} font-size={SMALL}>
              {pull.toFixed(2)}
            </text>
          </g>
        );
      })}
    </Canvas>
  );
}

/** Null where there is no model of the treatment. */
export function treatmentDrivers(estimate: Estimate): EstimatePlot | null {
  const all = pullsOf(estimate);
  const [first] = all;
  if (first === undefined) return null;
  const pulls = all.slice(0, MOST_BARS);
  const learned = estimate.diagnostics.propensityModel?.importances != null;
  const treatment = isolated(printable(estimate.treatment));
  const title = 'What does the treatment go by?';
  const rest = all.length > MOST_BARS ? ` Shown are the ${MOST_BARS} strongest of ${all.length}.` : '';
  const words =
    first.pull > 0
      ? `Who gets which ${treatment} goes by ${first.name} more than by anything else that was adjusted for.${rest}`
      : `Nothing that was adjusted for tells who gets which ${treatment}.`;
  const axis = learned ? 'Share of what the model learned' : 'Change of log odds a standard deviation';
  return {
    id: 'drivers',
    title,
    reading: words,
    render: (width) => (
      <Bars
        pulls={pulls}
        axis={axis}
        width={width}
        label={`${title} ${words} ${pulls.map(({ name, pull }) => `${name} ${pull.toFixed(2)}`).join('; ')}.`}
      />
    ),
  };
}

/** The estimate without each of its variables. Null where it was not made without any. */
export function withoutVariables(estimate: Estimate): EstimatePlot | null {
  const tried = (estimate.relevance?.variables ?? []).flatMap(({ variable, without }) =>
    without === null ? [] : [{ name: isolated(printable(variable)), ...without }],
  );
  const shown = tried.slice(0, MOST_ROWS);
  const [most] = shown;
  if (most === undefined) return null;
  const quantile = (estimate.ci[1] - estimate.ci[0]) / 2 / estimate.se;
  const rows = shown.map(({ name, estimate: value, se }): IntervalRow => {
    const reach = se === null ? Number.NaN : quantile * se;
    return {
      name: `without ${name}`,
      value: formatEstimate(value, se ?? estimate.se),
      detail: '',
      estimate: value,
      ci: [value - reach, value + reach],
    };
  });
  const title = 'What does the estimate rest on?';
  const rest = tried.length > MOST_ROWS ? ` Shown are the ${MOST_ROWS} that move it most.` : '';
  const words =
    Math.abs(most.move) < 1
      ? `Leaving out any one variable moves the estimate by less than a standard error: it rests on none of them alone.${rest}`
      : `It rests on ${most.name} most: without it the estimate would be ${formatEstimate(most.estimate, estimate.se)} rather than ${formatEstimate(estimate.estimate, estimate.se)}.${rest}`;
  return {
    id: 'without',
    title,
    reading: words,
    render: (width) => (
      <IntervalRows
        sections={[{ heading: '', rows }]}
        reference={{ value: estimate.estimate, words: 'the estimate with all of them' }}
        axis="Effect"
        width={width}
        label={`${title} ${words} ${rows.map(({ name, value }) => `${name}: ${value}`).join('; ')}.`}
      />
    ),
  };
}
