/** Lit paths, labels of arrows, the list of paths and the part of a large graph: what the page and the report share. */

import { renderToStaticMarkup } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import { edgeLabels, effectWords } from '../../views/edgeLabels.ts';
import { focusedGraph, needsFocus } from '../../views/focusedGraph.ts';
import { Graph } from '../../views/graph.tsx';
import { layoutGraph } from '../../views/layout.ts';
import { lighting } from '../../views/litPath.ts';
import { PathList } from '../../views/pathList.tsx';
import { FEED, HIDDEN_FEED, snapshotOfText } from '../media/questioned.ts';
import { nodeElk } from './elk.ts';
import { MUSIC_REPORT } from './reports.ts';
import { ALL_ROLES, complete, HOSTILE_NAMES, large, MUSIC } from './snapshots.ts';
import { descendants, parseXml } from './xml.ts';

const path = (nodes: readonly string[], arrows: readonly ('→' | '←' | '↔')[]) => ({ nodes, arrows });

describe('a lit path', () => {
  test('lights its own arrows, whichever way it takes them, and no others between its variables', () => {
    const light = lighting(path(['a', 'b', 'c', 'd'], ['←', '↔', '→']));
    const edge = (from: string, to: string, kind: 'directed' | 'bidirected' = 'directed') =>
      light.edge({ from, to, kind });
    expect([
      edge('b', 'a'),
      edge('c', 'b', 'bidirected'),
      edge('b', 'c', 'bidirected'),
      edge('c', 'd'),
    ]).toEqual(Array(4).fill('lit'));
    expect([edge('a', 'b'), edge('b', 'c'), edge('a', 'd')]).toEqual(Array(3).fill('faded'));
    expect([light.node('a'), light.node('x')]).toEqual(['lit', 'faded']);
    expect(lighting(null).node('a')).toBe('');
  });

  test('names of any kind are kept apart', () => {
    const [a = '', b = ''] = HOSTILE_NAMES;
    expect(lighting(path([a, b], ['→'])).edge({ from: a, to: b, kind: 'directed' })).toBe('lit');
  });

  test('a still picture shows it in black and white', async () => {
    const drawing = await layoutGraph(ALL_ROLES, nodeElk());
    const markup = renderToStaticMarkup(<Graph drawing={drawing} path={path(['feed', 'sales'], ['↔'])} />);
    const all = descendants(parseXml(markup));
    const faded = all.filter((one) => one.attributes.get('class')?.split(' ').includes('faded'));
    expect(faded.length).toBe(9 + 12);
    for (const one of faded) expect(Number(one.attributes.get('opacity'))).toBeLessThan(0.5);
  });
});

describe('the number on an arrow', () => {
  const of = (treatment: string, outcome: string) => ({
    ...MUSIC_REPORT,
    estimates: MUSIC_REPORT.estimates.map((one) => ({ ...one, treatment, outcome })),
  });

  test('stands there where the effect takes no other way, and is never the plain difference', () => {
    const [label] = edgeLabels(MUSIC_REPORT, MUSIC.edges, false);
    expect(label).toMatchObject({ from: 'personalized', to: 'engagement' });
    expect(label?.text).toMatch(/^\d\.\d+ \[\d\.\d+, \d\.\d+\]$/);
    expect(label?.text).not.toContain('2.418');
    const naive = MUSIC_REPORT.estimates.filter(({ estimand }) => estimand === 'unadjusted');
    expect(naive).toHaveLength(1);
    expect(edgeLabels({ ...MUSIC_REPORT, estimates: naive }, MUSIC.edges, false)).toEqual([]);
  });

  test('not where it takes several, or is another effect; a cycle does no harm', () => {
    const edges = [
      ...MUSIC.edges,
      ...['personalized>clicks', 'clicks>engagement', 'engagement>personalized'].map((text) => {
        const [from = '', to = ''] = text.split('>');
        return {
          from,
          to,
          kind: 'directed' as const,
          note: undefined,
          causal: true,
          biasing: false,
          onCycle: true,
        };
      }),
    ];
    expect(edgeLabels(MUSIC_REPORT, edges, false)).toEqual([]);
    expect(edgeLabels(of('rollout', 'engagement'), MUSIC.edges, false)).toEqual([]);
  });

  test('says that it is out of date; of several variables together there is none', () => {
    expect(edgeLabels(MUSIC_REPORT, MUSIC.edges, true)[0]?.text).toContain('(out of date)');
    const effect = { treatment: ['personalized'], outcome: ['engagement'] };
    expect(effectWords(MUSIC_REPORT, effect, true)).toMatch(/^Along all of them together .* Out of date/);
    expect(effectWords(MUSIC_REPORT, { ...effect, treatment: ['personalized', 'age'] }, false)).toBeNull();
    expect(effectWords(MUSIC_REPORT, null, false)).toBeNull();
  });
});

describe('the list of paths', () => {
  const paths = snapshotOfText(HIDDEN_FEED).question?.paths ?? [];

  test('is plain text where there is nothing to choose', () => {
    const markup = renderToStaticMarkup(<PathList paths={paths} more={true} />);
    expect(markup).not.toContain('<button');
    expect(markup).toContain('feed ← taste → engagement');
    expect(markup).toContain('There are more paths');
    expect(renderToStaticMarkup(<PathList paths={[]} more={false} />)).toContain('No path joins');
  });

  test('every path of a state stands under its heading', () => {
    const markup = renderToStaticMarkup(
      <PathList paths={snapshotOfText(FEED).question?.paths ?? []} more={false} />,
    );
    expect(markup.indexOf('These carry the effect')).toBeLessThan(markup.indexOf('feed → engagement'));
    expect(markup.indexOf('These are closed')).toBeLessThan(markup.indexOf('feed ← age → engagement'));
    expect(markup).not.toContain('These are open');
  });
});

describe('the part of a graph too large to draw', () => {
  test('holds the question and what is near, and grows with the steps', () => {
    const whole = large(2000);
    const sizes = [1, 2, 3].map((steps) => focusedGraph(whole, 'variable_700', steps));
    for (const { graph, hidden } of sizes) {
      expect(graph.nodes.length + hidden).toBe(2000);
      const names = new Set(graph.nodes.map(({ name }) => name));
      for (const name of ['treatment', 'outcome', 'variable_700']) expect(names.has(name)).toBe(true);
      expect(graph.edges.every(({ from, to }) => names.has(from) && names.has(to))).toBe(true);
      expect(needsFocus(graph)).toBe(false);
    }
    expect(sizes[2]?.graph.nodes.length).toBeGreaterThan(sizes[0]?.graph.nodes.length ?? 0);
  });

  test('stays drawable where every variable is near every other, and where nothing is asked', () => {
    const { graph } = focusedGraph(complete(120), null, 8);
    expect(graph.nodes.length).toBeGreaterThan(10);
    expect(graph.edges.length).toBeLessThanOrEqual(900);
    expect(focusedGraph(MUSIC, null, 1)).toEqual({ graph: MUSIC, hidden: 0 });
  });
});
