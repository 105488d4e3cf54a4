import type { Credentials } from '../engines/envoy/placement.js';
import type { Architecture, External, Gateway, Version } from '../model/architecture/index.js';
import type { CertificateAuthority } from './certificate-authority.js';
import { externalStub } from './external-stub.js';
import { Ports } from './ports.js';
import { type Ground, metricsPorts, portsOfProgram, portsOfSeat, type Seat, seatOf, serve, serveApp } from './seat.js';
import type { Supervisor } from './supervisor.js';
import { type Reached, systemRoots } from './through.js';

/** Where everything of one twin is. All of it is on 127.0.0.1, where on AWS each task has addresses of its own. */
export interface Site {
  readonly folder: string;
  /** Of every instance that there is. */
  readonly seats: Seat[];
  /** Those that callers know: an instance is known once it is ready, and no longer some time before it ends. */
  readonly known: Set<Seat>;
  readonly ingressReady: number;
  readonly ingressMetrics: number | undefined;
  /** By gateway: where the ingress takes its requests, where clients ask, where it answers that it is ready. */
  readonly fronts: ReadonlyMap<string, number>;
  readonly clients: ReadonlyMap<string, number>;
  readonly gatewayReady: ReadonlyMap<string, number>;
  /** By external that is not let through: where its stub listens. */
  readonly externals: ReadonlyMap<string, number>;
  /** Those that are. */
  readonly reached: ReadonlyMap<string, Reached>;
  /** The roots that vouch for their hosts. */
  readonly publicRoots: string;
  readonly credentials: ReadonlyMap<string, Credentials>;
  /** By client that may ask in plaintext: the loopback address that stands for its own. */
  readonly plaintext: ReadonlyMap<string, string>;
  readonly roots: string;
  readonly keySet: string;
}

export interface SiteOptions extends Ground {
  readonly instancesOf: (version: Version) => number;
  readonly keySet: string;
  readonly authority: CertificateAuthority;
}

/** Prepares all that Envoys need and is not an Envoy: certificates, ports, stubs that already answer. The ports are free when it returns. */
export async function prepareSite(options: SiteOptions): Promise<Site> {
  const { architecture, instancesOf, keySet, authority, supervisor, reached } = options;
  const [credentials, externals, ports, held] = await Promise.all([
    issueAll(architecture, authority),
    serveExternals(
      architecture.externals.filter(({ name }) => !reached.has(name)),
      authority,
      supervisor,
    ),
    Ports.reserve(portsNeeded(architecture, instancesOf)),
    Ports.reserve(versionsOf(architecture).reduce((sum, version) => sum + instancesOf(version) * portsOfProgram(options, version), 0)),
  ]);
  const { gateways } = architecture;
  const seats = seatsOf(options, ports, held);
  await Promise.all(seats.map((seat) => serveApp(architecture, seat, supervisor)));
  const site = {
    folder: supervisor.folder,
    seats,
    known: new Set(seats),
    ingressReady: ports.take(),
    ingressMetrics: metricsPorts(architecture) === 0 ? undefined : ports.take(),
    fronts: portFor(gateways, ports),
    clients: portFor(gateways, ports),
    gatewayReady: portFor(gateways, ports),
    externals,
    reached,
    publicRoots: reached.size === 0 ? authority.roots : systemRoots(supervisor.folder),
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
function portsNeeded(architecture: Architecture, instancesOf: SiteOptions['instancesOf']): number {
  const each = versionsOf(architecture).map((version) => instancesOf(version) * portsOfSeat(architecture, version));
  return each.reduce((sum, ports) => sum + ports, ingressPorts + metricsPorts(architecture) + gatewayPorts * architecture.gateways.length);
}

const versionsOf = ({ services }: Architecture): Version[] => services.flatMap(({ versions }) => [...versions]);

const seatsOf = (options: SiteOptions, ports: Ports, held: Ports): Seat[] =>
  versionsOf(options.architecture).flatMap((version) =>
    Array.from({ length: options.instancesOf(version) }, (_, index) => seatOf(options, version, index + 1, ports, held)),
  );

/** The whole of 127.0.0.0/8 is this machine; none of these is where anything else here asks from. */
const plaintextAddresses = ({ mtls }: Architecture): Map<string, string> =>
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
  externals: readonly External[],
  authority: CertificateAuthority,
  supervisor: Supervisor,
): Promise<Map<string, number>> {
  const served = externals.map(
    async (external) => [external.name, await serve(await externalStub(external, authority), supervisor)] as const,
  );
  return new Map(await Promise.all(served));
}
