import type { AnyResource } from '../../../lib/engines/app-mesh/resource.js';
import type { HttpMatch, HttpRoute, RequestLimits, TlsClient } from '../../../lib/engines/app-mesh/spec.js';

/** A resource as one line that a person can check. */
export function inWords({ type, properties }: AnyResource): string {
  const kind = type.slice('AWS::AppMesh::'.length);
  const names = Object.entries(properties).flatMap(([key, name]) => (key.endsWith('Name') && key !== 'MeshName' ? [name] : []));
  return [kind, ...names, ...details({ type, properties } as AnyResource)].join(' ');
}

function details(resource: AnyResource): string[] {
  switch (resource.type) {
    case 'AWS::AppMesh::Mesh':
      return [resource.properties.MeshName, resource.properties.Spec.EgressFilter.Type];
    case 'AWS::AppMesh::VirtualNode': {
      const { Listeners, ServiceDiscovery, Backends } = resource.properties.Spec;
      const listens = Listeners.map(({ PortMapping, TLS, Timeout }) => {
        const admits =
          TLS === undefined ? '' : ` ${TLS.Mode} admits ${TLS.Validation.SubjectAlternativeNames.Match.Exact.map(short).join(' ')}`;
        return `listens ${PortMapping.Protocol} ${PortMapping.Port} ${Object.values(Timeout ?? {}).map(limits)}${admits}`;
      });
      const found = ServiceDiscovery?.AWSCloudMap?.ServiceName ?? ServiceDiscovery?.DNS?.Hostname;
      const asks = Backends.map(
        ({ VirtualService }) => `asks ${VirtualService.VirtualServiceName}${identity(VirtualService.ClientPolicy?.TLS)}`,
      );
      return [...(found === undefined ? [] : [`at ${found}`]), ...listens, ...asks];
    }
    case 'AWS::AppMesh::VirtualRouter':
      return resource.properties.Spec.Listeners.map(({ PortMapping }) => `${PortMapping.Protocol} ${PortMapping.Port}`);
    case 'AWS::AppMesh::Route': {
      const { Priority, HttpRoute, Http2Route, TcpRoute } = resource.properties.Spec;
      const http = HttpRoute ?? Http2Route;
      const to = (http ?? TcpRoute)!.Action.WeightedTargets.map(({ VirtualNode, Weight }) => `${VirtualNode} ${Weight}%`);
      return [
        `${Priority}`,
        ...(http === undefined ? [] : [match(http.Match)]),
        `→ ${to.join(', ')}`,
        ...(http === undefined ? [] : [policy(http)]),
        ...(TcpRoute?.Timeout === undefined ? [] : [limits(TcpRoute.Timeout)]),
      ];
    }
    case 'AWS::AppMesh::VirtualService':
      return [`by ${resource.properties.Spec.Provider.VirtualRouter.VirtualRouterName}`];
    case 'AWS::AppMesh::VirtualGateway': {
      const { Listeners, BackendDefaults } = resource.properties.Spec;
      return [
        ...Listeners.map(
          ({ PortMapping, ConnectionPool }) =>
            `${PortMapping.Protocol} ${PortMapping.Port} ${Object.values(ConnectionPool?.HTTP ?? {}).join('+')}`,
        ),
        `asks${identity(BackendDefaults.ClientPolicy.TLS)}`,
      ];
    }
    case 'AWS::AppMesh::GatewayRoute': {
      const { Priority, HttpRoute } = resource.properties.Spec;
      return [`${Priority}`, match(HttpRoute.Match), `→ ${HttpRoute.Action.Target.VirtualService.VirtualServiceName}`];
    }
  }
}

const limits = ({ PerRequest, Idle }: RequestLimits): string =>
  [PerRequest && `${PerRequest.Value}ms`, Idle && `idle ${Idle.Value}ms`].filter((each) => each !== undefined).join(' ');

const short = (name: string): string => name.replace(/^spiffe:\/\/[^/]+\//, '');
const identity = (tls: TlsClient | undefined): string =>
  tls === undefined
    ? ''
    : ` as ${tls.Validation.SubjectAlternativeNames.Match.Exact.map(short).join(' ')}${tls.Ports === undefined ? '' : ` on ${tls.Ports.join(' ')}`}`;

function match({ Prefix, Path, Method, Headers }: HttpMatch): string {
  const headers = (Headers ?? []).map(({ Name, Invert, Match }) => {
    const [[how, value] = ['present', '']] = Object.entries(Match ?? {});
    return `[${Name} ${Invert ? 'not ' : ''}${how}${value === '' ? '' : ` ${value}`}]`;
  });
  const path = Prefix === undefined ? (Path?.Exact ?? `~${Path?.Regex}`) : `${Prefix}*`;
  return [Method ?? 'ANY', path, ...headers].join(' ');
}

function policy({ Timeout, RetryPolicy }: HttpRoute): string {
  const timeout = Timeout === undefined ? 'its own timeout' : limits(Timeout);
  if (RetryPolicy === undefined) return `${timeout}, its own retries`;
  const { MaxRetries, PerRetryTimeout, HttpRetryEvents = [], TcpRetryEvents = [] } = RetryPolicy;
  return `${timeout} retries ${MaxRetries}×${PerRetryTimeout.Value}ms ${[...HttpRetryEvents, ...TcpRetryEvents].join(' ')}`;
}
