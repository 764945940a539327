/** The pane below or beside the graph: its tabs, what they show, and how much room it takes. */

import type { ComponentChildren, JSX, RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from './icons.tsx';
import { Splitter } from './splitter.tsx';
import { useSize } from './useSize.ts';
import { useWide } from './useWide.ts';
import type { PaneTab } from './viewState.ts';

export interface TabContent {
  readonly id: PaneTab;
  readonly title: string;
  /** A few words beside the title: how far a run has come, or that what is shown is out of date; empty for nothing. */
  readonly note: string;
  readonly content: ComponentChildren;
}

interface SidePaneProps {
  readonly tabs: readonly TabContent[];
  readonly tab: PaneTab;
  readonly onTab: (tab: PaneTab) => void;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly share: number | null;
  readonly onShare: (share: number | null) => void;
  /** The element that graph and pane fill. */
  readonly room: RefObject<HTMLElement | null>;
  /** Stands in the head whatever is shown below. */
  readonly actions: ComponentChildren;
}

const PANE_ID = 'side-pane';

const tabId = (id: PaneTab): string => `tab-${id}`;
const panelId = (id: PaneTab): string => `panel-${id}`;

/** Left and Right lead to the tab before and after and around the end, Home and End to the first and the last. */
function tabAt(tabs: readonly TabContent[], here: PaneTab, key: string): PaneTab | undefined {
  const at = tabs.findIndex(({ id }) => id === here);
  const places = new Map([
    ['ArrowLeft', at - 1],
    ['ArrowRight', (at + 1) % tabs.length],
    ['Home', 0],
    ['End', -1],
  ]);
  const place = places.get(key);
  return place === undefined ? undefined : tabs.at(place)?.id;
}

function TabList({ tabs, tab, onTab, open }: SidePaneProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  return (
    <div
      class="tabs"
      role="tablist"
      aria-label="Estimates and data"
      ref={list}
      onKeyDown={(event) => {
        const next = tabAt(tabs, tab, event.key);
        if (next === undefined) return;
        event.preventDefault();
        onTab(next);
        list.current?.querySelector<HTMLElement>(`#${tabId(next)}`)?.focus();
      }}
    >
      {tabs.map(({ id, title, note }) => (
        <button
          key={id}
          type="button"
          role="tab"
          class="tab"
          id={tabId(id)}
          aria-selected={id === tab}
          aria-controls={open && id === tab ? panelId(id) : undefined}
          tabIndex={id === tab ? 0 : -1}
          onClick={() => onTab(id)}
        >
          {title}
          {note === '' ? null : <span class="quiet"> {note}</span>}
        </button>
      ))}
    </div>
  );
}

/** How much of the room the pane takes, as it is measured; about the half before. */
function useMeasuredShare(
  room: RefObject<HTMLElement | null>,
  pane: RefObject<HTMLElement | null>,
  beside: boolean,
): number {
  const whole = useSize(room);
  const part = useSize(pane);
  if (whole === null || part === null) return 0.5;
  return beside ? part.width / Math.max(1, whole.width) : part.height / Math.max(1, whole.height);
}

/** Tabs as the ARIA practices have them: one stop of the Tab key, arrow keys between them, the panel the next stop. */
export function SidePane(props: SidePaneProps): JSX.Element {
  const { tabs, tab, open, share, room } = props;
  const pane = useRef<HTMLElement>(null);
  const beside = useWide();
  const measured = useMeasuredShare(room, pane, beside);
  const shown = tabs.find(({ id }) => id === tab);
  // The policy of the page forbids styles in markup; what a script sets is the page's own.
  useLayoutEffect(() => {
    if (share === null) pane.current?.style.removeProperty('--share');
    else pane.current?.style.setProperty('--share', `${share * 100}%`);
  }, [share]);
  const classes = ['side-pane', open ? 'open' : 'closed', share === null ? '' : 'sized'];
  return (
    <>
      {open ? (
        <Splitter
          room={room}
          pane={pane}
          paneId={PANE_ID}
          beside={beside}
          share={measured}
          onShare={props.onShare}
        />
      ) : null}
      <section class={classes.join(' ').trim()} id={PANE_ID} aria-label="Estimates and data" ref={pane}>
        <div class="pane-head">
          <button
            type="button"
            class="toggle"
            aria-expanded={open}
            aria-label={open ? 'Fold the pane away' : 'Unfold the pane'}
            title={open ? 'Fold the pane away' : 'Unfold the pane'}
            onClick={() => props.onOpen(!open)}
          >
            <Icon name="chevron" />
          </button>
          <TabList {...props} />
          <div class="pane-actions">{props.actions}</div>
        </div>
        {open && shown !== undefined ? (
          <div
            class="pane-body"
            role="tabpanel"
            id={panelId(tab)}
            aria-labelledby={tabId(tab)}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys.
            tabIndex={0}
            key={tab}
          >
            <h2 class="visually-hidden">{shown.title}</h2>
            {shown.content}
          </div>
        ) : null}
      </section>
    </>
  );
}
