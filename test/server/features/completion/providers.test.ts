import { describe, expect, it } from 'vitest';
import { type CompletionItem, CompletionItemKind, InsertTextFormat } from 'vscode-languageserver';
import { completion } from '../../../../server/features/completion/completion.ts';
import type { CompletionClient } from '../../../../server/features/completion/offer.ts';
import type { DataDescription } from '../../../../server/jobs/describeData.ts';
import { DATA, MUSIC } from '../../../support/music.ts';
import { edited, openSpec } from '../../../support/openSpec.ts';

const PLAIN: CompletionClient = { snippets: false };
const FULL: CompletionClient = { snippets: true, commands: true };

function completed(marked: string, client = PLAIN, data: DataDescription | null = DATA) {
  const spec = openSpec(marked, { data });
  const items = completion(spec, spec.cursors[0] ?? 0, client);
  const find = (label: string): CompletionItem | undefined => items.find((item) => item.label === label);
  const accept = (label: string): string | undefined => {
    const edit = find(label)?.textEdit;
    return edit !== undefined && 'range' in edit ? edited(spec, [edit]) : undefined;
  };
  return { items, labels: items.map(({ label }) => label), find, accept };
}

const labels = (marked: string, client = PLAIN): string[] => completed(marked, client).labels;
const documentation = (item: CompletionItem | undefined): string =>
  typeof item?.documentation === 'object' ? item.documentation.value : '';

const TAIL = '\nestimate regression\n';

describe('names', () => {
  it('tells type, role and note', () => {
    const { find } = completed(`${MUSIC}adjust │`);
    expect(find('age')?.detail).toBe('variable, confounder');
    expect(documentation(find('age'))).toBe('How old the listener is.');
    const feed = completed(`${MUSIC}mood -> │`).find('feed');
    expect(feed?.detail).toBe('binary, treatment');
    expect(documentation(feed)).toBe('Shown the feed');
    expect(documentation(completed(`${MUSIC}adjust │`).find('people'))).toBe('Stands for age, premium.');
  });

  it('puts the plausible first, and leaves out what would be wrong', () => {
    expect(labels(`${MUSIC}instrument │`)).toEqual(['rollout', 'age', 'premium', 'people', 'mood']);
    expect(labels('variable a, t, y\nlatent u\na -> t -> y\nu -> y\noutcome y\ntreatment │')).toEqual([
      'a',
      't',
    ]);
    expect(labels('variable b, a, t, y\na -> t -> y\ntreatment t\noutcome │')).toEqual(['y', 'b', 'a']);
    expect(labels(`${MUSIC}estimate regression {\n  through │`)[0]).toBe('mood');
    expect(labels(`${MUSIC}expect taste, │`)).not.toContain('taste');
    expect(labels(`${MUSIC}expect age independent of │`)).toEqual(
      expect.not.arrayContaining(['age', 'taste']),
    );
    expect(labels('variable a, b\ngroup g = a, │')).toEqual(['b']);
    expect(labels('variable a, b, c\ngroup g = a, b\ng -> │')).toEqual(['c']);
  });

  it('leaves out names that are listed, behind the cursor as well', () => {
    expect(labels('variable a, b, c, d\na, │, c -> d')).toEqual(['b', 'd']);
    expect(labels('variable a, b, c, d\nadjust a,\n  │,\n  c')).toEqual(['b', 'd']);
    expect(labels('variable a, b, c\ngroup g = a, b\nadjust g, │')).toEqual(['c']);
  });

  it('offers names that are used and not declared where they are to be declared', () => {
    expect(labels('a -> b\nvariable a\nvariable │')).toEqual([
      'b',
      'age',
      'age : count',
      ...['premium', 'premium : binary', 'sessions', 'prior spend'],
    ]);
    expect(labels('a -> b\nlatent │')).toEqual(['a', 'b']);
    expect(labels('__proto__ -> constructor\nlatent │')).toEqual(['__proto__', 'constructor']);
  });

  it('answers for the effect of the estimate around the cursor', () => {
    const text = 'variable z, t, y, s\nz -> t -> y\nz -> y\ns -> z\ntreatment s\noutcome y\n';
    expect(labels(`${text}estimate regression of t on y {\n  adjust │\n}`)[0]).toBe('z');
    expect(labels(`${text}estimate regression of t on y {\n  adjust │\n}`)).not.toContain('t');
    expect(labels(`${text}estimate regression of t on │`)).not.toContain('t');
  });
});

describe('sets', () => {
  const TWO = 'variable a, b, c, t, y\na -> b -> t\na -> y\nc -> t\nc -> y\nt -> y\ntreatment t\noutcome y\n';

  it('offers adjustment sets as one item', () => {
    const { find, accept } = completed(`${TWO}adjust │${TAIL}`);
    expect(find('a, c')?.detail).toBe('the chosen set');
    expect(find('b, c')?.detail).toBe('smallest set');
    expect(accept('b, c')).toBe(`${TWO}adjust b, c${TAIL}`);
    expect(completed(`${TWO}estimate ipw {\n  adjust │\n}`).labels).toContain('nothing');
  });

  it('goes on a set with the rest of it', () => {
    const text = 'variable a, b, c, t, y\na, b, c -> t, y\nt -> y\ntreatment t\noutcome y\n';
    expect(completed(`${text}adjust c, │`).find('a, b')?.detail).toBe('the rest of the chosen set');
  });

  it('says where no set identifies the effect', () => {
    const { find } = completed(
      'variable a, b, t, y\nlatent u\na, b, u -> t, y\nt -> y\ntreatment t\noutcome y\nadjust │',
    );
    expect(find('a, b')?.detail).toBe('every measured cause of the outcome');
  });

  it('offers an instrument with what it is valid given', () => {
    const text =
      'variable z, `w w`, v, t, y\nlatent u\n`w w`, v -> z, y\nz -> t -> y\nu -> t, y\ntreatment t\noutcome y\n';
    expect(completed(`${text}instrument │`).accept('z given w w, v')).toBe(
      `${text}instrument z given \`w w\`, v`,
    );
    expect(completed(`${text}instrument z given │`).find('w w, v')?.detail).toBe('makes z valid');
  });

  it('finds nothing enough where the graph needs no adjustment', () => {
    const {
      labels: [first],
      find,
    } = completed('variable t, y\nt -> y\ntreatment t\noutcome y\nestimate ipw {\n  adjust │');
    expect(first).toBe('nothing');
    expect(find('nothing')?.detail).toBe('the graph needs no adjustment');
  });
});

describe('columns and levels', () => {
  const plan = (values: readonly string[]): DataDescription => ({
    ...DATA,
    columns: ['plan'],
    summaries: [
      {
        name: 'plan',
        type: 'text',
        rows: 10,
        missing: 0,
        distinct: values.length,
        integer: false,
        numbers: null,
        common: values.map((value) => ({ value, count: 1 })),
      },
    ],
  });
  const PLAN = plan(['team', 'free', 'big `one`']);
  const planned = (marked: string) => completed(marked, PLAIN, PLAN);

  it('says what a column holds', () => {
    const { find, accept } = completed('variable │');
    expect(find('age')?.kind).toBe(CompletionItemKind.Field);
    expect(find('age')?.detail).toBe('column, looks count');
    expect(documentation(find('age'))).toBe('1,000 rows, 12 missing. From 13 to 72, mean 31.25.');
    expect(documentation(find('premium'))).toBe('1,000 rows, none missing. Values: `0`, `1`.');
    expect(accept('premium : binary')).toBe('variable premium : binary');
    expect(documentation(planned('variable │').find('plan'))).toContain('`` big `one` ``');
    expect(labels('variable │ : binary')).not.toContain('age : count');
  });

  it('offers values of a text column where it is compared', () => {
    const where = (rest: string) => planned(`data "a" {\n  where ${rest}\n}`);
    expect(where('plan == │').labels.slice(0, 3)).toEqual(['big `one`', 'free', 'team']);
    expect(where('plan == │').accept('free')).toContain('where plan == "free"\n');
    expect(where('plan == "│"').labels).toEqual(['big `one`', 'free', 'team']);
    expect(where('plan == "fr│"').accept('free')).toContain('where plan == "free"\n');
    expect(where('plan == "fr│').find('free')?.filterText).toBe('"free"');
    expect(where('plan in ("free", │').labels).toContain('team');
    expect(where('lower("│').labels).toEqual([]);
  });

  it('offers the levels of the treatment for a contrast, and of the column for a type', () => {
    const text = 'variable plan, y\nplan -> y\ntreatment plan\noutcome y\nestimate regression {\n  contrast ';
    expect(planned(`${text}│`).accept('team')).toBe(`${text}"team"`);
    expect(planned(`${text}"team" vs │`).labels).toEqual(['big `one`', 'free']);
    expect(planned(`${text}"team" │`).labels).toEqual(['vs']);
    expect(
      completed('variable premium, y\ntreatment premium\noutcome y\nestimate ipw {\n  contrast │').labels,
    ).toEqual(['0', '1']);
    expect(
      completed(
        'variable t : ordinal(low, "very high"), y\ntreatment t\nestimate ipw {\n  contrast │',
      ).accept('very high'),
    ).toMatch(/contrast "very high"$/);
    expect(planned('variable plan : categorical(│)').accept('free')).toBe(
      'variable plan : categorical(free)',
    );
    expect(planned('variable plan : categorical(free, │, team)').labels).toEqual(['big `one`']);
  });

  it('offers nothing in an expression that would need itself', () => {
    const text = 'variable a = b + 1\nvariable b = ';
    expect(labels(`${text}│`)).not.toContain('a');
    expect(labels(`${text}│`)).not.toContain('b');
    expect(labels('latent u\nvariable age = │')).toContain('age');
    expect(labels('latent u\nvariable age = │')).not.toContain('u');
    expect(completed('variable `not`\nvariable b = │').accept('not')).toMatch(/`not`$/);
  });

  it('offers operators after a value, and no second comparison', () => {
    const where = (rest: string): string[] => labels(`data "a" {\n  where ${rest}`);
    expect(where('age │')).toEqual(expect.arrayContaining(['>=', 'in', 'is missing', 'and']));
    expect(where('age > 1 │')).toEqual(['and', 'or']);
    expect(where('age is │')).toEqual(['missing', 'not missing']);
  });
});

describe('methods, options and words', () => {
  const HIDDEN = 'variable z, t, y\nlatent u\nz -> t -> y\nu -> t, y\ntreatment t\noutcome y\n';

  it('puts the methods first that the graph allows', () => {
    expect(labels(`${HIDDEN}estimate │`)[0]).toBe('iv');
    expect(labels(`${MUSIC}estimate │`)[0]).toBe('iv');
    const adjusted = MUSIC.replace('taste -> feed, engagement', 'taste -> engagement');
    const known = ['regression', 'ipw', 'difference', 'iv', 'frontdoor'];
    const offered = labels(`${adjusted}estimate │`).filter((label) => known.includes(label));
    expect(offered).toEqual(['regression', 'ipw', 'difference', 'iv', 'frontdoor']);
    expect(labels('variable t : count, y\ntreatment t\noutcome y\nt -> y\nestimate │').at(-1)).not.toBe(
      'difference',
    );
    expect(labels(`${MUSIC}estimate │`)).toContain('aipw');
    expect(labels(`${MUSIC}estimate ai│`)).toContain('aipw');
    const { find } = completed(`${MUSIC}estimate │`);
    expect(find('ipw')?.detail).toBe('Inverse probability weighting');
    expect(documentation(find('ipw'))).toContain('**Assumes:**');
  });

  it('offers the options of the method that are not given yet', () => {
    const options = labels('estimate iv {\n  se robust\n  expect p < 0.05\n  │\n}');
    expect(options).toEqual(expect.arrayContaining(['instrument', 'estimand', 'expect', 'where']));
    for (const absent of ['se', 'propensity', 'folds', 'variable', 'id'])
      expect(options).not.toContain(absent);
    expect(labels('estimate ipw {\n  tri│\n}')).toContain('trim');
    expect(labels('estimate ipw {\n  trim│\n}')).toContain('trim');
    expect(labels('data "a" {\n  missing drop\n  │\n}')).not.toContain('missing');
    const { find } = completed('estimate ipw {\n  │\n}');
    expect(documentation(find('trim'))).toContain('```causal\ntrim 0.05\n```');
  });

  it('offers statements at the left of a block that is not closed', () => {
    expect(labels('estimate iv {\n  se robust\n│')).toEqual(expect.arrayContaining(['treatment', 'level']));
    expect(labels('estimate iv {\n  se robust\n  │')).not.toContain('treatment');
  });

  it('leaves out words that the method refuses', () => {
    expect(labels('estimate iv {\n  se │\n}')).toEqual(['classic', 'robust', 'hc0']);
    expect(labels('estimate regression {\n  se │\n}')).toEqual(['classic', 'robust', 'hc0', 'hc2', 'hc3']);
    expect(labels('estimate iv {\n  estimand │\n}')).toEqual(['late']);
    expect(labels('data "a" {\n  missing │\n}')).toEqual(['drop', 'mean', 'indicator']);
    expect(labels('estimate whatever {\n  se │\n}')).toContain('hc3');
  });

  it('offers what joins the parts of a sentence', () => {
    expect(labels(`${MUSIC}instrument rollout │`)).toEqual(['given']);
    expect(labels(`${MUSIC}estimate ipw │`)).toEqual(['of', 'as']);
    expect(labels(`${MUSIC}estimate ipw │ "T"`)).toEqual(['as']);
    expect(labels(`${MUSIC}expect age │`)).toEqual(['independent of']);
    expect(labels(`${MUSIC}expect age │ of mood`)).toEqual(['independent']);
    expect(labels(`${MUSIC}expect │`).slice(0, 2)).toEqual(['identifiable', 'implications']);
    expect(labels('estimate iv {\n  refute placebo, │\n}')).not.toContain('placebo');
    expect(labels('estimate iv {\n  expect p │\n}')).toEqual(['<', '<=', '>', '>=', 'between']);
  });

  it('offers only statements that what follows can belong to', () => {
    expect(labels('variable a\n│ "text"')).toEqual(['model', 'data']);
    expect(labels('variable a\n│ -> a')).toEqual([]);
    expect(labels('variable a, b\n│ -> a')).toEqual(['b']);
    expect(labels('model "a"\n│')).not.toContain('model');
  });
});

describe('files', () => {
  const client: CompletionClient = {
    snippets: false,
    files: ['b/c.parquet', 'z.csv', 'notes.md', 'a "b".tsv.gz'],
  };

  it('offers data files, the nearest first', () => {
    expect(labels('data "│"', client)).toEqual(['a "b".tsv.gz', 'z.csv', 'b/c.parquet']);
    expect(labels('data │', client)).toHaveLength(3);
    expect(completed('data "z│" {', client).accept('z.csv')).toBe('data "z.csv" {');
    expect(completed('data │', client).accept('a "b".tsv.gz')).toBe('data "a \\"b\\".tsv.gz"');
    expect(labels('data "│"')).toEqual([]);
  });
});

describe('items', () => {
  it('are snippets only for an editor that fills them in', () => {
    expect(completed('│', PLAIN).items.every((item) => item.insertTextFormat === undefined)).toBe(true);
    expect(completed('│', FULL).labels[0]).toBe('new model');
    expect(labels('variable a\n│', FULL)).not.toContain('new model');
    const text = (client: CompletionClient) => completed('variable x = │', client).find('log');
    expect(text(FULL)).toMatchObject({
      insertTextFormat: InsertTextFormat.Snippet,
      textEdit: { newText: 'log($0)' },
    });
    expect(text(PLAIN)).toMatchObject({ textEdit: { newText: 'log(' } });
  });

  it('insert the line ends of the document', () => {
    const edit = completed('variable a\r\n│', FULL).find('cause -> effect')?.textEdit;
    expect(edit?.newText).toContain('\r\n');
    expect(edit?.newText.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('ask for what follows only where the editor has the command', () => {
    expect(completed('│', PLAIN).find('treatment')?.command).toBeUndefined();
    expect(completed('│', FULL).find('treatment')).toMatchObject({
      command: { command: 'editor.action.triggerSuggest' },
      textEdit: { newText: 'treatment ' },
    });
  });

  it('leave the rest of a word to the editor that can tell', () => {
    const { find } = completed('variable abc, x\nx -> ab│c', { snippets: false, insertReplace: true });
    expect(find('abc')?.textEdit).toMatchObject({
      insert: { start: { line: 1, character: 5 }, end: { line: 1, character: 7 } },
      replace: { start: { line: 1, character: 5 }, end: { line: 1, character: 8 } },
    });
  });

  it('escape what the user wrote', () => {
    const { find } = completed('# <b>bold</b>\nvariable `a*b`\nvariable c\nc -> │');
    expect(documentation(find('a*b'))).toBe('&lt;b>bold&lt;/b>');
    expect(find('a*b')?.filterText).toBe('a*b');
  });

  it.each([
    '│',
    '`│',
    '"│',
    '}│',
    'estimate {│',
    'variable __proto__ = │',
    'adjust constructor, │',
    'data "│',
  ])('bear %j', (text) => {
    expect(completed(text, FULL, null).items).toBeInstanceOf(Array);
  });
});
