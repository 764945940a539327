/** An arrow by its ends, chosen from lists: for those who would rather read than look. */

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ArrowKind } from '../../engine/report/graphEdit.ts';
import type { GraphSnapshot } from '../../engine/report/snapshot.ts';
import { printable } from '../../views/text.ts';
import { below } from './editTools.tsx';
import type { Editing } from './useEditing.ts';

function Choice(props: {
  readonly label: string;
  readonly names: readonly string[];
  readonly chosen: string;
  readonly onChoose: (name: string) => void;
}): JSX.Element {
  return (
    <select
      aria-label={props.label}
      value={props.chosen}
      onChange={(event) => props.onChoose(event.currentTarget.value)}
    >
      {props.names.map((name) => (
        <option key={name} value={name}>
          {printable(name)}
        </option>
      ))}
    </select>
  );
}

/** Cause, arrow, effect, and a button that draws it. */
export function ArrowForm({
  graph,
  editing,
}: {
  readonly graph: GraphSnapshot;
  readonly editing: Editing;
}): JSX.Element {
  const names = graph.nodes.map(({ name }) => name);
  const [from, setFrom] = useState(names[0] ?? '');
  const [to, setTo] = useState(names[1] ?? names[0] ?? '');
  const [kind, setKind] = useState<ArrowKind>('directed');
  return (
    <form
      class="arrow-form"
      onSubmit={(event) => {
        event.preventDefault();
        editing.finish({ from, to, kind, pointer: null }, below(event.currentTarget));
      }}
    >
      <Choice label="From" names={names} chosen={from} onChoose={setFrom} />
      <select
        aria-label="Kind of arrow"
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value === 'directed' ? 'directed' : 'bidirected')}
      >
        <option value="directed">→ causes</option>
        <option value="bidirected">↔ shares an unmeasured cause with</option>
      </select>
      <Choice label="To" names={names} chosen={to} onChoose={setTo} />
      <button type="submit" class="secondary">
        Draw the arrow
      </button>
    </form>
  );
}
