import { beforeAll, describe, expect, test } from 'vitest';
import { DRAWN_ROLES } from '../../engine/report/snapshot.ts';
import { layoutGraph } from '../../views/layout.ts';
import { roleShape, roleWord } from '../../views/roles.ts';
import { svgDocument } from '../../views/svgDocument.tsx';
import { nodeElk } from './elk.ts';
import { ALL_ROLES, CYCLIC, EMPTY, HIDDEN_TASTE, HOSTILE, ISOLATED, MUSIC, SINGLE } from './snapshots.ts';
import { descendants, parseXml, textOf } from './xml.ts';

const elk = nodeElk();

async function document(snapshot: typeof MUSIC): Promise<string> {
  return svgDocument(await layoutGraph(snapshot, elk));
}

function byClass(svg: string, name: string) {
  return descendants(parseXml(svg)).filter((one) => one.attributes.get('class')?.split(' ').includes(name));
}

describe.each([
  ['music', MUSIC],
  ['hidden taste', HIDDEN_TASTE],
  ['all roles', ALL_ROLES],
  ['cyclic', CYCLIC],
  ['hostile', HOSTILE],
  ['empty', EMPTY],
  ['single', SINGLE],
  ['isolated', ISOLATED],
])('%s', (_, snapshot) => {
  let svg: string;
  beforeAll(async () => {
    svg = await document(snapshot);
  });

  test('is a well-formed document that needs nothing else', () => {
    const root = parseXml(svg);
    expect(root.name).toBe('svg');
    expect(root.attributes.get('xmlns')).toBe('http://www.w3.org/2000/svg');
    const all = descendants(root);
    expect(all.map((one) => one.name)).not.toContain('script');
    for (const one of all) {
      for (const [name, value] of one.attributes) {
        expect(name).not.toMatch(/^on|href|tabindex/i);
        expect(name === 'xmlns' ? '' : value).not.toMatch(/https?:|undefined|NaN|\[object/);
      }
    }
    expect(svg).not.toMatch(/url\(|@import/);
  });

  test('says in words what it shows', () => {
    const root = parseXml(svg);
    const [title, description] = root.attributes.get('aria-labelledby')!.split(' ');
    const byId = (id: string) => descendants(root).find((one) => one.attributes.get('id') === id)!;
    expect(byId(title).name).toBe('title');
    expect(textOf(byId(title))).not.toBe('');
    expect(byId(description).name).toBe('desc');
    expect(byClass(svg, 'node')).toHaveLength(snapshot.nodes.length);
    expect(byClass(svg, 'edge').length).toBeGreaterThanOrEqual(
      snapshot.edges.filter((edge) => snapshot.nodes.some((node) => node.name === edge.from)).length,
    );
  });
});

test('names, notes and verdicts are text, whatever they hold', async () => {
  const svg = await document(HOSTILE);
  const root = parseXml(svg);
  expect(textOf(root)).toContain('<script>alert("x")</script>');
  expect(textOf(root)).toContain(']]> --> </desc>');
  expect(textOf(root)).toContain('السن عند الدخول');
  expect(svg).not.toContain('<script');
});

test('the legend names the roles and marks that are there, and no others', async () => {
  const legend = (svg: string) => byClass(svg, 'legend').map(textOf).join(' ');
  const music = legend(await document(MUSIC));
  for (const word of [
    'treatment',
    'outcome',
    'instrument',
    'unmeasured',
    'confounder',
    'adjusted for',
    'carries the effect',
  ])
    expect(music).toContain(word);
  for (const word of ['collider', 'open biasing path', 'cycle']) expect(music).not.toContain(word);
  expect(legend(await document(HIDDEN_TASTE))).toContain('open biasing path');
  expect(legend(await document(CYCLIC))).toContain('cycle');
});

test('the verdict is on the page, wrapped rather than cut', async () => {
  const svg = await document(HIDDEN_TASTE);
  const shown = byClass(svg, 'quiet').map(textOf).join(' ');
  expect(shown).toContain(HIDDEN_TASTE.verdict.headline);
});

test('every role has an outline and a word of its own', () => {
  expect(new Set(DRAWN_ROLES.map(roleShape)).size).toBe(DRAWN_ROLES.length);
  expect(new Set(DRAWN_ROLES.map(roleWord)).size).toBe(DRAWN_ROLES.length);
});

test('has a style for each class of role and arrow, light and dark', async () => {
  const svg = await document(ALL_ROLES);
  const style = textOf(descendants(parseXml(svg)).find((one) => one.name === 'style')!);
  const [light, dark] = style.split('@media screen and (prefers-color-scheme: dark)');
  for (const part of [light, dark]) {
    for (const role of DRAWN_ROLES) expect(part).toContain(`.node-${role} .outline{`);
    for (const style of ['causal', 'biasing', 'cycle']) expect(part).toContain(`.edge-${style} .line{`);
  }
});

test('is the same text every time', async () => {
  expect(await document(ALL_ROLES)).toBe(await document(ALL_ROLES));
});
