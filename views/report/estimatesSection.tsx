import type { JSX } from 'preact';
import { contrastWords, type EffectGroup, effectGroups, effectTitle } from '../effects.ts';
import { CardSummary, EstimateCard } from '../estimates/estimateCard.tsx';
import { namesOf } from '../estimates/namedOutcomes.ts';
import { EstimateTable } from '../estimateTable.tsx';
import { ForestPlot } from '../forestPlot.tsx';
import { Prose } from '../prose.tsx';
import { estimateId } from './contents.ts';
import type { ReportPage } from './reportPage.ts';

const FOREST_WIDTH = 860;
const PLOT_WIDTH = 640;

/** Each effect with all its estimates side by side, and then each estimate by itself. */
export function EstimatesSection({ page }: { readonly page: ReportPage }): JSX.Element {
  if (page.report === null)
    return (
      <p class="headline doubt">
        <Prose text={page.failure} />
      </p>
    );
  const groups = effectGroups(page.report.estimates);
  if (groups.length === 0) return <p>There was nothing to estimate: no method fits this model.</p>;
  const rolesOf = (variable: string): readonly string[] =>
    page.roles.filter(({ name }) => name === variable).map(({ role }) => role);
  return (
    <>
      {groups.map((group, place) => (
        <Effect key={place} group={group} place={place} rolesOf={rolesOf} />
      ))}
    </>
  );
}

/** Is there a number to be drawn? */
export function isDrawn({ estimates }: EffectGroup): boolean {
  return estimates.some((one) => one.kind === 'estimate' && Number.isFinite(one.estimate));
}

function Effect(props: {
  readonly group: EffectGroup;
  readonly place: number;
  readonly rolesOf: (variable: string) => readonly string[];
}): JSX.Element {
  const { group, place, rolesOf } = props;
  const title = effectTitle(group);
  const contrast = contrastWords(group);
  const names = namesOf(group.estimates);
  return (
    <section>
      <h3>
        {title} {contrast === '' ? null : <span class="quiet">{contrast}</span>}
      </h3>
      {isDrawn(group) ? (
        <figure>
          <figcaption>
            <p>
              Each row is an estimate: the mark is its number, the line its interval. Rows that agree although
              they rest on different assumptions support each other; the one marked as adjusted for nothing is
              there for contrast.
            </p>
          </figcaption>
          <div class="scroll">
            <ForestPlot estimates={group.estimates} width={FOREST_WIDTH} label={`Forest plot. ${title}`} />
          </div>
        </figure>
      ) : null}
      <div class="scroll">
        <EstimateTable estimates={group.estimates} caption={title} />
      </div>
      {group.estimates.map((outcome, i) => (
        <section class="card" id={estimateId(place, i)} key={i}>
          <h4>
            <bdi>{names[i]}</bdi> <CardSummary outcome={outcome} />
          </h4>
          <EstimateCard outcome={outcome} rolesOf={rolesOf} width={PLOT_WIDTH} unfolded={true} />
        </section>
      ))}
    </section>
  );
}
