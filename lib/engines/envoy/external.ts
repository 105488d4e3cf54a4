import type { External } from '../../model/architecture/index.js';
import { speaks } from '../../model/protocol.js';
import { outsideCluster, type Use } from './cluster.js';
import type { JsonObject } from './json.js';
import type { Placement } from './placement.js';
import type { Destination } from './routes.js';

/** Its cluster, in every Envoy. */
export const externalName = ({ name }: External): string => `external/${name}`;

/** @param connectTimeout for TCP, where a call's timeout is that of connecting; milliseconds */
export function externalCluster(external: External, placement: Placement, use: Use, connectTimeout?: number): JsonObject {
  const { sni, roots, ...endpoints } = placement.external(external);
  return outsideCluster({
    name: externalName(external),
    endpoints,
    tls: external.protocol === 'https' ? { host: sni, roots } : undefined,
    http: speaks(external.protocol) !== 'tcp',
    use,
    ...(connectTimeout === undefined ? {} : { connectTimeout }),
  });
}

/** Its name as it knows it, with the port where it is not the protocol's own. */
function authorityOf(external: External, placement: Placement): string {
  const { sni } = placement.external(external);
  const usual = external.protocol === 'https' ? 443 : 80;
  return external.port === usual ? sni : `${sni}:${external.port}`;
}

/** The host gets its real name, with the port where it is not the protocol's own. */
export function externalDestination(external: External, placement: Placement): Destination {
  return {
    shares: () => [{ name: externalName(external), weight: 1 }],
    authority: authorityOf(external, placement),
    mesh: false,
  };
}
