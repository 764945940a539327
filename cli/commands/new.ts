import { dirname, relative, resolve } from 'node:path';
import { specOfData } from '../../server/exchange/specOfData.ts';
import { runJob } from '../../server/jobs/runJob.ts';
import { type CommandSpec, type ParsedArguments, text, UsageError } from '../arguments.ts';
import { WORKER_PATH } from '../jobs.ts';
import { writeOutput } from '../outputFile.ts';
import { progressLine } from '../progress.ts';

export const newCommand: CommandSpec = {
  name: 'new',
  usage: 'causal new DATA [-o FILE] [--force]',
  summary: 'a starting spec from a data file: typed variables, candidates for roles',
  example: 'causal new data.csv -o model.causal',
  options: {
    output: {
      type: 'string',
      short: 'o',
      value: 'FILE',
      help: 'write to this file rather than to standard output (-)',
    },
    force: { type: 'boolean', help: 'write over a file that is there already' },
  },
};

/** Writes a starting spec; 1 where the data cannot be read. */
export async function newSpec({ positionals, values }: ParsedArguments): Promise<number> {
  const [name, ...others] = positionals;
  if (name === undefined || others.length > 0) throw new UsageError('This command takes one file with data.');
  if (/\.causal$/i.test(name)) throw new UsageError(`${name} is a spec already. Name a file with data.`);
  const output = text(values, 'output');
  const toFile = output !== undefined && output !== '-';
  if (toFile && !/\.causal$/i.test(output)) {
    throw new UsageError(`${output} is no name of a spec. Specs end in .causal.`);
  }
  const path = resolve(name);
  const progress = progressLine(values['quiet'] === true);
  const profile = await runJob<'profile'>(
    { kind: 'profile', path, data: null, roles: { treatment: [], outcome: [] } },
    { workerPath: WORKER_PATH, onProgress: progress.report },
  );
  progress.done();
  if (profile.kind === 'failure') {
    process.stderr.write(`${profile.message}\n`);
    return 1;
  }
  const folder = toFile ? dirname(resolve(output)) : process.cwd();
  const spec = specOfData(profile, relative(folder, path).replaceAll('\\', '/'));
  if (toFile) await writeOutput(output, spec, values['force'] === true);
  else process.stdout.write(spec);
  return 0;
}
