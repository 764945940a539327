/** A picture of a report as a file of its own, in the light colours of paper. */

import type { JSX } from 'preact';
import { renderToStaticMarkup } from 'preact-render-to-string';
import { graphStyle } from '../../graphStyle.ts';
import { type ColorToken, colorsOf, mix, SURFACES } from '../../palette.ts';
import { plotStyle } from '../../plots/plotStyle.ts';
import { FOREST_STYLE } from '../partStyle.ts';

const { background, text, quiet } = SURFACES.light;

/** What the properties of the page's style sheet are on paper. */
const PROPERTIES: ReadonlyMap<string, string> = new Map([
  ...[...colorsOf('light')].map(([token, color]) => [dashed(token), color] as const),
  ['paper', background],
  ['ink', text],
  ['quiet', quiet],
  ['hairline', mix(text, background, 0.16)],
  ['grid', mix(text, background, 0.14)],
]);

function dashed(token: ColorToken): string {
  return token.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

const MARKS: readonly (readonly [standing: string, property: string])[] = [
  ['naive', 'quiet'],
  ['identified', 'causal-path'],
  ['not-identified', 'biasing-path'],
  ['unreliable', 'biasing-path'],
  ['failed', 'biasing-path'],
];

/** Rules without variables: programs that draw SVG outside of a browser know none. */
function flatStyle(): string {
  const flat = (style: string): string =>
    style.replace(/var\(--([a-z-]+)\)/g, (whole, name: string) => PROPERTIES.get(name) ?? whole);
  const plain = `${plotStyle()}\n${FOREST_STYLE}`.replace(/^.*(?:--mark|color-mix).*$/gm, '');
  const marks = MARKS.map(([standing, property]) => {
    const color = `var(--${property})`;
    const of = `.standing-${standing}`;
    return (
      `${of} .interval,${of} .mark.hollow,${of} .mark.cross{stroke:${color}}` +
      `${of} .interval-arrow,${of} .mark.solid{fill:${color}}`
    );
  });
  return flat(
    `${graphStyle('light')}\n.name{fill:var(--ink)}\n${plain}\n.mark.hollow{fill:var(--paper)}\n${marks.join('\n')}`,
  )
    .replace(/\n+/g, '\n')
    .trim();
}

/** A whole SVG document in UTF-8, as text, of an `<svg>` with a width and a height. */
export function pictureDocument(picture: JSX.Element): string {
  const markup = renderToStaticMarkup(picture);
  const open = /<svg\b[^>]*>/.exec(markup);
  if (open === null) return '';
  const inside = markup.slice(open.index + open[0].length, markup.lastIndexOf('</svg>'));
  const head = open[0].replace(/^<svg/, '<svg xmlns="http://www.w3.org/2000/svg"');
  const ground = `<rect width="100%" height="100%" fill="${background}"/>`;
  const document = `${head}<style>${flatStyle()}</style>${ground}${inside}</svg>`;
  // The one sequence that XML forbids in text and HTML does not.
  return `<?xml version="1.0" encoding="UTF-8"?>\n${document.replaceAll(']]>', ']]&gt;')}\n`;
}
