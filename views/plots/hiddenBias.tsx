/** How much hidden bias a comparison bears: Rosenbaum's bounds of matched pairs, and the E-value. */

import type { JSX } from 'preact';
import type { RefutationDetails } from '../../engine/estimate/refutation.ts';
import type { Estimate } from '../../engine/estimate/result.ts';
import { formatP, formatPercent } from '../numbers.ts';
import { XAxis, YAxis } from './axes.tsx';
import { Canvas, Key, type KeyEntry } from './canvas.tsx';
import { plotFrame } from './frame.ts';
import { linePath, px } from './marks.tsx';
import type { EstimatePlot } from './plotsOf.tsx';
import { linearScale, logScale, SMALL } from './scale.ts';

type Rosenbaum = Extract<RefutationDetails, { kind: 'rosenbaum' }>;
type EValue = Extract<RefutationDetails, { kind: 'e-value' }>;

function detailsOf<K extends RefutationDetails['kind']>(
  estimate: Estimate,
  kind: K,
): Extract<RefutationDetails, { kind: K }> | null {
  const isKind = (one: RefutationDetails | null): one is Extract<RefutationDetails, { kind: K }> =>
    one?.kind === kind;
  return estimate.refutations.map(({ details }) => details).find(isKind) ?? null;
}

function gammaEntries({ alpha }: Rosenbaum): readonly KeyEntry[] {
  return [
    {
      words: 'largest p value that may be',
      draw: (x, y) => <path class="curve" d={`M${x - 9} ${y + 5}q12 0 18 -10`} />,
    },
    {
      words: `above ${formatPercent(alpha)}: may be chance`,
      draw: (x, y) => <path class="threshold" d={`M${x - 9} ${y}h18`} />,
    },
  ];
}

function GammaPicture(props: {
  readonly details: Rosenbaum;
  readonly width: number;
  readonly label: string;
}): JSX.Element {
  const { details, label } = props;
  const { bounds, alpha, gamma } = details;
  const entries = gammaEntries(details);
  const highest = Math.max(2 * alpha, ...bounds.map(({ high }) => high));
  const { width, height, box, y, keyTop } = plotFrame(props.width, [0, highest], entries);
  const last = Math.max(2, ...bounds.map((bound) => bound.gamma));
  const x = logScale([1, last], [box.left + 4, box.right]);
  const isShown = gamma !== null && gamma <= last;
  const isLate = isShown && x.at(gamma) > (box.left + box.right) / 2;
  return (
    <Canvas width={width} height={height} label={label}>
      <YAxis scale={y} box={box} title="p value" />
      <XAxis scale={x} box={box} title="Γ: times likelier to be treated" />
      <path class="threshold" d={`M${box.left} ${px(y.at(alpha))}H${box.right}`} />
      <path class="curve" d={linePath(bounds.map((bound) => [x.at(bound.gamma), y.at(bound.high)]))} />
      {bounds.map((bound) => (
        <circle key={bound.gamma} class="point" cx={px(x.at(bound.gamma))} cy={px(y.at(bound.high))} r="3">
          <title>{`Γ = ${bound.gamma}: p from ${formatP(bound.low)} to ${formatP(bound.high)}`}</title>
        </circle>
      ))}
      {isShown ? (
        <>
          <path class="estimate" d={`M${px(x.at(gamma))} ${box.top}V${box.bottom}`} />
          <text
            class="name halo"
            x={px(x.at(gamma) + (isLate ? -5 : 5))}
            y={box.top + 12}
            text-anchor={isLate ? 'end' : 'start'}
            font-size={SMALL}
          >
            {`Γ = ${gamma.toFixed(2)}`}
          </text>
        </>
      ) : null}
      <Key entries={entries} width={width} top={keyTop} />
    </Canvas>
  );
}

/** Null unless the refuter `rosenbaum` told of matched pairs. */
export function rosenbaumCurve(estimate: Estimate): EstimatePlot | null {
  const details = detailsOf(estimate, 'rosenbaum');
  if (details === null || details.bounds.length < 2) return null;
  const title = 'How much hidden bias do the pairs bear?';
  const words =
    details.gamma === null
      ? `Without any hidden bias the difference within the ${details.pairs} pairs may be chance already (p ${formatP(details.p).replace(/^(?=\d)/, '= ')}).`
      : `A hidden cause would have to make one of a pair ${details.gamma.toFixed(2)} times as likely to be treated as the other before the difference could be chance.`;
  return {
    id: 'rosenbaum',
    title,
    reading: words,
    render: (width) => <GammaPicture details={details} width={width} label={`${title} ${words}`} />,
  };
}

/** Risk ratios that together, and no weaker, explain a ratio away: B = ab/(a + b − 1) (VanderWeele & Ding 2017). */
function pairsOf(ratio: number, last: number): readonly (readonly [number, number])[] {
  const first = (ratio * (last - 1)) / (last - ratio);
  return Array.from({ length: 49 }, (_pair, i) => {
    const a = first * (last / first) ** (i / 48);
    return [a, (ratio * (a - 1)) / (a - ratio)] as const;
  });
}

const E_ENTRIES: readonly KeyEntry[] = [
  {
    words: 'just strong enough',
    draw: (x, y) => <path class="zero-line" d={`M${x - 9} ${y - 5}q3 9 18 10`} />,
  },
  {
    words: 'strong enough for the interval',
    draw: (x, y) => <path class="threshold" d={`M${x - 9} ${y - 5}q3 9 18 10`} />,
  },
  { words: 'the E-value', draw: (x, y) => <circle class="point" cx={x} cy={y} r="4.5" /> },
];

function EPicture(props: {
  readonly details: EValue;
  readonly width: number;
  readonly label: string;
}): JSX.Element {
  const { details, label } = props;
  const { riskRatio, eValue, eValueLimit } = details;
  const ratio = riskRatio < 1 ? 1 / riskRatio : riskRatio;
  const last = 2.5 * eValue;
  const limit = (eValueLimit * eValueLimit) / (2 * eValueLimit - 1);
  const entries = eValueLimit > 1 ? E_ENTRIES : E_ENTRIES.filter((_entry, i) => i !== 1);
  const { width, height, box, y, keyTop } = plotFrame(props.width, [1, last], entries, (range) =>
    linearScale([1, last], range, { widen: false }),
  );
  const x = linearScale([1, last], [box.left, box.right], { widen: false });
  const line = (of: number): string => linePath(pairsOf(of, last).map(([a, b]) => [x.at(a), y.at(b)]));
  return (
    <Canvas width={width} height={height} label={label}>
      <YAxis scale={y} box={box} title="Times likelier that it makes the outcome" />
      <XAxis scale={x} box={box} title="Times likelier that it makes the treatment" />
      {eValueLimit > 1 ? <path class="threshold" d={line(limit)} /> : null}
      <path class="zero-line" d={line(ratio)} />
      <circle class="point" cx={px(x.at(eValue))} cy={px(y.at(eValue))} r="5" />
      <text class="name halo" x={px(x.at(eValue) + 9)} y={px(y.at(eValue) - 5)} font-size={SMALL}>
        {eValue.toFixed(2)}
      </text>
      <Key entries={entries} width={width} top={keyTop} />
    </Canvas>
  );
}

/** Null unless the refuter `e_value` told of it, and there is an effect to explain away. */
export function eValuePlot(estimate: Estimate): EstimatePlot | null {
  const details = detailsOf(estimate, 'e-value');
  if (details === null || !(details.eValue > 1.0001) || !Number.isFinite(details.eValue)) return null;
  const title = 'What would explain it away?';
  const limit =
    details.eValueLimit > 1
      ? `, and ${details.eValueLimit.toFixed(2)} times to bring its interval to no effect`
      : '; its interval holds no effect as it is';
  const words = `A hidden cause would have to make both the treatment and the outcome ${details.eValue.toFixed(2)} times as likely to explain the estimate away${limit}.`;
  return {
    id: 'e-value',
    title,
    reading: words,
    render: (width) => <EPicture details={details} width={width} label={`${title} ${words}`} />,
  };
}
