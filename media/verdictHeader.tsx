/** The question and what the graph answers to it. */

import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import type {
  GraphSnapshot,
  PathState,
  SnapshotPath,
  SnapshotQuestion,
  SnapshotVerdict,
} from '../engine/report/snapshot.ts';
import { PathList } from '../views/pathList.tsx';
import { Prose } from '../views/prose.tsx';
import { printable } from '../views/text.ts';
import { Icon, type IconName } from './icons.tsx';
import { EffectChoice } from './whatIf/effectChoice.tsx';
import type { WhatIf } from './whatIf/useWhatIf.ts';
import { WhatIfBanner } from './whatIf/whatIfBanner.tsx';
import { WhatIfPanel } from './whatIf/whatIfPanel.tsx';

const SIGNS: Readonly<Record<SnapshotVerdict['status'], readonly [icon: IconName, word: string]>> = {
  identified: ['check', 'Identified'],
  'instrument-only': ['arrow', 'Instrument only'],
  zero: ['zero', 'Zero by assumption'],
  'not-identified': ['cross', 'Not identified'],
  'no-question': ['question', 'No question yet'],
  undecided: ['question', 'Not decided'],
  invalid: ['alert', 'Not valid'],
};

/** What can be unfolded under the verdict, one at a time. */
type Aside = 'why' | 'paths' | 'what-if';

function Reasons({ graph }: { readonly graph: GraphSnapshot }): JSX.Element {
  return (
    <>
      {graph.verdict.details.map((sentence) => (
        <p key={sentence}>
          <Prose text={sentence} />
        </p>
      ))}
      {graph.openPaths.length === 0 ? null : (
        <>
          <h3>Open biasing paths</h3>
          <ul class="paths">
            {graph.openPaths.map((path) => (
              <li key={path}>{printable(path)}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** `Paths: 2 causal, 1 open and biasing`. */
function pathCounts({ paths }: SnapshotQuestion): string {
  const count = (state: PathState): number => paths.filter((path) => path.state === state).length;
  const biasing = count('biasing');
  return `Paths: ${count('causal')} causal, ${biasing === 0 ? 'none' : biasing} open and biasing`;
}

interface HeaderProps {
  readonly fileName: string;
  readonly graph: GraphSnapshot | null;
  readonly whatIf: WhatIf;
  /** The path that the picture shows. */
  readonly path: SnapshotPath | null;
  readonly onPath: (path: SnapshotPath | null) => void;
  /** The estimated effect along all causal paths together, in words; null where there is none. */
  readonly effect: string | null;
  /** Beside the title. */
  readonly actions?: ComponentChildren;
}

function asidesOf(graph: GraphSnapshot, { text }: WhatIf): readonly (readonly [Aside, string])[] {
  const asides: (readonly [Aside, string])[] = [];
  const { question, verdict, openPaths } = graph;
  if (verdict.details.length > 0 || openPaths.length > 0) asides.push(['why', 'Why, and what else']);
  if (question) asides.push(['paths', pathCounts(question)]);
  if (question && text !== null) asides.push(['what-if', 'What if …']);
  return asides;
}

function Asides({
  graph,
  whatIf,
  path,
  onPath,
  effect,
}: HeaderProps & { readonly graph: GraphSnapshot }): JSX.Element | null {
  const [open, setOpen] = useState<Aside | null>(null);
  const asides = asidesOf(graph, whatIf);
  if (asides.length === 0) return null;
  const shown = asides.some(([aside]) => aside === open) ? open : null;
  const { question } = graph;
  return (
    <>
      <div class="asides">
        {asides.map(([aside, words]) => (
          <button
            key={aside}
            type="button"
            class="toggle aside"
            aria-expanded={shown === aside}
            aria-controls="aside"
            onClick={() => setOpen(shown === aside ? null : aside)}
          >
            <Icon name="chevron" /> {words}
          </button>
        ))}
      </div>
      <div id="aside" class={shown === null ? '' : 'why'}>
        {shown === 'why' ? <Reasons graph={graph} /> : null}
        {shown === 'paths' && question ? (
          <>
            <p class="quiet">Choose a path to see it in the picture.</p>
            {effect === null ? null : <p>{printable(effect)}</p>}
            <PathList paths={question.paths} more={question.morePaths} chosen={path} onChoose={onPath} />
          </>
        ) : null}
        {shown === 'what-if' && whatIf.text !== null ? (
          <WhatIfPanel whatIf={whatIf} graph={graph} text={whatIf.text} />
        ) : null}
      </div>
    </>
  );
}

/** The model's title and the verdict on its effect: a sign, a word and a sentence; and what may be asked of it. */
export function VerdictHeader(props: HeaderProps): JSX.Element {
  const { fileName, graph, whatIf } = props;
  const [icon, word] = graph === null ? SIGNS['no-question'] : SIGNS[graph.verdict.status];
  return (
    <header class="heading">
      {props.actions}
      <h1>
        <bdi>{printable(graph?.title ?? fileName)}</bdi>
        {graph?.title === undefined ? null : <span class="quiet file">{printable(fileName)}</span>}
      </h1>
      {graph === null ? null : (
        <>
          <EffectChoice whatIf={whatIf} />
          <p class={`verdict verdict-${graph.verdict.status}`}>
            <span class="status">
              <Icon name={icon} /> {word}
            </span>
            <span>
              <Prose text={graph.verdict.headline} />
            </span>
          </p>
          <WhatIfBanner whatIf={whatIf} />
          <Asides {...props} graph={graph} />
        </>
      )}
    </header>
  );
}
