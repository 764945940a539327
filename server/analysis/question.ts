/** The roles that a spec hands out: of what on what the effect is asked, and what is to be adjusted for. */

import type { Node } from '../../engine/model/model.ts';
import { quoteName } from '../../grammar/names.ts';
import type { Document, Name, Range, Role, RoleStatement } from '../../grammar/tree.ts';
import { type Diagnostic, diagnostic } from './diagnostic.ts';
import { likelyOutcomes } from './likelyRoles.ts';
import { type Mend, preferred } from './mend.ts';
import type { Structure } from './structure.ts';
import { resolveNames, type SymbolTable } from './symbols.ts';

/** A variable where it is listed in a role. */
export interface RoleEntry {
  readonly node: Node;
  readonly variable: string;
  readonly range: Range;
}

export interface DeclaredInstrument extends RoleEntry {
  /** Null where `given` was not written and a set is to be searched. */
  readonly given: readonly RoleEntry[] | null;
}

export interface Question {
  readonly treatment: readonly RoleEntry[];
  readonly outcome: readonly RoleEntry[];
  /** Null without an `adjust` statement. */
  readonly adjusted: readonly RoleEntry[] | null;
  readonly selection: readonly RoleEntry[];
  readonly instruments: readonly DeclaredInstrument[];
}

/** Nodes of role entries, each once. */
export function nodesOf(entries: readonly RoleEntry[]): Node[] {
  return [...new Set(entries.map(({ node }) => node))];
}

/** The entries that listed names stand for; a member of a group has the range of the group's name. */
export function roleEntries(names: readonly Name[], symbols: SymbolTable, structure: Structure): RoleEntry[] {
  return resolveNames(names, symbols).flatMap(({ name, variables }) =>
    variables.flatMap((variable) => {
      const node = structure.nodes.get(variable);
      return node === undefined ? [] : [{ node, variable, range: name.range }];
    }),
  );
}

/** Reads the role statements of a document, and tells latents in roles that need data, and a treatment that is its own outcome. */
export function readQuestion(
  document: Document,
  symbols: SymbolTable,
  structure: Structure,
): { question: Question; diagnostics: readonly Diagnostic[] } {
  const statements = document.statements.filter((statement) => statement.kind === 'role');
  const inRole = (role: Role): RoleEntry[] =>
    statements
      .filter((statement) => statement.role === role)
      .flatMap((statement) => roleEntries(statement.names, symbols, structure));
  const question: Question = {
    treatment: inRole('treatment'),
    outcome: inRole('outcome'),
    adjusted: statements.some(({ role }) => role === 'adjust') ? inRole('adjust') : null,
    selection: inRole('selection'),
    instruments: statements
      .filter(({ role }) => role === 'instrument')
      .flatMap((statement) => readInstruments(statement, symbols, structure)),
  };
  return { question, diagnostics: [...checkRoles(question, structure), ...repeatedRoles(statements)] };
}

/** The instruments that a role statement or an option lists. */
export function readInstruments(
  listed: Pick<RoleStatement, 'names' | 'given'>,
  symbols: SymbolTable,
  structure: Structure,
): DeclaredInstrument[] {
  const given = listed.given === undefined ? null : roleEntries(listed.given, symbols, structure);
  return roleEntries(listed.names, symbols, structure).map((entry) => ({ ...entry, given }));
}

function checkRoles(question: Question, structure: Structure): Diagnostic[] {
  const latent = [
    ...latentsIn(question.treatment, 'treatment', structure),
    ...latentsIn(question.outcome, 'outcome', structure),
    ...latentsIn(question.adjusted ?? [], 'adjust', structure),
    ...latentsIn(question.instruments, 'instrument', structure),
    ...latentsIn(
      question.instruments.flatMap(({ given }) => given ?? []),
      'given',
      structure,
    ),
  ];
  return [...latent, ...bothRoles(question, structure)];
}

const WHY_NOT_LATENT = {
  treatment:
    'cannot be the treatment: it was never measured, so no data show who had it. Choose a measured variable.',
  outcome:
    'cannot be the outcome: it was never measured, so no data show the effect. Choose a measured variable.',
  adjust:
    'cannot be adjusted for: it was never measured. Leave it out, or declare it with `variable` if the data have it.',
  instrument: 'cannot be an instrument: it was never measured. Choose a measured variable.',
  given: 'cannot be conditioned on: it was never measured. Leave it out.',
  by: 'cannot make groups: it was never measured. Leave it out.',
  through: 'cannot be looked through: it was never measured. Leave it out.',
} as const;

/** Tells each latent variable in a role that needs data. */
export function latentsIn(
  entries: readonly RoleEntry[],
  role: keyof typeof WHY_NOT_LATENT,
  structure: Structure,
): Diagnostic[] {
  return entries
    .filter(({ node }) => structure.model.variables[node]?.latent === true)
    .map(({ variable, range }) =>
      diagnostic('latent-role', range, `${variable} is latent and ${WHY_NOT_LATENT[role]}`, {
        mends: withoutLatent(variable, range, role),
      }),
    );
}

function withoutLatent(variable: string, range: Range, role: keyof typeof WHY_NOT_LATENT): Mend[] {
  const measured: Mend = { kind: 'redeclare', name: variable, as: 'variable' };
  if (role === 'treatment' || role === 'outcome') return [measured];
  return [{ kind: 'leave-out', range, variables: [variable] }, measured];
}

/** Names that a role lists again, by themselves: a group may well hold what is also named alone. */
function repeatedRoles(statements: readonly RoleStatement[]): Diagnostic[] {
  const first = new Map<string, Range>();
  return statements.flatMap(({ role, names }) =>
    names.flatMap(({ text, range }) => {
      const key = `${role} ${text}`;
      const before = first.get(key);
      if (before === undefined) {
        first.set(key, range);
        return [];
      }
      return [repeatedRole(role, text, range, before)];
    }),
  );
}

function repeatedRole(role: Role, name: string, range: Range, before: Range): Diagnostic {
  const what = role === 'adjust' ? 'is adjusted for' : `is named as ${role}`;
  return diagnostic('duplicate-role', range, `${name} ${what} already. Once is enough.`, {
    related: [{ range: before, message: `${name} ${what} here` }],
    mends: [preferred({ kind: 'unrepeat', range, name })],
  });
}

function bothRoles({ treatment, outcome }: Question, structure: Structure): Diagnostic[] {
  return outcome.flatMap(({ node, variable, range }) => {
    const other = treatment.find((entry) => entry.node === node);
    if (other === undefined) return [];
    return [
      diagnostic(
        'same-treatment-outcome',
        range,
        `${variable} is the treatment and the outcome at once. An effect is of one variable on another: name another outcome.`,
        {
          related: [{ range: other.range, message: `${variable} is the treatment here` }],
          mends: likelyOutcomes(structure, nodesOf(treatment)).map((name) => ({
            kind: 'replace',
            range,
            text: quoteName(name),
            title: `Make ${name} the outcome`,
          })),
        },
      ),
    ];
  });
}
