import { renderToStaticMarkup } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import { Graph, type GraphInteraction } from '../../views/graph.tsx';
import { layoutGraph } from '../../views/layout.ts';
import { nodeElk } from './elk.ts';
import { ALL_ROLES, CYCLIC, HIDDEN_TASTE, MUSIC } from './snapshots.ts';
import { descendants, parseXml, textOf } from './xml.ts';

const elk = nodeElk();

async function elements(snapshot: typeof MUSIC, interaction?: GraphInteraction) {
  const drawing = await layoutGraph(snapshot, elk);
  const graph =
    interaction === undefined ? (
      <Graph drawing={drawing} />
    ) : (
      <Graph drawing={drawing} interaction={interaction} />
    );
  const all = descendants(parseXml(renderToStaticMarkup(graph)));
  const withClass = (name: string) =>
    all.filter((one) => one.attributes.get('class')?.split(' ').includes(name));
  const node = (name: string) => withClass('node').find((one) => textOf(one).startsWith(name))!;
  return { all, withClass, node };
}

describe('what is told without colour', () => {
  test('roles by their words', async () => {
    const { withClass } = await elements(MUSIC);
    const captions = withClass('caption').map(textOf);
    expect(captions).toEqual([
      'treatment',
      'outcome',
      'confounder',
      'confounder',
      'confounder',
      'instrument',
      'unmeasured',
    ]);
  });

  test('latents and unmeasured common causes by dashes', async () => {
    const { node, withClass } = await elements(ALL_ROLES);
    const outline = (name: string) =>
      descendants(node(name)).find((one) => one.attributes.get('class') === 'outline')!;
    expect(outline('mood').attributes.get('stroke-dasharray')).toBeDefined();
    expect(outline('income').attributes.get('stroke-dasharray')).toBeUndefined();
    const dashed = withClass('line').filter((line) => line.attributes.has('stroke-dasharray'));
    expect(dashed).toHaveLength(2);
  });

  test('open biasing paths by weight, mark and words', async () => {
    const { withClass } = await elements(HIDDEN_TASTE);
    expect(withClass('badge-biasing')).toHaveLength(2);
    const biasing = withClass('edge-biasing');
    expect(biasing).toHaveLength(2);
    for (const edge of biasing) {
      const line = descendants(edge).find((one) => one.attributes.get('class') === 'line')!;
      expect(Number(line.attributes.get('stroke-width'))).toBeGreaterThan(2.5);
      expect(textOf(edge)).toContain('on an open biasing path');
    }
  });

  test('cycles by a mark and words', async () => {
    const { withClass } = await elements(CYCLIC);
    expect(withClass('badge-cycle')).toHaveLength(4);
    expect(withClass('edge-cycle').map(textOf).join()).toContain('part of a cycle');
  });

  test('adjustment by a tick and words', async () => {
    const { withClass, node } = await elements(MUSIC);
    expect(withClass('adjusted-mark')).toHaveLength(3);
    expect(textOf(node('age'))).toContain('adjusted for');
  });
});

test('tells each edge with its note', async () => {
  const { withClass } = await elements(MUSIC);
  const titles = withClass('edge').map(textOf);
  expect(titles).toContain('rollout → personalized\nRollout reaches engagement only through the feed');
});

test('a still picture takes no focus', async () => {
  const { all } = await elements(MUSIC);
  for (const one of all) expect([...one.attributes.keys()]).not.toContain('tabindex');
});

test('an interactive one has a single stop for the Tab key, and says what is selected', async () => {
  const { withClass } = await elements(MUSIC, { selected: 'age', highlighted: 'taste', tabStop: 'age' });
  const nodes = withClass('node');
  expect(nodes.map((one) => one.attributes.get('tabindex'))).toEqual([
    '-1',
    '-1',
    '0',
    '-1',
    '-1',
    '-1',
    '-1',
  ]);
  expect(nodes.map((one) => one.attributes.get('data-place'))).toEqual(['0', '1', '2', '3', '4', '5', '6']);
  expect(nodes[2].attributes.get('aria-label')).toBe('age, confounder, adjusted for');
  expect(nodes[2].attributes.get('aria-pressed')).toBe('true');
  expect(nodes[0].attributes.get('aria-pressed')).toBe('false');
  expect(withClass('highlighted')).toHaveLength(1);
  const touched = withClass('touched').map((one) => MUSIC.edges[Number(one.attributes.get('data-edge'))]);
  expect(touched.map((edge) => `${edge?.from} → ${edge?.to}`)).toEqual([
    'age → personalized',
    'age → engagement',
  ]);
});
