import type { Architecture } from '../../model/architecture/index.js';
import type { Loss } from '../capability.js';
import { furtherPorts, withoutFurtherPorts } from './further-port.js';
import { warning } from './loss.js';
import { pulled } from './lost-egress.js';
import { gateways, outsideOfGateways } from './lost-gateways.js';
import { globalRateLimits, pools, rateLimits } from './lost-limits.js';
import { policies, repeats } from './lost-policies.js';
import { ownRetries } from './lost-profile.js';
import { observability, protocols } from './lost-protocols.js';
import { resilience } from './lost-resilience.js';
import { actions, matches, retries, weights } from './lost-routes.js';
import { access, addresses, mtls, tokens } from './lost-security.js';
import { sizes } from './lost-sizes.js';
import { type Placement, placementOf } from './placement.js';

const ofArchitecture: readonly ((architecture: Architecture) => Iterable<Loss>)[] = [
  ended,
  access,
  tokens,
  addresses,
  mtls,
  matches,
  weights,
  actions,
  retries,
  policies,
  repeats,
  ownRetries,
  pools,
  rateLimits,
  globalRateLimits,
  resilience,
  protocols,
  gateways,
  outsideOfGateways,
  observability,
];

/** Where App Mesh cannot carry what the architecture says. Never empty: the service itself has ended. What is not enforced first, then by place. */
export function lost(declared: Architecture, placement: Placement = placementOf(declared)): Loss[] {
  const architecture = withoutFurtherPorts(declared);
  const all = [
    ...ofArchitecture.flatMap((losses) => [...losses(architecture)]),
    ...furtherPorts(declared),
    ...pulled(architecture, placement),
    ...sizes(declared, placement),
  ];
  const once = new Map(all.map((loss) => [`${loss.severity}\n${loss.at}\n${loss.feature}\n${loss.is}`, loss]));
  return [...once.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, loss]) => loss);
}

function* ended(): Generator<Loss> {
  yield warning(
    'in-service',
    '',
    'AWS App Mesh ended on 2026-09-30: this can be read and reviewed, not deployed; the engine envoy is the way on',
  );
  yield warning(
    'safe-defaults',
    '',
    'sidecars of App Mesh do not normalize paths, pass deadlines on, keep a retry budget or forbid session resumption, and the ingress does not verify tokens again',
  );
}
