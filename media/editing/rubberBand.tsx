/** An arrow while it is drawn, with a sign that says whether it may be. */

import type { JSX } from 'preact';
import type { Box, Drawing, Point } from '../../views/drawing.ts';
import { arrowhead, polygonData } from '../../views/geometry.ts';
import type { Draft } from './useEditing.ts';

function middle(box: Box): Point {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Where the line from the middle of a box to a point leaves the box; the middle where the point is inside. */
function leaving(box: Box, towards: Point): Point {
  const from = middle(box);
  const [dx, dy] = [towards.x - from.x, towards.y - from.y];
  const share = Math.min(box.width / 2 / Math.abs(dx || 1e-9), box.height / 2 / Math.abs(dy || 1e-9));
  return share >= 1 ? from : { x: from.x + dx * share, y: from.y + dy * share };
}

function Sign({ at, allowed }: { readonly at: Point; readonly allowed: boolean }): JSX.Element {
  return (
    <g class={allowed ? 'sign-allowed' : 'sign-forbidden'} transform={`translate(${at.x} ${at.y})`}>
      <circle class="sign-disc" r="9" stroke-width="1.75" />
      <path
        class="sign-mark"
        d={allowed ? 'M-4 0.3L-1.2 3.2L4 -3' : 'M-5 0H5'}
        fill="none"
        stroke-width={allowed ? 2 : 2.75}
        stroke-linecap="round"
      />
    </g>
  );
}

/** From the variable it begins at to the one it would lead to, else to the pointer; nothing where there is neither. */
export function RubberBand(props: {
  readonly draft: Draft;
  readonly drawing: Drawing;
  readonly problem: string | null;
}): JSX.Element | null {
  const { draft, drawing, problem } = props;
  const from = drawing.nodes.find(({ name }) => name === draft.from);
  const to = drawing.nodes.find(({ name }) => name === draft.to);
  const aim = to === undefined ? draft.pointer : middle(to);
  if (from === undefined || aim === null) return null;
  const start = leaving(from, aim);
  const end = to === undefined || to === from ? aim : leaving(to, middle(from));
  const way = { x: end.x - start.x, y: end.y - start.y };
  const heads = [arrowhead(end, way, 11, 10)];
  if (draft.kind === 'bidirected') heads.push(arrowhead(start, { x: -way.x, y: -way.y }, 11, 10));
  const above = { x: aim.x, y: to === undefined ? aim.y - 20 : to.y - 4 };
  return (
    <g class={problem === null ? 'rubber' : 'rubber rubber-forbidden'} pointer-events="none">
      <path
        class="rubber-line"
        d={`M${start.x} ${start.y}L${end.x} ${end.y}`}
        fill="none"
        stroke-width="2.25"
        stroke-dasharray={draft.kind === 'bidirected' ? '7 5' : undefined}
      />
      {heads.map((head) => (
        <path key={polygonData(head)} class="rubber-head" d={polygonData(head)} />
      ))}
      {to === undefined ? null : <Sign at={above} allowed={problem === null} />}
    </g>
  );
}
