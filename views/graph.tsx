/** The picture of a laid-out graph: pure markup, the same in the editor and in a file. Colours come from the classes. */

import type { JSX } from 'preact';
import type { Drawing, DrawnNode, EdgeStyle, NodeShape, Point } from './drawing.ts';
import { type EdgeLabel, labelOf } from './edgeLabels.ts';
import { Badge, Edge, LabelledEdge } from './graphEdge.tsx';
import { FADED, type Light, type LitPath, lighting } from './litPath.ts';
import { CAPTION_LEADING, CAPTION_SIZE, NAME_LEADING, NAME_SIZE, upperEdge } from './nodeBox.ts';
import { NodeOutline, outlineData } from './nodeShape.tsx';
import { printable, tooltip } from './text.ts';

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

/** A variable in a few words, as a screen reader says it. */
export function spokenNode(node: Pick<DrawnNode, 'name' | 'caption' | 'adjusted'>): string {
  const words = [printable(node.name), node.caption, node.adjusted ? 'adjusted for' : ''];
  return words.filter((word) => word !== '').join(', ');
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
      {/* Read aloud and compared with its name, the label is two words and not one. */ ' '}
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

function nodeClasses(node: DrawnNode, light: Light, interaction: GraphInteraction | undefined): string {
  const classes = ['node', `node-${node.role}`];
  if (light !== '') classes.push(light);
  if (interaction?.selected === node.name) classes.push('selected');
  if (interaction?.highlighted === node.name) classes.push('highlighted');
  return classes.join(' ');
}

function Node(props: {
  readonly node: DrawnNode;
  readonly place: number;
  readonly light: Light;
  readonly interaction: GraphInteraction | undefined;
}): JSX.Element {
  const { node, place, light, interaction } = props;
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
          'aria-description': [node.description, node.note ?? ''].map(printable).join(' ').trim(),
        };
  return (
    <g
      class={nodeClasses(node, light, interaction)}
      opacity={light === 'faded' ? FADED : undefined}
      transform={`translate(${node.x.toFixed(2)} ${node.y.toFixed(2)})`}
      data-place={place}
      {...reach}
    >
      {interaction === undefined ? (
        <title>{tooltip([spokenNode(node), node.description, node.note])}</title>
      ) : (
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
 * be reached and says so, and carries its place in `drawing.nodes` as `data-place`, by which the page hears of clicks; arrows
 * carry theirs as `data-edge`. With `path` everything that is not on it fades.
 */
export function Graph(props: {
  readonly drawing: Drawing;
  readonly interaction?: GraphInteraction;
  readonly path?: LitPath | null;
  readonly labels?: readonly EdgeLabel[];
}): JSX.Element {
  const { drawing, interaction, labels = [] } = props;
  const selected = interaction?.selected ?? null;
  const light = lighting(props.path ?? null);
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
                live={interaction !== undefined}
                selected={interaction?.selectedEdge === place}
                light={light.edge(edge)}
                touched={selected !== null && (edge.from === selected || edge.to === selected)}
              />
            ))}
        </g>
      ))}
      {keyed.map(({ edge, place }) =>
        edge.badge === null || light.edge(edge) === 'faded' ? null : (
          <Badge key={place} style={edge.style} at={edge.badge} />
        ),
      )}
      {drawing.nodes.map((node, place) => (
        <Node
          key={node.name}
          node={node}
          place={place}
          light={light.node(node.name)}
          interaction={interaction}
        />
      ))}
      {keyed.map(({ edge, place }) => {
        const label = labelOf(edge, labels);
        return label === undefined ? null : (
          <LabelledEdge key={place} edge={edge} label={label} nodes={drawing.nodes} />
        );
      })}
    </g>
  );
}
