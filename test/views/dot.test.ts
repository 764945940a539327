import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dotDocument } from '../../views/dot.ts';
import { ALL_ROLES, EMPTY, HIDDEN_TASTE, HOSTILE, MUSIC, SINGLE } from './snapshots.ts';

/** The tokens of a DOT document, by the grammar's lexical rules. Throws where there is anything else. */
function tokens(dot: string): readonly string[] {
  const pattern = /\s+|("(?:\\.|[^"\\])*"|->|[{}[\];=,]|[A-Za-z_][A-Za-z0-9_]*|-?\d+)/sy;
  const found: string[] = [];
  while (pattern.lastIndex < dot.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(dot);
    if (match === null) throw new SyntaxError(`not DOT: ${dot.slice(at, at + 40)}`);
    if (match[1] !== undefined) found.push(match[1]);
  }
  return found;
}

function line(dot: string, start: string): string {
  return dot.split('\n').find((one) => one.trim().startsWith(start)) ?? '';
}

test('a small graph, whole', () => {
  expect(dotDocument(SINGLE)).toBe(
    'digraph "causal" {\n  rankdir=LR;\n  node [shape=box];\n  "alone" [role=other, shape=box];\n}\n',
  );
});

describe('attributes', () => {
  const dot = dotDocument(ALL_ROLES);

  test('roles, latents and adjustment', () => {
    expect(line(dot, '"feed" [')).toContain('role=treatment');
    expect(line(dot, '"mood" [')).toMatch(/role=latent.*latent=true.*style=dashed/);
    expect(line(dot, '"income" [')).toContain('adjusted=true');
    expect(line(dot, '"clicks" [')).toContain('style=rounded');
  });

  test('an unmeasured common cause has two heads and a dashed line', () => {
    expect(line(dot, '"feed" -> "sales"')).toMatch(/dir=both.*style=dashed.*biasing=true/);
  });

  test('paths and notes', () => {
    expect(line(dot, '"feed" -> "clicks"')).toContain('causal=true');
    expect(line(dotDocument(MUSIC), '"rollout" -> "personalized"')).toContain(
      'tooltip="Rollout reaches engagement only through the feed"',
    );
  });
});

test('quotation marks, backslashes and entities in names', () => {
  const named = (name: string) => dotDocument({ ...SINGLE, nodes: [{ ...SINGLE.nodes[0], name }] });
  expect(named('say "hi"')).toContain('"say \\"hi\\"" [');
  expect(named('a\\')).toContain('"a\\\\" [label="a\\\\"');
  expect(named('a &lt; b')).toContain('"a &lt; b" [label="a &amp;lt; b"');
  expect(named('two\nlines')).toContain('"two⏎lines"');
  expect(named('node')).toContain('"node" [');
});

test.each([
  ['music', MUSIC],
  ['hidden taste', HIDDEN_TASTE],
  ['hostile', HOSTILE],
  ['empty', EMPTY],
])('%s follows the lexical rules', (_, snapshot) => {
  const words = tokens(dotDocument(snapshot));
  expect(words[0]).toBe('digraph');
  expect(words.at(-1)).toBe('}');
  expect(words.filter((word) => word === '->')).toHaveLength(snapshot.edges.length);
});

test('any names and notes follow the lexical rules', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (name, note) => {
      const words = tokens(
        dotDocument({ ...SINGLE, title: note, nodes: [{ ...SINGLE.nodes[0], name, note }] }),
      );
      expect(words.filter((word) => word === ';')).toHaveLength(3);
    }),
  );
});
