import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
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

/**
 * The folder in which running twins announce themselves, so that `edge-mesh token` in another terminal finds the signing key:
 * `$XDG_RUNTIME_DIR/cdk-edge-mesh`, else `cdk-edge-mesh-<uid>` in the temporary folder. Mode 0700, its files 0600; each is removed when its twin stops.
 *
 * @throws TwinError `UNSAFE_FOLDER` where somebody else owns it
 */
export function runtimeFolder(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const { uid } = userInfo();
  const runtime = environment['XDG_RUNTIME_DIR'];
  const folder = runtime ? join(runtime, 'cdk-edge-mesh') : join(tmpdir(), `cdk-edge-mesh-${uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== uid) {
    throw new TwinError(
      'UNSAFE_FOLDER',
      `${folder} is not a folder of this user: it would hold the keys that sign test tokens; remove it or set XDG_RUNTIME_DIR`,
    );
  }
  chmodSync(folder, 0o700);
  return folder;
}

/** Announces a twin. @returns what takes it back */
export function announce(twin: RunningTwin, folder = runtimeFolder()): () => void {
  const file = join(folder, `${twin.architecture}.${twin.environment}.${twin.pid}.${Date.now()}.json`);
  writeFileSync(file, JSON.stringify(twin), { mode: 0o600, flag: 'wx' });
  return () => rmSync(file, { force: true });
}

/** The twins of an architecture that run now, latest first. Announcements of processes that died without stopping are removed. */
export function runningTwins(architecture: string, environment: string, folder = runtimeFolder()): RunningTwin[] {
  const files = readdirSync(folder).filter((name) => name.startsWith(`${architecture}.${environment}.`) && name.endsWith('.json'));
  return files
    .sort((one, other) => startOf(other) - startOf(one))
    .flatMap((name) => {
      const file = join(folder, name);
      if (isAlive(pidOf(name))) return [JSON.parse(readFileSync(file, 'utf8')) as RunningTwin];
      rmSync(file, { force: true });
      return [];
    });
}

const pidOf = (file: string): number => Number(file.split('.').at(-3));
const startOf = (file: string): number => Number(file.split('.').at(-2));

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
