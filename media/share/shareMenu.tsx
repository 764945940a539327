/** What can be taken away from the view: the graph as a text or a picture, the paragraph on methods, scripts for other tools. */

import { type JSX, render } from 'preact';
import type { Drawing } from '../../views/drawing.ts';
import { GraphPicture } from '../../views/report/graphPicture.tsx';
import type { Host } from '../host.ts';
import { Icon } from '../icons.tsx';
import { ErrandWord } from './errandWord.tsx';
import { MenuButton } from './menuButton.tsx';
import { type PictureFormat, savePicture } from './savePicture.ts';
import { useErrand } from './useErrand.ts';

/** What the extension is asked for, and how that is called. */
const GRAPHS = [
  ['dagitty', 'DAGitty'],
  ['dot', 'DOT (Graphviz)'],
  ['mermaid', 'Mermaid'],
  ['tikz', 'TikZ (LaTeX)'],
] as const;

const SCRIPTS = [
  ['code:dowhy', 'Python for DoWhy'],
  ['code:dagitty', 'R for dagitty'],
  ['code:fixest', 'R for fixest'],
] as const;

async function copyText(host: Host, what: string, title: string): Promise<string> {
  const { text, notes } = await host.ask('text', { what });
  await host.ask('copy', { text });
  return [`${title} is on the clipboard.`, ...notes].join(' ');
}

/** The graph with its key, as the report shows it. */
async function saveGraph(host: Host, drawing: Drawing | null, format: PictureFormat): Promise<string | null> {
  if (drawing === null) throw new Error('There is no graph to save yet.');
  const sheet = document.createElement('div');
  render(<GraphPicture drawing={drawing} undrawn="" />, sheet);
  const picture = sheet.querySelector('svg');
  if (picture === null) throw new Error('There is no graph to save yet.');
  return savePicture(host, picture, 'graph', format);
}

/** A button with a menu, and what came of the last choice. */
export function ShareMenu(props: { readonly host: Host; readonly drawing: Drawing | null }): JSX.Element {
  const { host, drawing } = props;
  const { word, run } = useErrand();
  const copying = (entries: readonly (readonly [what: string, title: string])[]) =>
    entries.map(([what, title]) => ({ label: title, act: () => run(() => copyText(host, what, title)) }));
  const saving = (format: PictureFormat) => (): void => run(() => saveGraph(host, drawing, format));
  return (
    <div class="share">
      <ErrandWord word={word} />
      <MenuButton
        label="Share: copy or save"
        buttonClass="tool wide"
        groups={[
          { title: 'Copy the graph as', items: copying(GRAPHS) },
          {
            title: 'Copy the analysis as',
            items: [...copying([['method', 'Paragraph on methods']]), ...copying(SCRIPTS)],
          },
          {
            title: 'Save the graph as',
            items: [
              { label: 'SVG…', act: saving('svg') },
              { label: 'PNG…', act: saving('png') },
            ],
          },
        ]}
      >
        <Icon name="share" /> Share
      </MenuButton>
    </div>
  );
}
