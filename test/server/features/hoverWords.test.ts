import { describe, expect, it } from 'vitest';
import { METHODS } from '../../../engine/estimate/methods.ts';
import { METRICS } from '../../../engine/estimate/result.ts';
import { REFUTERS } from '../../../engine/refute/catalogue.ts';
import { DATA_OPTIONS, ESTIMATE_OPTIONS, FUNCTIONS, STATEMENTS, TYPES } from '../../../grammar/vocabulary.ts';
import { hoverText } from '../../support/hover.ts';

describe('hover on a word of the language', () => {
  it.each(METHODS.map(({ name }) => name))('method %s', (name) => {
    const text = hoverText(`estimate │${name}`);
    expect(text).toContain(`\`estimate ${name}\``);
    expect(text).toContain('**Assumes:**');
    expect(text).toContain('**Options:**');
  });
  it('says for whom a method answers', () => {
    expect(hoverText('estimate i│pw')).toContain(
      '**Answers:** `ate` (the effect averaged over everyone); with `estimand` also `att`',
    );
  });
  it.each(METRICS)('metric %s', (metric) => {
    const text = hoverText(`estimate iv {\n  expect │${metric} > 1\n}`);
    expect(text).toMatch(new RegExp(`^\\*\\*${metric}\\*\\*, metric\n\n.{20}`));
  });
  it.each(REFUTERS.map(({ name }) => name))('refuter %s', (name) => {
    expect(hoverText(`estimate iv {\n  refute │${name}\n}`)).toContain(`**${name}**, refuter`);
  });
  it.each(ESTIMATE_OPTIONS.filter(({ word }) => word !== 'expect'))(
    'option $word',
    ({ word, description, example }) => {
      const text = hoverText(`variable age, sex\nestimate ipw {\n  ${example.replace(word, `│${word}`)}\n}`);
      expect(text).toContain(`**${word}**, option of an estimate`);
      expect(text).toContain(description.slice(0, 20));
    },
  );
  it.each(DATA_OPTIONS)('data option $word', ({ word, example }) => {
    expect(hoverText(`data "x.csv" {\n  │${example}\n}`)).toContain(`**${word}**, option of \`data\``);
  });
  it.each(TYPES)('type $word', ({ word, description }) => {
    expect(hoverText(`variable x : │${word}`)).toContain(`**${word}**, type of a variable\n\n${description}`);
  });
  it.each(FUNCTIONS)('function $word', ({ word, signature }) => {
    expect(hoverText(`variable x = │${word}(1)`)).toContain(`**${signature}**, function`);
  });
  it.each(STATEMENTS.map(({ word, example }) => [word, example] as const))(
    'statement %s',
    (_word, example) => {
      expect(hoverText(`│${example}`).length).toBeGreaterThan(20);
    },
  );
  it.each([
    ['data "x.csv" {\n  missing │drop\n}', 'Leaves out rows'],
    ['estimate ipw {\n  estimand a│tt\n}', 'averaged over the treated'],
    ['estimate ipw {\n  se hc│3\n}', 'square of the leverage'],
    ['estimate ipw {\n  propensity logis│tic\n}', 'Logistic regression'],
    ['estimate dml {\n  learner boost│ing\n}', 'Boosted trees'],
    ['instrument z gi│ven w', 'held fixed'],
    ['estimate iv {\n  instrument z gi│ven w\n}', 'held fixed'],
    ['estimate iv {\n  contrast 1 │vs 0\n}', 'two levels of a contrast'],
    ['estimate iv {\n  expect estimate bet│ween 0 and 1\n}', 'lies between two others'],
    ['estimate iv {\n  expect estimate between 0 a│nd 1\n}', 'bounds of `between`'],
    ['estimate regression {\n  adjust noth│ing\n}', 'nothing is adjusted for'],
    ['estimate iv │of a on b', 'treatment of an estimate'],
    ['estimate iv │as "x"', 'a title'],
    ['variable x = y is miss│ing', 'not there'],
    ['variable x = a > 1 a│nd b > 2', 'both conditions hold'],
    ['data "x.csv" {\n  where a i│n (1, 2)\n}', 'one of a list'],
    ['expect a independent of b gi│ven c', 'held fixed'],
  ])('%j', (marked, words) => {
    expect(hoverText(marked)).toContain(words);
  });
  it('takes a keyword that is a name for a name', () => {
    const spec = 'variable treatment, outcome\n│treatment -> outcome\ntreatment treatment\noutcome outcome\n';
    expect(hoverText(spec)).toContain('**treatment**, variable');
  });
});
