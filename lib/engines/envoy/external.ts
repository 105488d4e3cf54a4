import type { External } from '../../model/architecture.js';
import { outsideCluster } from './cluster.js';
import type { JsonObject } from './json.js';
import type { Placement } from './placement.js';
import type { Destination } from './routes.js';

const clusterName = ({ name }: External): string => `external/${name}`;

/** @param connectTimeout for TCP, where a call's timeout is that of connecting; milliseconds */
export function externalCluster(external: External, placement: Placement, connectTimeout?: number): JsonObject {
  const { sni, roots, ...endpoints } = placement.external(external);
  return outsideCluster({
    name: clusterName(external),
    endpoints,
    tls: external.protocol === 'https' ? { host: sni, roots } : undefined,
    http: external.protocol !== 'tcp',
    ...(connectTimeout === undefined ? {} : { connectTimeout }),
  });
}

/** The host gets its real name, with the port where it is not the protocol's own. */
export function externalDestination(external: External, placement: Placement): Destination {
  const { sni } = placement.external(external);
  const usual = external.protocol === 'https' ? 443 : 80;
  return {
    shares: () => [{ name: clusterName(external), weight: 1 }],
    authority: external.port === usual ? sni : `${sni}:${external.port}`,
    mesh: false,
  };
}
