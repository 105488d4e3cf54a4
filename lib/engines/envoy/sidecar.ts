import type { Architecture, Service, Version } from '../../model/architecture/index.js';
import { atPort, type Entrance, entranceOf, mainEntrance, placedAt } from './at-port.js';
import { bootstrap } from './bootstrap.js';
import { ownApp } from './cluster.js';
import { rateLimitClusters } from './global-rate-limit.js';
import { inbound } from './inbound.js';
import { interception } from './interception/listener.js';
import type { Bootstrap } from './json.js';
import { keysClusters } from './jwt.js';
import { serviceOf } from './lookup.js';
import { observedOf } from './observed.js';
import { outbound, type Way } from './outbound.js';
import type { Placement } from './placement.js';
import { tcpInbound } from './tcp-inbound.js';
import { vicinityOf } from './zone.js';

/**
 * The configuration of the Envoy beside each instance of a version: its service's way in, where it listens, one for each further port that somebody calls, and
 * a way out for each of its calls; and, where its app is intercepted, one way for all that the app sends elsewhere.
 */
export function compileSidecar(architecture: Architecture, version: Version, placement: Placement): Bootstrap {
  const service = serviceOf(architecture, version.service);
  const { trustDomain } = architecture;
  const called = service.ports.filter(({ admits }) => admits.length > 0);
  const entrances = [
    ...entrance(service, trustDomain, placement, mainEntrance),
    ...called.flatMap((port) => entrance(atPort(service, port), trustDomain, placedAt(placement, port), entranceOf(port))),
  ];
  const ways = [...outbound(architecture, service, placement), ...interception(architecture, service, placement)];
  const keys = service.tokens === undefined ? [] : keysClusters([service.tokens.authorizer], placement);
  return bootstrap(
    {
      id: version.id,
      cluster: service.name,
      listeners: [...entrances, ...ways].map((way) => way.listener),
      clusters: [
        ...[...entrances, ...ways].flatMap((way) => way.clusters),
        ...keys,
        ...rateLimitClusters(architecture, service, placement),
      ],
      observed: observedOf(architecture, { service: service.name, version: version.name }, placement),
      vicinity: vicinityOf(calleesOf(architecture, service), placement),
    },
    placement,
  );
}

const calleesOf = ({ calls, services }: Architecture, { name }: Service): Service[] =>
  services.filter((callee) => calls.some(({ from, to }) => from === name && to === callee.name));

/** None for a worker. */
function entrance(service: Service, trustDomain: string, placement: Placement, way: Entrance): Way[] {
  const { listen, pool } = service;
  if (listen === undefined) return [];
  const listener =
    listen.protocol === 'tcp' ? tcpInbound(service, listen, trustDomain, placement, way) : inbound(service, trustDomain, placement, way);
  return [{ listener, clusters: [ownApp(way.app, placement.app, listen.protocol, pool)] }];
}
