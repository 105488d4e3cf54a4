import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { SigningKey } from './signing-key.js';
import { TwinError } from './twin-error.js';

/** What one running twin tells other processes of its user. */
export interface RunningTwin {
  readonly architecture: string;
  readonly environment: string;
  readonly pid: number;
  /** Signs test tokens; only this user can read it. */
  readonly key: SigningKey;
}

export interface Announcement {
  readonly file: string;
  /** The key that this twin is to use, once all that started with it are announced: its own, or that of the first. */
  agree(): SigningKey;
  /** Removes it, and the folder with the last one. */
  takeBack(): void;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The folder in which running twins announce themselves, so that `edge-mesh token` in another terminal finds the signing key:
 * `$XDG_RUNTIME_DIR/cdk-edge-mesh`, else `cdk-edge-mesh-<uid>` in the temporary folder. It is there only while a twin runs.
 */
export function runtimeFolder(environment: Environment = process.env): string {
  const runtime = environment['XDG_RUNTIME_DIR'];
  return runtime && isFolder(runtime) ? join(runtime, 'cdk-edge-mesh') : join(tmpdir(), `cdk-edge-mesh-${userInfo().uid}`);
}

/** A relative one does not count, says its specification, and one that is not there is the system's to make: su and containers often name such. */
const isFolder = (path: string): boolean => isAbsolute(path) && existsSync(`${path}/.`);

/**
 * Announces a twin in a file of mode 0600, in a folder of mode 0700. Two of the same architecture that start at once may each have made a key, and a token is to
 * fit both: they agree on that of the first.
 *
 * @throws TwinError `UNSAFE_FOLDER`
 */
export function announce(twin: RunningTwin, folder = runtimeFolder()): Announcement {
  const file = join(folder, `${twin.architecture}.${twin.environment}.${twin.pid}.${now()}.${randomUUID()}.json`);
  writeFirst(file, twin, folder);
  const agree = () => {
    const key = runningTwins(twin.architecture, twin.environment, folder).at(-1)?.key ?? twin.key;
    if (key.id !== twin.key.id) write(file, { ...twin, key });
    return key;
  };
  const takeBack = () => {
    rmSync(file, { force: true });
    removeIfEmpty(folder);
  };
  return { file, agree, takeBack };
}

/** The last twin takes the folder with it, which may be between two lines of ours: then it is made again. Once this file is in it, it stays. */
function writeFirst(file: string, twin: RunningTwin, folder: string): void {
  for (let tries = 1; ; tries += 1) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      assertOwn(folder);
      chmodSync(folder, 0o700);
      return write(file, twin);
    } catch (error) {
      if (!isGone(error) || tries === 100) throw error;
    }
  }
}

const isGone = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** Under another name first, so that nobody reads half of it. */
function write(file: string, twin: RunningTwin): void {
  writeFileSync(`${file}.new`, JSON.stringify(twin), { mode: 0o600, flag: 'wx' });
  renameSync(`${file}.new`, file);
}

/**
 * The twins of an architecture that run now, latest first. Announcements of processes that died without stopping are removed.
 *
 * @throws TwinError `UNSAFE_FOLDER`
 */
export function runningTwins(architecture: string, environment: string, folder = runtimeFolder()): RunningTwin[] {
  const files = namesIn(folder).filter((name) => name.startsWith(`${architecture}.${environment}.`) && name.endsWith('.json'));
  return files
    .sort((one, other) => startOf(other) - startOf(one))
    .flatMap((name) => {
      const file = join(folder, name);
      if (isAlive(pidOf(name))) return read(file);
      rmSync(file, { force: true });
      return [];
    });
}

/** None where there is no folder, or no more. */
function namesIn(folder: string): string[] {
  try {
    assertOwn(folder);
    return readdirSync(folder);
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

function read(file: string): RunningTwin[] {
  try {
    return [JSON.parse(readFileSync(file, 'utf8')) as RunningTwin];
  } catch {
    return []; // It stopped just now.
  }
}

/** What others could write there would sign tokens that we accept. */
function assertOwn(folder: string): void {
  const found = lstatSync(folder);
  if (found.isDirectory() && found.uid === userInfo().uid) return;
  const message = `${folder} is not a folder of this user, and it would hold the keys that sign test tokens; remove it, or set XDG_RUNTIME_DIR`;
  throw new TwinError('UNSAFE_FOLDER', message);
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Another twin runs.
  }
}

/** In microseconds: two that start at once agree which of them was first. */
const now = (): number => Math.round((performance.timeOrigin + performance.now()) * 1_000);

const pidOf = (file: string): number => Number(file.split('.').at(-4));
const startOf = (file: string): number => Number(file.split('.').at(-3));

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
