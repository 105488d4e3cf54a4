import { readFileSync } from 'node:fs';
import type { Context, ExitCode } from './context.js';
import type { ImportModule } from './import-module.js';
import { programName } from './invocation.js';
import type { Terminal } from './terminal.js';
import { StrictCommand } from './usage.js';

/** A command line's grammar; each command's code is loaded when it is asked for. */
export interface Program {
  /** @throws BadInput, or CommanderError after `--help` and `--version` */
  run(words: readonly string[]): Promise<ExitCode>;
}

const arch = 'the file of the architecture: TypeScript, JavaScript or JSON';

export function buildProgram(terminal: Terminal, importModule: ImportModule): Program {
  const name = programName(terminal.environment);
  const program = new StrictCommand('edge-mesh', name);
  let exitCode: ExitCode = 0;
  const runs =
    <Arguments extends unknown[]>(run: (context: Context, ...rest: Arguments) => Promise<ExitCode>) =>
    async (...rest: Arguments): Promise<void> => {
      const { environment } = program.opts<{ environment?: string }>();
      const { Context: Given } = await import('./context.js');
      exitCode = await run(new Given(terminal, environment, importModule), ...rest);
    };

  program
    .usage('COMMAND ARCH [options]')
    .description('Declare services and gateways once; check them, review them, compile them, run them here.')
    .option('--environment <NAME>', 'the environment to look at (default: the one marked production for check and review, else local)')
    .option('--json', 'the report as one JSON object on stdout')
    .version(version(), '--version', 'the version of this program')
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: (text) => terminal.report(text.trimEnd()), writeErr: (text) => terminal.say(text.trimEnd()) })
    .addHelpText(
      'after',
      `\nExit: 0 fine, 1 findings, stale or expectations not met, 2 usage or bad input.\nStart with: ${name} check ARCH`,
    );

  program
    .command('check')
    .description('what will go wrong in production, worst first')
    .argument('<ARCH>', arch)
    .action(runs(async (context, file: string) => (await import('./command/check.js')).check(context, file)));
  program
    .command('review')
    .description('the architecture as people read it: writes it, or compares it')
    .argument('<ARCH>', arch)
    .option('--out <DIR>', 'where it is (default: snapshots/<name>)')
    .option('--check', 'write nothing; say in words what changed since it was written')
    .action(runs(async (context, file: string, options: object) => (await import('./command/review.js')).review(context, file, options)));
  program
    .command('compile')
    .description("the engine's own files, to read or to run")
    .argument('<ARCH>', arch)
    .requiredOption('--engine <NAME>', 'envoy or app-mesh')
    .requiredOption('--out <DIR>', 'a folder of its own: replaced as a whole')
    .action(
      runs(async (context, file: string, options: { engine: string; out: string }) =>
        (await import('./command/compile.js')).compile(context, file, options),
      ),
    );
  program
    .command('up')
    .description('runs it on this machine until Ctrl-C: real Envoys, real mutual TLS, your programs (run) and stubs')
    .argument('<ARCH>', arch)
    .option('--instances <N>', 'of each version, so that one can die and nobody notices (default: 1)')
    .option('--through <NAMES>', 'externals to let through to their real hosts, by commas (default: none; stubs stand in for all)')
    .action(runs(async (context, file: string, options: object) => (await import('./command/up.js')).up(context, file, options)));
  program
    .command('token')
    .description('a test token that the running twin accepts')
    .argument('<ARCH>', arch)
    .argument('<AUTHORIZER>', 'as named under authorizers')
    .option('--scope <SCOPE...>', 'what it allows')
    .option('--subject <NAME>', 'who the client is (default: alice)')
    .option('--claim <NAME=VALUE...>', 'further claims; a value that is JSON is taken as such')
    .action(
      runs(async (context, file: string, authorizer: string, options: object) =>
        (await import('./command/token.js')).token(context, file, authorizer, options),
      ),
    );
  program
    .command('rehearse')
    .description('load and faults on the twin, and what each client route saw')
    .argument('<ARCH>', arch)
    .argument('<SCENARIO>', 'instance-dies, slow-dependency, retry-storm, canary, rotate-certificates, task-stops, scale, or a file')
    .option('--target <NAME>', 'a service or version, for a scenario by name (default: chosen from the architecture)')
    .option('--rate <N>', 'requests a second, for a scenario by name (default: 60 at most)')
    .option('--duration <TIME>', "such as 30s, for a scenario by name (default: the scenario's own)")
    .action(
      runs(async (context, file: string, scenario: string, options: object) =>
        (await import('./command/rehearse.js')).rehearse(context, file, scenario, options),
      ),
    );

  return {
    async run(words) {
      await program.parseAsync(words, { from: 'user' });
      return exitCode;
    },
  };
}

const version = (): string => JSON.parse(readFileSync(require.resolve('cdk-edge-mesh/package.json'), 'utf8')).version;
