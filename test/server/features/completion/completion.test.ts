import { describe, expect, it } from 'vitest';
import { METHODS } from '../../../../engine/estimate/methods.ts';
import { completion } from '../../../../server/features/completion/completion.ts';
import type { DataDescription } from '../../../../server/jobs/describeData.ts';
import { DATA, MUSIC } from '../../../support/music.ts';
import { edited, openSpec, textIn } from '../../../support/openSpec.ts';

function completed(marked: string, data: DataDescription | null = DATA) {
  const spec = openSpec(marked, { data });
  return { spec, items: completion(spec, spec.cursors[0] ?? 0) };
}

const labels = (marked: string): string[] => completed(marked).items.map(({ label }) => label);

/** The text after the item with this label was accepted, where an editor would offer it. */
function accepted(marked: string, label: string): string {
  const { spec, items } = completed(marked);
  const item = items.find((one) => one.label === label);
  if (item?.textEdit === undefined || !('range' in item.textEdit)) return 'not offered';
  const typed = textIn(spec, { ...item.textEdit.range, end: spec.document.positionAt(spec.cursors[0] ?? 0) });
  if (!item.filterText?.startsWith(typed)) return `not offered for ${typed}`;
  return edited(spec, [item.textEdit]);
}

describe('completion', () => {
  it('offers statements and names at the start of a line', () => {
    expect(labels(`${MUSIC}│`)).toEqual(
      expect.arrayContaining(['variable', 'treatment', 'estimate', 'feed', 'taste']),
    );
  });
  it('offers names in roles and edges, and after a half-typed name', () => {
    expect(labels(`${MUSIC}adjust │`)).toEqual([
      'age, premium',
      'age',
      'premium',
      'people',
      'rollout',
      'mood',
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
    const names = ['premium', 'people', 'rollout', 'mood'];
    expect(labels(`${MUSIC}adjust age,\n│`)).toEqual(names);
    expect(labels(`${MUSIC}adjust age,\r\n│`)).toEqual(names);
    expect(labels(`${MUSIC}adjust age, # why\n  # and why not\n  pre│`)).toEqual(names);
    expect(labels(`${MUSIC}estimate ipw {\n  adjust age,\n    │\n}`)).toEqual(names);
    expect(labels('variable age,\n│')).toEqual(['premium', 'sessions', 'prior spend']);
    expect(labels('model "a,"\n│')).toContain('variable');
    expect(labels('variable x # a,\n│')).toContain('variable');
  });
  it('offers types, methods, options and their words', () => {
    expect(labels('variable x : │')).toEqual(['binary', 'continuous', 'count', 'categorical', 'ordinal']);
    expect(labels('estimate │')).toEqual(METHODS.map(({ name }) => name));
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
      expect(option('estimand │'), block).toEqual(['ate', 'att', 'atc', 'overlap']);
      expect(option('se │'), block).toEqual(['robust']);
      expect(option('propensity lo│'), block).toEqual(['logistic', 'probit', 'tree', 'boosting']);
      expect(option('trim │'), block).toEqual([]);
      expect(option('adjust │'), block).toEqual(['x', 'nothing']);
    }
    expect(labels('variable se, x\nse -> │')).toEqual(['x']);
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
