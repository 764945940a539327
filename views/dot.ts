/** The graph in Graphviz's DOT language. */

import type { DrawnRole, GraphSnapshot, SnapshotEdge, SnapshotNode } from '../engine/report/snapshot.ts';
import { indexedEdges } from './elkGraph.ts';
import { printable } from './text.ts';

type Attributes = readonly (readonly [name: string, value: string])[];

/** Graphviz's nearest outline for each role. */
const LOOKS: Readonly<Record<DrawnRole, Attributes>> = {
  treatment: [['penwidth', '3']],
  outcome: [['peripheries', '2']],
  instrument: [['shape', 'cds']],
  selection: [['shape', 'note']],
  latent: [['shape', 'ellipse']],
  confounder: [['style', 'rounded']],
  mediator: [['style', 'rounded']],
  collider: [['shape', 'hexagon']],
  precision: [['shape', 'box']],
  other: [['shape', 'box']],
};

/** In DOT a quotation mark is escaped, and a backslash would escape what follows it. */
function quoted(text: string): string {
  return `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;
}

function bracketed(attributes: Attributes): string {
  const parts = attributes.map(
    ([name, value]) => `${name}=${/^[a-z]+$|^\d+$/.test(value) ? value : quoted(value)}`,
  );
  return parts.length === 0 ? '' : ` [${parts.join(', ')}]`;
}

/** A label of its own where Graphviz would read the name as markup: it decodes `&lt;` and interprets `\n`. */
function label(name: string): Attributes {
  return /[&\\]/.test(name) ? [['label', name.replace(/&/g, '&amp;')]] : [];
}

function note(text: string | undefined): Attributes {
  return text === undefined ? [] : [['tooltip', printable(text).replace(/&/g, '&amp;')]];
}

function nodeLine(node: SnapshotNode): string {
  const name = printable(node.name);
  const styles = LOOKS[node.role].filter(([key]) => key === 'style').map(([, value]) => value);
  if (node.latent) styles.push('dashed');
  const attributes: Attributes = [
    ...label(name),
    ['role', node.role],
    ...(node.latent ? ([['latent', 'true']] as const) : []),
    ...(node.adjusted ? ([['adjusted', 'true']] as const) : []),
    ...LOOKS[node.role].filter(([key]) => key !== 'style'),
    ...(styles.length === 0 ? [] : ([['style', styles.join(',')]] as const)),
    ...note(node.note),
  ];
  return `  ${quoted(name)}${bracketed(attributes)};`;
}

function edgeLine(edge: SnapshotEdge): string {
  const attributes: Attributes = [
    ...(edge.kind === 'bidirected'
      ? ([
          ['dir', 'both'],
          ['style', 'dashed'],
          ['constraint', 'false'],
        ] as const)
      : []),
    ...(edge.causal || edge.biasing ? ([['penwidth', '2']] as const) : []),
    ...(edge.causal ? ([['causal', 'true']] as const) : []),
    ...(edge.biasing ? ([['biasing', 'true']] as const) : []),
    ...note(edge.note),
  ];
  return `  ${quoted(printable(edge.from))} -> ${quoted(printable(edge.to))}${bracketed(attributes)};`;
}

/**
 * A snapshot as a DOT digraph: nodes in order of declaration with their role as an attribute, latents dashed, an unmeasured
 * common cause as a dashed arrow with two heads. Ends with a line break.
 */
export function dotDocument(snapshot: GraphSnapshot): string {
  const lines = [
    `digraph ${quoted(printable(snapshot.title ?? 'causal'))} {`,
    '  rankdir=LR;',
    '  node [shape=box];',
    ...snapshot.nodes.map(nodeLine),
    ...indexedEdges(snapshot).map(({ edge }) => edgeLine(edge)),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}
