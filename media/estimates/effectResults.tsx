/** The estimates of one effect: side by side in a plot, and one after the other as cards. */

import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { EstimateOutcome } from '../../engine/estimate/result.ts';
import { contrastWords, type EffectGroup, effectTitle } from '../../views/effects.ts';
import { namesOf } from '../../views/estimates/namedOutcomes.ts';
import { FigureTool } from '../../views/figureTool.tsx';
import { ForestPlot } from '../../views/forestPlot.tsx';
import type { Host } from '../host.ts';
import { CardItem } from './cardItem.tsx';

export interface EffectResultsProps {
  readonly group: EffectGroup;
  /** Of the group's estimates, in its order. */
  readonly keys: readonly string[];
  /** Begins the ids of the cards. */
  readonly prefix: string;
  readonly cards: ReadonlySet<string>;
  readonly onCard: (key: string, open: boolean) => void;
  readonly rolesOf: (variable: string) => readonly string[];
  /** Pixels; 0 before it has been measured. */
  readonly width: number;
  readonly ask: Host['ask'];
}

function hasNumber(outcome: EstimateOutcome): boolean {
  return outcome.kind === 'estimate' && Number.isFinite(outcome.estimate);
}

/** The place of the row that an event is about; null where it is about none. */
function placeAt(target: EventTarget | null): number | null {
  const row = target instanceof Element ? target.closest('[data-row]') : null;
  return row === null ? null : Number(row.getAttribute('data-row'));
}

const STEPS: ReadonlyMap<string, number> = new Map([
  ['ArrowDown', 1],
  ['ArrowUp', -1],
]);

/** Room that a card leaves around its plots. */
const CARD_ROOM = 26;

export function EffectResults(props: EffectResultsProps): JSX.Element {
  const { group, keys, prefix, cards, onCard, width } = props;
  const box = useRef<HTMLElement>(null);
  const [tabStop, setTabStop] = useState(0);
  const names = namesOf(group.estimates);
  const title = effectTitle(group);
  const contrast = contrastWords(group);
  const idOf = (place: number): string => `${prefix}-${place}`;
  const isOpen = (place: number): boolean => cards.has(keys[place] ?? '');

  const choose = (place: number): void => {
    const open = !isOpen(place);
    setTabStop(place);
    onCard(keys[place] ?? '', open);
    if (!open) return;
    const heading = box.current?.querySelector<HTMLElement>(`[data-card="${idOf(place)}"]`);
    heading?.focus({ preventScroll: true });
    heading?.scrollIntoView({ block: 'start' });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const place = placeAt(event.target);
    const step = STEPS.get(event.key);
    if (place === null) return;
    if (event.key === 'Enter' || event.key === ' ') choose(place);
    else if (step === undefined) return;
    else {
      const next = Math.min(Math.max(place + step, 0), group.estimates.length - 1);
      setTabStop(next);
      box.current?.querySelector<SVGElement>(`[data-row="${next}"]`)?.focus();
    }
    event.preventDefault();
  };

  return (
    <section ref={box} aria-label={title}>
      <h3>
        {title} {contrast === '' ? null : <span class="quiet">{contrast}</span>}
      </h3>
      {width === 0 || !group.estimates.some(hasNumber) ? null : (
        <figure>
          <figcaption>
            <FigureTool title={title} />
          </figcaption>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the rows within are the buttons. */}
          <div
            onClick={(event) => {
              const place = placeAt(event.target);
              if (place !== null) choose(place);
            }}
            onKeyDown={onKeyDown}
          >
            <ForestPlot
              estimates={group.estimates}
              width={width}
              label={`Forest plot. ${title}`}
              choice={{ open: isOpen, tabStop: Math.min(tabStop, group.estimates.length - 1) }}
            />
          </div>
        </figure>
      )}
      <div class="estimate-cards">
        {group.estimates.map((outcome, place) => (
          <CardItem
            key={keys[place]}
            outcome={outcome}
            name={names[place] ?? ''}
            id={idOf(place)}
            open={isOpen(place)}
            onToggle={() => onCard(keys[place] ?? '', !isOpen(place))}
            rolesOf={props.rolesOf}
            width={Math.max(0, width - CARD_ROOM)}
            ask={props.ask}
          />
        ))}
      </div>
    </section>
  );
}
