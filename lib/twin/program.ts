import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Architecture, Call, Service, Version } from '../model/architecture/index.js';
import { appEnvironment } from './app-environment.js';
import type { Sign } from './app-sign.js';
import { OwnApp } from './own-app.js';
import type { Ports } from './ports.js';
import type { Supervisor } from './supervisor.js';
import { TwinError } from './twin-error.js';

/** How programs of the user's own are started. */
export interface Programs {
  /** What a relative `cwd` is relative to: where the file of the architecture is. */
  readonly folder: string;
  readonly onLine: (instance: string, line: string) => void;
  readonly onNews: (news: string) => void;
}

interface ProgramOptions {
  /** The instance's. */
  readonly name: string;
  readonly service: Service;
  readonly version: Version;
  readonly calls: readonly Call[];
  readonly local: ReadonlyMap<string, number>;
  /** Where its ports come from. */
  readonly held: Ports;
  readonly supervisor: Supervisor;
  readonly programs: Programs;
}

/** One instance's program, as its version's `run` says. */
export function programOf({ name, service, version, calls, local, held, supervisor, programs }: ProgramOptions): OwnApp {
  const port = service.listen === undefined ? undefined : held.take();
  const ports = new Map(service.ports.map((each) => [each.name, held.take()]));
  return new OwnApp({
    name,
    command: version.run?.command ?? '',
    folder: folderOf(version, programs.folder),
    environment: appEnvironment({ version, calls, local, port, ports }),
    port: port ?? 0,
    ports,
    held,
    sign: signOf(service, port),
    onDemand: service.schedule !== undefined,
    supervisor,
    onLine: programs.onLine,
    onNews: programs.onNews,
  });
}

const folderOf = ({ run }: Version, folder: string): string => resolve(folder, run?.cwd ?? '.');

/** Whoever speaks HTTP/2 alone is not asked for a path. */
function signOf({ health, listen }: Service, port: number | undefined): Sign {
  if (port === undefined) return { kind: 'none' };
  return health !== undefined && listen?.protocol === 'http' ? { kind: 'path', port, path: health.path } : { kind: 'port', port };
}

/** @throws TwinError `NO_FOLDER`, naming each folder that a program cannot run in */
export function assertFolders({ services }: Architecture, folder: string): void {
  const lines = services
    .flatMap(({ versions }) => versions)
    .filter(
      (version) => version.run !== undefined && statSync(folderOf(version, folder), { throwIfNoEntry: false })?.isDirectory() !== true,
    )
    .map((version) => `  ${version.id} runs in ${folderOf(version, folder)}, which is no folder`);
  if (lines.length > 0) throw new TwinError('NO_FOLDER', ['`cwd` is relative to the file of the architecture:', ...lines].join('\n'));
}
