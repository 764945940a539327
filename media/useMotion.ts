import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Drawing, Point } from '../views/drawing.ts';
import { between, movedDrawing } from '../views/tween.ts';

const DURATION = 190;
/** Above this number of variables the steps between would cost more than they show. */
const MOST = 120;

function still(): boolean {
  return (
    document.body.classList.contains('vscode-reduce-motion') ||
    window.matchMedia('(prefers-reduced-motion: reduce)').matches
  );
}

function eased(t: number): number {
  return 1 - (1 - t) ** 3;
}

/**
 * The drawing to paint now: the given one, or when it has just changed a step on the way to it. `follow` is told of each change before
 * the first step, and answers by how much the old drawing is to be moved so that it lies on the new one.
 */
export function useMotion(target: Drawing, follow: (before: Drawing, after: Drawing) => Point): Drawing {
  const [painted, setPainted] = useState(target);
  const current = useRef(target);
  const following = useRef(follow);
  following.current = follow;
  useLayoutEffect(() => {
    const before = current.current;
    if (before === target) return;
    const from = movedDrawing(before, following.current(before, target));
    const paint = (drawing: Drawing): void => {
      current.current = drawing;
      setPainted(drawing);
    };
    if (still() || target.nodes.length > MOST || before.nodes.length === 0) {
      paint(target);
      return;
    }
    const start = performance.now();
    let frame = 0;
    const step = (now: number): void => {
      const t = Math.min(1, Math.max(0, (now - start) / DURATION));
      paint(t === 1 ? target : between(from, target, eased(t)));
      if (t < 1) frame = requestAnimationFrame(step);
    };
    step(start);
    return () => cancelAnimationFrame(frame);
  }, [target]);
  return painted;
}
