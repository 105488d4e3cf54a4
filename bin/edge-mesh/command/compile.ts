import { join } from 'node:path';
import { count } from '../../../lib/count.js';
import type { Architecture } from '../../../lib/index.js';
import { notAmong } from '../../../lib/model/problem.js';
import { shellWords } from '../../../lib/shell-words.js';
import { BadInput } from '../bad-input.js';
import type { Context, ExitCode } from '../context.js';
import { type Files, refusedByMachine, refuseFile, replaceFolder } from '../folder.js';
import { warnOfErrors } from './verdict.js';

interface Compiled {
  readonly files: Files;
  /** What the engine carries otherwise than declared, and what is to be known before the files are used. */
  readonly notes: readonly string[];
}

/** Each engine's code is loaded when it is asked for. */
const engines: Readonly<Record<string, (architecture: Architecture) => Promise<Compiled>>> = {
  envoy: async (architecture) => (await import('./compile-envoy.js')).compileEnvoy(architecture),
  'app-mesh': async (architecture) => (await import('./compile-app-mesh.js')).compileAppMesh(architecture),
};

/** Writes an engine's own files: all of them or none. */
export async function compile(context: Context, file: string, { engine, out }: { engine: string; out: string }): Promise<ExitCode> {
  const { terminal } = context;
  if (!Object.hasOwn(engines, engine)) throw new BadInput(notAmong(engine, 'an engine', Object.keys(engines)));
  refuseFile(out);
  const architecture = await context.architecture(file);
  warnOfErrors(context, file, architecture);
  const { files, notes } = await engines[engine]!(architecture);
  refusedByMachine(`cannot write to ${out}`, () => replaceFolder(out, files, `${architecture.name} for ${engine}`));
  const names = Object.keys(files);
  if (terminal.json) {
    terminal.reportJson({ version: 1, architecture: architecture.name, engine, out, files: names, notes });
    return 0;
  }
  for (const note of notes) terminal.report(note);
  for (const name of names) terminal.report(join(out, name));
  terminal.report(`${architecture.name}: ${count(names.length, 'file')} for ${engine} in ${out}, environment ${architecture.environment}`);
  terminal.next(
    engine === 'envoy'
      ? context.command('up', file)
      : shellWords('cfn-lint', '--ignore-checks', 'W3696', '--template', join(out, 'template.json')),
  );
  return 0;
}
