import { existsSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { type Simulation, type SimulationModel, simulate } from '../../engine/simulate/simulate.ts';
import { analyse } from '../../server/analysis/analyse.ts';
import { simulationOf } from '../../server/analysis/simulation.ts';
import { runJob } from '../../server/jobs/runJob.ts';
import { type CommandSpec, type ParsedArguments, text, UsageError, wholeNumber } from '../arguments.ts';
import { readOneSpec } from '../input.ts';
import { WORKER_PATH } from '../jobs.ts';
import { diagnosticText } from '../output/checkText.ts';
import { writeNotes } from '../output/notes.ts';
import { writeRows } from '../output/rows.ts';
import { alreadyThere, withTemporaryFile } from '../outputFile.ts';
import { terminalOf } from '../terminal.ts';

export const simulateCommand: CommandSpec = {
  name: 'simulate',
  usage: 'causal simulate FILE [-n N] -o OUT.csv [--seed N] [--force]',
  summary: 'data drawn from the graph, with the coefficients of its arrows',
  example: 'causal simulate examples/music/music.causal -n 1000 -o drawn.csv --seed 7',
  options: {
    rows: { type: 'string', short: 'n', value: 'N', help: 'how many rows; 1000 without it' },
    output: { type: 'string', short: 'o', value: 'OUT', help: 'the file to write: .csv, .tsv or .parquet' },
    force: { type: 'boolean', help: 'write over a file that is there already' },
  },
};

const [DEFAULT_ROWS, MOST_ROWS, DEFAULT_SEED] = [1000, 10_000_000, 1];

const ENDINGS = ['.csv', '.tsv', '.parquet'];

/** Writes drawn data, and prints the coefficients they were drawn with; 1 where the spec has no graph that can be drawn from. */
export async function simulateData({ positionals, values }: ParsedArguments): Promise<number> {
  const rows = wholeNumber(values, 'rows', 1) ?? DEFAULT_ROWS;
  if (rows > MOST_ROWS) throw new UsageError(`-n takes at most ${MOST_ROWS} rows.`);
  const output = outputPath(text(values, 'output'), values['force'] === true);
  const spec = await readOneSpec(positionals);
  const analysis = analyse(spec.text);
  const errors = analysis.graphIsWhole
    ? []
    : analysis.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    const terminal = terminalOf(process.stderr);
    process.stderr.write(errors.map((each) => `${diagnosticText(each, spec, terminal)}\n`).join(''));
    return 1;
  }
  const { model, notes } = simulationOf(analysis);
  if (model.variables.every(({ latent }) => latent)) {
    process.stderr.write(`${spec.name} declares no measured variable: there is nothing to draw.\n`);
    return 1;
  }
  const drawn = simulate(model, rows, wholeNumber(values, 'seed', 0) ?? DEFAULT_SEED);
  if (drawn.kind === 'failure') {
    process.stderr.write(`${drawn.message}\n`);
    return 1;
  }
  await write(model, drawn, output);
  writeNotes(spec.name, notes);
  process.stdout.write(coefficientText(model, drawn));
  return 0;
}

function outputPath(output: string | undefined, force: boolean): string {
  if (output === undefined) throw new UsageError('Name the file to write with -o, as in -o drawn.csv.');
  if (!ENDINGS.includes(extname(output).toLowerCase())) {
    throw new UsageError(
      `${output} has the ending of no data that are written. Endings are ${ENDINGS.join(', ')}.`,
    );
  }
  if (!force && existsSync(output)) throw alreadyThere(output);
  return output;
}

async function write(model: SimulationModel, drawn: Simulation, output: string): Promise<void> {
  const columns = model.variables.flatMap(({ name, latent, type }, node) =>
    latent ? [] : [{ name, values: drawn.values[node] ?? new Float64Array(0), levels: levelsOf(type) }],
  );
  if (extname(output).toLowerCase() !== '.parquet') {
    await writeRows(output, columns, extname(output).toLowerCase() === '.tsv' ? '\t' : ',');
    return;
  }
  const answer = await withTemporaryFile('rows.csv', async (path) => {
    await writeRows(path, columns, ',');
    const types = columns.map(({ name, levels }) => ({ name, number: levels === null }));
    return runJob<'parquet'>(
      { kind: 'parquet', from: path, to: resolve(output), columns: types },
      { workerPath: WORKER_PATH },
    );
  });
  if (answer.kind === 'failure') throw new UsageError(`${output} cannot be written: ${answer.message}`);
}

/** Names of levels where they are no numbers. */
function levelsOf({ kind, levels }: SimulationModel['variables'][number]['type']): readonly string[] | null {
  if (kind === 'continuous' || kind === 'count') return null;
  return levels.join() === '0,1' ? null : levels;
}

/** The truth behind the data, an edge a line. */
function coefficientText({ variables, edges }: SimulationModel, { coefficients }: Simulation): string {
  return edges
    .map(({ kind, from, to, coefficient }, i) => {
      const arrow = kind === 'directed' ? '->' : '<->';
      const how = coefficient === null ? '  drawn' : '';
      return `${variables[from]?.name} ${arrow} ${variables[to]?.name}  ${coefficients[i]}${how}\n`;
    })
    .join('');
}
