/** A picture of the page as an SVG document of its own: what the style sheet says of it is written into it. */

/** Properties that a picture's look depends on, with what they are where nobody says anything. */
const LOOKS: readonly (readonly [property: string, initial: string, inherited: boolean])[] = [
  ['fill', 'rgb(0, 0, 0)', true],
  ['fill-opacity', '1', true],
  ['stroke', 'none', true],
  ['stroke-width', '1px', true],
  ['stroke-opacity', '1', true],
  ['stroke-dasharray', 'none', true],
  ['stroke-linecap', 'butt', true],
  ['stroke-linejoin', 'miter', true],
  ['paint-order', 'normal', true],
  ['font-size', '', true],
  ['font-weight', '400', true],
  ['font-style', 'normal', true],
  ['text-anchor', 'start', true],
  ['dominant-baseline', 'auto', true],
  ['opacity', '1', false],
  ['visibility', 'visible', true],
];

const FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

const KEPT: ReadonlySet<string> = new Set(
  'd x y x1 y1 x2 y2 cx cy r rx ry dx dy width height points transform viewBox id clip-path offset preserveAspectRatio'.split(
    ' ',
  ),
);

/**
 * The document as text, on a ground of the colour `paper`, in the colours that the picture has on the page now. `svg` must be in the
 * page, or it has no colours. Programs that know neither style sheets nor variables read it too.
 */
export function standaloneSvg(svg: SVGSVGElement, paper: string): string {
  const { width, height } = sizeOf(svg);
  const copy = copied(svg, null);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  // Within, on the page, there may be buttons; here nothing can be pressed.
  copy.setAttribute('role', 'img');
  copy.setAttribute('aria-label', svg.getAttribute('aria-label') ?? '');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  if (!copy.hasAttribute('viewBox')) copy.setAttribute('viewBox', `0 0 ${width} ${height}`);
  copy.setAttribute('font-family', FONTS);
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  const [x = 0, y = 0, w = width, h = height] = (copy.getAttribute('viewBox') ?? '').split(' ').map(Number);
  for (const [name, value] of Object.entries({ x, y, width: w, height: h, fill: hexOf(paper).color }))
    ground.setAttribute(name, String(value));
  copy.prepend(ground);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`;
}

function sizeOf(svg: SVGSVGElement): { readonly width: number; readonly height: number } {
  const box = svg.getBoundingClientRect();
  const side = (name: 'width' | 'height'): number => {
    const written = Number(svg.getAttribute(name) ?? Number.NaN);
    return Number.isFinite(written) && written > 0 ? written : Math.ceil(box[name]);
  };
  return { width: side('width'), height: side('height') };
}

/** The element with all in it, each with the looks that it does not have from its parent. */
function copied(element: SVGElement, parent: CSSStyleDeclaration | null): SVGElement {
  const copy = document.createElementNS('http://www.w3.org/2000/svg', element.localName);
  const style = getComputedStyle(element);
  for (const { name, value } of element.attributes) if (KEPT.has(name)) copy.setAttribute(name, value);
  if (element.localName !== 'title' && element.localName !== 'desc') wear(copy, style, parent);
  for (const child of element.childNodes) {
    if (child instanceof SVGElement) {
      if (getComputedStyle(child).display !== 'none') copy.append(copied(child, style));
    } else if (child instanceof Text) copy.append(child.data);
  }
  return copy;
}

function wear(copy: SVGElement, style: CSSStyleDeclaration, parent: CSSStyleDeclaration | null): void {
  for (const [property, initial, inherited] of LOOKS) {
    const value = style.getPropertyValue(property);
    const given = parent !== null && inherited ? parent.getPropertyValue(property) : initial;
    if (value === '' || value === given) continue;
    if (property !== 'fill' && property !== 'stroke') {
      copy.setAttribute(property, value.replace(/(?<=\d)px/g, ''));
      continue;
    }
    const { color, opacity } = hexOf(value);
    copy.setAttribute(property, color);
    if (opacity < 1) copy.setAttribute(`${property}-opacity`, String(opacity));
  }
}

/** `#rrggbb` and an opacity, of what a browser says a colour is; a gradient, or none, as it stands. */
export function hexOf(color: string): { readonly color: string; readonly opacity: number } {
  const rgb = /^rgba?\(([\d.]+),? ([\d.]+),? ([\d.]+)(?:(?:,| \/) ([\d.]+))?\)$/.exec(color);
  const srgb = /^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.e-]+))?\)$/.exec(color);
  const found = rgb ?? srgb;
  if (found === null) return { color, opacity: 1 };
  const scale = rgb === null ? 255 : 1;
  const digits = [1, 2, 3].map((place) => {
    const channel = Math.round(Math.min(255, Math.max(0, Number(found[place]) * scale)));
    return channel.toString(16).padStart(2, '0');
  });
  return { color: `#${digits.join('')}`, opacity: found[4] === undefined ? 1 : Number(found[4]) };
}
