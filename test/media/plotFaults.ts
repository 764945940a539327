/** What may be wrong with a plot and shows in a browser alone. Each runs in the page, and so is one function without imports. */

/** Lines and outlines whose contrast with the page is below 3:1; grid lines are meant to be faint. */
export function faintLines(): readonly string[] {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (canvas === null) return ['no canvas'];
  const luminance = (color: string): number => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((value) => {
      const share = value / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paper = luminance(getComputedStyle(document.body).backgroundColor);
  const faults = new Set<string>();
  for (const mark of document.querySelectorAll('.plot path, .plot rect, .plot circle')) {
    const name = mark.getAttribute('class') ?? 'nameless';
    const { stroke, fill, fillOpacity } = getComputedStyle(mark);
    const isSolid = fill !== 'none' && Number(fillOpacity) === 1;
    const color = stroke !== 'none' && !['after', 'point'].includes(name) ? stroke : isSolid ? fill : null;
    if (color === null) {
      if (!['band', 'region', 'hover'].includes(name)) faults.add(`${name}: has no colour`);
      continue;
    }
    if (name === 'rule' || name === 'hover') continue;
    const [low, high] = [luminance(color), paper].sort((a, b) => a - b);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < 3) faults.add(`${name}: ${ratio.toFixed(2)}`);
  }
  return [...faults];
}

/** Texts that leave their plot, or cover one another by more than two pixels. */
export function collisions(): readonly string[] {
  const faults: string[] = [];
  for (const plot of document.querySelectorAll('.plot')) {
    const name = plot.getAttribute('aria-label')?.slice(0, 30);
    const sheet = plot.getBoundingClientRect();
    const texts = [...plot.querySelectorAll('text')].map((text) => {
      const box = text.getBoundingClientRect();
      // The line's box is taller than its letters.
      const slack = box.height * 0.22;
      return {
        words: text.textContent ?? '',
        left: box.left,
        right: box.right,
        top: box.top + slack,
        bottom: box.bottom - slack,
      };
    });
    for (const [i, one] of texts.entries()) {
      const isOut =
        one.left < sheet.left - 1 ||
        one.right > sheet.right + 1 ||
        one.top < sheet.top - 1 ||
        one.bottom > sheet.bottom + 1;
      if (isOut) faults.push(`${name}: "${one.words}" is cut off`);
      for (const other of texts.slice(i + 1)) {
        const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        if (across > 2 && down > 0) faults.push(`${name}: "${one.words}" and "${other.words}" meet`);
      }
    }
  }
  return faults;
}
