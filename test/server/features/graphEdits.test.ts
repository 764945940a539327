/** What is drawn in the picture, as edits of the text. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ARROW_KINDS,
  type ArrowBetween,
  GIVEN_ROLES,
  type GraphEdit,
  readGraphEdit,
} from '../../../engine/report/graphEdit.ts';
import { type Analysis, analyse } from '../../../server/analysis/analyse.ts';
import { mentionsIn } from '../../../server/analysis/mentions.ts';
import { editGraph } from '../../../server/features/graphEdits/editGraph.ts';
import type { GraphEditPlan } from '../../../server/features/graphEdits/plan.ts';
import { applyEdits } from '../../../server/mends/edit.ts';
import { openSpec } from '../../support/openSpec.ts';
import { randomSpec } from '../../support/randomSpecs.ts';
import { SEED } from '../../support/seed.ts';
import { comments, meaning } from '../../support/specFacts.ts';

function plan(text: string, edit: GraphEdit): GraphEditPlan {
  return editGraph(edit, openSpec(text));
}

/** The text after an edit; why it was refused where it was. */
function edited(text: string, edit: GraphEdit): string {
  const answer = plan(text, edit);
  return answer.kind === 'refused' ? answer.message : applyEdits(text, answer.edits);
}

const directed = (from: string, to: string) => ({ kind: 'directed', from, to }) as const;
const both = (from: string, to: string) => ({ kind: 'bidirected', from, to }) as const;

const TEXT = `# Of the feed
variable shown : binary   "Shown the feed"
variable liked, age   # known
latent   taste

# Who likes what
taste -> liked
age -> shown, liked   "By design"   # why
shown -> liked

treatment shown
outcome   liked
`;

describe('a variable', () => {
  it('is declared beside the others', () => {
    expect(edited(TEXT, { kind: 'add-variable', name: 'wave', latent: false })).toBe(
      TEXT.replace('# known\n', '# known\nvariable wave\n'),
    );
    expect(edited(TEXT, { kind: 'add-variable', name: ' luck ', latent: true })).toBe(
      TEXT.replace('taste\n', 'taste\nlatent luck\n'),
    );
    expect(edited('', { kind: 'add-variable', name: 'x', latent: false })).toBe('variable x\n');
  });

  it('gets the backticks that its name needs, and is told so', () => {
    const edit = { kind: 'add-variable', name: 'prior sessions', latent: false } as const;
    expect(edited(TEXT, edit)).toContain('variable `prior sessions`\n');
    expect(plan(TEXT, edit)).toMatchObject({ told: expect.stringContaining('`prior sessions`') });
  });

  it('is refused a name that is taken, or that nothing can be called', () => {
    const named = (name: string) => edited(TEXT, { kind: 'add-variable', name, latent: false });
    expect(named('age')).toBe('age is already declared as a variable. Choose another name.');
    expect(named('`age`')).toContain('already declared');
    expect(named('a`b')).toBe('A name holds no backtick and no line end. Blanks and other signs are fine.');
    expect(named('a\nb')).toContain('no line end');
    expect(named('  ')).toBe('Give the variable a name.');
  });

  it('is renamed everywhere, as the editor renames it', () => {
    const text = edited(TEXT, { kind: 'rename-variable', name: 'taste', to: 'what they like' });
    expect(text).toBe(TEXT.replaceAll('taste', '`what they like`'));
    expect(edited(TEXT, { kind: 'rename-variable', name: 'taste', to: 'age' })).toContain('already declared');
    expect(edited(TEXT, { kind: 'rename-variable', name: 'gone', to: 'x' })).toContain('not declared');
    expect(edited(TEXT, { kind: 'rename-variable', name: 'age', to: 'age' })).toContain('already');
  });

  it('is marked as latent and as measured', () => {
    const latent = edited(TEXT, { kind: 'set-measured', name: 'age', measured: false });
    expect(latent).toBe(
      TEXT.replace('variable liked, age   # known', 'variable liked   # known\nlatent age'),
    );
    expect(edited(latent, { kind: 'set-measured', name: 'taste', measured: true })).toContain(
      'variable taste\n',
    );
    expect(edited(TEXT, { kind: 'set-measured', name: 'taste', measured: false })).toBe(
      'taste is latent already.',
    );
    expect(edited(TEXT, { kind: 'set-measured', name: 'shown', measured: false })).toContain(
      'is the treatment',
    );
    const counted = `${TEXT}estimate regression {\n  where age > 3\n}\n`;
    expect(edited(counted, { kind: 'set-measured', name: 'age', measured: false })).toContain('in line 14');
  });
});

describe('an arrow', () => {
  it('is drawn on a line after the others', () => {
    expect(edited(TEXT, { kind: 'add-arrow', arrow: directed('taste', 'age') })).toBe(
      TEXT.replace('shown -> liked\n', 'shown -> liked\ntaste -> age\n'),
    );
    expect(edited(TEXT, { kind: 'add-arrow', arrow: both('shown', 'liked') })).toContain(
      '\nshown <-> liked\n',
    );
  });

  it('is refused where it makes no graph', () => {
    const drawn = (arrow: ArrowBetween) => edited(TEXT, { kind: 'add-arrow', arrow });
    expect(drawn(directed('age', 'age'))).toBe(
      'age cannot be its own cause. Draw the arrow to another variable.',
    );
    expect(drawn(directed('age', 'shown'))).toBe('age → shown is already in the graph.');
    expect(drawn(directed('liked', 'age'))).toContain('age → liked is already in the graph');
    expect(drawn(directed('liked', 'gone'))).toBe('gone is not declared in the text any more.');
    const chain = 'variable a, b, c\na -> b -> c\n';
    expect(edited(chain, { kind: 'add-arrow', arrow: directed('c', 'a') })).toContain(
      'c → a would close a circle: a → b → c → a.',
    );
    expect(edited('variable a, b\na <-> b\n', { kind: 'add-arrow', arrow: both('b', 'a') })).toContain(
      'already',
    );
  });

  it('leaves its list, its chain and its comments when it goes', () => {
    expect(edited(TEXT, { kind: 'delete-arrow', arrow: directed('age', 'shown') })).toBe(
      TEXT.replace('age -> shown, liked', 'age -> liked'),
    );
    const chain = 'variable a, b, c, d\na -> b -> c -> d   "so"   # why\n';
    expect(edited(chain, { kind: 'delete-arrow', arrow: directed('b', 'c') })).toBe(
      'variable a, b, c, d\na -> b   "so"\nc -> d   "so"   # why\n',
    );
    expect(edited(chain, { kind: 'delete-arrow', arrow: directed('a', 'c') })).toContain('not in the text');
  });

  it('goes wherever it is written', () => {
    const twice = 'variable a, b, c\na -> b\na, c -> b\n';
    expect(edited(twice, { kind: 'delete-arrow', arrow: directed('a', 'b') })).toBe(
      'variable a, b, c\nc -> b\n',
    );
    expect(edited(twice, { kind: 'redraw-arrow', arrow: directed('a', 'b'), as: directed('b', 'a') })).toBe(
      'variable a, b, c\nb -> a\nc -> b\n',
    );
  });

  it('is turned round, and made the other kind, where it stands', () => {
    const line = 'variable a, b, c\n# How\nb <- a   "so"   # why\n';
    const redrawn = (arrow: ArrowBetween, as: ArrowBetween, text = line) =>
      edited(text, { kind: 'redraw-arrow', arrow, as });
    expect(redrawn(directed('a', 'b'), directed('b', 'a'))).toBe(line.replace('b <- a', 'a <- b'));
    const bidirected = redrawn(directed('a', 'b'), both('a', 'b'));
    expect(bidirected).toBe(line.replace('<-', '<->'));
    expect(redrawn(both('a', 'b'), directed('b', 'a'), bidirected)).toBe(line.replace('<-', '->'));
    const circle = 'variable a, b, c\na -> b -> c\na -> c\n';
    expect(redrawn(directed('a', 'c'), directed('c', 'a'), circle)).toContain(
      'close a circle: a → b → c → a',
    );
    expect(redrawn(directed('a', 'c'), both('a', 'c'), circle)).toContain('a <-> c');
  });
});

describe('a variable that is deleted', () => {
  it('takes its arrows and roles along, and nothing else', () => {
    expect(edited(TEXT, { kind: 'delete-variable', name: 'age' })).toBe(
      TEXT.replace('liked, age', 'liked').replace('age -> shown, liked   "By design"   # why\n', ''),
    );
    expect(edited(TEXT, { kind: 'delete-variable', name: 'shown' })).toBe(
      TEXT.replace('# Of the feed\nvariable shown : binary   "Shown the feed"\n', '')
        .replace('shown, liked', 'liked')
        .replace('shown -> liked\n', '')
        .replace('treatment shown\n', ''),
    );
  });

  it('ends a chain, which goes on behind it', () => {
    const deleted = (line: string) =>
      edited(`variable a, b, c, d, x\n${line}\n`, { kind: 'delete-variable', name: 'x' })
        .split('\n')
        .slice(1);
    expect(deleted('a -> b -> x -> c -> d "so" # why')).toEqual(['a -> b "so"', 'c -> d "so" # why', '']);
    expect(deleted('x -> b -> c')).toEqual(['b -> c', '']);
    expect(deleted('a -> x -> b -> c')).toEqual(['b -> c', '']);
    expect(deleted('a -> b -> x # why')).toEqual(['a -> b # why', '']);
    expect(deleted('a -> x, b -> c')).toEqual(['a -> b -> c', '']);
    expect(deleted('a -> x -> b')).toEqual(['']);
    expect(deleted('a -> b, # one\n  x -> c')).toEqual(['# one', 'a -> b -> c', '']);
  });

  it('leaves groups, sets and estimates, and takes along what is about it alone', () => {
    const text = `variable a, b, x, y
group one = a
group all = one, b
all -> x, y
x -> y
treatment x
outcome y
adjust all
estimate regression {
  adjust a, b # these
}
estimate regression of a on y
expect a independent of b
expect x independent of y given a, b
`;
    expect(edited(text, { kind: 'delete-variable', name: 'a' })).toBe(`variable b, x, y
group all = b
all -> x, y
x -> y
treatment x
outcome y
adjust all
estimate regression {
  adjust b # these
}
expect x independent of y given b
`);
  });

  it('stays where something computes with its definition', () => {
    const text = 'variable x = log(z)\nvariable y = x + 1\n';
    expect(edited(text, { kind: 'delete-variable', name: 'x' })).toContain('line 2 computes with it');
    expect(edited(text, { kind: 'delete-variable', name: 'y' })).toBe('variable x = log(z)\n');
    const column = 'data "d.csv" {\n  where x > 3\n}\nvariable x, y\n';
    expect(edited(column, { kind: 'delete-variable', name: 'x' })).toBe(column.replace('x, y', 'y'));
  });
});

describe('a role', () => {
  const given = (name: string, role: (typeof GIVEN_ROLES)[number], text = TEXT) =>
    edited(text, { kind: 'set-role', name, role });

  it('of what is asked takes the place of the old', () => {
    expect(given('age', 'treatment')).toBe(TEXT.replace('treatment shown', 'treatment age'));
    expect(given('shown', 'outcome')).toBe(
      TEXT.replace('treatment shown\n', '').replace('outcome   liked', 'outcome   shown'),
    );
    expect(given('age', 'outcome', TEXT.replace('outcome   liked\n', ''))).toContain(
      'treatment shown\noutcome age\n',
    );
  });

  it('of an instrument is a line of its own', () => {
    expect(given('age', 'instrument')).toContain('liked\ninstrument age\n');
  });

  it('of a set that was chosen from the graph writes the set down', () => {
    const text = `${TEXT.replace('shown, liked', 'shown')}`.replace('liked, age', 'liked, age, wave');
    expect(given('wave', 'adjusted', TEXT.replace('liked, age', 'liked, age, wave'))).toContain(
      '\nadjust age, wave\n',
    );
    expect(given('wave', 'adjusted', text)).toContain('\nadjust wave\n');
    const two = TEXT.replace('liked, age', 'liked, age, wave').replace('age -> shown', 'age, wave -> shown');
    expect(given('wave', 'none', two)).toContain('\nadjust age\n');
    expect(given('age', 'none')).toContain('adjust nothing');
  });

  it('is taken, and the rest of its line stays', () => {
    expect(given('age', 'none', `${TEXT}adjust age, liked # both\n`)).toBe(`${TEXT}adjust liked # both\n`);
    expect(given('shown', 'none')).toBe(TEXT.replace('treatment shown\n', ''));
    expect(given('taste', 'none')).toContain('follows from the arrows');
    expect(plan(`${TEXT}adjust age\n`, { kind: 'set-role', name: 'age', role: 'none' })).toMatchObject({
      told: expect.stringContaining('chosen from the graph again'),
    });
  });

  it('needs what was measured, and is given once', () => {
    expect(given('taste', 'adjusted')).toContain('never measured');
    expect(given('shown', 'treatment')).toBe('shown is the treatment already.');
  });
});

it('nothing is edited in a text that cannot be read', () => {
  expect(edited('variable a, b\na ->\n', { kind: 'delete-variable', name: 'b' })).toContain(
    'Line 2 of the text',
  );
});

it('what is no edit is not taken for one', () => {
  const arrow = directed('a', 'b');
  for (const edit of [
    { kind: 'add-arrow', arrow },
    { kind: 'redraw-arrow', arrow, as: both('b', 'a') },
    { kind: 'set-role', name: 'a', role: 'none' },
    { kind: 'set-measured', name: 'a', measured: true },
  ])
    expect(readGraphEdit({ ...edit, more: 1 })).toEqual(edit);
  for (const edit of [
    null,
    'add-arrow',
    { kind: 'add-arrow', arrow: { ...arrow, kind: 'dotted' } },
    { kind: 'add-variable', name: 7, latent: false },
    { kind: 'add-variable', name: 'a' },
    { kind: 'redraw-arrow', arrow, as: directed('a', 'c') },
    { kind: 'set-role', name: 'a', role: 'mediator' },
    { kind: 'drop', name: 'a' },
  ])
    expect(readGraphEdit(edit)).toBeNull();
});

describe('whatever the text looks like', () => {
  const RUNS = 200 * Number(process.env['CAUSAL_FUZZ'] ?? 1);
  const NAMES = ['x', 'y', 'a', 'b', 'c', 'z', 'u', 'v'];
  const name = fc.constantFrom(...NAMES);
  const arrow = fc.record({ kind: fc.constantFrom(...ARROW_KINDS), from: name, to: name });
  const anyEdit: fc.Arbitrary<GraphEdit> = fc.oneof(
    fc.record({
      kind: fc.constant('add-variable' as const),
      name: fc.constantFrom('new', 'two words', 'constructor', 'g', 'treatment'),
      latent: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('delete-variable' as const), name }),
    fc.record({
      kind: fc.constant('rename-variable' as const),
      name,
      to: fc.constantFrom('new', 'two words', 'nothing', '__proto__'),
    }),
    fc.record({ kind: fc.constant('set-measured' as const), name, measured: fc.boolean() }),
    fc.record({ kind: fc.constant('set-role' as const), name, role: fc.constantFrom(...GIVEN_ROLES) }),
    fc.record({ kind: fc.constantFrom('add-arrow' as const, 'delete-arrow' as const), arrow }),
    fc.tuple(arrow, fc.constantFrom(...ARROW_KINDS), fc.boolean()).map(([one, kind, turned]) => ({
      kind: 'redraw-arrow' as const,
      arrow: one,
      as: turned ? { kind, from: one.to, to: one.from } : { ...one, kind },
    })),
  );

  interface Facts {
    readonly variables: readonly string[];
    readonly edges: readonly string[];
    readonly treatment: readonly string[];
    readonly outcome: readonly string[];
    readonly adjusted: readonly string[] | null;
    readonly instruments: readonly (readonly [string, unknown])[];
  }
  const facts = (text: string): Facts => {
    const all = meaning(analyse(text)) as Facts;
    return { ...all, edges: all.edges.map(alike).sort(), instruments: all.instruments };
  };
  const alike = (edge: string): string => {
    const [kind = '', ...ends] = edge.split(' ');
    return kind === 'bidirected' ? `${kind} ${ends.sort().join(' ')}` : edge;
  };
  const written = ({ kind, from, to }: { kind: string; from: string; to: string }) =>
    alike(`${kind} ${from} ${to}`);

  /** What the model is to be after an edit, as far as the edit says. */
  function intended(before: Facts, edit: GraphEdit): Partial<Facts> {
    const { variables, edges } = before;
    const swapped = (out: string, put: string[]) => [...edges.filter((each) => each !== out), ...put].sort();
    switch (edit.kind) {
      case 'add-variable':
        return { ...before, variables: [...variables, `${edit.name} ${edit.latent}`].sort() };
      case 'delete-variable':
        return {
          variables: variables.filter((each) => each.split(' ')[0] !== edit.name),
          edges: edges.filter((each) => !each.split(' ').slice(1).includes(edit.name)),
        };
      case 'rename-variable':
        return {};
      case 'set-measured':
        return {
          ...before,
          variables: variables
            .map((each) => (each.startsWith(`${edit.name} `) ? `${edit.name} ${!edit.measured}` : each))
            .sort(),
        };
      case 'set-role':
        return { variables, edges };
      case 'add-arrow':
        return { ...before, edges: swapped('', [written(edit.arrow)]) };
      case 'delete-arrow':
        return { ...before, edges: swapped(written(edit.arrow), []) };
      case 'redraw-arrow':
        return { ...before, edges: swapped(written(edit.arrow), [written(edit.as)]) };
      case 'adopt':
        // Held against the picture of the supposition where that is tested.
        return { edges };
    }
  }

  /** Lines that name what the edit is about, or a group, may change; all others stay as they are, in their order. */
  function untouched(text: string, edit: GraphEdit): string[] {
    const about = JSON.stringify(edit).match(/"(?:name|from|to)":"(\w+)"/g) ?? [];
    const names = new Set(about.map((each) => each.split('"')[3] ?? ''));
    const isOther = (line: string): boolean =>
      !/^\s*\}?\s*$|^estimate/.test(line) &&
      !(line.match(/\w+/g) ?? []).some((word) => names.has(word) || word === 'g') &&
      !/^(?:treatment|outcome|adjust|instrument)|->|<-|^\s|,\s*(?:#.*)?$|^variable|^latent/.test(line);
    return text.split(/\r?\n/).filter(isOther);
  }

  /** Does a comment stand in, behind or directly above a statement that names what the edit is about? */
  function isOfChanged(offset: number, edit: GraphEdit, { text, document }: Analysis): boolean {
    const names = 'name' in edit ? [edit.name] : 'arrow' in edit ? [edit.arrow.from, edit.arrow.to] : [];
    const line = (at: number) => text.slice(0, at).split('\n').length;
    return document.statements.some(
      (statement) =>
        mentionsIn(statement).some(({ name: { text: own } }) => names.includes(own) || own === 'g') &&
        line(offset) >= line(statement.range.start) - (statement.documentation?.split('\n').length ?? 0) &&
        line(offset) <= line(statement.range.end),
    );
  }

  it('the model changes as drawn, the text can be read, and other lines stay', () => {
    let done = 0;
    fc.assert(
      fc.property(randomSpec, anyEdit, (text, edit) => {
        const spec = openSpec(text);
        const answer = editGraph(edit, spec);
        if (answer.kind === 'refused') {
          expect(answer.message).not.toContain('has no place');
          return;
        }
        done += 1;
        const result = applyEdits(text, answer.edits);
        const [before, now] = [analyse(text), analyse(result)];
        expect(now.faults, result).toEqual(before.faults.map(() => expect.anything()));
        expect(facts(result), result).toMatchObject(intended(facts(text), edit));
        const model = facts(result);
        if (edit.kind === 'set-role') {
          const { name: own, role } = edit;
          expect(model.treatment.includes(own), result).toBe(role === 'treatment');
          expect(model.outcome.includes(own), result).toBe(role === 'outcome');
          expect(
            model.instruments.some(([z]) => z === own),
            result,
          ).toBe(role === 'instrument');
          expect(model.adjusted?.includes(own) ?? false, result).toBe(role === 'adjusted');
          if (role !== 'treatment')
            expect(model.treatment).toEqual(facts(text).treatment.filter((t) => t !== own));
        }
        const kept = untouched(text, edit);
        const lines = result.split(/\r?\n/);
        let from = 0;
        for (const line of kept) {
          const at = lines.indexOf(line, from);
          expect(at, `${line}\n---\n${result}`).toBeGreaterThanOrEqual(0);
          from = at + 1;
        }
        const goesWithLines = ['delete-variable', 'set-role', 'delete-arrow'].includes(edit.kind);
        const count = (all: readonly string[], one: string) => all.filter((each) => each === one).length;
        for (const comment of new Set([...comments(before), ...comments(now)])) {
          const lost = count(comments(before), comment) - count(comments(now), comment);
          const may = before.document.comments.filter(
            (each) => each.text === comment && isOfChanged(each.range.start, edit, before),
          ).length;
          expect(lost, comment + result).toBeGreaterThanOrEqual(0);
          expect(lost, comment + result).toBeLessThanOrEqual(goesWithLines ? may : 0);
        }
        if (text.includes('\r\n')) expect(result).not.toMatch(/[^\r]\n/);
        const unknown = (analysis: typeof now) =>
          analysis.diagnostics.filter(({ code }) => code === 'undeclared-name').length;
        expect(unknown(now), result).toBeLessThanOrEqual(unknown(before));
      }),
      { numRuns: RUNS, seed: SEED },
    );
    expect(done).toBeGreaterThan(RUNS / 3);
  });
});
