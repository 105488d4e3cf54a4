import { extension, type JsonObject, typed } from '../engines/envoy/json.js';
import { tokenBucket } from '../engines/envoy/rate-limit.js';
import type { Throttle } from '../model/architecture/index.js';

const name = 'envoy.filters.http.local_ratelimit';
const type = 'envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit';

/** For what no route takes. */
export const throttleFilter = (throttle: Throttle): JsonObject => extension(name, type, bucket(throttle));

/** A route's own bucket: API Gateway counts each route by itself, so a gateway's throttle is the default of its routes, not their sum. */
export const throttleOf = (throttle: Throttle): JsonObject => ({ [name]: typed(type, bucket(throttle)) });

/** 429 when it is empty. */
function bucket({ rate, burst }: Throttle): JsonObject {
  const always = { default_value: { numerator: 100, denominator: 'HUNDRED' } };
  return {
    stat_prefix: 'throttle',
    token_bucket: tokenBucket(rate, burst),
    filter_enabled: always,
    filter_enforced: always,
  };
}
