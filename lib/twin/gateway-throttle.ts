import { extension, type JsonObject, typed } from '../engines/envoy/json.js';
import type { Throttle } from '../model/architecture.js';

const name = 'envoy.filters.http.local_ratelimit';
const type = 'envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit';

/** For what no route takes. */
export const throttleFilter = (throttle: Throttle): JsonObject => extension(name, type, bucket(throttle));

/** A route's own bucket: API Gateway counts each route by itself, so a gateway's throttle is the default of its routes, not their sum. */
export const throttleOf = (throttle: Throttle): JsonObject => ({ [name]: typed(type, bucket(throttle)) });

/** 429 when it is empty. */
function bucket({ rate, burst }: Throttle): JsonObject {
  // A fill is whole tokens, at least 50 ms apart (Envoy's rule); together they are exactly the rate.
  const tokens = Math.max(1, Math.ceil(rate / 20));
  const always = { default_value: { numerator: 100, denominator: 'HUNDRED' } };
  return {
    stat_prefix: 'throttle',
    token_bucket: { max_tokens: burst, tokens_per_fill: tokens, fill_interval: `${(tokens / rate).toFixed(6)}s` },
    filter_enabled: always,
    filter_enforced: always,
  };
}
