/** What a run gave: each effect with its estimates, the run before beside it if that is wanted, and the rows. */

import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { EstimationReport } from '../../engine/estimate/result.ts';
import { effectGroups } from '../../views/effects.ts';
import type { PastEstimate } from '../../views/estimates/comparison.ts';
import { ComparisonTable } from '../../views/estimates/comparisonTable.tsx';
import { keysOf } from '../../views/estimates/namedOutcomes.ts';
import { rowWords } from '../../views/estimates/rowWords.ts';
import type { Host } from '../host.ts';
import { useSize } from '../useSize.ts';
import { EffectResults } from './effectResults.tsx';

const WIDEST_PLOT = 860;

export interface ResultsProps {
  readonly report: EstimationReport;
  readonly stale: boolean;
  readonly previous: readonly PastEstimate[] | null;
  readonly comparing: boolean;
  readonly onComparing: (comparing: boolean) => void;
  /** Keys of the estimates whose cards are open. */
  readonly cards: readonly string[];
  readonly onCards: (cards: readonly string[]) => void;
  readonly rolesOf: (variable: string) => readonly string[];
  readonly ask: Host['ask'];
}

/** What it knows of cards that are not there is kept: the estimate may come back. */
function withCard(cards: readonly string[], key: string, open: boolean): readonly string[] {
  const others = cards.filter((card) => card !== key);
  return open ? [...others, key].slice(-MOST_KEPT) : others;
}

const MOST_KEPT = 50;

export function Results(props: ResultsProps): JSX.Element {
  const { report, stale, previous, comparing, cards } = props;
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const groups = effectGroups(report.estimates);
  const open = new Set(cards);
  return (
    <div class={stale ? 'results stale' : 'results'} ref={box}>
      {groups.length === 0 ? <p>There was nothing to estimate: no method fits this model.</p> : null}
      {previous === null ? null : (
        <button
          type="button"
          class="secondary compare"
          aria-pressed={comparing}
          onClick={() => props.onComparing(!comparing)}
        >
          Compare with the run before
        </button>
      )}
      {previous !== null && comparing ? (
        <ComparisonTable before={previous} now={groups.flatMap(({ estimates }) => estimates)} />
      ) : null}
      {groups.map((group, i) => (
        <EffectResults
          key={JSON.stringify([group.treatment, group.outcome])}
          group={group}
          keys={keysOf(group.estimates)}
          prefix={`card-${i}`}
          cards={open}
          onCard={(key, isOpen) => props.onCards(withCard(cards, key, isOpen))}
          rolesOf={props.rolesOf}
          width={size === null ? 0 : Math.min(size.width, WIDEST_PLOT)}
          ask={props.ask}
        />
      ))}
      <p class="quiet">{rowWords(report.rows)}</p>
    </div>
  );
}
