/** What stands beside the title of a figure: nothing in a report; on the page, what saves the picture. */

import { createContext, type JSX } from 'preact';
import { useContext } from 'preact/hooks';

/** Given a figure's title, after which a file may be named. It finds its picture within the `<figure>` around it. */
export const FigureTools = createContext<(title: string) => JSX.Element | null>(() => null);

/** Goes into a `<figure>` that holds one picture as an `<svg>`. */
export function FigureTool({ title }: { readonly title: string }): JSX.Element | null {
  return useContext(FigureTools)(title);
}
