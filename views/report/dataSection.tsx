import type { JSX } from 'preact';
import type { DescribedData } from '../../engine/data/profile/described.ts';
import type { VariableSummary } from '../../engine/data/profile/summary.ts';
import { CorrelationMatrix, strongestWords } from '../data/correlationMatrix.tsx';
import { differenceWords, missingWords, numberWords, rowWords, splitWords } from '../data/dataWords.ts';
import { RowsBar } from '../data/rowsBar.tsx';
import { VariableSpread } from '../data/variableSpread.tsx';
import { Prose } from '../prose.tsx';
import { Remark } from '../remark.tsx';
import { printable } from '../text.ts';
import type { ReportData, ReportPage } from './reportPage.ts';

const BAR_WIDTH = 860;
const SPREAD_WIDTH = 250;
/** A matrix of more says nothing at a glance, and fits no sheet. */
const MOST_CORRELATED = 14;

/** Where the rows come from, how many are used and why not all, and what each variable holds by treatment. */
export function DataSection(props: {
  readonly data: ReportData;
  readonly roles: ReportPage['roles'];
}): JSX.Element {
  const { data, roles } = props;
  if (data.name === null) return <p>The spec names no data, so nothing was estimated.</p>;
  const { described } = data;
  return (
    <div class="data">
      <p>
        <code>{printable(data.name)}</code>
        {described === null ? null : `: ${rowWords(described.rows, described.complete)}`}
      </p>
      {described === null ? (
        <p class="headline doubt">
          <Prose text={data.unread} />
        </p>
      ) : (
        <Described data={described} roles={roles} />
      )}
    </div>
  );
}

function Described(props: {
  readonly data: DescribedData;
  readonly roles: ReportPage['roles'];
}): JSX.Element {
  const { data, roles } = props;
  const present = new Set(data.variables.map(({ name }) => name));
  return (
    <>
      {data.rows.read === 0 ? null : (
        <div class="scroll">
          <RowsBar rows={data.rows} complete={data.complete} width={BAR_WIDTH} />
        </div>
      )}
      <h3>Variables</h3>
      {data.byArm === null ? null : (
        <p>
          {splitWords(data.byArm.split)} Every bar is a share of its own group. Groups that look alike can be
          compared; where they do not, a plain difference of outcomes says little.
        </p>
      )}
      {data.suspicions
        .filter(({ variable }) => !present.has(variable))
        .map(({ message }) => (
          <Remark key={message} tone="caution">
            <Prose text={message} />
          </Remark>
        ))}
      <ul class="variables">
        {data.variables.map((summary) => (
          <Variable
            key={summary.name}
            data={data}
            summary={summary}
            role={roles.find(({ name }) => name === summary.name)?.role ?? ''}
          />
        ))}
      </ul>
      <Together data={data} />
    </>
  );
}

/** What is said of a variable beside its picture. */
export function variableFacts(data: DescribedData, summary: VariableSummary): readonly string[] {
  const own = data.byArm?.variables.find(({ name }) => name === summary.name)?.arms ?? [];
  return [
    numberWords(summary),
    missingWords(summary, data.byArm?.split ?? null, own),
    differenceWords(data.comparisons, summary.name),
  ].filter((words) => words !== '');
}

function Variable(props: {
  readonly data: DescribedData;
  readonly summary: VariableSummary;
  readonly role: string;
}): JSX.Element {
  const { data, summary, role } = props;
  return (
    <li>
      <p>
        <strong>
          <bdi>{printable(summary.name)}</bdi>
        </strong>{' '}
        <span class="quiet">{[role, summary.kind].filter((word) => word !== '').join(', ')}</span>
      </p>
      {data.suspicions
        .filter(({ variable }) => variable === summary.name)
        .map(({ code, message }) => (
          <Remark key={code} tone="caution">
            <Prose text={message} />
          </Remark>
        ))}
      <p class="quiet">{variableFacts(data, summary).join(' · ')}</p>
      <VariableSpread summary={summary} byArm={data.byArm} width={SPREAD_WIDTH} />
    </li>
  );
}

function Together({ data: { correlations } }: { readonly data: DescribedData }): JSX.Element | null {
  const { variables } = correlations;
  if (variables.length < 2) return null;
  return (
    <>
      <h3>How they go together</h3>
      <p>{strongestWords(correlations)} A correlation says nothing of what causes what.</p>
      {variables.length > MOST_CORRELATED ? null : (
        <div class="scroll">
          <CorrelationMatrix correlations={correlations} />
        </div>
      )}
    </>
  );
}
