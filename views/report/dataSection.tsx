import type { JSX } from 'preact';
import type { ColumnSummary } from '../../engine/data/variableType.ts';
import type { RowCount } from '../../engine/estimate/result.ts';
import { NO_NUMBER } from '../../engine/report/numbers.ts';
import { formatCount } from '../numbers.ts';
import { printable } from '../text.ts';
import type { ReportData } from './reportPage.ts';

/** Where the rows come from, how many are used and why not all, and a line on each column. */
export function DataSection(props: {
  readonly data: ReportData;
  readonly rows: RowCount | null;
}): JSX.Element {
  const { data, rows } = props;
  if (data.name === null) return <p>The spec names no data, so nothing was estimated.</p>;
  return (
    <>
      <p>
        <code>{printable(data.name)}</code>
        {rows === null ? '' : `: ${rowWords(rows)}`}
      </p>
      {data.summaries.length === 0 ? null : (
        <div class="scroll">
          <table class="plain">
            <caption>Columns of the data that the spec uses</caption>
            <thead>
              <tr>
                <th scope="col">Column</th>
                <th scope="col">Values</th>
                <th scope="col" class="number">
                  Missing
                </th>
                <th scope="col" class="number">
                  Mean
                </th>
                <th scope="col" class="number">
                  Std. dev.
                </th>
                <th scope="col" class="number">
                  From
                </th>
                <th scope="col" class="number">
                  To
                </th>
              </tr>
            </thead>
            <tbody>
              {data.summaries.map((summary) => (
                <Row key={summary.name} summary={summary} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function rowWords({ read, used, dropped }: RowCount): string {
  const reasons = [
    ...(dropped.where > 0 ? [`${formatCount(dropped.where)} left out by the filter`] : []),
    ...(dropped.missing > 0 ? [`${formatCount(dropped.missing)} with a missing value`] : []),
  ];
  const rest = reasons.length === 0 ? '' : ` (${reasons.join(', ')})`;
  return `${formatCount(read)} rows read, ${formatCount(used)} used${rest}.`;
}

function Row({ summary }: { readonly summary: ColumnSummary }): JSX.Element {
  const { numbers } = summary;
  const shown = (value: number | undefined): string =>
    value === undefined || !Number.isFinite(value) ? NO_NUMBER : String(Number(value.toPrecision(4)));
  return (
    <tr>
      <th scope="row">
        <bdi>{printable(summary.name)}</bdi>
      </th>
      <td>{valueWords(summary)}</td>
      <td class="number">{summary.missing === 0 ? NO_NUMBER : formatCount(summary.missing)}</td>
      <td class="number">{shown(numbers?.mean)}</td>
      <td class="number">{shown(numbers?.sd)}</td>
      <td class="number">{shown(numbers?.min)}</td>
      <td class="number">{shown(numbers?.max)}</td>
    </tr>
  );
}

const LEVELS_SHOWN = 4;
const WIDTH = 96;
const HEIGHT = 20;

/** Levels with their shares, or the shape of the numbers. */
function valueWords({ bins, common, distinct, rows, missing }: ColumnSummary): JSX.Element | string {
  if (bins !== undefined) {
    const most = Math.max(...bins.counts);
    const step = WIDTH / bins.counts.length;
    return (
      <svg class="bars" width={WIDTH} height={HEIGHT} role="img" aria-label={`${distinct} different numbers`}>
        {bins.counts.map((count, i) => {
          const height = most === 0 ? 0 : (HEIGHT * count) / most;
          return (
            <rect
              key={i}
              x={(i * step).toFixed(2)}
              y={(HEIGHT - height).toFixed(2)}
              width={Math.max(step - 0.5, 0.5).toFixed(2)}
              height={height.toFixed(2)}
            />
          );
        })}
      </svg>
    );
  }
  const known = rows - missing;
  const shares = common
    .slice(0, LEVELS_SHOWN)
    .map(({ value, count }) => `${printable(value)}: ${Math.round((100 * count) / Math.max(known, 1))} %`);
  const more = distinct > shares.length ? `, and ${distinct - shares.length} more` : '';
  return `${shares.join(', ')}${more}`;
}
