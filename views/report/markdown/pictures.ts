/** The pictures of a Markdown report, gathered as its text is written. */

import type { JSX } from 'preact';
import { plain } from './markdownText.ts';
import { pictureDocument } from './pictureDocument.tsx';

export interface Picture {
  /** Name of its file, without a folder. */
  readonly file: string;
  readonly svg: string;
}

export interface Album {
  /** Takes up a picture, and gives the line that shows it; an empty one where pictures are left out. */
  readonly add: (name: string, title: string, picture: JSX.Element) => string;
  readonly pictures: () => readonly Picture[];
}

/** `folder` as a path from the text; null leaves all pictures out. */
export function createAlbum(folder: string | null): Album {
  const pictures: Picture[] = [];
  return {
    add: (name, title, picture) => {
      if (folder === null) return '';
      const file = `${name}.svg`;
      pictures.push({ file, svg: pictureDocument(picture) });
      const address = [...folder.split('/'), file].map(encodeURIComponent).join('/');
      return `![${plain(title)}](${address})`;
    },
    pictures: () => pictures,
  };
}
