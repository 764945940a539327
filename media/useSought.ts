import { useEffect, useRef } from 'preact/hooks';
import type { View } from './useView.ts';

/** Goes to the variable that is sought as soon as it is in the picture, once for each request. */
export function useSought(sought: { readonly name: string } | null, view: View): void {
  const done = useRef(sought);
  useEffect(() => {
    if (sought === done.current || sought === null) return;
    const node = view.painted.nodes.find(({ name }) => name === sought.name);
    if (node === undefined) return;
    done.current = sought;
    view.lookAt(node);
  });
}
