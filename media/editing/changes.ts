/** What can be changed of a variable and of an arrow: the entries of their menus, which the keys do too. */

import { type ArrowBetween, arrowText } from '../../engine/report/graphEdit.ts';
import type { SnapshotNode } from '../../engine/report/snapshot.ts';
import type { Point } from '../../views/drawing.ts';
import { isolated, printable } from '../../views/text.ts';
import type { MenuEntry } from './menu.tsx';
import type { Editing } from './useEditing.ts';

/** An arrow with its names as the page shows them. */
export function shownArrow({ kind, from, to }: ArrowBetween): string {
  return arrowText({ kind, from: isolated(printable(from)), to: isolated(printable(to)) });
}

/** Begins an arrow at a variable. */
export function beginArrow(from: string, editing: Editing): void {
  editing.dismiss();
  editing.setDraft({ from, kind: editing.arrowKind, to: null, pointer: null });
}

export function deleteVariable(name: string, at: Point, editing: Editing): void {
  void editing.make({ kind: 'delete-variable', name }, at, { vanishes: name });
}

export function deleteArrow(arrow: ArrowBetween, at: Point, editing: Editing): void {
  void editing.make({ kind: 'delete-arrow', arrow }, at, { appears: arrow.from });
}

/** Puts another arrow in the place of one, and selects it. */
export function redrawArrow(arrow: ArrowBetween, as: ArrowBetween, at: Point, editing: Editing): void {
  void editing.make({ kind: 'redraw-arrow', arrow, as }, at);
  editing.selectArrow(as);
}

function roleEntries(node: SnapshotNode, at: Point, editing: Editing): readonly MenuEntry[] {
  const { name, role, adjusted } = node;
  const entry = (label: string, given: 'treatment' | 'outcome' | 'instrument' | 'adjusted' | 'none') => ({
    label,
    run: () => void editing.make({ kind: 'set-role', name, role: given }, at),
  });
  const asked = role === 'treatment' || role === 'outcome';
  const entries = [
    role === 'treatment' ? null : entry('Make it the treatment', 'treatment'),
    role === 'outcome' ? null : entry('Make it the outcome', 'outcome'),
    asked ? null : entry('Use it as an instrument', 'instrument'),
    asked || adjusted ? null : entry('Adjust for it', 'adjusted'),
    adjusted ? entry('Do not adjust for it', 'none') : null,
    !adjusted && (asked || role === 'instrument' || role === 'selection')
      ? entry('Take its role from it', 'none')
      : null,
  ];
  return node.latent ? [] : entries.filter((each) => each !== null);
}

/** The menu of a variable, in groups. */
export function variableEntries(
  node: SnapshotNode,
  at: Point,
  editing: Editing,
  onReveal: (name: string) => void,
): readonly (readonly MenuEntry[])[] {
  const { name, latent } = node;
  return [
    [{ label: 'Draw an arrow from it', keys: 'A', run: () => beginArrow(name, editing) }],
    roleEntries(node, at, editing),
    [
      {
        label: latent ? 'Mark it as measured' : 'Mark it as never measured',
        run: () => void editing.make({ kind: 'set-measured', name, measured: latent }, at),
      },
      { label: 'Rename…', keys: 'F2', run: () => editing.open({ kind: 'rename', name, at }) },
      { label: 'Show in the text', keys: 'Enter', run: () => onReveal(name) },
    ],
    [{ label: 'Delete', keys: 'Delete', run: () => deleteVariable(name, at, editing) }],
  ];
}

/** What an arrow can be made: turned round, or of the other kind. */
export function otherArrows(
  arrow: ArrowBetween,
): readonly { readonly label: string; readonly as: ArrowBetween }[] {
  const { from, to } = arrow;
  const back: ArrowBetween = { kind: 'directed', from: to, to: from };
  if (arrow.kind === 'bidirected') {
    return [{ kind: 'directed', from, to } as const, back].map((as) => ({
      label: `Make it ${shownArrow(as)}`,
      as,
    }));
  }
  const both: ArrowBetween = { kind: 'bidirected', from, to };
  return [
    { label: `Turn it round: ${shownArrow(back)}`, as: back },
    { label: `Make it ${shownArrow(both)}: something unmeasured moves both`, as: both },
  ];
}

/** The menu of an arrow, in groups. */
export function arrowEntries(
  arrow: ArrowBetween,
  at: Point,
  editing: Editing,
): readonly (readonly MenuEntry[])[] {
  return [
    otherArrows(arrow).map(({ label, as }, place) => ({
      label,
      ...(place === 0 && arrow.kind === 'directed' ? { keys: 'R' } : {}),
      run: () => redrawArrow(arrow, as, at, editing),
    })),
    [{ label: 'Delete', keys: 'Delete', run: () => deleteArrow(arrow, at, editing) }],
  ];
}
