import { describe, expect, test } from 'vitest';
import type { ThemeKind } from '../../views/palette.ts';
import { described, manyVariables, oddlyNamed, pairPicture, undirected } from '../views/described.ts';
import { HOSTILE, HOSTILE_NAMES, MUSIC } from '../views/snapshots.ts';
import { faintTexts } from './contrast.ts';
import type { ModelPage, OpenOptions } from './page.ts';
import { looksAsBefore } from './pictures.ts';
import { BROWSER, node, useTabs } from './tabs.ts';
import { view } from './views.ts';

describe.skipIf(!BROWSER)('the data', () => {
  const { showing } = useTabs();

  /** The pane with answers to its questions, opened. */
  async function looking(data = described(), options: OpenOptions = {}, graph = MUSIC): Promise<ModelPage> {
    const page = await showing(view(graph), options);
    await page.answering('describe', data);
    await page.answering('scatter', pairPicture('age', 'engagement'));
    await page.page.getByRole('tab', { name: 'Data' }).click();
    await page.page.locator('.card').first().waitFor();
    return page;
  }

  const questions = async ({ posted }: ModelPage, kind: string): Promise<readonly unknown[]> =>
    (await posted()).flatMap((message) =>
      message.type === 'question' && message.kind === kind ? [message.asked] : [],
    );

  const cell = ({ page }: ModelPage, row: number, column: number) =>
    page.locator(`td[data-row="${row}"][data-column="${column}"]`);

  test('nothing is asked before somebody looks, and nothing twice', async () => {
    const page = await showing(view(MUSIC), {});
    await page.answering('describe', described());
    await node(page, 'age').waitFor();
    expect(await questions(page, 'describe')).toEqual([]);
    await page.page.getByRole('tab', { name: 'Data' }).click();
    await page.page.getByText('3000 of 3130 rows are kept').first().waitFor();
    await page.page.getByRole('tab', { name: 'Estimates' }).click();
    await page.page.getByRole('tab', { name: 'Data' }).click();
    await page.page.locator('.card').first().waitFor();
    await page.show(view(MUSIC, { status: 'running', stage: 'Fitting', fraction: null }));
    await page.page.getByRole('tab', { name: 'Estimates running' }).waitFor();
    expect(await questions(page, 'describe')).toEqual([{}]);
  });

  test('a change of text or data reads again: the old stays, marked, until the new is there', async () => {
    const page = await looking();
    await page.page.evaluate(() => Reflect.deleteProperty(Reflect.get(window, 'answers'), 'describe'));
    await page.show(view(MUSIC, { status: 'none' }, { revision: 2 }));
    await page.page.getByText('Reading music.csv again').waitFor();
    await page.page.locator('.stale .card').first().waitFor();
    await page.page.getByRole('tab', { name: 'Data reading' }).waitFor();
    await page.answering('describe', undirected());
    await page.show(view(MUSIC, { status: 'none' }, { revision: 3 }));
    await page.page.getByText('Name a treatment').waitFor();
    await expect.poll(() => page.page.locator('.stale').count()).toBe(0);
  });

  test('who looks away while the data are read finds them later, and the tab says when they are there', async () => {
    const page = await showing(view(MUSIC), {});
    await page.page.getByRole('tab', { name: 'Data' }).click();
    await page.page.getByRole('tab', { name: 'Estimates' }).click();
    await page.page.getByRole('tab', { name: 'Data reading' }).waitFor();
    const asked = (await page.posted()).find((message) => message.type === 'question');
    await page.send({ type: 'answer', id: asked?.type === 'question' ? asked.id : 0, answer: described() });
    await page.page.getByRole('tab', { name: 'Data', exact: true }).click();
    await page.page.locator('.card').first().waitFor();
    expect(await questions(page, 'describe')).toHaveLength(1);
  });

  test('a spec without data says how to name some, and offers to choose', async () => {
    const page = await showing(view(MUSIC), {});
    await page.answering('describe', {
      kind: 'failure',
      code: 'no-data',
      message: 'This spec names no data yet. Add a line such as `data "file.csv"`.',
    });
    await page.answering('chooseData', true);
    await page.page.getByRole('tab', { name: 'Data' }).click();
    expect(await page.page.getByRole('alert').locator('code').textContent()).toBe('data "file.csv"');
    await page.page.getByRole('button', { name: 'Choose a data file' }).click();
    await expect.poll(() => questions(page, 'chooseData')).toHaveLength(1);
  });

  test('a file that cannot be read says why, and can be read again; the last that was read stays', async () => {
    const page = await looking();
    await page.answering('describe', {
      kind: 'failure',
      code: 'data-not-found',
      message: 'music.csv was not found.',
    });
    await page.show(view(MUSIC, { status: 'none' }, { revision: 2 }));
    await page.page.getByRole('alert').getByText('music.csv was not found.').waitFor();
    expect(await page.page.locator('.stale .card').count()).toBe(9);
    await page.page.getByRole('tab', { name: 'Data out of date' }).waitFor();
    await page.answering('describe', described());
    await page.page.getByRole('button', { name: 'Read again' }).click();
    await expect.poll(() => page.page.getByRole('alert').count()).toBe(0);
    await page.answering('describe', { refusal: 'The server has stopped.' });
    await page.show(view(MUSIC, { status: 'none' }, { revision: 3 }));
    await page.page.getByRole('alert').getByText('The server has stopped.').waitFor();
  });

  test('suspicious variables come first, with what to do', async () => {
    const page = await looking();
    const first = page.page.locator('.card').first();
    expect(await first.textContent()).toContain('names the rows. Do not adjust for it; id in the data');
    expect(await page.page.locator('.card').nth(1).textContent()).toContain('country is DK wherever');
    expect(await page.page.locator('.card .histogram').count()).toBe(4);
  });

  test('the selected variable is one, in the graph and among the data', async () => {
    const page = await looking();
    await node(page, 'premium').click();
    const chosen = page.page.locator('.card[aria-current="true"]');
    await chosen.getByRole('button', { name: 'premium' }).waitFor();
    await expect
      .poll(() =>
        chosen.evaluate((card) => {
          const box = card.getBoundingClientRect();
          const pane = card.closest('.pane-body')?.getBoundingClientRect();
          return pane !== undefined && box.top >= pane.top - 1 && box.bottom <= pane.bottom + 1;
        }),
      )
      .toBe(true);
    await page.page.locator('.card').getByRole('button', { name: 'rollout' }).click();
    expect(await node(page, 'rollout').getAttribute('aria-pressed')).toBe('true');
    expect(await chosen.textContent()).toContain('rollout');
    expect(await page.page.locator('.card').getByRole('button', { name: 'country' }).isDisabled()).toBe(true);
  });

  test('the correlations are walked by arrow keys; Enter shows the rows behind one', async () => {
    const page = await looking();
    expect(await page.page.locator('td[tabindex="0"]').count()).toBe(1);
    await cell(page, 1, 0).focus();
    const keys = page.page.keyboard;
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowLeft'])
      await keys.press(key);
    const focused = page.page.locator('td:focus');
    expect(await focused.getAttribute('aria-label')).toMatch(/^personalized and premium: −0\.\d\d$/);
    await keys.press('End');
    expect(await focused.getAttribute('aria-label')).toMatch(/^age and premium/);
    await keys.press('Enter');
    await page.page.locator('.pair .plot').waitFor();
    expect(await questions(page, 'scatter')).toEqual([{ x: 'age', y: 'premium' }]);
    expect(await focused.getAttribute('aria-selected')).toBe('true');
    await page.page.getByText('2000 of 3000 rows are drawn').waitFor();
    await page.page.getByRole('button', { name: 'Close the picture of the two' }).click();
    expect(await page.page.locator('.pair').count()).toBe(0);
  });

  test('any two can be chosen, and the rows behind them are asked for again as the data change', async () => {
    const page = await looking();
    await page.answering('scatter', pairPicture('region', 'premium'));
    await page.page.getByLabel('Across').selectOption({ label: 'region' });
    expect(await questions(page, 'scatter')).toEqual([]);
    await page.page.getByLabel('Up').selectOption({ label: 'premium' });
    await page.page.locator('.pair table').getByText('premium = 1').waitFor();
    await page.show(view(MUSIC, { status: 'none' }, { revision: 2 }));
    await expect.poll(() => questions(page, 'scatter')).toHaveLength(2);
    await page.answering('scatter', { kind: 'nothing' });
    await cell(page, 2, 0).click();
    await page.page.getByText('No row has a value of both.').waitFor();
    await page.answering('scatter', { refusal: 'It went wrong.' });
    await cell(page, 2, 1).click();
    await page.page.locator('.pair').getByText('It went wrong.').waitFor();
  });

  test('hostile names are text', async () => {
    const page = await looking(oddlyNamed(HOSTILE_NAMES), {}, HOSTILE);
    expect(await page.page.locator('.data').textContent()).toContain('<script>alert("x")</script>');
    expect(await page.page.locator('script').count()).toBeLessThanOrEqual(3);
    expect(await page.page.locator('.data img').count()).toBe(0);
    await cell(page, 2, 1).click();
    const [asked] = await questions(page, 'scatter');
    expect(HOSTILE_NAMES).toContain(
      typeof asked === 'object' && asked !== null && 'y' in asked ? asked.y : '',
    );
  });

  test('200 variables are found by name, and walked in', async () => {
    const page = await looking(manyVariables(200));
    expect(await page.page.locator('.card').count()).toBe(202);
    await page.page.getByRole('searchbox', { name: 'Find' }).fill('_19');
    await expect.poll(() => page.page.locator('.card').count()).toBe(11);
    await page.page.getByText('Only the first 60 numbers are compared').waitFor();
    await cell(page, 59, 58).click();
    await page.page.locator('.pair .plot').waitFor();
    await page.page.getByRole('searchbox', { name: 'Find' }).fill('nowhere');
    await page.page.getByText('No variable is called so.').waitFor();
  });

  test('nothing but the matrix is wider than a narrow panel', async () => {
    const page = await looking(described(), { width: 360, height: 900 });
    const body = page.page.locator('.pane-body');
    expect(await body.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(
      0,
    );
  });

  test.each<ThemeKind>(['dark', 'light', 'hcDark', 'hcLight'])(
    'every text can be read: %s',
    async (theme) => {
      const page = await looking(described(4), { theme, width: 1000, height: 1900, letters: true });
      await page.page.getByRole('separator').focus();
      await page.page.keyboard.press('Home');
      await cell(page, 2, 1).click();
      await page.page.locator('.pair .plot').waitFor();
      const { read, faint } = await page.page.evaluate(faintTexts);
      expect(read).toBeGreaterThan(150);
      expect(faint).toEqual([]);
      await looksAsBefore(page.page, `data-${theme}`);
    },
  );
});
