import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitted, panned, revealing, zoomed } from '../../media/viewport.ts';

const PANEL = { width: 640, height: 400 };

describe('fitted', () => {
  test('shows the whole drawing in the middle', () => {
    const drawing = { width: 1200, height: 300 };
    const view = fitted(drawing, PANEL);
    expect(view.x).toBeGreaterThan(0);
    expect(view.x * 2 + drawing.width * view.scale).toBeCloseTo(PANEL.width);
    expect(view.y * 2 + drawing.height * view.scale).toBeCloseTo(PANEL.height);
  });

  test('does not blow up a small graph, and lives with an empty one', () => {
    expect(fitted({ width: 90, height: 50 }, PANEL).scale).toBeLessThan(1.5);
    expect(Number.isFinite(fitted({ width: 0, height: 0 }, { width: 0, height: 0 }).scale)).toBe(true);
  });
});

test('zooming keeps the point under the pointer', () => {
  const coordinate = fc.double({ min: -500, max: 500, noNaN: true });
  fc.assert(
    fc.property(
      coordinate,
      coordinate,
      fc.double({ min: 0.1, max: 10, noNaN: true }),
      fc.double({ min: 0.1, max: 3, noNaN: true }),
      (px, py, factor, scale) => {
        const view = { x: 13, y: -7, scale };
        const next = zoomed(view, { x: px, y: py }, factor);
        expect((px - next.x) / next.scale).toBeCloseTo((px - view.x) / view.scale, 6);
        expect((py - next.y) / next.scale).toBeCloseTo((py - view.y) / view.scale, 6);
        expect(next.scale).toBeGreaterThanOrEqual(0.02);
        expect(next.scale).toBeLessThanOrEqual(4);
      },
    ),
  );
});

describe('revealing', () => {
  const box = { x: 100, y: 50, width: 90, height: 50 };

  test('leaves alone what is in view', () => {
    const view = { x: 20, y: 20, scale: 1 };
    expect(revealing(view, box, PANEL)).toEqual(view);
  });

  test.each([
    [-900, 0],
    [900, 0],
    [0, -700],
    [0, 700],
  ])('brings back what is out of view by %d, %d', (dx, dy) => {
    const view = revealing(panned({ x: 20, y: 20, scale: 1 }, dx, dy), box, PANEL);
    expect(box.x + view.x).toBeGreaterThanOrEqual(0);
    expect(box.y + view.y).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width + view.x).toBeLessThanOrEqual(PANEL.width);
    expect(box.y + box.height + view.y).toBeLessThanOrEqual(PANEL.height);
  });
});
