import { type Analysis, analyse } from '../../server/analysis/analyse.ts';
import { identifySpec } from '../../server/analysis/identifySpec.ts';
import { validate } from '../../server/analysis/validate.ts';
import { type CommandSpec, choice, type ParsedArguments, wholeNumber } from '../arguments.ts';
import { readSpecs, type SpecFile } from '../input.ts';
import { identifyJson } from '../output/identifyJson.ts';
import { identifyText } from '../output/identifyText.ts';
import { terminalOf } from '../terminal.ts';

export const identifyCommand: CommandSpec = {
  name: 'identify',
  usage: 'causal identify FILE… [--format text|json] [--limit N]',
  summary: 'says what the graph tells: adjustment sets, front-door, instruments, the formula',
  example: 'causal identify examples/music/hidden-taste.causal',
  options: {
    format: { type: 'string', value: 'FORMAT', help: 'text (default) or json' },
    limit: { type: 'string', value: 'N', help: 'sets and independences to list, 100 unless told otherwise' },
  },
};

/** Prints what the graph of every spec says; 1 where a spec has an error. No data are needed. */
export async function identifyEffects({ positionals, values }: ParsedArguments): Promise<number> {
  const format = choice(values, 'format', ['text', 'json']);
  const limit = wholeNumber(values, 'limit', 1) ?? 100;
  const specs = (await readSpecs(positionals)).map((spec) => answer(spec, limit));
  if (format === 'json') {
    const entries = specs.map(({ spec, analysis, result, diagnostics }) =>
      identifyJson(spec.name, analysis, result, diagnostics),
    );
    process.stdout.write(`${JSON.stringify(entries, null, 2)}\n`);
  } else {
    const terminal = terminalOf(process.stdout);
    process.stdout.write(specs.map((each) => identifyText(each, terminal)).join('\n'));
  }
  return specs.some(({ diagnostics }) => diagnostics.some(({ severity }) => severity === 'error')) ? 1 : 0;
}

function answer(spec: SpecFile, limit: number) {
  const analysis: Analysis = analyse(spec.text);
  return { spec, analysis, result: identifySpec(analysis, limit), diagnostics: validate(analysis, null) };
}
