import type { JSX } from 'preact';
import type { Drawing } from '../drawing.ts';
import { Graph } from '../graph.tsx';
import { Legend, legendKeys, placedKeys } from '../legend.tsx';
import { describedDrawing } from '../svgDocument.tsx';
import { printable } from '../text.ts';

const MARGIN = 12;
const LEGEND_GAP = 26;
const NARROWEST = 420;

/** The graph with its legend, or why it is not drawn. */
export function GraphPicture(props: {
  readonly drawing: Drawing | null;
  readonly undrawn: string;
}): JSX.Element {
  const { drawing } = props;
  if (drawing === null) return <p>{printable(props.undrawn)}</p>;
  const inner = Math.max(NARROWEST, drawing.width);
  const keys = placedKeys(legendKeys(drawing), inner);
  const legendTop = MARGIN + drawing.height + LEGEND_GAP;
  const height = keys.height === 0 ? MARGIN + drawing.height + MARGIN : legendTop + keys.height + MARGIN;
  const width = inner + 2 * MARGIN;
  return (
    <div class="picture">
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={describedDrawing(drawing)}
      >
        <g transform={`translate(${MARGIN + Math.floor((inner - drawing.width) / 2)} ${MARGIN})`}>
          <Graph drawing={drawing} />
        </g>
        {keys.height === 0 ? null : (
          <g transform={`translate(${MARGIN} ${legendTop})`}>
            <Legend drawing={drawing} width={inner} />
          </g>
        )}
      </svg>
    </div>
  );
}
