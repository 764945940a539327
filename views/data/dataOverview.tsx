/** The whole of what is shown of data, to be printed: rows, suspicions, every variable, and how the numbers go together. */

import type { JSX } from 'preact';
import type { DescribedData } from '../../engine/data/profile/described.ts';
import { Prose } from '../prose.tsx';
import { printable } from '../text.ts';
import { CorrelationMatrix, strongestWords } from './correlationMatrix.tsx';
import { CORRELATION_WORDS, readingWords, rowWords, splitWords } from './dataWords.ts';
import { RowsBar } from './rowsBar.tsx';
import { VariableFigure } from './variableFigure.tsx';

const SPREAD_WIDTH = 250;

/** Its style is `dataStyle` together with that of plots; `width` is that of the page, in pixels. */
export function DataOverview(props: { readonly data: DescribedData; readonly width: number }): JSX.Element {
  const { data, width } = props;
  const { byArm, correlations, suspicions, variables } = data;
  return (
    <div class="data">
      <p>{rowWords(data.rows, data.complete)}</p>
      <RowsBar rows={data.rows} complete={data.complete} width={width} />
      {byArm === null ? null : (
        <p>
          {splitWords(byArm.split)} {readingWords(byArm.split)}
        </p>
      )}
      {suspicions.length === 0 ? null : (
        <ul>
          {suspicions.map(({ code, variable, message }) => (
            <li key={`${code} ${variable}`}>
              <Prose text={message} />
            </li>
          ))}
        </ul>
      )}
      <ul class="cards">
        {variables.map((summary) => (
          <li key={summary.name} class="card">
            <div class="card-head">
              <strong>
                <bdi>{printable(summary.name)}</bdi>
              </strong>{' '}
              <span class="quiet">{summary.kind}</span>
            </div>
            <VariableFigure data={data} summary={summary} width={SPREAD_WIDTH} />
          </li>
        ))}
      </ul>
      {correlations.variables.length < 2 ? null : (
        <>
          <p>
            {CORRELATION_WORDS} {strongestWords(correlations)}
          </p>
          <div class="scroll">
            <CorrelationMatrix correlations={correlations} />
          </div>
        </>
      )}
    </div>
  );
}
