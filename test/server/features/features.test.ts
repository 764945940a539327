import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { analyse } from '../../../server/analysis/analyse.ts';
import { codeLenses } from '../../../server/features/codeLens.ts';
import { completion } from '../../../server/features/completion.ts';
import { definition } from '../../../server/features/definition.ts';
import { hover } from '../../../server/features/hover.ts';
import type { DataDescription } from '../../../server/jobs/describeData.ts';
import { unmark } from '../../support/markers.ts';

const DATA: DataDescription = {
  kind: 'description',
  columns: ['age', 'premium', 'sessions', 'prior spend'],
  rows: 1000,
  summaries: [
    {
      name: 'age',
      type: 'number',
      rows: 1000,
      missing: 12,
      distinct: 60,
      integer: true,
      numbers: { min: 13, max: 72, mean: 31.25, sd: 9.5, median: 30 },
      common: [],
    },
    {
      name: 'premium',
      type: 'number',
      rows: 1000,
      missing: 0,
      distinct: 2,
      integer: true,
      numbers: { min: 0, max: 1, mean: 0.25, sd: 0.4, median: 0 },
      common: [
        { value: '0', count: 750 },
        { value: '1', count: 250 },
      ],
    },
  ],
};

const MUSIC = `variable feed : binary "Shown the feed"
# How old the listener is.
variable age
variable premium, engagement, rollout, mood
latent taste
group people = age, premium
taste -> feed, engagement
people -> feed, engagement
rollout -> feed -> mood -> engagement
treatment feed
outcome engagement
`;

function hoverText(marked: string, data: DataDescription | null = null): string {
  const { text, cursors } = unmark(marked);
  const document = TextDocument.create('file:///a.causal', 'causal', 1, text);
  const answer = hover(document, analyse(text), data, cursors[0] ?? 0);
  const contents = answer?.contents;
  return typeof contents === 'object' && 'value' in contents ? contents.value : '';
}

describe('hover', () => {
  it('tells the role of a variable, why, and its column', () => {
    const text = hoverText(`${MUSIC}adjust a│ge`, DATA);
    expect(text).toContain('**age**, variable');
    expect(text).toContain('How old the listener is');
    expect(text).toContain('**Confounder.** Causes both feed and engagement');
    expect(text).toContain(
      'Column of 1,000 rows, 12 missing, looks count. Mean 31.25, sd 9.5, median 30, from 13 to 72',
    );
  });
  it('tells the open path that a variable lies on', () => {
    expect(hoverText(MUSIC.replace('latent taste', 'latent tas│te'))).toMatch(
      /\*\*Open path\*\* \(adjusting for .*\): `feed ← taste → engagement`/,
    );
    expect(hoverText(MUSIC.replace('latent taste', 'latent tas│te'))).toContain('never measured (latent)');
  });
  it('does not advise to adjust for what nobody measured', () => {
    const text = hoverText(MUSIC.replace('latent taste', 'latent tas│te'));
    expect(text).toContain('**Confounder.** Causes both feed and engagement');
    expect(text).not.toContain('Adjust');
  });
  it('tells the path that is closed by what is held fixed', () => {
    expect(hoverText(MUSIC.replace('variable age', 'variable a│ge'))).toContain(
      'The path `feed ← age → engagement` is closed by',
    );
  });
  it('gives the verdict on treatment and outcome', () => {
    expect(hoverText(MUSIC.replace('variable feed', 'variable f│eed'))).toContain(
      '**Verdict.** The effect of feed on engagement is identified by the front-door route through mood.',
    );
  });
  it('lists the values of a column with few', () => {
    expect(hoverText(`${MUSIC}adjust prem│ium`, DATA)).toContain('2 values: `0` 75.0 %, `1` 25.0 %');
  });
  it('explains a method and a group', () => {
    expect(hoverText(`${MUSIC}estimate i│v`)).toContain('two-stage least squares');
    expect(hoverText(MUSIC.replace('group people', 'group peo│ple'))).toContain('a group of age and premium');
  });
  it('shows text of the user as text', () => {
    const text = hoverText('variable `a*b`│ "<script>alert(1)</script> [x](http://e)"');
    expect(text).toContain('a\\*b');
    expect(text).not.toContain('<script>');
    expect(text).toContain('\\[x\\](');
  });
  it('says nothing where there is nothing', () => {
    expect(hoverText('│# a comment\nvariable x')).toBe('');
  });
});

function completed(marked: string, data: DataDescription | null = DATA) {
  const { text, cursors } = unmark(marked);
  const document = TextDocument.create('file:///a.causal', 'causal', 1, text);
  return { document, items: completion(document, analyse(text), data, cursors[0] ?? 0) };
}

const labels = (marked: string): string[] => completed(marked).items.map(({ label }) => label);

/** The text after the item with this label was accepted, where an editor would offer it. */
function accepted(marked: string, label: string): string {
  const { document, items } = completed(marked);
  const item = items.find((one) => one.label === label);
  if (item?.textEdit === undefined || !('range' in item.textEdit)) return 'not offered';
  const [offset = 0] = unmark(marked).cursors;
  const typed = document.getText({ ...item.textEdit.range, end: document.positionAt(offset) });
  if (!item.filterText?.startsWith(typed)) return `not offered for ${typed}`;
  return TextDocument.applyEdits(document, [item.textEdit]);
}

describe('completion', () => {
  it('offers statements and names at the start of a line', () => {
    expect(labels(`${MUSIC}│`)).toEqual(
      expect.arrayContaining(['variable', 'treatment', 'estimate', 'feed', 'taste']),
    );
  });
  it('offers names in roles and edges, and after a half-typed name', () => {
    expect(labels(`${MUSIC}adjust │`)).toEqual([
      'feed',
      'age',
      'premium',
      'engagement',
      'rollout',
      'mood',
      'taste',
      'people',
    ]);
    expect(labels(`${MUSIC}feed -> eng│`)).toContain('engagement');
  });
  it('offers columns that are not declared yet where a variable is declared', () => {
    expect(labels(`${MUSIC}variable │`)).toEqual(['sessions', 'prior spend']);
    expect(labels(`${MUSIC}variable x = log(│`)).toEqual(
      expect.arrayContaining(['sessions', 'age', 'log', 'if']),
    );
  });
  it.each([
    ['variable │', 'variable `prior spend`'],
    ['variable pri│', 'variable `prior spend`'],
    ['variable `│', 'variable `prior spend`'],
    ['variable `prior s│', 'variable `prior spend`'],
    ['variable `pri│`', 'variable `prior spend`'],
    ['variable `pri│or`, x', 'variable `prior spend`, x'],
    ['variable `pri│, `other`', 'variable `prior spend`, `other`'],
  ])('quotes what needs quotes, once: %s', (marked, text) => {
    expect(accepted(marked, 'prior spend')).toBe(text);
  });
  it('offers in backticks only names', () => {
    expect(labels('variable x\n`│')).toEqual(['x']);
    expect(accepted('variable x, y\n`x│', 'x')).toBe('variable x, y\nx');
  });
  it('offers names after a comma at the end of the line above', () => {
    const names = labels(`${MUSIC}adjust │`);
    expect(labels(`${MUSIC}adjust age,\n│`)).toEqual(names);
    expect(labels(`${MUSIC}adjust age, # why\n  # and why not\n  pre│`)).toEqual(names);
    expect(labels(`${MUSIC}estimate ipw {\n  adjust age,\n    │\n}`)).toEqual(names);
    expect(labels('variable age,\n│')).toEqual(['premium', 'sessions', 'prior spend']);
    expect(labels('model "a,"\n│')).toContain('variable');
    expect(labels('variable x # a,\n│')).toContain('variable');
  });
  it('offers types, methods, options and their words', () => {
    expect(labels('variable x : │')).toEqual(['binary', 'continuous', 'count', 'categorical', 'ordinal']);
    expect(labels('estimate │')).toEqual(['difference', 'regression', 'ipw', 'iv']);
    expect(labels('estimate ipw {\n  │\n}')).toContain('trim');
    expect(labels('estimate ipw {\n  estimand │\n}')).toContain('att');
    for (const block of [
      'estimate ipw {\n  ◆\n}',
      'estimate ipw { ◆ }',
      'estimate ipw {\n  ◆',
      'estimate ipw { trim 0.1; ◆',
    ]) {
      const option = (text: string): string[] => labels(`variable x\n${block.replace('◆', text)}`);
      expect(option('│'), block).toContain('estimand');
      expect(option('estimand │'), block).toEqual(['ate', 'att', 'atc', 'late', 'overlap']);
      expect(option('se │'), block).toEqual(['classic', 'robust', 'hc0', 'hc2', 'hc3']);
      expect(option('propensity lo│'), block).toEqual(['logistic', 'probit', 'tree', 'boosting']);
      expect(option('trim │'), block).toEqual([]);
      expect(option('adjust │'), block).toEqual(['x']);
    }
    expect(labels('variable se, x\nse -> │')).toEqual(['se', 'x']);
    expect(labels('estimate ipw {\n  expect │\n}')).toContain('max_smd');
    expect(labels('data "a.csv" {\n  │\n}')).toEqual(['where', 'missing', 'weight', 'cluster', 'id']);
  });
  it('offers nothing in a comment or a text', () => {
    expect(labels('# vari│')).toEqual([]);
    expect(labels('model "a │')).toEqual([]);
    expect(labels('model "say \\"a\\" │')).toEqual([]);
    expect(labels('variable `a#b`, │')).toContain('age');
  });
});

describe('definition', () => {
  const place = (marked: string) => {
    const { text, cursors, ranges } = unmark(marked);
    const document = TextDocument.create('file:///a.causal', 'causal', 1, text);
    const found = definition(document, analyse(text), cursors[0] ?? 0);
    const start = found === null ? null : document.offsetAt(found.range.start);
    return { start, expected: ranges[0]?.start ?? null };
  };
  it('leads from every use to the declaration', () => {
    for (const marked of [
      'variable x, ⟦y⟧\nx -> y│',
      'variable ⟦x⟧, y\ntreatment │x',
      'group ⟦g⟧ = x\nvariable x\nadjust g│',
      'variable ⟦x⟧\nvariable z = log(│x)',
      'variable ⟦x⟧, y\nestimate regression of x│ on y',
      'variable ⟦x⟧\ndata "a.csv" {\n  where x│ > 1\n}',
    ]) {
      const { start, expected } = place(marked);
      expect(start, marked).toBe(expected);
    }
  });
  it('leads nowhere from a name that nothing declares', () => {
    expect(place('variable x\nx -> q│').start).toBeNull();
  });
});

describe('code lenses', () => {
  it('offers the graph above the model and the estimate above the question', () => {
    const text = `${MUSIC}estimate regression\n`;
    const document = TextDocument.create('file:///a.causal', 'causal', 1, text);
    const lenses = codeLenses(document, analyse(text)).map(({ range, command }) => [
      range.start.line,
      command?.title,
    ]);
    expect(lenses).toEqual([
      [0, 'Show graph'],
      [9, 'Estimate'],
      [11, 'Estimate'],
    ]);
  });
  it('offers nothing in an empty file', () => {
    expect(codeLenses(TextDocument.create('file:///a.causal', 'causal', 1, ''), analyse(''))).toEqual([]);
  });
});
