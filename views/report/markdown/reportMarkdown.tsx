/** The report as Markdown: the same in words and tables, with its pictures in files beside it. */

import { rowWords } from '../../data/dataWords.ts';
import { contrastWords, effectGroups, effectTitle } from '../../effects.ts';
import { ForestPlot } from '../../forestPlot.tsx';
import { formatCount } from '../../numbers.ts';
import { contentsOf } from '../contents.ts';
import { variableFacts } from '../dataSection.tsx';
import { isDrawn } from '../estimatesSection.tsx';
import { GraphPicture } from '../graphPicture.tsx';
import type { ReportPage } from '../reportPage.ts';
import { cardMarkdown, estimateTable } from './cardMarkdown.tsx';
import { code, codeBlock, list, plain, prose, table } from './markdownText.ts';
import { createAlbum, type Picture } from './pictures.ts';

export interface MarkdownReport {
  readonly text: string;
  /** To be written where `text` looks for them; empty where none are wanted. */
  readonly pictures: readonly Picture[];
}

/** `folder` is where the pictures will be, as a path from the text with `/` between its parts; null leaves them out. Ends with a line break. */
export function reportMarkdown(page: ReportPage, folder: string | null): MarkdownReport {
  const album = createAlbum(folder);
  const blocks = [
    `# ${plain(page.title)}`,
    prose(page.question),
    page.faults.length === 0
      ? ''
      : list(
          page.faults.map(
            ({ severity, line, message }) =>
              `**${severity === 'error' ? 'Error' : 'Warning'} in line ${line}:** ${prose(message)}`,
          ),
        ),
    ...contentsOf(page).flatMap(({ id, title }) => [
      `## ${title}`,
      ...(sections[id]?.(page, album.add) ?? []),
    ]),
  ];
  const text = blocks.filter((block) => block !== '').join('\n\n');
  return { text: `${text}\n`, pictures: album.pictures() };
}

type Add = ReturnType<typeof createAlbum>['add'];
type Section = (page: ReportPage, add: Add) => readonly string[];

const sections: Readonly<Record<string, Section>> = {
  graph: ({ drawing, undrawn, assumptions }, add) => [
    drawing === null
      ? plain(undrawn)
      : add('graph', 'The graph', <GraphPicture drawing={drawing} undrawn="" />),
    ...(assumptions.length === 0
      ? []
      : [
          '### Why the arrows are there',
          list(assumptions.map(({ arrow, note }) => `${plain(arrow)}: ${plain(note)}`)),
        ]),
  ],
  identification: ({ verdict, ways, roles }) => [
    `**${prose(verdict.headline)}**`,
    ...verdict.details.map(prose),
    ways.length === 0 ? '' : list(ways.map(({ name, text }) => `${plain(name)}: ${plain(text)}`)),
    roles.length === 0
      ? ''
      : table(
          ['Variable', 'Role', 'Why'],
          roles.map(({ name, role, description, note }) => [
            `**${plain(name)}**${note === '' ? '' : ` ${plain(note)}`}`,
            plain(role),
            prose(description),
          ]),
        ),
  ],
  data: ({ data, roles }) => {
    if (data.name === null) return ['The spec names no data, so nothing was estimated.'];
    const { described } = data;
    if (described === null) return [code(data.name), prose(data.unread)];
    return [
      `${code(data.name)}: ${plain(rowWords(described.rows, described.complete))}`,
      ...described.suspicions.map(({ message }) => `**Caution** ${prose(message)}`),
      table(
        ['Variable', 'Role', 'Kind', 'What it holds'],
        described.variables.map((summary) => [
          `**${plain(summary.name)}**`,
          roles.find(({ name }) => name === summary.name)?.role ?? '',
          summary.kind,
          plain(variableFacts(described, summary).join('; ')),
        ]),
      ),
    ];
  },
  estimates: (page, add) => {
    if (page.report === null) return [prose(page.failure)];
    const groups = effectGroups(page.report.estimates);
    if (groups.length === 0) return ['There was nothing to estimate: no method fits this model.'];
    return groups.flatMap((group, place) => {
      const title = effectTitle(group);
      const contrast = contrastWords(group);
      const plot = <ForestPlot estimates={group.estimates} width={860} label={`Forest plot. ${title}`} />;
      return [
        `### ${plain(title)}${contrast === '' ? '' : ` (${plain(contrast)})`}`,
        isDrawn(group) ? add(`forest-${place + 1}`, `Forest plot. ${title}`, plot) : '',
        estimateTable(group),
        ...cardMarkdown(group, place, add),
      ];
    });
  },
  expected: ({ tests }) => [
    table(
      ['Must hold', 'Does it?', 'What was found'],
      tests.map(({ name, status, message }) => [
        plain(name),
        { passed: '✓ holds', failed: '✗ fails', skipped: '– not counted' }[status],
        prose(message),
      ]),
    ),
  ],
  methods: ({ methods }) => methods.split('\n\n').map((paragraph) => `> ${plain(paragraph)}`),
  reproduce: ({ reproduction, data, spec }) => [
    'The same spec, data, seed and version give the same numbers to the last bit.',
    codeBlock(reproduction.command, 'sh'),
    list([
      `causal: ${code(reproduction.version)}`,
      `Node: ${code(reproduction.node)}`,
      `SHA-256 of the spec: ${code(reproduction.specHash)}`,
      ...(reproduction.dataHash === null ? [] : [`SHA-256 of the data: ${code(reproduction.dataHash)}`]),
      ...(data.rows === null ? [] : [`Rows of the data: ${formatCount(data.rows)}`]),
    ]),
    '### The spec',
    codeBlock(spec, 'causal'),
  ],
};
