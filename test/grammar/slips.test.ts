import { describe, expect, test } from 'vitest';
import { parse } from '../../grammar/parse.ts';
import { checkAll } from './invariants.ts';
import { mended, reports, shape } from './support.ts';

/** A line as a newcomer writes it, the one thing said of it, and the line that it is read as. */
type Slip = readonly [written: string, report: string, meant: string];

/** Checks that a slip is one fault, that its tree is that of what was meant, and that the mend is that text too. */
function checkSlip([written, report, meant]: Slip, mend = true): void {
  const result = parse(written);
  expect(reports(written, result)).toEqual([report]);
  expect(reports(meant)).toEqual([]);
  expect(shape(result.document.statements)).toEqual(shape(parse(meant).document.statements));
  if (mend) {
    const text = mended(written, result.faults);
    expect(reports(text)).toEqual([]);
    expect(shape(parse(text).document.statements)).toEqual(shape(result.document.statements));
  }
  checkAll(written);
}

const near = (word: string, meant: string): string =>
  `${word} | \`${word}\` starts no statement: did you mean \`${meant}\`?`;

describe('a misspelt keyword is told once, and its line is read', () => {
  test.each<Slip>([
    ['varaible tasks', near('varaible', 'variable'), 'variable tasks'],
    ['vraiable a, b : count "Note"', near('vraiable', 'variable'), 'variable a, b : count "Note"'],
    ['var tasks', near('var', 'variable'), 'variable tasks'],
    ['vars a, b', near('vars', 'variable'), 'variable a, b'],
    ['variables a = log(b)', near('variables', 'variable'), 'variable a = log(b)'],
    ['lattent u', near('lattent', 'latent'), 'latent u'],
    ['latents u, v', near('latents', 'latent'), 'latent u, v'],
    ['gruop g = a, b', near('gruop', 'group'), 'group g = a, b'],
    ['treatmnt x', near('treatmnt', 'treatment'), 'treatment x'],
    ['treat x', near('treat', 'treatment'), 'treatment x'],
    ['exposure x', near('exposure', 'treatment'), 'treatment x'],
    ['response y', near('response', 'outcome'), 'outcome y'],
    ['target y', near('target', 'outcome'), 'outcome y'],
    ['iv z given w', near('iv', 'instrument'), 'instrument z given w'],
    ['instruments z, w', near('instruments', 'instrument'), 'instrument z, w'],
    ['control a, b', near('control', 'adjust'), 'adjust a, b'],
    ['covariates a', near('covariates', 'adjust'), 'adjust a'],
    ['modle "Feed"', near('modle', 'model'), 'model "Feed"'],
    ['dat "a.csv" { missing drop }', near('dat', 'data'), 'data "a.csv" { missing drop }'],
    ['estmate iv', near('estmate', 'estimate'), 'estimate iv'],
    ['estmate iv {\n  se hc3\n}', near('estmate', 'estimate'), 'estimate iv {\n  se hc3\n}'],
    ['expct identifiable', near('expct', 'expect'), 'expect identifiable'],
    ['expct a independent of b', near('expct', 'expect'), 'expect a independent of b'],
  ])('%s', (...slip) => checkSlip(slip));

  test.each([
    ['var -> y', { kind: 'edges', ends: [['var'], ['y']], arrows: ['->'] }],
    ['var, iv -> y', { kind: 'edges', ends: [['var', 'iv'], ['y']], arrows: ['->'] }],
    ['var\n-> y', { kind: 'edges', ends: [['var'], ['y']], arrows: ['->'] }],
  ])('%j is an edge', (text, tree) => {
    expect(reports(text)).toEqual([]);
    expect(shape(parse(text).document.statements)).toEqual([tree]);
  });

  test.each(['var x -> y', 'target of the study', 'modle x', 'iv', 'expct a'])('%s is none', (text) => {
    expect(reports(text)).toHaveLength(1);
    expect(parse(text).document.statements[0]?.kind).toMatch(/broken|edges/);
  });
});
