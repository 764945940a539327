/** The correlations as a grid to walk in, and any two variables as a picture. */

import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { DescribedData } from '../engine/data/profile/described.ts';
import {
  CorrelationMatrix,
  type MatrixPlace,
  shownCorrelation,
  strongestWords,
} from '../views/data/correlationMatrix.tsx';
import { CORRELATION_WORDS, shownName } from '../views/data/dataWords.ts';
import { ScatterPlot, scatterWords } from '../views/data/scatterPlot.tsx';
import { SharesTable } from '../views/data/sharesTable.tsx';
import { FigureTool } from '../views/figureTool.tsx';
import { printable } from '../views/text.ts';
import type { Host } from './host.ts';
import { Icon } from './icons.tsx';
import { type Pair, type PairState, usePair } from './usePair.ts';

const WIDEST_PLOT = 640;

/** The cell that an arrow key leads to from a place in the triangle; undefined for any other key. */
export function cellAt({ row, column }: MatrixPlace, key: string, size: number): MatrixPlace | undefined {
  const steps = new Map<string, MatrixPlace>([
    ['ArrowLeft', { row, column: column - 1 }],
    ['ArrowRight', { row, column: column + 1 }],
    ['ArrowUp', { row: row - 1, column }],
    ['ArrowDown', { row: row + 1, column }],
    ['Home', { row, column: 0 }],
    ['End', { row, column: row - 1 }],
  ]);
  const next = steps.get(key);
  if (next === undefined) return undefined;
  const exists = next.row < size && next.column >= 0 && next.column < next.row;
  return exists ? next : { row, column };
}

function placeOf(target: EventTarget | null): MatrixPlace | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('td[data-row]') : null;
  return cell === null ? null : { row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) };
}

interface GridProps {
  readonly data: DescribedData;
  readonly pair: Pair | null;
  readonly onPair: (pair: Pair) => void;
}

/** Arrow keys walk, Enter or a click shows the two variables. */
function Grid({ data, pair, onPair }: GridProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<MatrixPlace>({ row: 1, column: 0 });
  const { correlations } = data;
  const { variables } = correlations;
  const stop = at.row < variables.length ? at : { row: 1, column: 0 };
  const placed = ({ x, y }: Pair): MatrixPlace => ({
    row: variables.indexOf(y),
    column: variables.indexOf(x),
  });
  const pick = (place: MatrixPlace | null): void => {
    if (place === null) return;
    setAt(place);
    const [x, y] = [variables[place.column], variables[place.row]];
    if (x !== undefined && y !== undefined) onPair({ x, y });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const here = placeOf(event.target);
    if (here === null) return;
    const next = cellAt(here, event.key, variables.length);
    if (event.key === 'Enter' || event.key === ' ') pick(here);
    else if (next === undefined) return;
    else {
      setAt(next);
      box.current
        ?.querySelector<HTMLElement>(`td[data-row="${next.row}"][data-column="${next.column}"]`)
        ?.focus();
    }
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the grid inside is what is worked with.
    <div class="scroll" ref={box} onClick={(event) => pick(placeOf(event.target))} onKeyDown={onKeyDown}>
      <CorrelationMatrix
        correlations={correlations}
        focus={{ stop, chosen: pair === null ? null : placed(pair) }}
      />
    </div>
  );
}

function Choice(props: {
  readonly label: string;
  readonly names: readonly string[];
  readonly value: string;
  readonly onChange: (name: string) => void;
}): JSX.Element {
  return (
    <label>
      {props.label}{' '}
      <select
        value={props.names.indexOf(props.value)}
        onChange={({ currentTarget }) => props.onChange(props.names[Number(currentTarget.value)] ?? '')}
      >
        <option value={-1}>choose…</option>
        {props.names.map((name, i) => (
          <option key={name} value={i}>
            {printable(name)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Any two, also those that are no numbers and so have no correlation. */
function Choices({ data, pair, onPair }: GridProps): JSX.Element {
  const names = data.variables.map(({ name }) => name);
  const [half, setHalf] = useState<Pair>({ x: '', y: '' });
  const shown = pair ?? half;
  const change = (part: Partial<Pair>): void => {
    const next = { ...shown, ...part };
    setHalf(next);
    if (next.x !== '' && next.y !== '' && next.x !== next.y) onPair(next);
  };
  return (
    <div class="choices">
      <Choice label="Across" names={names} value={shown.x} onChange={(x) => change({ x })} />
      <Choice label="Up" names={names} value={shown.y} onChange={(y) => change({ y })} />
    </div>
  );
}

function Picture({ state: { answer }, width }: { readonly state: PairState; readonly width: number }) {
  if (answer === null) return <p class="quiet">Drawing…</p>;
  switch (answer.kind) {
    case 'failure':
      return (
        <div class="notice notice-error" role="alert">
          <Icon name="alert" />
          <p>{printable(answer.message)}</p>
        </div>
      );
    case 'nothing':
      return <p>No row has a value of both.</p>;
    case 'shares':
      return (
        <>
          {answer.r === null ? null : <p>Correlation {shownCorrelation(answer.r)}.</p>}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys. */}
          <section class="scroll" aria-label="Shares" tabIndex={0}>
            <SharesTable picture={answer} />
          </section>
        </>
      );
    case 'points':
      return (
        <figure>
          <figcaption>
            <FigureTool title={`${answer.x.name} and ${answer.y.name}`} />
            <p>{scatterWords(answer)}</p>
          </figcaption>
          <ScatterPlot picture={answer} width={Math.min(width, WIDEST_PLOT)} />
        </figure>
      );
  }
}

/** `width` is that of the pane, in pixels. */
export function PairExplorer(props: {
  readonly host: Host;
  readonly data: DescribedData;
  readonly width: number;
}): JSX.Element {
  const { host, data, width } = props;
  const [pair, setPair] = useState<Pair | null>(null);
  const known = (name: string): boolean => data.variables.some((variable) => variable.name === name);
  const sound = pair !== null && known(pair.x) && known(pair.y) ? pair : null;
  const state = usePair(host, sound, data);
  const { correlations } = data;
  const onPair = (next: Pair): void =>
    setPair((before) => (before?.x === next.x && before.y === next.y ? before : next));
  const grid = { data, pair: sound, onPair };
  return (
    <section class="pairs" aria-labelledby="pairs-heading">
      <h3 id="pairs-heading">How they go together</h3>
      {correlations.variables.length < 2 ? null : (
        <>
          <p>
            {CORRELATION_WORDS} {strongestWords(correlations)}{' '}
            {correlations.truncated ? 'Only the first 60 numbers are compared. ' : ''}
            Click a number, or press Enter on it, to see the rows behind it.
          </p>
          <Grid {...grid} />
        </>
      )}
      <p class="quiet">Any two variables, also those that are no numbers:</p>
      <Choices {...grid} />
      {state === null ? null : (
        <section class="pair" aria-live="polite" aria-labelledby="pair-heading">
          <div class="pair-head">
            <h4 id="pair-heading">
              {shownName(state.pair.x)} and {shownName(state.pair.y)}
            </h4>
            <button
              type="button"
              class="tool"
              title="Close"
              aria-label="Close the picture of the two"
              onClick={() => setPair(null)}
            >
              <Icon name="close" />
            </button>
          </div>
          <Picture state={state} width={width} />
        </section>
      )}
    </section>
  );
}
