import { useEffect, useRef, useState } from 'preact/hooks';
import { arrowProblem } from '../../engine/report/arrowProblem.ts';
import {
  type ArrowBetween,
  type ArrowKind,
  type GraphEdit,
  isSameArrow,
} from '../../engine/report/graphEdit.ts';
import type { GraphSnapshot } from '../../engine/report/snapshot.ts';
import type { Point } from '../../views/drawing.ts';
import type { Host } from '../host.ts';

/** What a menu is about. */
export type EditTarget =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'arrow'; readonly arrow: ArrowBetween };

/** What lies over the page until it is answered or left; `at` in pixels of the window. */
export type OpenPopup =
  | { readonly kind: 'menu'; readonly target: EditTarget; readonly at: Point }
  | { readonly kind: 'add'; readonly at: Point }
  | { readonly kind: 'rename'; readonly name: string; readonly at: Point };

/** An arrow that is being drawn. */
export interface Draft {
  readonly from: string;
  readonly kind: ArrowKind;
  /** The variable that it would lead to now. */
  readonly to: string | null;
  /** Where the pointer is in the drawing; null where the keyboard draws. */
  readonly pointer: Point | null;
}

/** What became of the last change, for a person. */
export interface EditNotice {
  readonly kind: 'done' | 'refused';
  readonly text: string;
  readonly at: Point;
}

/** Where the keyboard goes once the picture shows a change: to what appears, or away from what vanishes. */
export interface FocusGoal {
  readonly appears?: string;
  readonly vanishes?: string;
}

/** How the graph is changed from the page: everything goes to the text first, and comes back as a new graph. */
export interface Editing {
  readonly graph: GraphSnapshot | null;
  /** Asks for a change; where it is refused, that is said near the place. */
  readonly make: (edit: GraphEdit, at: Point, goal?: FocusGoal) => Promise<void>;
  /** Says near a place why something is not done. */
  readonly refuse: (text: string, at: Point) => void;
  readonly undo: (redo: boolean) => void;
  readonly notice: EditNotice | null;
  readonly dismiss: () => void;
  readonly popup: OpenPopup | null;
  readonly open: (popup: OpenPopup | null) => void;
  readonly draft: Draft | null;
  readonly setDraft: (draft: Draft | null) => void;
  /** Ends the drawing of an arrow at the variable that it leads to. */
  readonly finish: (draft: Draft, at: Point) => void;
  /** Of arrows that are drawn from now on. */
  readonly arrowKind: ArrowKind;
  readonly setArrowKind: (kind: ArrowKind) => void;
  /** The arrow that is selected. */
  readonly arrow: ArrowBetween | null;
  readonly selectArrow: (arrow: ArrowBetween | null) => void;
  readonly goal: { current: FocusGoal | null };
}

/** Why an arrow that is being drawn cannot be; null where it can, or leads nowhere yet. */
export function draftProblem({ from, to, kind }: Draft, graph: GraphSnapshot | null): string | null {
  return to === null ? null : arrowProblem({ kind, from, to }, graph?.edges ?? []);
}

const NOWHERE: Point = { x: 0, y: 0 };

/** Keeps what is being changed, and asks the extension to change it. */
export function useEditing(host: Host, graph: GraphSnapshot | null): Editing {
  const [notice, setNotice] = useState<EditNotice | null>(null);
  const [popup, setPopup] = useState<OpenPopup | null>(null);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [arrowKind, setArrowKind] = useState<ArrowKind>('directed');
  const [selected, selectArrow] = useState<ArrowBetween | null>(null);
  const goal = useRef<FocusGoal | null>(null);
  // A refusal is about the graph as it was.
  useEffect(() => setNotice((last) => (last?.kind === 'refused' ? null : last)), [graph]);

  const make: Editing['make'] = async (edit, at, next) => {
    // Set first: the new graph may be here before the answer is.
    goal.current = next ?? null;
    try {
      const { told } = await host.ask('edit', { edit });
      setNotice({ kind: 'done', text: told, at });
    } catch (error) {
      goal.current = null;
      refuse(messageOf(error), at);
    }
  };
  const open = (next: OpenPopup | null): void => {
    setPopup(next);
    if (next !== null) setNotice(null);
  };
  const refuse = (text: string, at: Point): void => setNotice({ kind: 'refused', text, at });
  const undo = (redo: boolean): void => {
    host.ask('undo', { redo }).then(
      () => setNotice({ kind: 'done', text: redo ? 'Made again.' : 'Undone.', at: NOWHERE }),
      (error: unknown) => refuse(messageOf(error), NOWHERE),
    );
  };
  const finish: Editing['finish'] = (drawn, at) => {
    const { kind, from, to } = drawn;
    setDraft(null);
    if (to === null) return;
    const problem = draftProblem(drawn, graph);
    if (problem !== null) refuse(problem, at);
    else void make({ kind: 'add-arrow', arrow: { kind, from, to } }, at);
  };
  return {
    graph,
    make,
    refuse,
    undo,
    notice,
    dismiss: () => setNotice(null),
    popup,
    open,
    draft,
    setDraft,
    finish,
    arrowKind,
    setArrowKind,
    arrow: graph?.edges.find((edge) => selected !== null && isSameArrow(edge, selected)) ?? null,
    selectArrow,
    goal,
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
