/** The data: how many rows there are, what each variable holds, and how two of them go together. */

import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type { DataRefusal, DescribedData } from '../engine/data/profile/described.ts';
import type { GraphSnapshot } from '../engine/report/snapshot.ts';
import { readingWords, rowWords, splitWords } from '../views/data/dataWords.ts';
import { RowsBar } from '../views/data/rowsBar.tsx';
import { FigureTool } from '../views/figureTool.tsx';
import { Prose } from '../views/prose.tsx';
import { printable } from '../views/text.ts';
import type { Host } from './host.ts';
import { Icon } from './icons.tsx';
import { PairExplorer } from './pairExplorer.tsx';
import type { DescriptionState } from './useDescription.ts';
import { useSize } from './useSize.ts';
import { VariableCards } from './variableCards.tsx';

const WIDEST = 860;

interface DataPaneProps {
  readonly host: Host;
  readonly state: DescriptionState;
  readonly onAgain: () => void;
  readonly graph: GraphSnapshot | null;
  readonly selected: string | null;
  readonly onSelect: (name: string) => void;
}

function Refusal(props: {
  readonly refusal: DataRefusal;
  readonly host: Host;
  readonly onAgain: () => void;
}): JSX.Element {
  const { refusal, host, onAgain } = props;
  const none = refusal.code === 'no-data';
  // A file that is chosen is written into the text, which makes another revision.
  const choose = (): void => void host.ask('chooseData', {}).catch(onAgain);
  return (
    <div class={`notice notice-${none ? 'plain' : 'error'}`} role="alert">
      {none ? null : <Icon name="alert" />}
      <div>
        <p>
          <Prose text={refusal.message} />
        </p>
        {none ? (
          <button type="button" class="primary" onClick={choose}>
            Choose a data file…
          </button>
        ) : (
          <button type="button" class="secondary" onClick={onAgain}>
            Read again
          </button>
        )}
      </div>
    </div>
  );
}

function Arms({ data: { byArm } }: { readonly data: DescribedData }): JSX.Element {
  if (byArm === null)
    return (
      <p class="quiet">
        <Prose text="Name a treatment, as in `treatment drug`, and each variable is shown by treatment." />
      </p>
    );
  return (
    <p>
      {splitWords(byArm.split)} {readingWords(byArm.split)}
    </p>
  );
}

function Described(props: DataPaneProps & { readonly data: DescribedData }): JSX.Element {
  const { data, host, graph, selected, onSelect } = props;
  const box = useRef<HTMLDivElement>(null);
  const width = Math.min(useSize(box)?.width ?? 0, WIDEST);
  // Nor does the matrix change with the selection.
  const pairs = useMemo(() => <PairExplorer host={host} data={data} width={width} />, [host, data, width]);
  const unused = data.columns.length - data.variables.length;
  return (
    <div class="data" ref={box}>
      <h3>
        Rows <span class="quiet">{printable(data.file)}</span>
      </h3>
      <p>{rowWords(data.rows, data.complete)}</p>
      {width === 0 || data.rows.read === 0 ? null : (
        <figure>
          <FigureTool title="Rows" />
          <RowsBar rows={data.rows} complete={data.complete} width={width} />
        </figure>
      )}
      {unused > 0 ? (
        <p class="quiet">
          The file has {data.columns.length} columns; the spec declares the variables below.
        </p>
      ) : null}
      <Arms data={data} />
      <VariableCards data={data} graph={graph} selected={selected} onSelect={onSelect} />
      {pairs}
    </div>
  );
}

/** What is said to a screen reader as the state changes. */
function announcement({ data, reading, refusal }: DescriptionState): string {
  if (reading) return 'Reading the data.';
  if (refusal !== null || data === null) return '';
  return `The data are read: ${rowWords(data.rows, data.complete)}`;
}

export function DataPane(props: DataPaneProps): JSX.Element {
  const { state, host, onAgain } = props;
  const { data, reading, refusal } = state;
  const stale = data !== null && (reading || refusal !== null);
  return (
    <>
      <p class="visually-hidden" role="status">
        {announcement(state)}
      </p>
      {reading ? (
        <div class="progress">
          <div class="progress-text">
            {data === null
              ? 'Reading the data…'
              : `Reading ${printable(data.file)} again. Below is what was read before.`}
          </div>
          <progress aria-label="Reading the data" />
        </div>
      ) : null}
      {refusal === null || reading ? null : <Refusal refusal={refusal} host={host} onAgain={onAgain} />}
      {data === null ? null : (
        <div class={stale ? 'stale' : ''}>
          {refusal === null || reading ? null : <p class="quiet">Below is what was read before.</p>}
          <Described {...props} data={data} />
        </div>
      )}
    </>
  );
}
