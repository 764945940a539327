import { Uri, window, workspace } from 'vscode';
import { baseName } from '../graphFiles.ts';
import type { Answerer } from './answerer.ts';

/** Characters of the largest picture that is taken: more is no picture of this page. */
const LARGEST = 64_000_000;

/** The first eight bytes of a PNG in base64, but for the bits that the ninth has part in. */
const PNG_START = 'iVBORw0KGg';

function isPicture(format: unknown, content: string): format is 'svg' | 'png' {
  if (format === 'svg') return /^<(?:svg[\s/>]|\?xml\s)/.test(content);
  return format === 'png' && content.startsWith(PNG_START) && /^[A-Za-z0-9+/]+={0,2}$/.test(content);
}

/** What of a title can stand in the name of a file on every system. */
export function fileStem(title: string): string {
  const plain = title
    .normalize('NFC')
    .replace(/[^\p{Letter}\p{Mark}\p{Number}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return [...plain].slice(0, 60).join('').replace(/-+$/, '') || 'picture';
}

/** Saves a picture of the page where the person says. */
export const save: Answerer<'save'> = {
  read: ({ name, format, content }) => {
    if (typeof name !== 'string' || name.length > 1000) return null;
    if (typeof content !== 'string' || content.length > LARGEST || !isPicture(format, content)) return null;
    return { name, format, content };
  },
  answer: async ({ name, format, content }, { spec }) => {
    const folder = spec.scheme === 'file' ? Uri.joinPath(spec, '..') : workspace.workspaceFolders?.[0]?.uri;
    const stem = `${baseName(spec.path).replace(/\.causal$/i, '')}-${fileStem(name)}`;
    const file = await window.showSaveDialog({
      title: `Save as ${format.toUpperCase()}`,
      filters: format === 'svg' ? { SVG: ['svg'] } : { PNG: ['png'] },
      ...(folder === undefined ? {} : { defaultUri: Uri.joinPath(folder, `${stem}.${format}`) }),
    });
    if (file === undefined) return null;
    // A spec that somebody has written is not written over.
    if (/\.causal$/i.test(file.path))
      throw new Error(`${baseName(file.path)} would be a spec. Choose a name that ends in .${format}.`);
    await workspace.fs.writeFile(file, bytesOf(format, content));
    return baseName(file.path);
  },
};

function bytesOf(format: 'svg' | 'png', content: string): Uint8Array {
  return format === 'svg'
    ? new TextEncoder().encode(content)
    : new Uint8Array(Buffer.from(content, 'base64'));
}
