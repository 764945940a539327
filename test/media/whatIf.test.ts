import { mkdirSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ThemeKind } from '../../views/palette.ts';
import { MUSIC_REPORT } from '../views/reports.ts';
import { faintTexts } from './contrast.ts';
import type { ModelPage } from './page.ts';
import { looksAsBefore } from './pictures.ts';
import { FEED, HIDDEN_FEED, SEVERAL, snapshotOfText, supposedOfText } from './questioned.ts';
import { BROWSER, node, useTabs } from './tabs.ts';
import { done, view } from './views.ts';

const ARTIFACTS = 'test/media/artifacts';
const THEMES: readonly ThemeKind[] = ['dark', 'light', 'hcDark', 'hcLight'];

/** The suppositions that the page has asked about. */
async function asked({ posted }: ModelPage): Promise<readonly unknown[]> {
  return (await posted()).flatMap((message) =>
    message.type === 'question' && message.kind === 'whatIf' ? [message.asked] : [],
  );
}

const unfold = ({ page }: ModelPage, name: RegExp) => page.getByRole('button', { name }).first().click();

describe.skipIf(!BROWSER)('what the graph answers', () => {
  const { showing } = useTabs();

  beforeAll(() => void mkdirSync(ARTIFACTS, { recursive: true }));

  describe('paths', () => {
    test('each is listed with what it does, and the one that is chosen is lit in the picture', async () => {
      const page = await showing(view(snapshotOfText(HIDDEN_FEED)), {});
      await unfold(page, /Paths: 1 causal, 1 open and biasing/);
      const open = page.page.getByRole('button', { name: 'feed ← taste → engagement', exact: false });
      expect(await open.getAttribute('aria-pressed')).toBe('false');
      await page.page.getByText('Nothing measured can close it: taste is not measured.').waitFor();
      await open.click();
      expect(await open.getAttribute('aria-pressed')).toBe('true');
      expect(await page.page.locator('.node.lit').count()).toBe(3);
      expect(await page.page.locator('.node.faded').count()).toBe(4);
      const lit = page.page.locator('.edge.lit .line');
      expect(await lit.count()).toBe(2);
      // Not by colour alone: what is lit is wider, and the rest fades.
      expect(Number(await lit.first().getAttribute('stroke-width'))).toBeGreaterThan(4);
      expect(Number(await page.page.locator('.edge.faded').first().getAttribute('opacity'))).toBeLessThan(
        0.5,
      );
      await open.click();
      expect(await page.page.locator('.faded').count()).toBe(0);
    });

    test('a path that an edit takes away is no longer lit', async () => {
      const page = await showing(view(snapshotOfText(HIDDEN_FEED)), {});
      await unfold(page, /^Paths/);
      await page.page.getByRole('button', { name: 'feed ← taste → engagement' }).click();
      await page.page.locator('.node.lit').first().waitFor();
      await page.show(view(snapshotOfText(FEED)));
      await expect.poll(() => page.page.locator('.lit, .faded').count()).toBe(0);
    });
  });

  describe('suppositions', () => {
    test('a tick asks at once, and the verdict changes before the text does', async () => {
      const page = await showing(view(snapshotOfText(HIDDEN_FEED)), {});
      await page.answering('whatIf', supposedOfText(HIDDEN_FEED, { measured: ['taste'] }));
      expect(await page.page.locator('.verdict').textContent()).toContain('Instrument only');
      await unfold(page, /What if/);
      await page.page.getByRole('checkbox', { name: /taste/ }).click();
      await page.page.locator('.verdict-identified').waitFor();
      expect(await asked(page)).toEqual([{ effect: null, adjust: null, measured: ['taste'] }]);
      const banner = page.page.locator('.what-if-banner');
      expect(await banner.textContent()).toContain('What if: taste measured');
      expect(await banner.textContent()).toContain(
        'With taste measured, the effect can be had by adjustment; without, it can be had by an instrument alone.',
      );
      expect(await page.page.locator('.graph-area.supposed .what-if-mark').count()).toBe(1);
      await banner.getByRole('button', { name: 'Reset' }).click();
      await page.page.locator('.verdict-instrument-only').waitFor();
      expect(await page.page.locator('.supposed, .what-if-banner').count()).toBe(0);
    });

    test('a bad control is told with its reason', async () => {
      const page = await showing(view(snapshotOfText(FEED)), {});
      await page.answering('whatIf', supposedOfText(FEED, { adjust: ['age', 'activity', 'rating'] }));
      await node(page, 'rating').click();
      await page.page.getByRole('button', { name: 'What if I adjusted for it?' }).click();
      await page.page.getByText('rating is a common effect (a collider)').waitFor();
      const [question] = (await asked(page)) as { adjust: string[] }[];
      expect([...(question?.adjust ?? [])].sort()).toEqual(['activity', 'age', 'rating']);
      expect(await page.page.locator('.change-worse').textContent()).toContain('does not give the effect');
    });

    test('is written into the text at a click; a refusal is told', async () => {
      const page = await showing(view(snapshotOfText(HIDDEN_FEED)), {});
      await page.answering('whatIf', supposedOfText(HIDDEN_FEED, { measured: ['taste'] }));
      await page.answering('edit', { refusal: 'The file may be read-only.' });
      await unfold(page, /What if/);
      await page.page.getByRole('checkbox', { name: /taste/ }).click();
      const write = page.page.getByRole('button', { name: 'Write it into the text' });
      await write.click();
      await page.page.locator('.what-if-banner').getByText('The file may be read-only.').waitFor();
      await page.answering('edit', { told: 'In the text now.' });
      await write.click();
      await page.page.locator('.what-if-banner').waitFor({ state: 'detached' });
      const edits = (await page.posted()).flatMap((message) =>
        message.type === 'question' && message.kind === 'edit' ? [message.asked] : [],
      );
      expect(edits.at(-1)).toEqual({ edit: { kind: 'adopt', adjust: null, measured: ['taste'] } });
    });

    test('an edit of the text is asked about again, without the names that it took away', async () => {
      const page = await showing(view(snapshotOfText(FEED)), {});
      await page.answering('whatIf', supposedOfText(FEED, { adjust: ['age'] }));
      await unfold(page, /What if/);
      await page.page.getByRole('checkbox', { name: /^activity/ }).click();
      await page.page.locator('.what-if-banner .change').first().waitFor();
      await page.show(view(snapshotOfText(FEED.replace(/^.*\bage\b.*$/gm, ''))));
      await expect
        .poll(async () => (await asked(page)).at(-1))
        .toEqual({ effect: null, adjust: [], measured: [] });
    });

    test('where there is no answer the reason stands there', async () => {
      const page = await showing(view(snapshotOfText(FEED)), {});
      await page.answering('whatIf', { refusal: 'The language server ended.' });
      await unfold(page, /What if/);
      await page.page.getByRole('checkbox', { name: /^age/ }).click();
      await page.page.locator('.what-if-banner').getByText('The language server ended.').waitFor();
    });

    test('one of several effects is chosen, and paths and verdict are about it', async () => {
      const page = await showing(view(snapshotOfText(SEVERAL)), {});
      const effect = { treatment: ['advert'], outcome: ['sales'] };
      await page.answering('whatIf', supposedOfText(SEVERAL, { effect }));
      await page.page.getByLabel('Effect of').selectOption({ label: 'advert on sales (one of several)' });
      await page.page.getByText('The effect of advert on sales is identified').waitFor();
      expect(await asked(page)).toEqual([{ effect, adjust: null, measured: [] }]);
      expect(await page.page.locator('.what-if-banner').count()).toBe(0);
      await page.page.getByLabel('Effect of').selectOption({ index: 0 });
      await page.page.getByText('The effect of price and advert on sales and returns').waitFor();
    });
  });

  describe('numbers and notes on the arrows', () => {
    const estimated = {
      ...MUSIC_REPORT,
      estimates: MUSIC_REPORT.estimates.map((one) => ({ ...one, treatment: 'feed', outcome: 'engagement' })),
    };

    test('an effect that is one arrow stands on it; an old one says so', async () => {
      const page = await showing(view(snapshotOfText(FEED), done(estimated)), {});
      const label = page.page.locator('.edge-label');
      expect(await label.textContent()).toMatch(/^\d\.\d+ \[\d\.\d+, \d\.\d+\]$/);
      await page.show(view(snapshotOfText(FEED), done(estimated, true)));
      await expect.poll(() => label.textContent()).toContain('(out of date)');
    });

    test('one that takes several ways stands on none, and with its paths', async () => {
      const page = await showing(
        view(snapshotOfText(FEED.replace('feed -> rating', 'feed -> rating -> engagement')), done(estimated)),
        {},
      );
      expect(await page.page.locator('.edge-label').count()).toBe(0);
      await unfold(page, /^Paths: 2 causal/);
      await page.page.getByText('Along all of them together the estimate is').waitFor();
    });

    test('an arrow with a note bears its mark', async () => {
      const page = await showing(view(snapshotOfText(FEED)), {});
      expect(await page.page.locator('.causal-graph .note-mark').count()).toBe(3);
      await page.page.locator('.keys').getByText('has a note').waitFor();
    });
  });

  test.each(THEMES)('looks: %s', async (theme) => {
    const page = await showing(view(snapshotOfText(HIDDEN_FEED)), { theme, height: 940, letters: true });
    await unfold(page, /^Paths/);
    await page.page.getByRole('button', { name: 'feed ← taste → engagement' }).click();
    await looksAsBefore(page.page, `path-${theme}`);
    await page.page.getByRole('button', { name: 'feed ← taste → engagement' }).click();
    await page.answering(
      'whatIf',
      supposedOfText(HIDDEN_FEED, { adjust: ['age', 'activity', 'rating'], measured: ['taste'] }),
    );
    await unfold(page, /What if/);
    await page.page.getByRole('checkbox', { name: /taste/ }).click();
    await page.page.locator('.change').first().waitFor();
    await looksAsBefore(page.page, `what-if-${theme}`);
    const { faint } = await page.page.evaluate(faintTexts);
    expect(faint).toEqual([]);
  });

  test('looks in a narrow panel', async () => {
    const page = await showing(view(snapshotOfText(HIDDEN_FEED)), {
      width: 360,
      height: 900,
      theme: 'light',
    });
    await page.answering('whatIf', supposedOfText(HIDDEN_FEED, { measured: ['taste'] }));
    await unfold(page, /What if/);
    await page.page.getByRole('checkbox', { name: /taste/ }).click();
    await page.page.locator('.change').first().waitFor();
    await page.page.screenshot({ path: `${ARTIFACTS}/what-if-narrow.png` });
    expect(await page.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
});
