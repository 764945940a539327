/** The drawing as an SVG file that needs nothing else: style, title, verdict, picture and legend. */

import { renderToStaticMarkup } from 'preact-render-to-string';
import type { Drawing } from './drawing.ts';
import { Graph } from './graph.tsx';
import { edgeText } from './graphEdge.tsx';
import { graphStyle } from './graphStyle.ts';
import { Legend, legendKeys, placedKeys } from './legend.tsx';
import { plainProse } from './prose.tsx';
import { isolated, printable, wrapped } from './text.ts';

const MARGIN = 32;
const MIN_WIDTH = 420;
const TITLE_SIZE = 18;
const VERDICT_SIZE = 13;
const VERDICT_LEADING = 19;

/** The picture in words, for those who do not see it. */
export function describedDrawing(drawing: Drawing): string {
  const nodes = drawing.nodes.map((node) => {
    const words = [node.caption, node.adjusted ? 'adjusted for' : ''].filter((word) => word !== '');
    return isolated(printable(node.name)) + (words.length === 0 ? '' : ` (${words.join(', ')})`);
  });
  const edges = drawing.edges.map(edgeText);
  const parts = [drawing.verdict.headline];
  if (nodes.length > 0) parts.push(`Variables: ${nodes.join(', ')}.`);
  if (edges.length > 0) parts.push(`Arrows: ${edges.join(', ')}.`);
  return printable(parts.filter((part) => part !== '').join(' '));
}

/**
 * A whole SVG document in UTF-8, as text. It follows the light or dark preference of whoever looks at it, unless it is to be light
 * alone, and holds no scripts, links or fonts.
 */
export function svgDocument(drawing: Drawing, themes: 'light' | 'both' = 'both'): string {
  const inner = Math.max(MIN_WIDTH, drawing.width);
  const title = printable(drawing.title ?? 'Causal graph');
  const titleLines = wrapped(title, TITLE_SIZE, inner, 2);
  const headline = plainProse(drawing.verdict.headline);
  const verdict = headline === '' ? [] : wrapped(headline, VERDICT_SIZE, inner, 4);
  const keys = placedKeys(legendKeys(drawing), inner);
  const verdictTop = MARGIN + titleLines.length * 24 + 2;
  const graphTop = verdictTop + verdict.length * VERDICT_LEADING + 26;
  const ruleAt = graphTop + drawing.height + 28;
  const legendTop = ruleAt + 20;
  const width = inner + 2 * MARGIN;
  const height = keys.height === 0 ? ruleAt + 4 : legendTop + keys.height + MARGIN - 6;
  const graphLeft = MARGIN + Math.floor((inner - drawing.width) / 2);
  const markup = renderToStaticMarkup(
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-labelledby="causal-title causal-description"
    >
      <title id="causal-title">{title}</title>
      <desc id="causal-description">{describedDrawing(drawing)}</desc>
      <style>{graphStyle(themes)}</style>
      <rect class="paper" width={width} height={height} />
      {titleLines.map((line, i) => (
        <text key={line} class="title" x={MARGIN} y={MARGIN + 16 + i * 24} font-size={TITLE_SIZE}>
          {line}
        </text>
      ))}
      {verdict.map((line, i) => (
        <text
          key={line}
          class="quiet"
          x={MARGIN}
          y={verdictTop + 14 + i * VERDICT_LEADING}
          font-size={VERDICT_SIZE}
        >
          {line}
        </text>
      ))}
      <g transform={`translate(${graphLeft} ${graphTop})`}>
        <Graph drawing={drawing} />
      </g>
      {keys.height === 0 ? null : (
        <>
          <path class="rule" d={`M${MARGIN} ${ruleAt}H${MARGIN + inner}`} fill="none" stroke-width="1" />
          <g transform={`translate(${MARGIN} ${legendTop})`}>
            <Legend drawing={drawing} width={inner} />
          </g>
        </>
      )}
    </svg>,
  );
  // The one sequence that XML forbids in text and HTML does not.
  return `<?xml version="1.0" encoding="UTF-8"?>\n${markup.replaceAll(']]>', ']]&gt;')}\n`;
}
