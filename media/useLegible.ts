import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/** Below these scales captions, and names too, are too small to be read, and would cost the time of painting them all the same. */
const NO_CAPTIONS = 0.5;
const NO_NAMES = 0.28;

/** Marks a picture in which captions (class `far`) and names (`farther`) are too small to be read, so that they are left out. */
export function useLegible(svg: RefObject<SVGSVGElement | null>, scale: number): void {
  useLayoutEffect(() => {
    svg.current?.classList.toggle('far', scale < NO_CAPTIONS);
    svg.current?.classList.toggle('farther', scale < NO_NAMES);
  }, [svg, scale]);
}
