import type { Architecture, External, ModelPath, Service, Version } from '../../model/architecture/index.js';
import { speaks } from '../../model/protocol.js';
import { accessLog } from './access-log.js';
import { healthCheck } from './health.js';
import { externalName, hostOf, meshName } from './name.js';
import type { Placement } from './placement.js';
import { longestOf, usersOf } from './policy.js';
import { connectionPool } from './pool.js';
import type { Backend, Resource } from './resource.js';
import { type Listener, milliseconds, protocolOf } from './spec.js';
import { requestLimits } from './time-limit.js';
import { clientTls, publicTls, serverTls } from './tls.js';

type VirtualNode = Resource<'AWS::AppMesh::VirtualNode'>;

/** The node of a version: what it listens on, and whom it may ask. */
export function versionNode(version: Version, service: Service, architecture: Architecture, placement: Placement): VirtualNode {
  const { namespace } = placement;
  const listeners = service.listen === undefined ? [] : [listener(service, architecture, placement)];
  return node(version.id, version.path, architecture, {
    Listeners: listeners,
    ...(listeners.length === 0 ? {} : { ServiceDiscovery: { AWSCloudMap: { NamespaceName: namespace, ServiceName: version.id } } }),
    Backends: backends(service, architecture, placement),
    Logging: accessLog(placement),
  });
}

/** The node of a host outside the mesh: no sidecar, no identity. */
export function externalNode(external: External, architecture: Architecture, placement: Placement): VirtualNode {
  const { port } = external;
  const bytes = speaks(external.protocol) === 'tcp';
  return node(externalName(external.name), external.path, architecture, {
    Listeners: [
      {
        PortMapping: { Port: port, Protocol: bytes ? 'tcp' : 'http' },
        ...longest(external.name, bytes ? undefined : 'http', architecture),
      },
    ],
    ServiceDiscovery: { DNS: { Hostname: placement.host(external), ResponseType: 'LOADBALANCER' } },
    Backends: [],
  });
}

const node = (name: string, at: ModelPath, architecture: Architecture, Spec: VirtualNode['properties']['Spec']): VirtualNode => ({
  id: `VirtualNode-${name}`,
  type: 'AWS::AppMesh::VirtualNode',
  properties: { MeshName: meshName(architecture), VirtualNodeName: name, Spec },
  at,
  after: ['Mesh'],
});

function listener(service: Service, architecture: Architecture, placement: Placement): Listener {
  const listen = service.listen!;
  const { port } = listen;
  const protocol = protocolOf(listen);
  return {
    PortMapping: { Port: port, Protocol: protocol },
    ...healthCheck(service, protocol),
    ...outliers(service),
    ...connectionPool(service.pool, protocol),
    ...(listen.protocol === 'tcp'
      ? { Timeout: { TCP: { Idle: milliseconds(listen.idleTimeout) } } }
      : longest(service.name, listen.protocol === 'http' ? 'http' : 'http2', architecture)),
    TLS: serverTls(service, architecture, placement),
  };
}

/** Nobody is left alone where nothing is stated. */
function outliers({ outlierDetection }: Service): Pick<Listener, 'OutlierDetection'> {
  if (outlierDetection === undefined) return {};
  const { errors, maxEjectedPercent, interval, ejectFor } = outlierDetection;
  return {
    OutlierDetection: {
      MaxServerErrors: errors,
      MaxEjectionPercent: maxEjectedPercent,
      Interval: milliseconds(interval),
      BaseEjectionDuration: milliseconds(ejectFor),
    },
  };
}

/** A listener cuts as well, whatever the route says: it gets the longest limits that anyone has towards it. */
function longest(name: string, protocol: 'http' | 'http2' | undefined, architecture: Architecture): Pick<Listener, 'Timeout'> {
  const own = architecture.services.find((service) => service.name === name)?.rules ?? [];
  const policies = [...own, ...usersOf(name, architecture).flatMap(({ rules }) => rules)].map(({ policy }) => policy);
  if (protocol === undefined || policies.length === 0) return {};
  const limits = requestLimits(longestOf(policies), architecture);
  return limits === undefined ? {} : { Timeout: { [protocol === 'http' ? 'HTTP' : 'HTTP2']: limits } };
}

function backends(service: Service, architecture: Architecture, placement: Placement): { VirtualService: Backend }[] {
  return architecture.calls
    .filter(({ from }) => from === service.name)
    .map(({ to, kind }) => {
      if (kind === 'external')
        return { VirtualService: externalBackend(architecture.externals.find(({ name }) => name === to)!, placement) };
      const callee = architecture.services.find(({ name }) => name === to)!;
      return {
        VirtualService: { VirtualServiceName: hostOf(callee, placement), ClientPolicy: { TLS: clientTls([callee.identity], placement) } },
      };
    });
}

function externalBackend(external: External, placement: Placement): Backend {
  const host = placement.host(external);
  return external.protocol === 'https'
    ? { VirtualServiceName: host, ClientPolicy: { TLS: publicTls(host, placement) } }
    : { VirtualServiceName: host };
}
