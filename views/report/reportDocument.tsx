/** The report as one page of HTML that needs nothing else: no scripts, links, fonts or network. */

import type { ComponentChildren, JSX } from 'preact';
import { renderToStaticMarkup } from 'preact-render-to-string';
import { contrastWords, effectGroups, effectTitle } from '../effects.ts';
import { EstimateTable } from '../estimateTable.tsx';
import { ForestPlot } from '../forestPlot.tsx';
import { formatCount } from '../numbers.ts';
import { Prose } from '../prose.tsx';
import { printable } from '../text.ts';
import { DataSection } from './dataSection.tsx';
import { GraphPicture } from './graphPicture.tsx';
import type { ReportPage } from './reportPage.ts';
import { reportStyle } from './reportStyle.ts';

const PLOT_WIDTH = 860;

/** A whole HTML document in UTF-8, as text. The same page gives the same bytes. */
export function reportDocument(page: ReportPage): string {
  const body = renderToStaticMarkup(<Report page={page} />);
  const title = renderToStaticMarkup(<title>{printable(page.title)}</title>);
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    title,
    `<style>${reportStyle()}</style>`,
    '</head>',
    `<body>${body}</body>`,
    '</html>',
    '',
  ].join('\n');
}

function Section(props: { readonly title: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <section>
      <h2>{props.title}</h2>
      {props.children}
    </section>
  );
}

function Report({ page }: { readonly page: ReportPage }): JSX.Element {
  return (
    <main>
      <h1>
        <bdi>{printable(page.title)}</bdi>
      </h1>
      <p class="lead">
        <Prose text={page.question} />
      </p>
      {page.faults.length === 0 ? null : <Faults faults={page.faults} />}
      <Section title="The graph">
        <GraphPicture drawing={page.drawing} undrawn={page.undrawn} />
        <Assumptions page={page} />
      </Section>
      <Section title="What the graph identifies">
        <Verdict page={page} />
      </Section>
      <Section title="The data">
        <DataSection data={page.data} rows={page.report?.rows ?? null} />
      </Section>
      <Section title="Estimates">
        <Estimates page={page} />
      </Section>
      {page.tests.length === 0 ? null : (
        <Section title="What was expected">
          <Tests tests={page.tests} />
        </Section>
      )}
      <Section title="How to reproduce this">
        <HowTo page={page} />
      </Section>
    </main>
  );
}

function Faults({ faults }: { readonly faults: ReportPage['faults'] }): JSX.Element {
  return (
    <ul>
      {faults.map(({ severity, line, message }) => (
        <li key={`${line} ${message}`}>
          <strong class={severity === 'error' ? 'failed' : ''}>
            {severity === 'error' ? 'Error' : 'Warning'} in line {line}:
          </strong>{' '}
          <Prose text={message} />
        </li>
      ))}
    </ul>
  );
}

function Verdict({ page }: { readonly page: ReportPage }): JSX.Element {
  return (
    <>
      <p class="headline">
        <Prose text={page.verdict.headline} />
      </p>
      {page.verdict.details.map((detail) => (
        <p key={detail}>
          <Prose text={detail} />
        </p>
      ))}
      {page.ways.length === 0 ? null : (
        <dl>
          {page.ways.map(({ name, text }) => (
            <>
              <dt>{name}</dt>
              <dd>{printable(text)}</dd>
            </>
          ))}
        </dl>
      )}
      {page.roles.length === 0 ? null : (
        <div class="scroll">
          <table class="plain">
            <caption>What each variable is for the effect</caption>
            <thead>
              <tr>
                <th scope="col">Variable</th>
                <th scope="col">Role</th>
                <th scope="col">Why</th>
              </tr>
            </thead>
            <tbody>
              {page.roles.map(({ name, role, description, note }) => (
                <tr key={name}>
                  <th scope="row">
                    <bdi>{printable(name)}</bdi>
                    {note === '' ? null : <div class="quiet">{printable(note)}</div>}
                  </th>
                  <td>{role}</td>
                  <td>
                    <Prose text={description} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function Assumptions({ page }: { readonly page: ReportPage }): JSX.Element | null {
  if (page.assumptions.length === 0) return null;
  return (
    <>
      <h3>Why the arrows are there</h3>
      <ul>
        {page.assumptions.map(({ arrow, note }) => (
          <li key={arrow}>
            <bdi>{printable(arrow)}</bdi>: {printable(note)}
          </li>
        ))}
      </ul>
    </>
  );
}

function Estimates({ page }: { readonly page: ReportPage }): JSX.Element {
  if (page.report === null)
    return (
      <p class="headline doubt">
        <Prose text={page.failure} />
      </p>
    );
  return (
    <>
      {effectGroups(page.report.estimates).map((group) => {
        const title = effectTitle(group);
        const contrast = contrastWords(group);
        const drawn = group.estimates.some((one) => one.kind === 'estimate' && Number.isFinite(one.estimate));
        return (
          <section key={title}>
            <h3>
              {title} {contrast === '' ? null : <span class="quiet">{contrast}</span>}
            </h3>
            {drawn ? (
              <div class="scroll">
                <ForestPlot estimates={group.estimates} width={PLOT_WIDTH} label={`Forest plot. ${title}`} />
              </div>
            ) : null}
            <div class="scroll">
              <EstimateTable estimates={group.estimates} caption={title} />
            </div>
          </section>
        );
      })}
    </>
  );
}

const MARKS = { passed: '✓ holds', failed: '✗ fails', skipped: '– not counted' } as const;

function Tests({ tests }: { readonly tests: ReportPage['tests'] }): JSX.Element {
  return (
    <div class="scroll">
      <table class="plain">
        <caption>Tests</caption>
        <thead>
          <tr>
            <th scope="col">Must hold</th>
            <th scope="col">Does it?</th>
            <th scope="col">What was found</th>
          </tr>
        </thead>
        <tbody>
          {tests.map(({ name, status, message }, i) => (
            <tr key={i}>
              <th scope="row">{printable(name)}</th>
              <td class={status} style="white-space:nowrap">
                {MARKS[status]}
              </td>
              <td>
                <Prose text={message} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function HowTo({ page }: { readonly page: ReportPage }): JSX.Element {
  const { command, version, node, specHash, dataHash } = page.reproduction;
  const facts: readonly (readonly [string, string])[] = [
    ['causal', version],
    ['Node', node],
    ['SHA-256 of the spec', specHash],
    ...(dataHash === null ? [] : [['SHA-256 of the data', dataHash] as const]),
    ...(page.data.rows === null ? [] : [['Rows of the data', formatCount(page.data.rows)] as const]),
  ];
  return (
    <>
      <p>The same spec, data, seed and version give the same numbers to the last bit.</p>
      <pre>{printable(command)}</pre>
      <dl>
        {facts.map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>
              <code>{value}</code>
            </dd>
          </>
        ))}
      </dl>
      <h3>The spec</h3>
      <pre>{page.spec}</pre>
    </>
  );
}
