import { CommanderError } from 'commander';
import { BadInput } from './bad-input.js';
import { type ImportModule, importModule } from './import-module.js';
import { buildProgram } from './program.js';
import { type Outside, Terminal } from './terminal.js';

/** What a user gave is wrong. */
const badInput = 2;
/** What a shell reports for a command that Ctrl-C ended. */
const interrupted = 130;
/** A fault of this program: sysexits' EX_SOFTWARE, apart from all that a user can cause. */
const fault = 70;

/**
 * Runs one command line.
 *
 * @returns its exit code: 0 fine, 1 findings or stale, 2 usage or bad input, 70 a fault of the program itself, 130 interrupted before it could answer
 */
export async function main(
  words: readonly string[],
  outside: Outside = { stdout: process.stdout, stderr: process.stderr, environment: process.env },
  importing: ImportModule = importModule,
): Promise<number> {
  const terminal = new Terminal(outside, words.includes('--json'));
  const program = buildProgram(terminal, importing);
  try {
    return await program.run(words);
  } catch (error) {
    return explain(error, terminal);
  }
}

function explain(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError && error.exitCode === 0) return 0; // after --help and --version
  if (error instanceof BadInput) return refuse(terminal, error);
  if (isInterrupted(error)) {
    terminal.say(error.message);
    return interrupted;
  }
  if (isEnvironmental(error)) return refuse(terminal, new BadInput(error.message));
  terminal.say(`edge-mesh failed: ${error instanceof Error ? error.message : String(error)}`, 'red');
  terminal.say(
    'This is a fault of edge-mesh, not of what you gave it. Please report it, with the command and what it prints with DEBUG=1:',
  );
  terminal.say('  npm bugs cdk-edge-mesh');
  if (terminal.environment['DEBUG'] && error instanceof Error) terminal.say(error.stack ?? '');
  return fault;
}

const isInterrupted = (error: unknown): error is Error => error instanceof Error && 'code' in error && error.code === 'INTERRUPTED';

/** What the machine refuses (a file, a port, a missing Envoy) is no fault of the program: its message says what to do. */
const isEnvironmental = (error: unknown): error is Error =>
  typeof error === 'object' && error !== null && (('name' in error && error.name === 'TwinError') || 'syscall' in error);

function refuse(terminal: Terminal, { message, problems }: BadInput): number {
  terminal.say(message, 'red');
  for (const { path, line, message } of problems) {
    terminal.say(`  ${path === '' ? 'architecture' : path}${line === undefined ? '' : ` (line ${line})`}: ${message}`);
  }
  if (terminal.json) terminal.reportJson({ version: 1, error: { message, problems } });
  return badInput;
}
