import { TwinError } from './twin-error.js';

/** What a machine without room says of itself, wherever in its words it stands: it may be an Envoy's or a spawn's. */
const disk = /\b(ENOSPC|EDQUOT|EROFS|EFBIG)\b|No space left on device/;
const files = /\b(EMFILE|ENFILE)\b|Too many open files/i;

/** Says what to do where a machine has no more room for a twin; every other error is as it was. */
export function inWords(error: unknown, folder: string): unknown {
  const message = error instanceof Error ? error.message : String(error);
  if (disk.test(message))
    return new TwinError('NO_ROOM', `${message}\nthe twin writes to ${folder}: make room there, or set TMPDIR to another folder`);
  if (files.test(message))
    return new TwinError(
      'NO_ROOM',
      `${message}\na twin has some ten files open for each instance: let this shell have more, as in: ulimit -n 65536`,
    );
  return error;
}
