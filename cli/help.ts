/** What `--help` prints. */

import { COMMON_OPTIONS, type CommandSpec, type OptionSpec } from './arguments.ts';

/** Help on one command. */
export function commandHelp(spec: CommandSpec): string {
  const lines = [
    `causal ${spec.name}: ${spec.summary}`,
    '',
    `Usage: ${spec.usage}`,
    '',
    ...optionLines(spec.options),
    ...optionLines(COMMON_OPTIONS),
    '',
    `Example: ${spec.example}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** Help on all commands. */
export function generalHelp(specs: readonly CommandSpec[]): string {
  const width = Math.max(...specs.map(({ name }) => name.length));
  const lines = [
    'causal: causal models as text, checked, drawn and estimated.',
    '',
    'Usage: causal COMMAND …',
    '',
    ...specs.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'causal COMMAND --help tells more. Exit codes: 0 fine; 1 something in a spec fails; 2 usage or an unreadable file; 130 interrupted.',
    'Example: causal check examples/music/music.causal',
  ];
  return `${lines.join('\n')}\n`;
}

function optionLines(options: Readonly<Record<string, OptionSpec>>): string[] {
  return Object.entries(options).map(([name, { value, short, help, multiple }]) => {
    const flag = `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
    return `  ${flag.padEnd(22)} ${help}${multiple ? ' (may be repeated)' : ''}`;
  });
}
