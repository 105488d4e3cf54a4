import type { Architecture, GlobalRateLimit, Rule, Service } from '../../model/architecture/index.js';
import { outsideCluster } from './cluster.js';
import { duration, extension, type Json, type JsonObject, typed } from './json.js';
import { externalOf } from './lookup.js';
import type { Placement } from './placement.js';
import { provenIdentity } from './rate-limit.js';

const type = 'envoy.extensions.filters.http.ratelimit.v3';

/** What global limits are counted by. */
export const rateLimitsCluster = 'rate-limits';

/** Who asks on a listener: the identity that the handshake proved, or a client whose addresses are all that is known of it. */
export type Peers = { readonly are: 'proven' } | { readonly are: 'plaintext'; readonly client: string };

/** Keys of what is counted, as the rate limit service reads them. */
export const keys = { service: 'service', route: 'route', caller: 'caller' } as const;

/** One filter for the limits that admit while nobody counts, one for those that refuse. Their counters are `cluster.<app>.ratelimit.<name>.*`. */
const modes = ['admit', 'refuse'] as const;
type Mode = (typeof modes)[number];
const nameOf = (mode: Mode): string => `global-rate-limit/${mode}`;

const usedIn = ({ globalRateLimit, rules }: Service): Mode[] => {
  const all = [globalRateLimit, ...rules.map((rule) => rule.globalRateLimit)];
  return modes.filter((mode) => all.some((limit) => limit?.unavailable === mode));
};

/**
 * The filters that ask the rate limit service. Behind everything that refuses: what is refused anyway is not counted, and no answer of it opens anything.
 * Their 429 carries `x-envoy-ratelimited`, after which no Envoy tries again, whatever its policy.
 */
export function globalRateLimits(service: Service, peers: Peers): JsonObject[] {
  const { countedBy } = service;
  if (countedBy === undefined) return [];
  return usedIn(service).map((mode) =>
    extension(nameOf(mode), `${type}.RateLimit`, {
      domain: countedBy.domain,
      stat_prefix: nameOf(mode),
      timeout: duration(countedBy.timeout),
      ...(mode === 'refuse' ? { failure_mode_deny: true, status_on_error: { code: 'ServiceUnavailable' } } : {}),
      rate_limited_as_resource_exhausted: true, // gRPC callers would take `unavailable` for a reason to try again
      rate_limits: ofService(mode, service, peers),
      rate_limit_service: { transport_api_version: 'V3', grpc_service: { envoy_grpc: { cluster_name: rateLimitsCluster } } },
    }),
  );
}

/** What a route of the callee says of its own global limit, by filter; the service's holds beside it. */
export function globalRateLimitOf(rule: Rule, service: Service, peers: Peers): JsonObject {
  const { globalRateLimit: limit } = rule;
  if (limit === undefined) return {};
  const mode = limit.unavailable;
  const counted = [counts(keys.route, rule.path, limit, peers), ...ofService(mode, service, peers)];
  return { [nameOf(mode)]: typed(`${type}.RateLimitPerRoute`, { rate_limits: counted }) };
}

/** For a route whose requests no global limit counts, by filter. */
export const withoutGlobalRateLimits = (service: Service): JsonObject =>
  Object.fromEntries(usedIn(service).map((mode) => [nameOf(mode), typed('envoy.config.route.v3.FilterConfig', { disabled: true })]));

const ofService = (mode: Mode, { name, globalRateLimit: limit }: Service, peers: Peers): Json[] =>
  limit?.unavailable === mode ? [counts(keys.service, name, limit, peers)] : [];

const counts = (key: string, value: string, { per }: GlobalRateLimit, peers: Peers): JsonObject => ({
  actions: [fixed(key, value), ...(per === 'caller' ? [caller(peers)] : [])],
});

const fixed = (descriptor_key: string, descriptor_value: string): Json => ({ generic_key: { descriptor_key, descriptor_value } });

/** Without an identity there would be nothing to count by, and so no limit: a client in plaintext is counted under its declared name. */
const caller = (peers: Peers): Json =>
  peers.are === 'plaintext' ? fixed(keys.caller, `plaintext/${peers.client}`) : provenIdentity(keys.caller);

/** The rate limit service, for the sidecars that ask it. */
export function rateLimitClusters(architecture: Architecture, { countedBy }: Service, placement: Placement): JsonObject[] {
  if (countedBy === undefined) return [];
  const external = externalOf(architecture, countedBy.to);
  const { sni, roots, ...endpoints } = placement.external(external);
  return [
    outsideCluster({
      name: rateLimitsCluster,
      endpoints,
      tls: external.protocol === 'https' ? { host: sni, roots } : undefined,
      http: true,
      grpc: true,
      use: { retryBudget: 20 },
    }),
  ];
}
