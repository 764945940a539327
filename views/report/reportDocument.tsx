/** The report as one page of HTML that needs nothing else: no scripts, links, fonts or network. */

import type { ComponentChildren, JSX } from 'preact';
import { renderToStaticMarkup } from 'preact-render-to-string';
import { formatCount } from '../numbers.ts';
import { Prose } from '../prose.tsx';
import { printable } from '../text.ts';
import { contentsOf, type Entry } from './contents.ts';
import { DataSection } from './dataSection.tsx';
import { EstimatesSection } from './estimatesSection.tsx';
import { GraphPicture } from './graphPicture.tsx';
import { IdentificationSection } from './identificationSection.tsx';
import type { ReportPage } from './reportPage.ts';
import { reportStyle } from './reportStyle.ts';

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

function Section(props: {
  readonly id: string;
  readonly title: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <section id={props.id}>
      <h2>{props.title}</h2>
      {props.children}
    </section>
  );
}

/** What stands in a section, by its place in the contents. */
function Content({ id, page }: { readonly id: string; readonly page: ReportPage }): JSX.Element | null {
  switch (id) {
    case 'graph':
      return (
        <>
          <GraphPicture drawing={page.drawing} undrawn={page.undrawn} />
          <Assumptions page={page} />
        </>
      );
    case 'identification':
      return <IdentificationSection page={page} />;
    case 'data':
      return <DataSection data={page.data} roles={page.roles} />;
    case 'estimates':
      return <EstimatesSection page={page} />;
    case 'expected':
      return <Tests tests={page.tests} />;
    case 'methods':
      return <Methods text={page.methods} />;
    case 'reproduce':
      return <HowTo page={page} />;
    default:
      return null;
  }
}

function Report({ page }: { readonly page: ReportPage }): JSX.Element {
  const contents = contentsOf(page);
  return (
    <main>
      <h1>
        <bdi>{printable(page.title)}</bdi>
      </h1>
      <p class="lead">
        <Prose text={page.question} />
      </p>
      {page.faults.length === 0 ? null : <Faults faults={page.faults} />}
      <nav aria-label="Contents">
        <Entries entries={contents} />
      </nav>
      {contents.map(({ id, title }) => (
        <Section key={id} id={id} title={title}>
          <Content id={id} page={page} />
        </Section>
      ))}
    </main>
  );
}

function Entries({ entries }: { readonly entries: readonly Entry[] }): JSX.Element {
  return (
    <ul>
      {entries.map(({ id, title, entries: within }) => (
        <li key={id}>
          <a href={`#${id}`}>
            <bdi>{title}</bdi>
          </a>
          {within.length === 0 ? null : <Entries entries={within} />}
        </li>
      ))}
    </ul>
  );
}

/** For a paper: what was done, in running text. */
function Methods({ text }: { readonly text: string }): JSX.Element {
  return (
    <>
      <p class="quiet">To be copied into a paper, and mended there: what it cannot know is why.</p>
      {text.split('\n\n').map((paragraph) => (
        <blockquote key={paragraph}>{printable(paragraph)}</blockquote>
      ))}
    </>
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
              <td class={`verdict-word ${status}`}>{MARKS[status]}</td>
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
