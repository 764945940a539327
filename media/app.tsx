/** The page as a whole: what the extension sent last, and how the reader looks at it. */

import type { JSX } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { SnapshotNode } from '../engine/report/snapshot.ts';
import { edgeLabels, effectWords } from '../views/edgeLabels.ts';
import type { LayoutEngine } from '../views/elkGraph.ts';
import { FigureTools } from '../views/figureTool.tsx';
import { pathText } from '../views/pathList.tsx';
import { DataPane } from './dataPane.tsx';
import { EstimateButton } from './estimateButton.tsx';
import { EstimatesPane } from './estimatesPane.tsx';
import { GraphSection } from './graphSection.tsx';
import type { Host } from './host.ts';
import { Icon } from './icons.tsx';
import type { EstimatesState, RunProgress, ViewSnapshot } from './protocol.ts';
import { FigureMenu } from './share/figureMenu.tsx';
import { ShareMenu } from './share/shareMenu.tsx';
import { SidePane } from './sidePane.tsx';
import { type DescriptionState, useDescription } from './useDescription.ts';
import { useDrawing } from './useDrawing.ts';
import { useFocus } from './useFocus.ts';
import { useSaving } from './useSaving.ts';
import { VerdictHeader } from './verdictHeader.tsx';
import { type DocumentView, restoredViews, viewOf, withView } from './viewState.ts';
import { useWhatIf } from './whatIf/useWhatIf.ts';

interface AppProps {
  readonly host: Host;
  readonly engine: () => Promise<LayoutEngine>;
}

/** Only a run that goes on has come any further. */
function withProgress(last: ViewSnapshot | null, { stage, fraction }: RunProgress): ViewSnapshot | null {
  if (last?.estimates.status !== 'running') return last;
  return { ...last, estimates: { ...last.estimates, stage, fraction } };
}

/** A graph that comes again is the same object: what hangs on it, a refusal or what is supposed, is no older for that. */
function withKeptGraph(last: ViewSnapshot | null, next: ViewSnapshot): ViewSnapshot {
  const same = last?.uri === next.uri && JSON.stringify(last.graph) === JSON.stringify(next.graph);
  return same ? { ...next, graph: last.graph } : next;
}

/** What a variable is for the effect, by its name. */
function useRoles(nodes: readonly SnapshotNode[]): (variable: string) => readonly string[] {
  return useMemo(() => {
    const roles = new Map(nodes.map((node) => [node.name, node.roles]));
    return (variable) => roles.get(variable) ?? [];
  }, [nodes]);
}

const NO_NODES: readonly SnapshotNode[] = [];

/** Said beside the tab, also while another is shown. */
function estimatesNote(estimates: EstimatesState): string {
  if (estimates.status === 'running')
    return estimates.fraction === null ? 'running' : `${Math.round(estimates.fraction * 100)} %`;
  return estimates.status === 'done' && estimates.stale ? 'out of date' : '';
}

type PaneView = Partial<Pick<DocumentView, 'paneOpen' | 'tab' | 'share' | 'cards' | 'comparing'>>;
function dataNote({ data, reading, refusal }: DescriptionState): string {
  if (reading) return 'reading';
  return data !== null && refusal !== null ? 'out of date' : '';
}

interface DocumentProps extends AppProps {
  readonly snapshot: ViewSnapshot;
  readonly highlighted: string | null;
  readonly initial: DocumentView;
  readonly onView: (view: DocumentView) => void;
}

/** The extension says by the next snapshot that it is back. */
function LostNotice({ host }: { readonly host: Host }): JSX.Element {
  return (
    <div class="notice notice-error lost" role="alert">
      <Icon name="alert" />
      <p>The language server has ended, so what you see no longer follows the text.</p>
      <button type="button" class="primary" onClick={() => host.post({ type: 'restart' })}>
        Restart
      </button>
    </div>
  );
}

function DocumentPage(props: DocumentProps): JSX.Element {
  const { host, snapshot, onView } = props;
  const { estimates } = snapshot;
  const whatIf = useWhatIf(host, snapshot.graph, snapshot.outdated !== null);
  const { graph } = whatIf;
  const view = useRef(props.initial);
  const [selected, setSelected] = useState(props.initial.selected);
  const [pane, setPane] = useState(props.initial);
  const room = useRef<HTMLElement>(null);
  const [direction, setDirection] = useState(props.initial.direction);
  const focus = useFocus(graph, selected);
  const state = useDrawing(focus?.graph ?? null, props.engine, direction);
  const { kept = null, previous = null } = snapshot;
  const rolesOf = useRoles(snapshot.graph?.nodes ?? NO_NODES);
  const possible = graph !== null && graph.nodes.length > 0;
  const [pathWords, setPathWords] = useState<string | null>(null);
  const path = graph?.question?.paths.find((one) => pathText(one) === pathWords) ?? null;
  const labels = useMemo(
    () =>
      estimates.status === 'done' && graph !== null
        ? edgeLabels(estimates.report, graph.edges, estimates.stale)
        : [],
    [estimates, graph],
  );

  const keep = useCallback(
    (change: Partial<DocumentView>) => {
      view.current = { ...view.current, ...change };
      onView(view.current);
    },
    [onView],
  );
  const arrange = useCallback(
    (change: PaneView) => {
      setPane((before) => ({ ...before, ...change }));
      keep(change);
    },
    [keep],
  );
  const estimate = useCallback(() => {
    arrange({ tab: 'estimates', paneOpen: true });
    host.post({ type: 'estimate' });
  }, [arrange, host]);
  const cancel = useCallback(() => host.post({ type: 'cancel' }), [host]);
  // The plot and the cards stay as they are while the reader moves about in the graph.
  const estimatesPane = useMemo(
    () => (
      <EstimatesPane
        state={estimates}
        kept={kept}
        previous={previous}
        possible={possible}
        comparing={pane.comparing}
        onComparing={(comparing) => arrange({ comparing })}
        cards={pane.cards}
        onCards={(cards) => arrange({ cards })}
        rolesOf={rolesOf}
        ask={host.ask}
        onCancel={cancel}
      />
    ),
    [estimates, kept, previous, possible, pane.comparing, pane.cards, rolesOf, arrange, host, cancel],
  );
  const looking = pane.paneOpen && pane.tab === 'data';
  const [description, describeAgain] = useDescription(host, snapshot.revision, looking);
  const select = useCallback(
    (name: string | null) => {
      setSelected(name);
      keep({ selected: name });
    },
    [keep],
  );
  const dataPane = useMemo(
    () => (
      <DataPane
        host={host}
        state={description}
        onAgain={describeAgain}
        graph={graph}
        selected={selected}
        onSelect={select}
      />
    ),
    [host, description, describeAgain, graph, selected, select],
  );
  return (
    <div class="page">
      {snapshot.lost ? <LostNotice host={host} /> : null}
      <VerdictHeader
        fileName={snapshot.fileName}
        graph={graph}
        whatIf={whatIf}
        path={path}
        onPath={(next) => setPathWords(next === null ? null : pathText(next))}
        effect={
          estimates.status === 'done'
            ? effectWords(estimates.report, graph?.question?.effect ?? null, estimates.stale)
            : null
        }
        actions={<ShareMenu host={host} drawing={state.drawing} />}
      />
      <main class="panes" ref={room}>
        <GraphSection
          host={host}
          snapshot={snapshot}
          graph={focus?.graph ?? null}
          all={graph?.nodes ?? []}
          focus={focus}
          direction={direction}
          onDirection={(next) => {
            setDirection(next);
            keep({ direction: next, viewport: null });
          }}
          whatIf={whatIf}
          path={path}
          labels={labels}
          state={state}
          viewport={view.current.viewport}
          onViewport={(viewport) => keep({ viewport })}
          selected={selected}
          onSelect={select}
          onReveal={(name) => host.post({ type: 'reveal', name })}
          highlighted={props.highlighted}
        />
        <SidePane
          tabs={[
            { id: 'estimates', title: 'Estimates', note: estimatesNote(estimates), content: estimatesPane },
            { id: 'data', title: 'Data', note: dataNote(description), content: dataPane },
          ]}
          tab={pane.tab}
          onTab={(tab) => arrange({ tab, paneOpen: true })}
          open={pane.paneOpen}
          onOpen={(paneOpen) => arrange({ paneOpen })}
          share={pane.share}
          onShare={(share) => arrange({ share })}
          room={room}
          actions={<EstimateButton state={estimates} possible={possible} onEstimate={estimate} />}
        />
      </main>
    </div>
  );
}

/** Shows the latest snapshot that the extension sent, each document as it was last looked at. */
export function App({ host, engine }: AppProps): JSX.Element {
  const [snapshot, setSnapshot] = useState<ViewSnapshot | null>(null);
  const [highlighted, setHighlighted] = useState<string | null>(null);
  const views = useRef(restoredViews(host.restore()));
  const save = useSaving(host);
  // Before the first paint: the sooner the extension knows, the sooner there is something to paint.
  useLayoutEffect(() => {
    const stop = host.listen((message) => {
      if (message.type === 'highlight') setHighlighted(message.name);
      else if (message.type === 'progress') setSnapshot((last) => withProgress(last, message));
      else if (message.type === 'snapshot') setSnapshot((last) => withKeptGraph(last, message.snapshot));
    });
    host.post({ type: 'ready' });
    return stop;
  }, [host]);
  const uri = snapshot?.uri ?? null;
  const keep = useCallback(
    (view: DocumentView) => {
      if (uri === null) return;
      views.current = withView(views.current, uri, view);
      save(views.current);
    },
    [save, uri],
  );
  // The document shown is known to the editor even where nothing was touched: a restart brings it back.
  useEffect(() => {
    if (uri !== null) keep(viewOf(views.current, uri));
  }, [uri, keep]);
  const figureTool = useCallback((title: string) => <FigureMenu host={host} title={title} />, [host]);
  if (snapshot === null) return <p class="waiting">Waiting for the model…</p>;
  return (
    <FigureTools.Provider value={figureTool}>
      <DocumentPage
        key={snapshot.uri}
        host={host}
        engine={engine}
        snapshot={snapshot}
        highlighted={highlighted}
        initial={viewOf(views.current, snapshot.uri)}
        onView={keep}
      />
    </FigureTools.Provider>
  );
}
