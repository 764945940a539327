/** The paths of an effect as a list: what each does to it, and what would close it. */

import type { JSX } from 'preact';
import { PATH_STATES, type PathState, type SnapshotPath } from '../engine/report/snapshot.ts';
import { isolated, printable } from './text.ts';

const HEADINGS: Readonly<Record<PathState, string>> = {
  causal: 'These carry the effect',
  biasing: 'These are open, and bias it',
  cut: 'These would carry it, but are cut off',
  closed: 'These are closed, and do no harm',
};

/** `personalized ← taste → engagement`. */
export function pathText({ nodes, arrows }: Pick<SnapshotPath, 'nodes' | 'arrows'>): string {
  const name = (i: number): string => isolated(printable(nodes[i] ?? ''));
  return arrows.reduce((text, arrow, i) => `${text} ${arrow} ${name(i + 1)}`, name(0));
}

/** The line by which a path's state is told: solid, heavy with a mark, or broken. */
function StateSign({ state }: { readonly state: PathState }): JSX.Element {
  const style = state === 'causal' || state === 'biasing' ? state : 'plain';
  const broken = state === 'cut' || state === 'closed';
  return (
    <svg class="state-sign" width="30" height="14" viewBox="0 0 30 14" aria-hidden="true">
      <g class={`edge edge-${style}`}>
        <path
          class="line"
          d={broken ? 'M0 7H11M17 7H30' : 'M0 7H30'}
          fill="none"
          stroke-width={state === 'biasing' ? 3 : 2}
        />
        {broken ? <path class="line" d="M11 3V11M17 3V11" fill="none" stroke-width="2" /> : null}
      </g>
    </svg>
  );
}

interface PathListProps {
  readonly paths: readonly SnapshotPath[];
  readonly more: boolean;
  /** The path that the picture shows, and what chooses another; without `onChoose` there is nothing to choose. */
  readonly chosen?: SnapshotPath | null;
  readonly onChoose?: (path: SnapshotPath | null) => void;
}

function Entry({
  path,
  chosen,
  onChoose,
}: Pick<PathListProps, 'chosen' | 'onChoose'> & { readonly path: SnapshotPath }): JSX.Element {
  const shown = chosen === path;
  return (
    <li>
      {onChoose === undefined ? (
        <span class="path">{pathText(path)}</span>
      ) : (
        <button type="button" class="path" aria-pressed={shown} onClick={() => onChoose(shown ? null : path)}>
          <span class="marker" aria-hidden="true">
            {shown ? '◉' : '○'}
          </span>
          {pathText(path)}
        </button>
      )}
      <p class="quiet">{printable(path.sentence)}</p>
    </li>
  );
}

/** The paths by what they do, each with its sentence; says so where there are more than are listed. */
export function PathList({ paths, more, chosen = null, onChoose }: PathListProps): JSX.Element {
  const choice = onChoose === undefined ? {} : { onChoose };
  return (
    <div class="path-list">
      {PATH_STATES.map((state) => {
        const those = paths.filter((path) => path.state === state);
        return those.length === 0 ? null : (
          <section key={state}>
            <h3>
              <StateSign state={state} /> {HEADINGS[state]}
            </h3>
            <ul>
              {those.map((path) => (
                <Entry key={pathText(path)} path={path} chosen={chosen} {...choice} />
              ))}
            </ul>
          </section>
        );
      })}
      {paths.length === 0 ? <p>No path joins the treatment and the outcome.</p> : null}
      {more ? <p class="quiet">There are more paths; the shortest of each kind are listed.</p> : null}
    </div>
  );
}
