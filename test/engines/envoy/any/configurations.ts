import { awsPlacement, type Bootstrap, compileIngress, compileSidecar, type Placement } from '../../../../lib/engines/envoy/index.js';
import type { Architecture, Version } from '../../../../lib/index.js';

/** Certificates, roots and keys that are on this machine. */
export type Files = Pick<Placement, 'credentials'> & { readonly roots: string; readonly jwks: string };

/**
 * Every configuration of an architecture, by its node.
 *
 * @param fixed whether instances and hosts are at addresses, and in zones, as in the twin, or have names, as on AWS
 */
export function configurationsOf(
  architecture: Architecture,
  { credentials, roots, jwks: keySet }: Files,
  fixed: boolean,
): ReadonlyMap<string, Bootstrap> {
  const addresses = ['a', 'b'].map((zone, index) => ({ address: '127.0.0.1', port: 1 + index, zone }));
  const trust = { filename: roots };
  const place = (version?: Version): Placement => {
    const externalHosts = Object.fromEntries(architecture.externals.map(({ name, host }) => [name, { host: host ?? `${name}.example` }]));
    const aws = awsPlacement(architecture, { ...(version && { version }), externalHosts });
    return {
      ...aws,
      ...(fixed ? { near: { zone: 'a', instances: addresses } } : {}),
      credentials,
      endpoints: (each) => (fixed ? { addresses } : aws.endpoints(each)),
      external: (each) => ({ ...(fixed ? { addresses, sni: `${each.name}.example` } : aws.external(each)), roots: trust }),
      keys: ({ jwks }) => (fixed ? { jwks: keySet } : { uri: jwks, roots: trust }),
    };
  };
  const sidecars = architecture.services.flatMap(({ versions }) =>
    versions.map((version) => [version.id, compileSidecar(architecture, version, place(version))] as const),
  );
  const ingress = architecture.gateways.length === 0 ? [] : [['ingress', compileIngress(architecture, place())] as const];
  return new Map([...sidecars, ...ingress]);
}
