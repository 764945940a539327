import { useEffect } from 'preact/hooks';
import type { Drawing } from '../../views/drawing.ts';
import { focusTarget } from './targets.ts';
import type { Editing } from './useEditing.ts';

/** Once the picture shows a change, the keyboard goes to what it made; from what it took away, to `fallback`. */
export function useFocusGoal(
  { goal }: Pick<Editing, 'goal'>,
  drawing: Drawing,
  svg: { readonly current: SVGSVGElement | null },
  fallback: string | null,
): void {
  useEffect(() => {
    const { appears, vanishes } = goal.current ?? {};
    const isThere = (name: string): boolean => drawing.nodes.some((node) => node.name === name);
    if (appears !== undefined && isThere(appears)) {
      goal.current = null;
      focusTarget(svg.current, { kind: 'variable', name: appears }, drawing);
    } else if (vanishes !== undefined && !isThere(vanishes)) {
      goal.current = null;
      // Who has gone elsewhere in the meantime stays there.
      if (fallback !== null && document.activeElement === document.body)
        focusTarget(svg.current, { kind: 'variable', name: fallback }, drawing);
    }
  }, [drawing]);
}
