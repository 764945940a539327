/** What the shapes and the arrows mean, for those that a drawing has. */

import type { JSX } from 'preact';
import { DRAWN_ROLES, type DrawnRole } from '../engine/report/snapshot.ts';
import type { Drawing, EdgeStyle } from './drawing.ts';
import { AdjustedMark } from './graph.tsx';
import { Badge, NoteMark } from './graphEdge.tsx';
import { NodeOutline } from './nodeShape.tsx';
import { roleShape, roleWord } from './roles.ts';
import { textWidth } from './text.ts';

export type LegendKey =
  | { readonly kind: 'role'; readonly role: DrawnRole }
  | { readonly kind: 'adjusted' }
  | { readonly kind: 'edge'; readonly style: Exclude<EdgeStyle, 'plain'> }
  | { readonly kind: 'bidirected' }
  | { readonly kind: 'note' };

const EDGE_WORDS: Readonly<Record<Exclude<EdgeStyle, 'plain'>, string>> = {
  causal: 'carries the effect',
  biasing: 'open biasing path',
  cycle: 'cycle',
};

export const LEGEND_FONT_SIZE = 11;
export const SWATCH_WIDTH = 30;
export const SWATCH_HEIGHT = 18;
const GAP = 8;
const COLUMN_GAP = 22;
export const LEGEND_ROW = 28;

/** The keys that a drawing needs, roles first. */
export function legendKeys(drawing: Drawing): readonly LegendKey[] {
  const roles = DRAWN_ROLES.filter((role) => drawing.nodes.some((node) => node.role === role));
  const styles = (['causal', 'biasing', 'cycle'] as const).filter((style) =>
    drawing.edges.some((edge) => edge.style === style),
  );
  const keys: LegendKey[] = roles.map((role) => ({ kind: 'role', role }));
  if (drawing.nodes.some((node) => node.adjusted)) keys.push({ kind: 'adjusted' });
  keys.push(...styles.map((style): LegendKey => ({ kind: 'edge', style })));
  if (drawing.edges.some((edge) => edge.kind === 'bidirected')) keys.push({ kind: 'bidirected' });
  if (drawing.edges.some((edge) => edge.noteAt !== null)) keys.push({ kind: 'note' });
  // A lone `other variable` explains nothing.
  return keys.every((key) => key.kind === 'role' && key.role === 'other') ? [] : keys;
}

/** A key's meaning in a few words. */
export function legendWords(key: LegendKey): string {
  if (key.kind === 'role') return roleWord(key.role);
  if (key.kind === 'adjusted') return 'adjusted for';
  if (key.kind === 'note') return 'has a note';
  return key.kind === 'edge' ? EDGE_WORDS[key.style] : 'unmeasured common cause';
}

function ArrowSwatch({ style, both }: { readonly style: EdgeStyle; readonly both: boolean }): JSX.Element {
  const y = SWATCH_HEIGHT / 2;
  const end = SWATCH_WIDTH;
  const width = style === 'biasing' ? 3 : both ? 1.5 : 2.25;
  return (
    <>
      <g class={`edge edge-${style}`}>
        <path
          class="line"
          d={`M${both ? 7 : 0} ${y}H${end - 7}`}
          fill="none"
          stroke-width={width}
          stroke-dasharray={both ? '5 3' : undefined}
        />
        <path class="head" d={`M${end} ${y}L${end - 9} ${y - 4}V${y + 4}Z`} />
        {both ? <path class="head" d={`M0 ${y}L9 ${y - 4}V${y + 4}Z`} /> : null}
      </g>
      {style === 'biasing' || style === 'cycle' ? <Badge style={style} at={{ x: end / 2 - 4, y }} /> : null}
    </>
  );
}

/** Width of a key's sign in pixels. */
export function swatchWidth(key: LegendKey): number {
  return key.kind === 'adjusted' || key.kind === 'note' ? SWATCH_HEIGHT : SWATCH_WIDTH;
}

/** A key's sign, 18 pixels high. */
export function Swatch({ legendKey }: { readonly legendKey: LegendKey }): JSX.Element {
  if (legendKey.kind === 'role') {
    const size = { width: SWATCH_WIDTH, height: SWATCH_HEIGHT };
    const shape = roleShape(legendKey.role);
    return (
      <g class={`node-${legendKey.role}`}>
        <NodeOutline shape={shape} size={size} latent={legendKey.role === 'latent'} />
      </g>
    );
  }
  if (legendKey.kind === 'adjusted') {
    return (
      <g class="node-confounder">
        <AdjustedMark at={{ x: SWATCH_HEIGHT / 2, y: SWATCH_HEIGHT / 2 }} />
      </g>
    );
  }
  if (legendKey.kind === 'note') return <NoteMark at={{ x: SWATCH_HEIGHT / 2, y: SWATCH_HEIGHT / 2 }} />;
  return legendKey.kind === 'edge' ? (
    <ArrowSwatch style={legendKey.style} both={false} />
  ) : (
    <ArrowSwatch style="plain" both={true} />
  );
}

interface PlacedKey {
  readonly key: LegendKey;
  readonly x: number;
  readonly y: number;
}

/** The keys in rows no wider than `width` pixels, and the height of all of them. */
export function placedKeys(
  keys: readonly LegendKey[],
  width: number,
): { readonly keys: readonly PlacedKey[]; readonly height: number } {
  let x = 0;
  let y = 0;
  const placed = keys.map((key): PlacedKey => {
    const needed = swatchWidth(key) + GAP + textWidth(legendWords(key), LEGEND_FONT_SIZE);
    if (x > 0 && x + needed > width) {
      x = 0;
      y += LEGEND_ROW;
    }
    const at = { key, x, y };
    x += needed + COLUMN_GAP;
    return at;
  });
  return { keys: placed, height: keys.length === 0 ? 0 : y + SWATCH_HEIGHT };
}

/** The legend as one SVG group from (0, 0), in rows no wider than `width` pixels. */
export function Legend({
  drawing,
  width,
}: {
  readonly drawing: Drawing;
  readonly width: number;
}): JSX.Element {
  return (
    <g class="legend">
      {placedKeys(legendKeys(drawing), width).keys.map(({ key, x, y }) => (
        <g key={legendWords(key)} transform={`translate(${x.toFixed(1)} ${y})`}>
          <Swatch legendKey={key} />
          <text
            class="quiet"
            x={swatchWidth(key) + GAP}
            y={SWATCH_HEIGHT / 2 + 4}
            font-size={LEGEND_FONT_SIZE}
          >
            {legendWords(key)}
          </text>
        </g>
      ))}
    </g>
  );
}
