/** Screenshots that are compared with those that were looked at, which stand in test/media/pictures. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';

const LOOKED_AT = 'test/media/pictures';
/** Every screenshot as it is now, whole, and what differs. */
const ARTIFACTS = 'test/media/artifacts';

/** With CAUSAL_PICTURES=keep the screenshots replace those that they would be compared with. */
const KEEPS = process.env['CAUSAL_PICTURES'] === 'keep';

/**
 * The share of pixels that may differ: none to speak of where the same release of Chromium draws, else what another makes of the edges of letters. A
 * word more or less is 0.1 % of a page, and a colour that is not there any more the same.
 */
const TOLERANCE = { same: 0.0003, other: 0.004 };

/** Half as wide and high, each pixel the mean of four: what is left of an edge that falls a little otherwise is little. */
function halved(picture: PNG): PNG {
  const half = new PNG({ width: picture.width >> 1, height: picture.height >> 1 });
  const row = picture.width * 4;
  for (let y = 0; y < half.height; y++)
    for (let x = 0; x < half.width; x++)
      for (let channel = 0; channel < 4; channel++) {
        const at = 2 * y * row + 8 * x + channel;
        const sum = [at, at + 4, at + row, at + row + 4].reduce(
          (all, place) => all + (picture.data[place] ?? 0),
          0,
        );
        half.data[(y * half.width + x) * 4 + channel] = Math.round(sum / 4);
      }
  return half;
}

/** The release of Chromium that drew the pictures that were looked at. */
const drawnBy = join(LOOKED_AT, 'chromium.txt');

function releaseOf(page: Page): string {
  return page.context().browser()?.version().split('.')[0] ?? '';
}

/** Takes a screenshot once the graph is laid out, and throws where it does not look as the one that was looked at did. */
export async function looksAsBefore(page: Page, name: string): Promise<void> {
  await page.locator('.canvas[aria-busy="false"]').waitFor();
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  mkdirSync(ARTIFACTS, { recursive: true });
  const now = halved(PNG.sync.read(await page.screenshot({ path: join(ARTIFACTS, `${name}.png`) })));
  const file = join(LOOKED_AT, `${name}.png`);
  if (KEEPS) {
    mkdirSync(LOOKED_AT, { recursive: true });
    writeFileSync(file, PNG.sync.write(now, { colorType: 2, deflateLevel: 9 }));
    writeFileSync(drawnBy, `${releaseOf(page)}\n`);
    return;
  }
  if (!existsSync(file)) throw new Error(`${file} is not there: CAUSAL_PICTURES=keep makes it.`);
  const before = PNG.sync.read(readFileSync(file));
  if (before.width !== now.width || before.height !== now.height)
    throw new Error(`${name}: ${now.width}×${now.height} pixels, ${before.width}×${before.height} before.`);
  const difference = new PNG({ width: now.width, height: now.height });
  const pixels = pixelmatch(before.data, now.data, difference.data, now.width, now.height, {
    threshold: 0.1,
  });
  const share = pixels / (now.width * now.height);
  const same = readFileSync(drawnBy, 'utf8').trim() === releaseOf(page);
  if (share <= (same ? TOLERANCE.same : TOLERANCE.other)) return;
  const shown = join(ARTIFACTS, `${name}-difference.png`);
  writeFileSync(shown, PNG.sync.write(difference));
  throw new Error(
    `${name} looks otherwise in ${(100 * share).toFixed(2)} % of its pixels (${shown}). Where that is meant, CAUSAL_PICTURES=keep replaces ${file}.`,
  );
}
