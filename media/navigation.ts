/** Where the arrow keys lead from a variable. */

import type { Drawing, DrawnNode, Point } from '../views/drawing.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

const KEYS: ReadonlyMap<string, Direction> = new Map([
  ['ArrowLeft', 'left'],
  ['ArrowRight', 'right'],
  ['ArrowUp', 'up'],
  ['ArrowDown', 'down'],
]);

/** The direction of an arrow key; undefined for any other key. */
export function directionOf(key: string): Direction | undefined {
  return KEYS.get(key);
}

function middle(node: DrawnNode): Point {
  return { x: node.x + node.width / 2, y: node.y + node.height / 2 };
}

/** How far off `to` lies seen from `from` in a direction: along it, and doubly across it. Infinite for what lies the other way. */
function effort(from: Point, to: Point, direction: Direction): number {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const along = { left: -dx, right: dx, up: -dy, down: dy }[direction];
  const across = direction === 'left' || direction === 'right' ? Math.abs(dy) : Math.abs(dx);
  return along <= 1 ? Infinity : along + 2 * across;
}

function nearest(from: DrawnNode, candidates: readonly DrawnNode[], direction: Direction): DrawnNode | null {
  let best: DrawnNode | null = null;
  let least = Infinity;
  for (const candidate of candidates) {
    const price = effort(middle(from), middle(candidate), direction);
    if (price < least) {
      least = price;
      best = candidate;
    }
  }
  return best;
}

/**
 * The variable that an arrow key leads to: right along an arrow to an effect and left to a cause where there is one that way, else
 * whichever lies nearest; up and down to the nearest. In a drawing from top to bottom down and up follow the arrows. Null where nothing
 * lies that way.
 */
export function neighbour(drawing: Drawing, name: string, direction: Direction): string | null {
  const from = drawing.nodes.find((node) => node.name === name);
  if (from === undefined) return null;
  const [ahead, back] = drawing.direction === 'down' ? ['down', 'up'] : ['right', 'left'];
  const linked = new Set(
    drawing.edges.flatMap((edge) => {
      if (direction === ahead && edge.from === name) return [edge.to];
      return direction === back && edge.to === name ? [edge.from] : [];
    }),
  );
  const others = drawing.nodes.filter((node) => node !== from);
  const along = others.filter((node) => linked.has(node.name));
  return (nearest(from, along, direction) ?? nearest(from, others, direction))?.name ?? null;
}
