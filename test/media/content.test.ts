import { describe, expect, test } from 'vitest';
import { MUSIC_REPORT } from '../views/reports.ts';
import { EMPTY, HOSTILE, large, MUSIC } from '../views/snapshots.ts';
import { BROWSER, transform, useTabs } from './tabs.ts';
import { done, view } from './views.ts';

describe.skipIf(!BROWSER)('what the page shows', () => {
  const { showing, start } = useTabs();

  describe('nothing to show, and too much', () => {
    test('empty states say what to do', async () => {
      const page = await start();
      await page.show(view(null, { status: 'none' }, { outdated: 'Line 1: this is not a statement.' }));
      await page.page.getByText('Line 1: this is not a statement.').waitFor();
      expect(await page.page.getByRole('button', { name: 'Estimate', exact: true }).isDisabled()).toBe(true);
      await page.show(view(EMPTY));
      await page.page.getByText('No variables yet').waitFor();
    });

    test('hostile names are text', async () => {
      const page = await showing(view(HOSTILE, done(MUSIC_REPORT)));
      await page.page.locator('[data-place="0"]').dispatchEvent('click');
      expect(await page.page.locator('.strip h2').textContent()).toContain('<script>alert("x")</script>');
      expect(await page.page.locator('script').count()).toBeLessThanOrEqual(3);
    });

    test('without the layout library the list is still there, and says why', async () => {
      const page = await start({ withoutElk: true });
      await page.show(view(MUSIC));
      await page.page.getByRole('alert').getByText('could not be loaded').waitFor();
      await page.page.getByText('As a list: 7 variables').click();
      await page.page.getByRole('button', { name: 'rollout', exact: true }).click();
      await page.page.getByRole('complementary').getByText('Moves personalized').waitFor();
      expect((await page.faults()).join()).toContain('Failed to load resource');
      page.forgive();
    });

    test('300 variables are drawn, and can be dragged', async () => {
      const page = await start({ width: 1000 });
      await page.show(view(large(300)));
      await page.page.locator('.node').nth(299).waitFor({ timeout: 20_000 });
      await page.page.mouse.move(500, 300);
      await page.page.mouse.wheel(0, -400);
      const before = await transform(page);
      await page.page.mouse.down();
      await page.page.mouse.move(620, 340, { steps: 4 });
      await page.page.mouse.up();
      expect(await transform(page)).not.toBe(before);
    });
  });
});
