/** The colours of the model's picture: one named colour per meaning, with values for the four kinds of theme. */

import type { DrawnRole } from '../engine/report/snapshot.ts';

export type ThemeKind = 'light' | 'dark' | 'hcDark' | 'hcLight';

export type ColorToken = DrawnRole | 'edge' | 'causalPath' | 'biasingPath';

export interface ColorDefinition {
  readonly token: ColorToken;
  /** What the colour is for, as the editor's colour settings show it. */
  readonly description: string;
  /** `#rrggbb`; each has a contrast of at least 4.5:1 against the background of the default theme of its kind. */
  readonly defaults: Readonly<Record<ThemeKind, string>>;
}

function define(
  token: ColorToken,
  description: string,
  light: string,
  dark: string,
  hcDark: string,
  hcLight: string,
): ColorDefinition {
  return { token, description, defaults: { light, dark, hcDark, hcLight } };
}

/** Every colour, as the extension contributes it: `causal.<token>`, hence `--vscode-causal-<token>` in a webview. */
export const COLORS: readonly ColorDefinition[] = [
  define('treatment', 'Treatment in the causal graph.', '#0b5cad', '#6cb2ff', '#7cc0ff', '#00468c'),
  define('outcome', 'Outcome in the causal graph.', '#86309a', '#d9a2ee', '#e7b3ff', '#6a1680'),
  define('instrument', 'Instrument in the causal graph.', '#0b6e5d', '#5fcfb3', '#6ff0cf', '#00503f'),
  define('selection', 'Selection variable in the causal graph.', '#7a4a2b', '#d9a98a', '#ffc4a0', '#5c3216'),
  define('latent', 'Unmeasured variable in the causal graph.', '#59636e', '#a9b3bf', '#d6dde6', '#3c454f'),
  define('confounder', 'Confounder in the causal graph.', '#8a5300', '#e5b454', '#ffce6b', '#663c00'),
  define('mediator', 'Mediator in the causal graph.', '#2e6a8e', '#7fc4e8', '#9adcff', '#0f4c70'),
  define('collider', 'Collider in the causal graph.', '#ab2f5e', '#f59bb8', '#ffb0cb', '#8a1545'),
  define(
    'precision',
    'Cause of the outcome alone in the causal graph.',
    '#55692a',
    '#b3cc7a',
    '#d0ec92',
    '#3c4d14',
  ),
  define('other', 'Any other variable in the causal graph.', '#57606a', '#aeb6c0', '#ffffff', '#292929'),
  define('edge', 'Arrow of the causal graph.', '#6b7480', '#8b949e', '#d4d4d4', '#3b3b3b'),
  define(
    'causalPath',
    'Arrow on a path that carries the effect.',
    '#0b5cad',
    '#6cb2ff',
    '#7cc0ff',
    '#00468c',
  ),
  define('biasingPath', 'Arrow on an open biasing path.', '#c4261d', '#ff8577', '#ff9d91', '#a01008'),
];

/** Background and text of the picture where no editor theme gives them. */
export const SURFACES: Readonly<
  Record<ThemeKind, { readonly background: string; readonly text: string; readonly quiet: string }>
> = {
  light: { background: '#ffffff', text: '#24292f', quiet: '#59636e' },
  dark: { background: '#1f1f1f', text: '#e4e7eb', quiet: '#a9b3bf' },
  hcDark: { background: '#000000', text: '#ffffff', quiet: '#ffffff' },
  hcLight: { background: '#ffffff', text: '#292929', quiet: '#292929' },
};

/** How much of its role's colour the inside of a node takes, between 0 and 1. */
export const NODE_TINT = 0.1;

/** The colours of one kind of theme by token. */
export function colorsOf(theme: ThemeKind): ReadonlyMap<ColorToken, string> {
  return new Map(COLORS.map((color) => [color.token, color.defaults[theme]]));
}

function channels(color: string): readonly number[] {
  return [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16));
}

/** `share` (0–1) of `color` mixed into `base` in sRGB; all three are `#rrggbb`. */
export function mix(color: string, base: string, share: number): string {
  const under = channels(base);
  const mixed = channels(color).map((value, i) => Math.round(value * share + (under[i] ?? 0) * (1 - share)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
