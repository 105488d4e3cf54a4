import * as z from 'zod';
import { rate } from './rate-limit.js';
import { duration, list, says, text, whole } from './scalar.js';

/** The schemas of ../spec/gateway.ts. */
const httpsUrl = text('an https URL, without ? and #', /^https:\/\/[A-Za-z0-9.-]+(?::\d+)?(?:\/[!-~]*)?$/).refine(
  (url) => !/[?#]/.test(url) && URL.canParse(url),
  says('an https URL, without ? and #'),
);

export const authorizer = z.strictObject(
  {
    kind: z.literal('jwt', says('"jwt"')),
    issuer: httpsUrl,
    audience: list(text('an audience'), 'a list of audiences, such as ["shop"]', 'at least one audience'),
    jwks: httpsUrl.optional(),
  },
  says('{ kind, issuer, audience, jwks? }'),
);

const throttle = z.strictObject({ rate: rate(10_000), burst: whole(1, 5_000) }, says('{ rate, burst }'));

const ranges = list(
  z.string(says('a range of addresses, such as "203.0.113.0/24"')),
  'a list of ranges, such as ["203.0.113.0/24"]',
  'at least one range',
);

export const gateway = z.strictObject(
  {
    kind: z.enum(['rest', 'http'], says('"rest" or "http"')),
    throttle: throttle.optional(),
    allow: ranges.optional(),
    deny: ranges.optional(),
  },
  says('a gateway: { kind, auth, routes, … }'),
);

/** As `z.json()`, but with words for what is deep inside, and members that are undefined, which are left out as everywhere. */
const json: z.ZodType = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(json), z.record(z.string(), json.optional())], says('JSON')),
);

export const gatewayRoute = z.strictObject(
  {
    path: z.string(says('a path, such as "/orders/{id}"')).optional(),
    throttle: throttle.optional(),
    timeout: duration.optional(),
    grpcWeb: z.literal(true, says('true')).optional(),
    rpc: text('a gRPC method, such as "acme.Quotes/Get"', /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\/[A-Za-z_]\w*$/).optional(),
    respond: z.strictObject({ status: whole(200, 599), json: json.optional() }, says('{ status, json? }')).optional(),
  },
  says('{ to, path?, auth?, throttle?, timeout?, grpcWeb?, rpc? } or { respond, auth? }'),
);
