import { healthBounds } from '../health.js';
import type { Properties } from '../resource.js';
import type { HealthCheck, Listener, Protocol, TlsClient, Validation } from '../spec.js';
import { atLeast, between } from './range.js';

type Node = Properties['AWS::AppMesh::VirtualNode'];

const member: Record<Protocol, string> = { http: 'HTTP', http2: 'HTTP2', tcp: 'TCP' };

export function nodeProblems({ Spec }: Node): string[] {
  const { Listeners, ServiceDiscovery, Backends } = Spec;
  const names = Backends.map(({ VirtualService }) => VirtualService.VirtualServiceName);
  return [
    ...(Listeners.length > 0 && ServiceDiscovery === undefined
      ? ['it listens and is nowhere to be found; allowed: a listener with service discovery']
      : []),
    ...Listeners.flatMap(listenerProblems),
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${name} is its backend twice`),
    ...Backends.flatMap(({ VirtualService }) => clientTlsProblems(VirtualService.ClientPolicy?.TLS)),
  ];
}

function listenerProblems({ PortMapping, HealthCheck, OutlierDetection, ConnectionPool, Timeout, TLS }: Listener): string[] {
  const { Port, Protocol } = PortMapping;
  return [
    ...between('port', Port, 1, 65_535),
    ...(HealthCheck === undefined ? [] : healthProblems(HealthCheck, Port, Protocol)),
    ...(OutlierDetection === undefined
      ? []
      : [
          ...atLeast('MaxServerErrors', OutlierDetection.MaxServerErrors, 1),
          ...between('MaxEjectionPercent', OutlierDetection.MaxEjectionPercent, 0, 100),
          ...atLeast('Interval', OutlierDetection.Interval.Value, 0),
          ...atLeast('BaseEjectionDuration', OutlierDetection.BaseEjectionDuration.Value, 0),
        ]),
    ...ofProtocol('ConnectionPool', ConnectionPool, Protocol),
    ...ofProtocol('Timeout', Timeout, Protocol),
    ...Object.values(ConnectionPool ?? {}).flatMap((pool: Record<string, number>) =>
      Object.entries(pool).flatMap(([limit, value]) => atLeast(limit, value, 1)),
    ),
    ...(TLS === undefined
      ? []
      : [
          ...fileProblems('CertificateChain', TLS.Certificate.File.CertificateChain),
          ...fileProblems('PrivateKey', TLS.Certificate.File.PrivateKey),
          ...validationProblems(TLS.Validation),
        ]),
  ];
}

const healthProblems = (health: HealthCheck, port: number, protocol: Protocol): string[] => [
  ...(health.Port === port ? [] : [`the health check's port is ${health.Port}; allowed: the listener's, ${port}`]),
  ...(protocol === 'tcp' ? ['the health check has a path; allowed: on HTTP only'] : []),
  ...between('HealthyThreshold', health.HealthyThreshold, ...healthBounds.healthy),
  ...between('UnhealthyThreshold', health.UnhealthyThreshold, ...healthBounds.unhealthy),
  ...between('IntervalMillis', health.IntervalMillis, ...healthBounds.interval),
  ...between('TimeoutMillis', health.TimeoutMillis, ...healthBounds.timeout),
];

/** A union of the service: exactly the member that the listener speaks. */
const ofProtocol = (what: string, union: object | undefined, protocol: Protocol): string[] => {
  const members = Object.keys(union ?? {});
  return union === undefined || (members.length === 1 && members[0] === member[protocol])
    ? []
    : [`${what} has ${members.join(' and ') || 'nothing'}; allowed: ${member[protocol]}, as its listener`];
};

export const clientTlsProblems = (tls: TlsClient | undefined): string[] =>
  tls === undefined
    ? []
    : [...validationProblems(tls.Validation), ...(tls.Ports ?? []).flatMap((port) => between('a port of TLS', port, 1, 65_535))];

function validationProblems({ Trust, SubjectAlternativeNames }: Validation): string[] {
  const names = SubjectAlternativeNames.Match.Exact;
  return [
    ...fileProblems('the trusted CertificateChain', Trust.File.CertificateChain),
    ...(names.length === 0 ? ['no identity is named, which the service takes to mean anyone'] : []),
    ...names.filter((name) => name.includes('*')).map((name) => `the identity ${name} has a wildcard; allowed: whole names`),
    ...names.flatMap((name) => between(`the length of the identity ${name}`, name.length, 1, 254)),
  ];
}

const fileProblems = (what: string, path: string): string[] => between(`the length of ${what}`, path.length, 1, 255);
