/** What lies over the page while the graph is changed: menus, forms, and what became of the last change. */

import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { GraphSnapshot } from '../../engine/report/snapshot.ts';
import { printable } from '../../views/text.ts';
import { Icon } from '../icons.tsx';
import { arrowEntries, shownArrow, variableEntries } from './changes.ts';
import { Menu } from './menu.tsx';
import { NameForm } from './nameForm.tsx';
import { placeAt } from './popup.tsx';
import { type Draft, draftProblem, type Editing, type EditNotice } from './useEditing.ts';

function OpenMenu(props: LayerProps): JSX.Element | null {
  const { editing, graph, onReveal } = props;
  const { popup } = editing;
  if (popup?.kind !== 'menu') return null;
  const { target, at } = popup;
  const close = (): void => editing.open(null);
  if (target.kind === 'arrow') {
    const label = `Change ${shownArrow(target.arrow)}`;
    return <Menu label={label} groups={arrowEntries(target.arrow, at, editing)} at={at} onClose={close} />;
  }
  const node = graph.nodes.find(({ name }) => name === target.name);
  if (node === undefined) return null;
  return (
    <Menu
      label={`Change ${printable(node.name)}`}
      groups={variableEntries(node, at, editing, onReveal)}
      at={at}
      onClose={close}
    />
  );
}

/** A refusal near where it happened. It stays until it is dismissed, or something else is done. */
function Refusal({
  notice,
  editing,
}: {
  readonly notice: EditNotice;
  readonly editing: Editing;
}): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (box.current !== null) placeAt(box.current, notice.at);
  }, [notice]);
  return (
    <div class="popup refusal" role="alert" ref={box}>
      <Icon name="alert" />
      <p>{printable(notice.text)}</p>
      <button
        type="button"
        class="tool"
        aria-label="Close this message"
        title="Close (Escape)"
        onClick={editing.dismiss}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

/** The arrow that is being drawn, or why it cannot be. */
function draftWords(draft: Draft, graph: GraphSnapshot): string {
  const { from, to, kind } = draft;
  const begun = `${printable(from)} ${kind === 'directed' ? '→' : '↔'} …`;
  return printable(draftProblem(draft, graph) ?? (to === null ? begun : shownArrow({ kind, from, to })));
}

const HOW = 'Point at the other variable, or walk there with the arrow keys and press Enter.';

/** What is being drawn, in words, and how to go on. */
function DraftHint({ draft, graph }: { readonly draft: Draft; readonly graph: GraphSnapshot }): JSX.Element {
  const other = draft.kind === 'directed' ? '↔, an unmeasured common cause' : '→, a cause';
  return (
    <div class="draft-hint">
      <p class={draftProblem(draft, graph) === null ? '' : 'wrong'}>
        <bdi>{draftWords(draft, graph)}</bdi>
      </p>
      <p class="quiet">
        {HOW} Shift makes it {other}. Escape leaves it undrawn.
      </p>
    </div>
  );
}

/** What screen readers are told: of an arrow while it is drawn, else of what was done last, which the picture shows to others. */
function spoken({ draft, notice }: Editing, graph: GraphSnapshot): string {
  if (draft !== null) return `${draftWords(draft, graph)}${draft.to === null ? ` ${HOW}` : ''}`;
  return notice?.kind === 'done' ? printable(notice.text) : '';
}

/** Ctrl+Z and Ctrl+Y, wherever the focus is but in a field. */
function useUndoKeys(editing: Editing): void {
  const latest = useRef(editing);
  latest.current = editing;
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const key = event.key.toLowerCase();
      const inField = event.target instanceof HTMLElement && event.target.matches('input, textarea, select');
      if (inField || event.altKey || !(event.ctrlKey || event.metaKey) || (key !== 'z' && key !== 'y'))
        return;
      event.preventDefault();
      latest.current.undo(key === 'y' || event.shiftKey);
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
}

interface LayerProps {
  readonly editing: Editing;
  readonly graph: GraphSnapshot;
  readonly onReveal: (name: string) => void;
}

/** Menus, forms and messages. */
export function EditingLayer(props: LayerProps): JSX.Element {
  const { editing } = props;
  const { notice, popup } = editing;
  useUndoKeys(editing);
  return (
    <>
      {editing.draft === null ? null : <DraftHint draft={editing.draft} graph={props.graph} />}
      <OpenMenu {...props} />
      {popup === null || popup.kind === 'menu' ? null : (
        <NameForm key={popup.kind} popup={popup} editing={editing} />
      )}
      {notice?.kind === 'refused' ? <Refusal notice={notice} editing={editing} /> : null}
      <p class="visually-hidden" role="status">
        {spoken(editing, props.graph)}
      </p>
    </>
  );
}
