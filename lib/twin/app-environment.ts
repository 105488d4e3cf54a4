import { addressVariables } from '../model/address-variables.js';
import type { Call, Version } from '../model/architecture/index.js';
import { portVariable } from '../model/name.js';

/** What a program needs to find its way on this machine; nothing that may be a secret, and nothing that AWS would not have either. */
const ordinary = /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_[A-Z]+|TZ|TMPDIR|TERM)$/;

export interface AppPlace {
  readonly version: Version;
  /** Its service's calls, and where its own sidecar listens for each, by callee. */
  readonly calls: readonly Call[];
  readonly local: ReadonlyMap<string, number>;
  /** Undefined for a worker. */
  readonly port: number | undefined;
  /** Of its further ports, by name. */
  readonly ports: ReadonlyMap<string, number>;
}

type Shell = Readonly<Record<string, string | undefined>>;

/** All that an app of the user's own is told: of what is said twice the last holds, and where to listen and to ask is the twin's to say. */
export function appEnvironment({ version, calls, local, port, ports }: AppPlace, shell: Shell = process.env): Record<string, string> {
  const inherited = Object.entries(shell).filter(([name]) => ordinary.test(name) || version.run?.inherit.includes(name));
  const told = calls.map((call) => addressVariables(call, '127.0.0.1', local.get(call.callee) ?? 0));
  const environment: Record<string, string | undefined> = {
    ...Object.fromEntries(inherited),
    ...version.environment,
    ...version.run?.environment,
    ...Object.assign({}, ...told),
    ...Object.fromEntries([...ports].map(([name, each]) => [portVariable(name), String(each)])),
    HOST: '127.0.0.1',
    ...(port === undefined ? {} : { PORT: String(port) }),
  };
  return Object.fromEntries(Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
