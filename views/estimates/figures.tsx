import type { JSX } from 'preact';
import type { Estimate } from '../../engine/estimate/result.ts';
import { FigureTool } from '../figureTool.tsx';
import { plotsOf } from '../plots/plotsOf.tsx';
import { Prose } from '../prose.tsx';

/** The plots of an estimate, each with its title and how to read it; nothing where there are none, or no room is known yet (`width` 0). */
export function Figures(props: { readonly estimate: Estimate; readonly width: number }): JSX.Element | null {
  if (props.width === 0) return null;
  const plots = plotsOf(props.estimate);
  if (plots.length === 0) return null;
  return (
    <div class="figures">
      {plots.map(({ id, title, reading, render }) => (
        <figure key={id}>
          <figcaption>
            <h5>{title}</h5>
            <FigureTool title={`${props.estimate.name} ${title}`} />
            <p>
              <Prose text={reading} />
            </p>
          </figcaption>
          {render(props.width)}
        </figure>
      ))}
    </div>
  );
}
