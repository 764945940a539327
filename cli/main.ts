/** The entry of the command line: finds the command, and turns what happens into an exit code. */

import { type CommandSpec, type ParsedArguments, parseCommandLine, UsageError } from './arguments.ts';
import { check, checkCommand } from './commands/check.ts';
import { describe, describeCommand } from './commands/describe.ts';
import { estimate, estimateCommand } from './commands/estimate.ts';
import { fmt, fmtCommand } from './commands/fmt.ts';
import { graph, graphCommand } from './commands/graph.ts';
import { identifyCommand, identifyEffects } from './commands/identify.ts';
import { importCommand, importGraph } from './commands/import.ts';
import { lsp, lspCommand } from './commands/lsp.ts';
import { newCommand, newSpec } from './commands/new.ts';
import { refute, refuteCommand } from './commands/refute.ts';
import { report, reportCommand } from './commands/report.ts';
import { scores, scoresCommand } from './commands/scores.ts';
import { simulateCommand, simulateData } from './commands/simulate.ts';
import { test, testCommand } from './commands/test.ts';
import { commandHelp, generalHelp } from './help.ts';
import { VERSION } from './version.ts';

interface Command {
  readonly spec: CommandSpec;
  readonly run: (args: ParsedArguments) => Promise<number>;
}

const COMMANDS: readonly Command[] = [
  { spec: newCommand, run: newSpec },
  { spec: checkCommand, run: check },
  { spec: identifyCommand, run: identifyEffects },
  { spec: describeCommand, run: describe },
  { spec: estimateCommand, run: estimate },
  { spec: refuteCommand, run: refute },
  { spec: testCommand, run: test },
  { spec: scoresCommand, run: scores },
  { spec: reportCommand, run: report },
  { spec: graphCommand, run: graph },
  { spec: importCommand, run: importGraph },
  { spec: simulateCommand, run: simulateData },
  { spec: fmtCommand, run: fmt },
  { spec: lspCommand, run: lsp },
];

const USAGE = 2;
const INTERRUPTED = 130;

async function run([name, ...rest]: readonly string[]): Promise<number> {
  if (name === '--version' || name === '-v') return print(`${VERSION}\n`);
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    return print(generalHelp(COMMANDS.map(({ spec }) => spec)), name === undefined ? USAGE : 0);
  }
  const command = COMMANDS.find(({ spec }) => spec.name === name);
  if (command === undefined) {
    const names = COMMANDS.map(({ spec }) => spec.name).join(', ');
    throw new UsageError(`There is no command ${name}. Commands are ${names}.`);
  }
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
