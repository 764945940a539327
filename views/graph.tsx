/** The picture of a laid-out graph: pure markup, the same in the editor and in a file. Colours come from the classes. */

import type { JSX } from 'preact';
import { BADGE_RADIUS } from './badges.ts';
import type { Drawing, DrawnEdge, DrawnNode, EdgeStyle, NodeShape, Point } from './drawing.ts';
import { pathData, polygonData } from './geometry.ts';
import { CAPTION_LEADING, CAPTION_SIZE, NAME_LEADING, NAME_SIZE, upperEdge } from './nodeBox.ts';
import { NodeOutline, outlineData } from './nodeShape.tsx';
import { isolated, printable } from './text.ts';

/** Line widths in pixels; with the marks, what tells the paths apart in black and white. */
const WIDTHS: Readonly<Record<EdgeStyle, number>> = { plain: 1.5, causal: 2.25, biasing: 3, cycle: 2.25 };

/** Later ones are drawn over earlier ones. */
const LAYERS: readonly EdgeStyle[] = ['plain', 'causal', 'biasing', 'cycle'];

/** What the page knows and a file does not: which variable is meant, and how a keyboard reaches the others. */
export interface GraphInteraction {
  readonly selected: string | null;
  /** The variable under the cursor of the text editor. */
  readonly highlighted: string | null;
  /** The one variable that the Tab key reaches; arrow keys lead to the others. */
  readonly tabStop: string | null;
  /** The place in `drawing.edges` of the arrow that is selected. */
  readonly selectedEdge?: number | null;
}

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

/** A variable in a few words, as a screen reader says it. */
export function spokenNode(node: Pick<DrawnNode, 'name' | 'caption' | 'adjusted'>): string {
  const words = [printable(node.name), node.caption, node.adjusted ? 'adjusted for' : ''];
  return words.filter((word) => word !== '').join(', ');
}

function tooltip(parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined && part !== '')
    .map((part) => printable(part ?? ''))
    .join('\n');
}

/** An arrow in a few words, as a screen reader says it. */
export function spokenEdge(edge: DrawnEdge): string {
  return [edgeText(edge), ...edgeMeaning(edge)].join(', ');
}

function Edge(props: {
  readonly edge: DrawnEdge;
  readonly place: number;
  readonly touched: boolean;
  readonly interaction: GraphInteraction | undefined;
}): JSX.Element {
  const { edge, place, touched, interaction } = props;
  const live = interaction !== undefined;
  const selected = live && interaction.selectedEdge === place;
  const classes = ['edge', `edge-${edge.style}`, touched ? 'touched' : '', selected ? 'selected' : ''];
  const reach = live
    ? {
        role: 'button' as const,
        tabindex: -1,
        'data-edge': place,
        'aria-pressed': selected,
        'aria-label': spokenEdge(edge),
      }
    : {};
  return (
    <g class={classes.filter((name) => name !== '').join(' ')} {...reach}>
      <title>{tooltip([edgeText(edge), edgeMeaning(edge).join(', '), edge.note])}</title>
      {live ? <path class="reach" d={pathData(edge.curve)} fill="none" stroke-width="12" /> : null}
      <path
        class="line"
        d={pathData(edge.curve)}
        fill="none"
        stroke-width={WIDTHS[edge.style]}
        stroke-dasharray={edge.kind === 'bidirected' ? '7 5' : undefined}
      />
      {edge.heads.map((head) => (
        <path key={polygonData(head)} class="head" d={polygonData(head)} />
      ))}
    </g>
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

/** A tick on the upper edge of a variable that is adjusted for. */
export function AdjustedMark({ at }: { readonly at: Point }): JSX.Element {
  return (
    <g class="adjusted-mark" transform={`translate(${at.x.toFixed(2)} ${at.y.toFixed(2)})`}>
      <circle class="accent" r="7.5" />
      <path
        class="tick"
        d="M-3.2 0.2L-0.9 2.6L3.4 -2.4"
        fill="none"
        stroke-width="1.8"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </g>
  );
}

/** Where the label's middle is, away from what a shape has at its sides. */
function labelShift(shape: NodeShape): number {
  if (shape === 'barred-box') return 3;
  return shape === 'pentagon' ? -5 : 0;
}

function Label({ node }: { readonly node: DrawnNode }): JSX.Element {
  const x = node.width / 2 + labelShift(node.shape);
  const height = node.lines.length * NAME_LEADING + (node.caption === '' ? 0 : CAPTION_LEADING);
  const top = (node.height - height) / 2;
  return (
    <>
      {node.lines.map((line, i) => (
        <text
          key={i}
          class="name"
          x={x}
          y={top + (i + 0.77) * NAME_LEADING}
          text-anchor="middle"
          font-size={NAME_SIZE}
          unicode-bidi="plaintext"
        >
          {line}
        </text>
      ))}
      {node.caption === '' ? null : (
        <text
          class="caption"
          x={x}
          y={top + node.lines.length * NAME_LEADING + 0.74 * CAPTION_LEADING}
          text-anchor="middle"
          font-size={CAPTION_SIZE}
        >
          {node.caption}
        </text>
      )}
    </>
  );
}

/** Where an arrow is drawn from. It is seen while the variable is pointed at, has the focus or is selected. */
function Handle({ at }: { readonly at: Point }): JSX.Element {
  return (
    <path
      class="handle"
      data-handle="arrow"
      transform={`translate(${at.x.toFixed(2)} ${at.y.toFixed(2)})`}
      d="M-8.5 0a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0 -17 0M-4 0H3.8M0.9 -3L3.9 0L0.9 3"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
    >
      <title>Drag to another variable to draw an arrow; with Shift for an unmeasured common cause</title>
    </path>
  );
}

function nodeClasses(node: DrawnNode, interaction: GraphInteraction | undefined): string {
  const classes = ['node', `node-${node.role}`];
  if (interaction?.selected === node.name) classes.push('selected');
  if (interaction?.highlighted === node.name) classes.push('highlighted');
  return classes.join(' ');
}

function Node(props: {
  readonly node: DrawnNode;
  readonly place: number;
  readonly interaction: GraphInteraction | undefined;
}): JSX.Element {
  const { node, place, interaction } = props;
  const selected = interaction?.selected === node.name;
  const highlighted = interaction?.highlighted === node.name;
  const box = { x: 0, y: 0, width: node.width, height: node.height };
  const markX = node.width - (node.shape === 'ellipse' ? node.width * 0.16 : 16);
  const reach =
    interaction === undefined
      ? {}
      : {
          role: 'button' as const,
          tabindex: interaction.tabStop === node.name ? 0 : -1,
          'aria-pressed': selected,
          'aria-label': spokenNode(node),
        };
  return (
    <g
      class={nodeClasses(node, interaction)}
      transform={`translate(${node.x.toFixed(2)} ${node.y.toFixed(2)})`}
      data-place={place}
      {...reach}
    >
      <title>{tooltip([spokenNode(node), node.description, node.note])}</title>
      {interaction === undefined ? null : (
        <path class="ring" d={outlineData(node.shape, node, 5)} fill="none" stroke-width="2" />
      )}
      {highlighted ? (
        <path class="cursor-ring" d={outlineData(node.shape, node, 5)} fill="none" stroke-dasharray="2 3" />
      ) : null}
      <NodeOutline shape={node.shape} size={node} latent={node.latent} />
      <Label node={node} />
      {node.adjusted ? <AdjustedMark at={{ x: markX, y: upperEdge(node.shape, box, markX) }} /> : null}
      {interaction === undefined ? null : <Handle at={{ x: node.width + 4, y: node.height / 2 }} />}
    </g>
  );
}

/**
 * The graph as one SVG group in the drawing's own pixels. Without `interaction` it is a still picture; with it each node can
 * be reached and says so, and carries its place in `drawing.nodes` as `data-place`, by which the page hears of clicks.
 */
export function Graph(props: {
  readonly drawing: Drawing;
  readonly interaction?: GraphInteraction;
}): JSX.Element {
  const { drawing, interaction } = props;
  const selected = interaction?.selected ?? null;
  const keyed = drawing.edges.map((edge, place) => ({ edge, place }));
  return (
    <g class="causal-graph">
      {LAYERS.map((style) => (
        <g key={style}>
          {keyed
            .filter(({ edge }) => edge.style === style)
            .map(({ edge, place }) => (
              <Edge
                key={place}
                edge={edge}
                place={place}
                interaction={interaction}
                touched={selected !== null && (edge.from === selected || edge.to === selected)}
              />
            ))}
        </g>
      ))}
      {keyed.map(({ edge, place }) =>
        edge.badge === null ? null : <Badge key={place} style={edge.style} at={edge.badge} />,
      )}
      {drawing.nodes.map((node, place) => (
        <Node key={node.name} node={node} place={place} interaction={interaction} />
      ))}
    </g>
  );
}
