import type { Admission, RateLimit, Rule } from '../../model/architecture/index.js';
import { extension, type Json, type JsonObject, typed } from './json.js';

/** For a descriptor: the identity that the handshake proved. */
export function provenIdentity(key: string): JsonObject {
  return {
    extension: extension('envoy.rate_limit_descriptors.expr', 'envoy.extensions.rate_limit_descriptors.expr.v3.Descriptor', {
      descriptor_key: key,
      text: 'connection.uri_san_peer_certificate',
    }),
  };
}

const type = 'envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit';

/** The filter of a service's own limit, and the one of its routes: apart, because a route's configuration replaces its filter's, and both hold. */
const ofService = 'rate-limit/service';
const ofRoutes = 'rate-limit/routes';

/** The filters that count what an instance takes; every 429 of theirs counts in `rate-limit/*.http_local_rate_limit.rate_limited`. */
export function rateLimits(service: RateLimit | undefined, rules: readonly Rule[], admits: readonly Admission[]): JsonObject[] {
  const routes = rules.some(({ rateLimit }) => rateLimit !== undefined);
  return [
    ...(service === undefined ? [] : [extension(ofService, type, limit(ofService, service, admits))]),
    ...(routes ? [extension(ofRoutes, type, { stat_prefix: ofRoutes })] : []), // without a bucket, until a route brings one
  ];
}

/** For a route whose requests no limit counts, by filter. */
export const withoutRateLimits = (service: RateLimit | undefined, rules: readonly Rule[]): JsonObject =>
  Object.fromEntries(
    rateLimits(service, rules, []).map(({ name }) => [name, typed('envoy.config.route.v3.FilterConfig', { disabled: true })]),
  );

/** What a route of the callee says of its own limit, by filter. */
export const rateLimitOf = ({ rateLimit }: Rule, admits: readonly Admission[]): JsonObject =>
  rateLimit === undefined ? {} : { [ofRoutes]: typed(type, limit(ofRoutes, rateLimit, admits)) };

const always = { default_value: { numerator: 100, denominator: 'HUNDRED' } };

/** A bucket, or one for each caller that is admitted: their number is the declaration's, so no stranger can fill the memory. */
function limit(name: string, { rate, burst, per }: RateLimit, admits: readonly Admission[]): JsonObject {
  const bucket = tokenBucket(rate, burst);
  return {
    stat_prefix: name,
    token_bucket: bucket,
    filter_enabled: always,
    filter_enforced: always,
    rate_limited_as_resource_exhausted: true, // gRPC callers would take `unavailable` for a reason to try again
    ...(per === 'caller'
      ? { ...byCaller, descriptors: admits.map(({ identity }) => ({ entries: [entry(identity)], token_bucket: bucket })) }
      : {}),
  };
}

const caller = 'caller';
const entry = (identity: string): Json => ({ key: caller, value: identity });

/** The bucket that is nobody's own stays for whoever has no identity. */
const byCaller: JsonObject = { rate_limits: [{ actions: [provenIdentity(caller)] }], always_consume_default_token_bucket: false };

/** A fill is whole tokens, at least 50 ms apart (Envoy's rule); together they are exactly the rate. */
export function tokenBucket(rate: number, burst: number): JsonObject {
  const tokens = Math.max(1, Math.ceil(rate / 20));
  return { max_tokens: burst, tokens_per_fill: tokens, fill_interval: `${(tokens / rate).toFixed(6)}s` };
}
