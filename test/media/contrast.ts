/**
 * Runs in the page: every text whose contrast with what is behind it is below 4.5:1, with that contrast. It has to be one function without
 * imports, since it is sent to the browser as text.
 */
export function faintTexts(): { readonly read: number; readonly faint: readonly string[] } {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (canvas === null) return { read: 0, faint: [] };

  /** Red, green, blue and opacity of any CSS colour, 0 to 255. */
  const channels = (color: string): readonly number[] => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (color: readonly number[]): number => {
    const [r, g, b] = color.map((value) => {
      const share = value / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element: Element): readonly number[] => {
    const outline = element.closest('.node')?.querySelector('.outline');
    if (outline) return channels(getComputedStyle(outline).fill);
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      const color = channels(getComputedStyle(at).backgroundColor);
      if (color[3] === 255) return color;
    }
    return channels(getComputedStyle(document.body).backgroundColor);
  };

  const over = (color: readonly number[], ground: readonly number[]): readonly number[] =>
    [0, 1, 2].map((i) => (color[i] * color[3] + ground[i] * (255 - color[3])) / 255);

  let read = 0;
  const faint: string[] = [];
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some((child) => child.nodeType === 3 && child.nodeValue?.trim());
    const style = getComputedStyle(element);
    const hidden = element.closest('title, script, .visually-hidden, :disabled') !== null;
    if (!own || hidden || element.getClientRects().length === 0) continue;
    const color = channels(element instanceof SVGElement ? style.fill : style.color);
    const ground = behind(element);
    read++;
    const [low, high] = [luminance(over(color, ground)), luminance(ground.slice(0, 3))].sort((a, b) => a - b);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < 4.5) faint.push(`${element.textContent?.slice(0, 40)}: ${ratio.toFixed(2)}`);
  }
  return { read, faint };
}
