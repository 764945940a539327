import type { Host } from '../host.ts';
import { pngOf } from './pngOf.ts';
import { standaloneSvg } from './standaloneSvg.ts';

export type PictureFormat = 'svg' | 'png';

/**
 * Saves a picture of the page as it would look on paper: dark on white, whatever the editor's theme. Gives what to say of it, null where the
 * person changed their mind.
 */
export async function savePicture(
  host: Host,
  picture: SVGSVGElement,
  name: string,
  format: PictureFormat,
): Promise<string | null> {
  const svg = onPaper(picture);
  const content = format === 'svg' ? svg : await pngOf(svg);
  const saved = await host.ask('save', { name, format, content });
  return saved === null ? null : `Saved as ${saved}.`;
}

/** The document of a copy that is put on paper for as long as it takes to read its colours. */
function onPaper(picture: SVGSVGElement): string {
  const paper = document.createElement('div');
  paper.className = 'on-paper';
  paper.setAttribute('aria-hidden', 'true');
  paper.append(picture.cloneNode(true));
  document.body.append(paper);
  try {
    const svg = paper.querySelector('svg');
    if (svg === null) throw new Error('There is no picture to save.');
    return standaloneSvg(svg, getComputedStyle(paper).backgroundColor);
  } finally {
    paper.remove();
  }
}
