/** The style sheet of the report: it stands alone, follows the light or dark preference of the reader, and prints in black on white. */

import { graphStyle } from '../graphStyle.ts';
import { type ColorToken, colorsOf, mix, SURFACES } from '../palette.ts';
import { plotStyle } from '../plots/plotStyle.ts';
import { PAGE_STYLE } from './pageStyle.ts';
import { CARD_STYLE, DATA_STYLE, FOREST_STYLE } from './partStyle.ts';

function variables(kind: 'light' | 'dark'): string {
  const { background, text, quiet } = SURFACES[kind];
  const colors = colorsOf(kind);
  const color = (token: ColorToken): string => colors.get(token) ?? text;
  return [
    `--paper:${background}`,
    `--ink:${text}`,
    `--quiet:${quiet}`,
    `--hairline:${mix(text, background, 0.16)}`,
    `--raised:${mix(text, background, 0.05)}`,
    `--grid:${mix(text, background, 0.14)}`,
    `--causal-path:${color('causalPath')}`,
    `--biasing-path:${color('biasingPath')}`,
    `--confounder:${color('confounder')}`,
    `--instrument:${color('instrument')}`,
    `--treatment:${color('treatment')}`,
    `--outcome:${color('outcome')}`,
  ].join(';');
}

/** The whole style sheet; paper is light whatever the screen is. */
export function reportStyle(): string {
  return [
    `:root{${variables('light')}}`,
    `@media screen and (prefers-color-scheme:dark){:root{${variables('dark')}}}`,
    graphStyle(),
    plotStyle(),
    FOREST_STYLE,
    CARD_STYLE,
    DATA_STYLE,
    PAGE_STYLE,
  ].join('\n');
}
