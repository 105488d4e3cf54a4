import type { Architecture, External, Gateway, Version } from '../../model/architecture/index.js';
import { variableName } from '../../model/name.js';
import { frontPortOf } from '../../model/port.js';
import type { Credentials, Placement } from './placement.js';

/** Where a sidecar takes mutual TLS from the mesh: its security group opens this port to the mesh, and those of further ports that are called. */
export const inboundPort = 15_006;

/** Where `GET /ready` is answered, for health checks. */
export const readyPort = 15_021;

/** Where `POST /drain` is answered, to the task alone: on 127.0.0.1. */
export const drainPort = 15_022;

/** Where `GET /stats/prometheus` is answered, for a scraper in the task, or on the network where that is declared. No security group opens it by itself. */
export const metricsPort = 15_090;

/** Where a sidecar takes what the network redirects from its app: on 127.0.0.1, which is where the kernel redirects to. */
export const interceptionPort = 15_001;

/** Envoy's administration inside its container. */
export const adminSocket = '/tmp/envoy-admin.sock';

/** The roots of the public web, where Debian and Envoy's images keep them. */
export const publicRoots = '/etc/ssl/certs/ca-certificates.crt';

/** Environment variables of the sidecar that hold its certificate, its key and the mesh's roots, as PEM. */
export const credentialVariables = { certificate: 'MESH_CERTIFICATE', privateKey: 'MESH_PRIVATE_KEY', trust: 'MESH_TRUST' } as const;

/** Worker threads of one Envoy. */
export const concurrency = 2;

/** The private DNS namespace (Cloud Map) in which each version of a service has a name. */
export const namespaceOf = ({ name, environment }: Architecture): string => `${name}.${environment}.internal`;

/** How long a resolver may go on giving an answer of that namespace, in milliseconds: the TTL of its records. */
export const answerAge = 10_000;

/** What the ingress, which has an identity for each gateway, adds to the names of `credentialVariables`: `_PUBLIC_WEB` for `publicWeb`. */
export const variableSuffixOf = (gateway: string): string => `_${variableName(gateway)}`;

export interface AwsPlacementOptions {
  /** Whose sidecar. @default none: the ingress */
  readonly version?: Version;
  /** Where externals are that the architecture leaves to the deployment, by name. Taken as they are: a value known only at deploy may be a CDK token. */
  readonly externalHosts?: Readonly<Record<string, { readonly host: string; readonly port?: number }>>;
}

/**
 * Where things are on AWS: one task for each instance with app and sidecar on the same loopback, Cloud Map for the others.
 * @throws when an external has neither a declared nor a bound host, or the names of two gateways become the same variable.
 */
export function awsPlacement(architecture: Architecture, { version, externalHosts = {} }: AwsPlacementOptions = {}): Placement {
  refuseSharedVariables(architecture.gateways);
  const service = architecture.services.find(({ name }) => name === version?.service);
  const anywhere = (port: number) => ({ address: '0.0.0.0', port });
  return {
    inbound: anywhere(inboundPort),
    ready: anywhere(readyPort),
    ...(service !== undefined && service.listen === undefined ? {} : { drain: { address: '127.0.0.1', port: drainPort } }), // nobody calls a worker
    metrics: { address: architecture.observability.metrics === 'network' ? '0.0.0.0' : '127.0.0.1', port: metricsPort },
    app: { address: '127.0.0.1', port: service?.listen?.port ?? 0 },
    further: ({ inbound, listen }) => ({ inbound: anywhere(inbound), app: { address: '127.0.0.1', port: listen.port } }),
    local: ({ localPort }) => ({ address: '127.0.0.1', port: localPort }),
    front: ({ name }) => anywhere(frontPortOf(name)),
    interception: {
      address: { address: '127.0.0.1', port: interceptionPort },
      hosts: ({ to }) => [to, `${to}.${namespaceOf(architecture)}`],
    },
    admin: { socket: adminSocket },
    endpoints: ({ id }, port) => ({ dns: `${id}.${namespaceOf(architecture)}`, port: port?.inbound ?? inboundPort }),
    external(external) {
      const { host, port } = hostOf(external, externalHosts);
      return { dns: host, port, sni: host, roots: { filename: publicRoots } };
    },
    credentials(identity) {
      const gateway = architecture.gateways.find((one) => one.identity === identity);
      return credentials(gateway === undefined ? '' : variableSuffixOf(gateway.name));
    },
    keys: ({ jwks }) => ({ uri: jwks, roots: { filename: publicRoots } }),
    concurrency,
    accessLog: '/dev/stdout',
  };
}

function hostOf({ name, host, port }: External, bound: NonNullable<AwsPlacementOptions['externalHosts']>) {
  const found = bound[name] ?? (host === undefined ? undefined : { host });
  if (found === undefined) throw new Error(`external ${name} has no host: declare external.${name}.host, or bind it where it is deployed`);
  return { host: found.host, port: found.port ?? port };
}

/** The ingress would present one gateway's identity for the other. */
function refuseSharedVariables(gateways: readonly Gateway[]): void {
  for (const { name } of gateways) {
    const other = gateways.find((gateway) => gateway.name !== name && variableSuffixOf(gateway.name) === variableSuffixOf(name));
    if (other === undefined) continue;
    const variable = credentialVariables.certificate + variableSuffixOf(name);
    throw new Error(`gateways ${name} and ${other.name} would both have their certificate in ${variable}: rename one`);
  }
}

const credentials = (suffix: string): Credentials => ({
  certificate: { environment_variable: credentialVariables.certificate + suffix },
  privateKey: { environment_variable: credentialVariables.privateKey + suffix },
  trust: { environment_variable: credentialVariables.trust + suffix },
});
