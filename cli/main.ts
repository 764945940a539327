/** The entry of the command line: finds the command, and turns what happens into an exit code. */

import { VERSION } from '../server/version.ts';
import { type CommandSpec, type ParsedArguments, parseCommandLine, UsageError } from './arguments.ts';
import { commandHelp, generalHelp } from './help.ts';

interface Command {
  readonly spec: CommandSpec;
  readonly run: (args: ParsedArguments) => Promise<number>;
}

/** By name, in the order in which help lists them. A command and what it needs is loaded when it is asked for: a third of a second goes by for all of them. */
const COMMANDS: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['new', () => import('./commands/new.ts').then((m): Command => ({ spec: m.newCommand, run: m.newSpec }))],
  [
    'check',
    () => import('./commands/check.ts').then((m): Command => ({ spec: m.checkCommand, run: m.check })),
  ],
  [
    'identify',
    () =>
      import('./commands/identify.ts').then(
        (m): Command => ({ spec: m.identifyCommand, run: m.identifyEffects }),
      ),
  ],
  [
    'describe',
    () =>
      import('./commands/describe.ts').then((m): Command => ({ spec: m.describeCommand, run: m.describe })),
  ],
  [
    'estimate',
    () =>
      import('./commands/estimate.ts').then((m): Command => ({ spec: m.estimateCommand, run: m.estimate })),
  ],
  [
    'refute',
    () => import('./commands/refute.ts').then((m): Command => ({ spec: m.refuteCommand, run: m.refute })),
  ],
  ['test', () => import('./commands/test.ts').then((m): Command => ({ spec: m.testCommand, run: m.test }))],
  [
    'scores',
    () => import('./commands/scores.ts').then((m): Command => ({ spec: m.scoresCommand, run: m.scores })),
  ],
  [
    'report',
    () => import('./commands/report.ts').then((m): Command => ({ spec: m.reportCommand, run: m.report })),
  ],
  [
    'graph',
    () => import('./commands/graph.ts').then((m): Command => ({ spec: m.graphCommand, run: m.graph })),
  ],
  [
    'import',
    () =>
      import('./commands/import.ts').then((m): Command => ({ spec: m.importCommand, run: m.importGraph })),
  ],
  [
    'simulate',
    () =>
      import('./commands/simulate.ts').then(
        (m): Command => ({ spec: m.simulateCommand, run: m.simulateData }),
      ),
  ],
  ['fmt', () => import('./commands/fmt.ts').then((m): Command => ({ spec: m.fmtCommand, run: m.fmt }))],
  ['lsp', () => import('./commands/lsp.ts').then((m): Command => ({ spec: m.lspCommand, run: m.lsp }))],
]);

const USAGE = 2;
const INTERRUPTED = 130;

async function run([name, ...rest]: readonly string[]): Promise<number> {
  if (name === '--version' || name === '-v') return print(`${VERSION}\n`);
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const commands = await Promise.all([...COMMANDS.values()].map((load) => load()));
    return print(generalHelp(commands.map(({ spec }) => spec)), name === undefined ? USAGE : 0);
  }
  const load = COMMANDS.get(name);
  if (load === undefined) {
    throw new UsageError(`There is no command ${name}. Commands are ${[...COMMANDS.keys()].join(', ')}.`);
  }
  const command = await load();
  if (rest.includes('--help') || rest.includes('-h')) return print(commandHelp(command.spec));
  return command.run(parseCommandLine(command.spec, rest));
}

function print(text: string, code = 0): number {
  process.stdout.write(text);
  return code;
}

/** One line for a person; a fault of our own asks to be reported, and shows its stack with `--debug`. */
function explain(error: unknown): void {
  if (error instanceof UsageError) {
    process.stderr.write(`causal: ${error.message}\n`);
    return;
  }
  const fault = error instanceof Error ? error : new Error(String(error));
  const hint = process.argv.includes('--debug')
    ? `\n${fault.stack}`
    : ' This is a fault of causal; --debug shows where.';
  process.stderr.write(`causal: ${fault.message}.${hint}\n`);
}

process.once('SIGINT', () => process.exit(INTERRUPTED));
// A reader such as `head` that has seen enough is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' ? 0 : USAGE),
);

run(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    explain(error);
    process.exitCode = USAGE;
  },
);
