/** A card for each variable of the data, the suspicious ones first. */

import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { DescribedData } from '../engine/data/profile/described.ts';
import type { VariableSummary } from '../engine/data/profile/summary.ts';
import type { Suspicion } from '../engine/data/profile/suspicions.ts';
import type { GraphSnapshot } from '../engine/report/snapshot.ts';
import { VariableFigure } from '../views/data/variableFigure.tsx';
import { Prose } from '../views/prose.tsx';
import { caption } from '../views/roles.ts';
import { printable } from '../views/text.ts';
import { Icon } from './icons.tsx';

const SPREAD_WIDTH = 250;
/** Fewer are found at a glance. */
const SEARCHED = 12;

export interface VariableCardsProps {
  readonly data: DescribedData;
  readonly graph: GraphSnapshot | null;
  readonly selected: string | null;
  readonly onSelect: (name: string) => void;
}

interface CardProps extends VariableCardsProps {
  readonly summary: VariableSummary;
  readonly suspicions: readonly Suspicion[];
}

function Suspicions({ list }: { readonly list: readonly Suspicion[] }): JSX.Element | null {
  if (list.length === 0) return null;
  return (
    <>
      {list.map(({ code, message }) => (
        <div key={code} class="notice notice-caution">
          <Icon name="alert" />
          <p>
            <Prose text={message} />
          </p>
        </div>
      ))}
    </>
  );
}

function Card({ data, graph, summary, suspicions, selected, onSelect }: CardProps): JSX.Element {
  const { name, kind } = summary;
  const card = useRef<HTMLLIElement>(null);
  const chosen = name === selected;
  // Also when the pane is opened: what was picked in the graph is what the reader came for.
  useEffect(() => {
    if (chosen) card.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const node = graph?.nodes.find((one) => one.name === name);
  // Hundreds of pictures stay as they are while the reader selects one variable after the other.
  const figure = useMemo(
    () => <VariableFigure data={data} summary={summary} width={SPREAD_WIDTH} />,
    [data, summary],
  );
  const role = node === undefined ? '' : caption(node);
  return (
    <li class={chosen ? 'card chosen' : 'card'} ref={card} aria-current={chosen ? 'true' : undefined}>
      <div class="card-head">
        <button
          type="button"
          class="link"
          title={node === undefined ? undefined : 'Show in the graph'}
          disabled={node === undefined}
          onClick={() => onSelect(name)}
        >
          <bdi>{printable(name)}</bdi>
        </button>
        {role === '' ? null : <span class={`role role-${node?.role ?? 'other'}`}>{role}</span>}
        <span class="quiet">{kind}</span>
        {chosen ? <span class="tag">selected</span> : null}
      </div>
      <Suspicions list={suspicions} />
      {figure}
    </li>
  );
}

/** Those that are suspicious, then the others, each in the order of the text. */
function ordered({ variables, suspicions }: DescribedData): readonly VariableSummary[] {
  const doubtful = new Set(suspicions.map(({ variable }) => variable));
  return [
    ...variables.filter(({ name }) => doubtful.has(name)),
    ...variables.filter(({ name }) => !doubtful.has(name)),
  ];
}

/** What is suspicious of variables that have no column, and so no card. */
function Absent({ data }: { readonly data: DescribedData }): JSX.Element {
  const present = new Set(data.variables.map(({ name }) => name));
  return <Suspicions list={data.suspicions.filter(({ variable }) => !present.has(variable))} />;
}

export function VariableCards(props: VariableCardsProps): JSX.Element {
  const { data } = props;
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const found = ordered(data).filter(({ name }) => name.toLowerCase().includes(wanted));
  return (
    <section aria-labelledby="variables-heading">
      <h3 id="variables-heading">
        Variables <span class="quiet">{data.variables.length}</span>
      </h3>
      <Absent data={data} />
      {data.variables.length < SEARCHED ? null : (
        <label class="search">
          Find{' '}
          <input
            type="search"
            value={search}
            placeholder="part of a name"
            onInput={({ currentTarget }) => setSearch(currentTarget.value)}
          />
        </label>
      )}
      {found.length === 0 ? <p class="quiet">No variable is called so.</p> : null}
      <ul class="cards">
        {found.map((summary) => (
          <Card
            key={summary.name}
            {...props}
            summary={summary}
            suspicions={data.suspicions.filter(({ variable }) => variable === summary.name)}
          />
        ))}
      </ul>
    </section>
  );
}
