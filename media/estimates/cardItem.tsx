/** An estimate in the list: its heading, and unfolded its card. */

import type { JSX } from 'preact';
import type { EstimateOutcome } from '../../engine/estimate/result.ts';
import { CardSummary, EstimateCard } from '../../views/estimates/estimateCard.tsx';
import { standing } from '../../views/estimateWords.ts';
import type { Host } from '../host.ts';
import { Icon } from '../icons.tsx';
import { CardActions } from './cardActions.tsx';

export interface CardItemProps {
  readonly outcome: EstimateOutcome;
  /** Unlike those of its neighbours. */
  readonly name: string;
  readonly id: string;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly rolesOf: (variable: string) => readonly string[];
  readonly width: number;
  readonly ask: Host['ask'];
}

/** How many things are said against the estimate; they are the first that its card says. */
function warningCount(outcome: EstimateOutcome): number {
  if (outcome.kind === 'failure') return 0;
  const failed = outcome.expectations.filter(({ passed }) => !passed).length;
  return (
    outcome.warnings.length + failed + outcome.refutations.filter(({ passed }) => passed === false).length
  );
}

/** The whole heading is the button: there is more of it to aim at. */
export function CardItem(props: CardItemProps): JSX.Element {
  const { outcome, name, id, open, onToggle } = props;
  const warnings = warningCount(outcome);
  return (
    <article class={`estimate-card standing-${standing(outcome)}`} aria-labelledby={`${id}-heading`}>
      <h4 id={`${id}-heading`}>
        <button
          type="button"
          class="card-toggle"
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          data-card={id}
          onClick={onToggle}
        >
          <Icon name="chevron" />
          <span class="card-name">
            <bdi>{name}</bdi>
          </span>{' '}
          <CardSummary outcome={outcome} />
          {warnings === 0 ? null : (
            <span class="card-warnings">
              <Icon name="alert" /> {warnings} {warnings === 1 ? 'caution' : 'cautions'}
            </span>
          )}
        </button>
      </h4>
      {open ? (
        <div id={id}>
          <CardActions outcome={outcome} ask={props.ask} />
          <EstimateCard outcome={outcome} rolesOf={props.rolesOf} width={props.width} unfolded={false} />
        </div>
      ) : null}
    </article>
  );
}
