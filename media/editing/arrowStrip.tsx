/** What there is to say about the selected arrow, and to change of it. */

import type { JSX } from 'preact';
import type { SnapshotEdge } from '../../engine/report/snapshot.ts';
import { edgeMeaning } from '../../views/graphEdge.tsx';
import { printable } from '../../views/text.ts';
import { Icon } from '../icons.tsx';
import { deleteArrow, otherArrows, redrawArrow, shownArrow } from './changes.ts';
import { below } from './editTools.tsx';
import type { Editing } from './useEditing.ts';

/** The arrow, what it is for the effect, its note, and what it can be made. */
export function ArrowStrip(props: {
  readonly edge: SnapshotEdge;
  readonly editing: Editing;
  readonly onClose: () => void;
}): JSX.Element {
  const { edge, editing, onClose } = props;
  return (
    <aside
      class="strip"
      aria-label="Selected arrow"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <div class="strip-head">
        <h2>
          <bdi>{shownArrow(edge)}</bdi>
        </h2>
        <button
          type="button"
          class="tool"
          title="Close (Escape)"
          aria-label="Close the description"
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </div>
      <p>
        {edgeMeaning(edge).join(', ')}
        {edge.note === undefined ? null : <span class="quiet note">{printable(edge.note)}</span>}
      </p>
      <div class="strip-actions">
        {otherArrows(edge).map(({ label, as }) => (
          <button
            key={label}
            type="button"
            class="secondary"
            onClick={(event) => redrawArrow(edge, as, below(event.currentTarget), editing)}
          >
            {label}
          </button>
        ))}
        <button
          type="button"
          class="secondary"
          onClick={(event) => deleteArrow(edge, below(event.currentTarget), editing)}
        >
          Delete
        </button>
      </div>
    </aside>
  );
}
