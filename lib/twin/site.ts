import type { Credentials } from '../engines/envoy/placement.js';
import type { Architecture, Call, Gateway, Version } from '../model/architecture/index.js';
import type { AppServer } from './app-server.js';
import type { CertificateAuthority } from './certificate-authority.js';
import { externalStub } from './external-stub.js';
import { Ports } from './ports.js';
import { stubCall } from './stub-call.js';
import { StubService } from './stub-service.js';
import type { Supervisor } from './supervisor.js';

/** One instance of a version, and the ports that are its own. */
export interface Seat {
  /** `reviews-v1-2`. */
  readonly name: string;
  readonly version: Version;
  /** 1 for the first of its version. */
  readonly instance: number;
  /** Where its sidecar takes mutual TLS. */
  readonly inbound: number;
  /** The same for the further ports of its service, by name. */
  readonly further: ReadonlyMap<string, number>;
  readonly ready: number;
  /** Where its statistics are read; undefined where no metrics are declared. */
  readonly metrics: number | undefined;
  /** Where its sidecar takes its app's requests, by callee. */
  readonly local: ReadonlyMap<string, number>;
  /** Its app. */
  readonly stub: StubService;
}

/** Where everything of one twin is. All of it is on 127.0.0.1, where on AWS each task has addresses of its own. */
export interface Site {
  readonly folder: string;
  readonly seats: readonly Seat[];
  readonly ingressReady: number;
  readonly ingressMetrics: number | undefined;
  /** By gateway: where the ingress takes its requests, where clients ask, where it answers that it is ready. */
  readonly fronts: ReadonlyMap<string, number>;
  readonly clients: ReadonlyMap<string, number>;
  readonly gatewayReady: ReadonlyMap<string, number>;
  /** By external: where its stub listens. */
  readonly externals: ReadonlyMap<string, number>;
  readonly credentials: ReadonlyMap<string, Credentials>;
  /** By client that may ask in plaintext: the loopback address that stands for its own. */
  readonly plaintext: ReadonlyMap<string, string>;
  readonly roots: string;
  readonly keySet: string;
}

export interface SiteOptions {
  readonly architecture: Architecture;
  readonly instancesOf: (version: Version) => number;
  readonly keySet: string;
  readonly authority: CertificateAuthority;
  readonly supervisor: Supervisor;
}

/** Prepares all that Envoys need and is not an Envoy: certificates, ports, stubs that already answer. The ports are free when it returns. */
export async function prepareSite({ architecture, instancesOf, keySet, authority, supervisor }: SiteOptions): Promise<Site> {
  const [credentials, externals, ports] = await Promise.all([
    issueAll(architecture, authority),
    serveExternals(architecture, authority, supervisor),
    Ports.reserve(portsNeeded(architecture, instancesOf)),
  ]);
  const { gateways } = architecture;
  const seats = seatsOf(architecture, instancesOf, ports);
  await Promise.all(seats.map((seat) => serveApp(architecture, seat, supervisor)));
  const site = {
    folder: supervisor.folder,
    seats,
    ingressReady: ports.take(),
    ingressMetrics: metricsPorts(architecture) === 0 ? undefined : ports.take(),
    fronts: portFor(gateways, ports),
    clients: portFor(gateways, ports),
    gatewayReady: portFor(gateways, ports),
    externals,
    credentials,
    plaintext: plaintextAddresses(architecture),
    roots: authority.roots,
    keySet,
  };
  await ports.release();
  return site;
}

const portFor = (gateways: readonly Gateway[], ports: Ports) => new Map(gateways.map(({ name }) => [name, ports.take()]));

const ingressPorts = 1;
/** Where clients ask, where the ingress takes what they asked, where it answers that it is ready. */
const gatewayPorts = 3;
/** Where it takes mutual TLS, and where it answers that it is ready; one more for each further port and each call. */
const sidecarPorts = 2;
/** Of each sidecar, and of the ingress. */
const metricsPorts = ({ observability: { metrics } }: Architecture): number => (metrics === undefined ? 0 : 1);

function portsNeeded(architecture: Architecture, instancesOf: SiteOptions['instancesOf']): number {
  const versions = architecture.services.flatMap((service) => service.versions);
  const further = new Map(architecture.services.map(({ name, ports }) => [name, ports.length]));
  const each = versions.map(
    (version) =>
      instancesOf(version) *
      (sidecarPorts + further.get(version.service)! + metricsPorts(architecture) + callsOf(architecture, version).length),
  );
  return each.reduce((sum, ports) => sum + ports, ingressPorts + metricsPorts(architecture) + gatewayPorts * architecture.gateways.length);
}

function seatsOf(architecture: Architecture, instancesOf: SiteOptions['instancesOf'], ports: Ports): Seat[] {
  return architecture.services.flatMap((service) =>
    service.versions.flatMap((version) =>
      Array.from({ length: instancesOf(version) }, (_, index): Seat => {
        const calls = callsOf(architecture, version).map((call) => stubCall(architecture, call, ports.take()));
        const instance = index + 1;
        return {
          name: `${version.id}-${instance}`,
          version,
          instance,
          inbound: ports.take(),
          ready: ports.take(),
          metrics: metricsPorts(architecture) === 0 ? undefined : ports.take(),
          further: new Map(service.ports.map(({ name }) => [name, ports.take()])),
          local: new Map(calls.map(({ to, port }) => [to, port])),
          stub: new StubService({ service, version, instance, calls, routedHeaders: routedHeaders(architecture, version) }),
        };
      }),
    ),
  );
}

const callsOf = ({ calls }: Architecture, { service }: Version): Call[] => calls.filter(({ from }) => from === service);

/** The headers by which a callee of this version chooses among its rules. */
function routedHeaders(architecture: Architecture, version: Version): string[] {
  const rules = callsOf(architecture, version).flatMap((call) => call.rules);
  const names = new Set(rules.flatMap(({ match }) => match.headers.map(({ name }) => name)));
  names.delete('upgrade'); // is of one connection
  return [...names];
}

/** The whole of 127.0.0.0/8 is this machine; none of these is where anything else here asks from. */
export const plaintextAddresses = ({ mtls }: Architecture): Map<string, string> =>
  new Map(mtls.mode === 'permissive' ? mtls.clients.map(({ name }, index) => [name, `127.77.${index >> 8}.${(index & 255) + 1}`]) : []);

/** A certificate of its own for each identity of the architecture. */
async function issueAll({ services, gateways }: Architecture, authority: CertificateAuthority): Promise<Map<string, Credentials>> {
  const issued = [...services, ...gateways].map(async ({ identity }) => [identity, await issue(identity, authority)] as const);
  return new Map(await Promise.all(issued));
}

async function issue(identity: string, authority: CertificateAuthority): Promise<Credentials> {
  const { certificate, privateKey } = await authority.issueIdentity(identity);
  return { certificate: { filename: certificate }, privateKey: { filename: privateKey }, trust: { filename: authority.roots } };
}

async function serveExternals(
  { externals }: Architecture,
  authority: CertificateAuthority,
  supervisor: Supervisor,
): Promise<Map<string, number>> {
  const served = externals.map(
    async (external) => [external.name, await serve(await externalStub(external, authority), supervisor)] as const,
  );
  return new Map(await Promise.all(served));
}

/** A worker is never asked, so its app does not listen. */
async function serveApp({ services }: Architecture, { version, stub }: Seat, supervisor: Supervisor): Promise<void> {
  const service = services.find(({ name }) => name === version.service);
  if (service?.listen === undefined) return;
  await Promise.all([stub.server, ...stub.ports.values()].map((server) => serve(server, supervisor)));
}

async function serve(server: AppServer, supervisor: Supervisor): Promise<number> {
  supervisor.closeAtEnd(() => server.stop());
  await server.start();
  return server.port;
}
