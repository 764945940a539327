/** Pixels of the picture for one of the screen's: sharp in print and on dense screens. */
const SCALE = 2;

/** No side gets longer than what every browser can draw. */
const LONGEST = 8192;

/** The bytes of a PNG of an SVG document, in base64. Rejects where the browser cannot draw it. */
export async function pngOf(svg: string): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const scale = Math.min(SCALE, LONGEST / Math.max(image.naturalWidth, image.naturalHeight, 1));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(image.naturalWidth * scale);
  canvas.height = Math.round(image.naturalHeight * scale);
  const context = canvas.getContext('2d');
  if (context === null || canvas.width === 0)
    throw new Error('This picture cannot be drawn. Save it as SVG.');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png').replace(/^[^,]*,/, '');
}
