/** What of the picture an event is about, and how the keyboard is moved there. */

import { isSameArrow } from '../../engine/report/graphEdit.ts';
import type { Drawing, Point } from '../../views/drawing.ts';
import type { EditTarget } from './useEditing.ts';

/** The variable or the arrow under an event, by the places that the picture gives them. */
export function targetAt(target: EventTarget | null, { nodes, edges }: Drawing): EditTarget | null {
  const element = target instanceof Element ? target.closest('[data-place], [data-edge]') : null;
  const node = nodes[Number(element?.getAttribute('data-place') ?? -1)];
  const arrow = edges[Number(element?.getAttribute('data-edge') ?? -1)];
  if (node !== undefined) return { kind: 'variable', name: node.name };
  return arrow === undefined ? null : { kind: 'arrow', arrow };
}

/** Moves the keyboard to something in the picture, which selects it; false where it is not there. */
export function focusTarget(root: ParentNode | null, target: EditTarget, { nodes, edges }: Drawing): boolean {
  const attribute =
    target.kind === 'variable'
      ? `data-place="${nodes.findIndex(({ name }) => name === target.name)}"`
      : `data-edge="${edges.findIndex((edge) => isSameArrow(edge, target.arrow))}"`;
  const element = root?.querySelector<SVGGElement>(`.causal-graph [${attribute}]`) ?? null;
  element?.focus({ preventScroll: true });
  return element !== null;
}

/** Beside an element, in pixels of the window. */
export function beside(element: Element | null): Point {
  const box = element?.getBoundingClientRect();
  return box === undefined ? { x: 0, y: 0 } : { x: box.left + box.width / 2, y: box.bottom + 6 };
}
