import type { Architecture, Version } from '../../model/architecture.js';
import { bootstrap } from './bootstrap.js';
import { ownApp } from './cluster.js';
import { inbound } from './inbound.js';
import type { Bootstrap } from './json.js';
import { keysClusters } from './jwt.js';
import { serviceOf } from './lookup.js';
import { observedOf } from './observed.js';
import { outbound } from './outbound.js';
import type { Placement } from './placement.js';
import { tcpInbound } from './tcp-inbound.js';

/** The configuration of the Envoy beside each instance of a version: its service's way in, where it listens, and a way out for each of its calls. */
export function compileSidecar(architecture: Architecture, version: Version, placement: Placement): Bootstrap {
  const service = serviceOf(architecture, version.service);
  const ways = outbound(architecture, service, placement);
  const own = service.listen;
  const keys = service.tokens === undefined ? [] : keysClusters([service.tokens.authorizer], placement);
  return bootstrap(
    {
      id: version.id,
      cluster: service.name,
      listeners: [
        ...(own === undefined
          ? []
          : own.protocol === 'tcp'
            ? [tcpInbound(service, own, architecture.trustDomain, placement)]
            : [inbound(service, architecture.trustDomain, placement)]),
        ...ways.map((way) => way.listener),
      ],
      clusters: [
        ...(own === undefined ? [] : [ownApp(placement.app, own.protocol, service.pool)]),
        ...ways.flatMap((way) => way.clusters),
        ...keys,
      ],
      observed: observedOf(architecture, { service: service.name, version: version.name }, placement),
    },
    placement,
  );
}
