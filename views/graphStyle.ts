/** The style sheet of a picture that stands alone: plain rules that every SVG program reads, light, and dark where that is asked for. */

import { DRAWN_ROLES } from '../engine/report/snapshot.ts';
import { type ColorToken, colorsOf, mix, NODE_TINT, SURFACES } from './palette.ts';

type Kind = 'light' | 'dark';

/** No variables and no nesting: programs that draw SVG without a browser know neither. */
function rules(kind: Kind): readonly string[] {
  const { background, text, quiet } = SURFACES[kind];
  const colors = colorsOf(kind);
  const color = (token: ColorToken): string => colors.get(token) ?? text;
  const paint = (selector: string, token: ColorToken): string =>
    `${selector} .line{stroke:${color(token)}}${selector} .head{fill:${color(token)}}`;
  const mark = (selector: string, token: ColorToken): string =>
    `${selector} .badge-disc{fill:${background};stroke:${color(token)}}${selector} .badge-sign{stroke:${color(token)}}`;
  const roles = DRAWN_ROLES.map((role) => {
    const line = color(role);
    const node = `.node-${role}`;
    return (
      `${node} .outline{fill:${mix(line, background, NODE_TINT)};stroke:${line}}${node} .detail{stroke:${line}}` +
      `${node} .accent{fill:${line}}${node} .caption{fill:${line}}`
    );
  });
  return [
    `.paper{fill:${background}}`,
    `.title,.name{fill:${text}}`,
    `.quiet{fill:${quiet}}`,
    `.rule{stroke:${mix(quiet, background, 0.35)}}`,
    `.tick{stroke:${background}}`,
    paint('.edge', 'edge'),
    paint('.edge-causal', 'causalPath'),
    paint('.edge-biasing', 'biasingPath'),
    paint('.edge-cycle', 'biasingPath'),
    mark('.badge', 'biasingPath'),
    `.note-sheet{fill:${background};stroke:${color('edge')}}.note-lines{stroke:${color('edge')}}`,
    `.edge-label{fill:${text};stroke:${background};stroke-width:4px;paint-order:stroke}`,
    ...roles,
  ];
}

/** CSS for the classes of the graph, the legend and the frame around them; dark where the reader prefers it, unless it is to be light alone. */
export function graphStyle(themes: 'light' | 'both' = 'both'): string {
  const fonts = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";
  return [
    `text{font-family:${fonts}}`,
    '.title{font-weight:600}.name{font-weight:500}',
    ...rules('light'),
    ...(themes === 'light'
      ? []
      : [`@media screen and (prefers-color-scheme: dark){${rules('dark').join('')}}`]),
  ].join('\n');
}
