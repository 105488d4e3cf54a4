import { serviceOf } from '../engines/envoy/lookup.js';
import type { Architecture, Call, Version } from '../model/architecture/index.js';
import type { AppServer } from './app-server.js';
import type { OwnApp } from './own-app.js';
import { Ports } from './ports.js';
import { type Programs, programOf } from './program.js';
import { stubCall } from './stub-call.js';
import { StubService } from './stub-service.js';
import type { Supervisor } from './supervisor.js';
import type { Reached } from './through.js';

/** One instance of a version, and the ports that are its own. */
export interface Seat {
  /** `reviews-v1-2`. */
  readonly name: string;
  readonly version: Version;
  /** 1 for the first of its version. */
  readonly instance: number;
  /** The availability zone that it stands for: `a`, `b` and `c` by turns. */
  readonly zone: string;
  /** Where its sidecar takes mutual TLS. */
  readonly inbound: number;
  /** The same for the further ports of its service, by name. */
  readonly further: ReadonlyMap<string, number>;
  readonly ready: number;
  /** Where its statistics are read; undefined where no metrics are declared. */
  readonly metrics: number | undefined;
  /** Where its sidecar takes its app's requests, by callee. */
  readonly local: ReadonlyMap<string, number>;
  /** Whether connections are under way there, not requests. */
  readonly tcp: boolean;
  /** Its app: a stub of this process, or the user's own program. */
  readonly app: StubService | OwnApp;
}

/** What is the same for all seats of a twin. */
export interface Ground {
  readonly architecture: Architecture;
  readonly supervisor: Supervisor;
  /** How the programs of versions with `run` are started. Undefined: stubs stand in for them too. */
  readonly programs: Programs | undefined;
  /** The externals that are let through to their real hosts. */
  readonly reached: ReadonlyMap<string, Reached>;
}

/** Where it takes mutual TLS, and where it answers that it is ready; one more for each further port and each call. */
const sidecarPorts = 2;
/** Of each sidecar, and of the ingress. */
export const metricsPorts = ({ observability: { metrics } }: Architecture): number => (metrics === undefined ? 0 : 1);

/** As many as most regions have at least. The ingress, of which there is one, is in the first. */
export const zones = ['a', 'b', 'c'] as const;

/** How many ports an instance of this version needs. */
export const portsOfSeat = (architecture: Architecture, version: Version): number =>
  sidecarPorts + serviceOf(architecture, version.service).ports.length + metricsPorts(architecture) + callsOf(architecture, version).length;

/** How many more its program needs, if that is what its app is. */
export const portsOfProgram = ({ architecture, programs }: Ground, version: Version): number => {
  const { listen, ports } = serviceOf(architecture, version.service);
  return programs === undefined || version.run === undefined ? 0 : ports.length + (listen === undefined ? 0 : 1);
};

/** @param held where its program will listen; others are kept away until it is started */
export function seatOf(
  { architecture, supervisor, programs, reached }: Ground,
  version: Version,
  instance: number,
  ports: Ports,
  held: Ports,
): Seat {
  const service = serviceOf(architecture, version.service);
  const calls = callsOf(architecture, version).map((call) => stubCall(architecture, call, ports.take(), reached));
  const name = `${version.id}-${instance}`;
  const local = new Map(calls.map(({ to, port }) => [to, port]));
  return {
    name,
    version,
    instance,
    zone: zones[(instance - 1) % zones.length]!,
    inbound: ports.take(),
    ready: ports.take(),
    metrics: metricsPorts(architecture) === 0 ? undefined : ports.take(),
    further: new Map(service.ports.map(({ name }) => [name, ports.take()])),
    local,
    tcp: service.listen?.protocol === 'tcp',
    app:
      programs === undefined || version.run === undefined
        ? new StubService({ service, version, instance, calls, routedHeaders: routedHeaders(architecture, version) })
        : programOf({ name, service, version, calls: callsOf(architecture, version), local, held, supervisor, programs }),
  };
}

/** A seat for one more instance, while others are used. Its stub answers already; its ports are free when it returns, but for those of a program. */
export async function furtherSeat(ground: Ground, version: Version, instance: number): Promise<Seat> {
  const { architecture, supervisor } = ground;
  const [ports, held] = await Promise.all([
    Ports.reserve(portsOfSeat(architecture, version)),
    Ports.reserve(portsOfProgram(ground, version)),
  ]);
  const seat = seatOf(ground, version, instance, ports, held);
  await serveApp(architecture, seat, supervisor);
  await ports.release();
  return seat;
}

/** A worker is never asked, so its app does not listen. */
export async function serveApp(architecture: Architecture, { version, app }: Seat, supervisor: Supervisor): Promise<void> {
  if (app.kind === 'own' || serviceOf(architecture, version.service).listen === undefined) return;
  await Promise.all([app.server, ...app.ports.values()].map((server) => serve(server, supervisor)));
}

/** Until the end, and at the latest then it is closed. */
export async function serve(server: AppServer, supervisor: Supervisor): Promise<number> {
  supervisor.closeAtEnd(() => server.stop());
  await server.start();
  return server.port;
}

const callsOf = ({ calls }: Architecture, { service }: Version): Call[] => calls.filter(({ from }) => from === service);

/** The headers by which a callee of this version chooses among its rules. */
function routedHeaders(architecture: Architecture, version: Version): string[] {
  const rules = callsOf(architecture, version).flatMap((call) => call.rules);
  const names = new Set(rules.flatMap(({ match }) => match.headers.map(({ name }) => name)));
  names.delete('upgrade'); // is of one connection
  return [...names];
}
