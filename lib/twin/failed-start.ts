import { doubtsOf } from './envoy-binary.js';
import { TwinError, type TwinProblem } from './twin-error.js';

/** What a machine without room says of itself, wherever in its words it stands: it may be an Envoy's or a spawn's. */
const disk = /\b(ENOSPC|EDQUOT|EROFS|EFBIG)\b|No space left on device/;
const files = /\b(EMFILE|ENFILE)\b|Too many open files/i;

/** Whether no more files can be open: waiting makes it no better. */
export const lacksFiles = (error: unknown): boolean => files.test(messageOf(error));

/** How an Envoy fails that is none, or too old a one. */
const ofEnvoy: ReadonlySet<TwinProblem> = new Set(['PROCESS_FAILED', 'NOT_READY']);

/** Says what to do where the machine has no more room for a twin, and what may be wrong with its Envoy; every other error is as it was. */
export function inWords(error: unknown, { folder, binary }: { readonly folder: string; readonly binary: string }): unknown {
  const message = messageOf(error);
  const noRoom = (fix: string): TwinError => new TwinError('NO_ROOM', `${message}\n${fix}`);
  if (disk.test(message)) return noRoom(`the twin writes to ${folder}: make room there, or set TMPDIR to another folder`);
  if (lacksFiles(error))
    return noRoom('a twin has some ten files open for each instance: let this shell have more, as in: ulimit -n 65536');
  if (!(error instanceof TwinError) || !ofEnvoy.has(error.code)) return error;
  const doubts = doubtsOf(binary);
  return doubts === undefined ? error : new TwinError(error.code, `${message}\n${doubts}`);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
