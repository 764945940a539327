/** The arrows of a picture with their marks. */

import type { JSX } from 'preact';
import { BADGE_RADIUS } from './badges.ts';
import type { Box, DrawnEdge, EdgeStyle, Point } from './drawing.ts';
import type { EdgeLabel } from './edgeLabels.ts';
import { pathData, pointAtShare, polygonData } from './geometry.ts';
import { FADED, LIT_WIDTH, type Light } from './litPath.ts';
import { isolated, printable, textWidth, tooltip } from './text.ts';

/** Line widths in pixels; with the marks, what tells the paths apart in black and white. */
const WIDTHS: Readonly<Record<EdgeStyle, number>> = { plain: 1.5, causal: 2.25, biasing: 3, cycle: 2.25 };

/** `age → engagement`, or with `↔` for an unmeasured common cause. */
export function edgeText(edge: Pick<DrawnEdge, 'from' | 'to' | 'kind'>): string {
  const arrow = edge.kind === 'directed' ? '→' : '↔';
  return `${isolated(printable(edge.from))} ${arrow} ${isolated(printable(edge.to))}`;
}

/** What an edge is besides an arrow, in words; empty for a plain one. */
export function edgeMeaning(
  edge: Pick<DrawnEdge, 'kind' | 'onCycle' | 'causal' | 'biasing'>,
): readonly string[] {
  const words: string[] = [];
  if (edge.kind === 'bidirected') words.push('unmeasured common cause');
  if (edge.onCycle) words.push('part of a cycle');
  if (edge.causal) words.push('carries the effect');
  if (edge.biasing) words.push('on an open biasing path');
  return words;
}

/** An arrow in a few words, as a screen reader says it. */
export function spokenEdge(edge: DrawnEdge): string {
  return [edgeText(edge), ...edgeMeaning(edge)].join(', ');
}

/** An arrow with its line, its heads and, where there is no pointer to rest on it, all that is to be said of it. */
export function Edge(props: {
  readonly edge: DrawnEdge;
  readonly place: number;
  readonly touched: boolean;
  readonly light: Light;
  /** Is there a pointer that may want to rest on it? */
  readonly live: boolean;
  readonly selected: boolean;
}): JSX.Element {
  const { edge, place, touched, light, live, selected } = props;
  const classes = ['edge', `edge-${edge.style}`, touched ? 'touched' : '', selected ? 'selected' : '', light];
  const reach = live
    ? {
        role: 'button' as const,
        tabindex: -1,
        'data-edge': place,
        'aria-pressed': selected,
        'aria-label': spokenEdge(edge),
        'aria-description': edge.note === undefined ? undefined : printable(edge.note),
      }
    : {};
  return (
    <g
      class={classes.filter((name) => name !== '').join(' ')}
      opacity={light === 'faded' ? FADED : undefined}
      {...reach}
    >
      {live ? (
        <path class="reach" d={pathData(edge.curve)} fill="none" stroke-width="12" />
      ) : (
        <title>{tooltip([edgeText(edge), edgeMeaning(edge).join(', '), edge.note])}</title>
      )}
      <path
        class="line"
        d={pathData(edge.curve)}
        fill="none"
        stroke-width={WIDTHS[edge.style] + (light === 'lit' ? LIT_WIDTH : 0)}
        stroke-dasharray={edge.kind === 'bidirected' ? '7 5' : undefined}
      />
      {edge.heads.map((head) => (
        <path key={polygonData(head)} class="head" d={polygonData(head)} />
      ))}
      {edge.noteAt === null ? null : <NoteMark at={edge.noteAt} />}
    </g>
  );
}

/** A small sheet with lines on an arrow that somebody wrote a note to. */
export function NoteMark({ at }: { readonly at: Point }): JSX.Element {
  return (
    <g class="note-mark" transform={`translate(${at.x.toFixed(2)} ${at.y.toFixed(2)})`}>
      <rect class="note-sheet" x="-5.5" y="-6" width="11" height="12" rx="1.5" stroke-width="1.2" />
      <path class="note-lines" d="M-3 -2.6H3M-3 0H3M-3 2.6H1" fill="none" stroke-width="1.1" />
    </g>
  );
}

const LABEL_SIZE = 11.5;

/** The baseline nearest above `y` on which a text of this width about `x` lies on no variable: arrows may be shorter than their numbers. */
function clearOf(nodes: readonly Box[], x: number, y: number, width: number): number {
  const inTheWay = nodes.find(
    (node) =>
      node.x < x + width / 2 + 2 &&
      x - width / 2 - 2 < node.x + node.width &&
      node.y < y + 4 &&
      y - LABEL_SIZE < node.y + node.height,
  );
  return inTheWay === undefined ? y : clearOf(nodes, x, inTheWay.y - 7, width);
}

/** A number beside the arrow that it is the effect of, or above what stands at its ends. */
export function LabelledEdge({
  edge,
  label,
  nodes,
}: {
  readonly edge: DrawnEdge;
  readonly label: EdgeLabel;
  readonly nodes: readonly Box[];
}): JSX.Element {
  const at = pointAtShare(edge.curve, 0.5);
  const y = clearOf(nodes, at.x, at.y - 10, textWidth(label.text, LABEL_SIZE));
  return (
    <text class="edge-label" x={at.x.toFixed(2)} y={y.toFixed(2)} text-anchor="middle" font-size={LABEL_SIZE}>
      {label.text}
    </text>
  );
}

/** The mark of a biasing arrow (an exclamation mark) or of one on a cycle (a turning arrow), drawn so that no font is needed. */
export function Badge({ style, at }: { readonly style: EdgeStyle; readonly at: Point }): JSX.Element {
  return (
    <g class={`badge badge-${style}`} transform={`translate(${at.x.toFixed(2)} ${at.y.toFixed(2)})`}>
      <circle class="badge-disc" r={BADGE_RADIUS} stroke-width="1.5" />
      {style === 'biasing' ? (
        <path
          class="badge-sign"
          d="M0 -3.6V0.8M0 3.4V3.5"
          fill="none"
          stroke-width="1.8"
          stroke-linecap="round"
        />
      ) : (
        <g fill="none" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round">
          <path class="badge-sign" d="M2.9 -1.9A3.5 3.5 0 1 0 3.5 0.6" />
          <path class="badge-sign" d="M3.5 -4.1L3.1 -1.7L0.8 -2.2" />
        </g>
      )}
    </g>
  );
}
