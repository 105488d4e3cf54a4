import * as z from 'zod';
import { actionFields } from './action.js';
import { globalRateLimit, rateLimitService } from './global-rate-limit.js';
import { interception } from './interception.js';
import { match, stringMatch } from './match.js';
import { mtls } from './mtls.js';
import { objective } from './objective.js';
import { backOff, balance, faultsWith, health, pool } from './resilience.js';
import { run } from './run.js';
import { duration, hostName, list, percent as percentage, says, text, variables, whole } from './scalar.js';
import { schedule } from './schedule.js';

/**
 * One schema for each leaf of the model: a value, or an object of values that names nothing else. Names and references are the walk's business (check.ts).
 * Each message is what is allowed; the walk adds what was got. The published interfaces (../spec) are held equal to these by a type test.
 */
const trustDomain = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/;
const variable = text('the name of an environment variable: capital letters, digits and _', /^[A-Z_][A-Z0-9_]*$/);

export const retries = z.strictObject(
  {
    max: whole(1, 10),
    perTry: duration.optional(),
    on: list(
      z.enum(
        [
          'unprocessed',
          'unavailable',
          'gateway-error',
          '5xx',
          'reset',
          'timeout',
          'cancelled',
          'deadline-exceeded',
          'grpc-unavailable',
          'internal',
          'resource-exhausted',
        ],
        says(
          'one of unprocessed, unavailable, gateway-error, 5xx, reset, timeout, and for gRPC cancelled, deadline-exceeded, grpc-unavailable, internal, resource-exhausted',
        ),
      ),
      'a list of events, such as ["unprocessed"]',
      'at least one event, such as ["unprocessed"]',
    ).optional(),
    budget: percentage.optional(),
    backOff: backOff.optional(),
  },
  says('{ max, perTry?, on?, budget?, backOff? }'),
);
const policyFields = {
  timeout: duration.optional(),
  idle: duration.optional(),
  retries: z.union([retries, z.literal(false)], says('{ max, perTry?, on?, budget?, backOff? }, or false for none')).optional(),
};
export const policy = z.strictObject(policyFields, says('{ timeout?, idle?, retries? }'));

export const mesh = z.strictObject(
  {
    mtls: mtls.optional(),
    compatibility: z.literal('app-mesh', says('"app-mesh"')).optional(),
    egress: z.literal('declared', says('"declared"')).optional(),
    trustDomain: text('a lower-case DNS name, such as "shop.example.com"', trustDomain).optional(),
    rateLimitService: rateLimitService.optional(),
  },
  says('{ mtls?, compatibility?, egress?, trustDomain?, rateLimitService?, defaults? }'),
);

const scale = z.strictObject(
  {
    min: whole(0, 1_000),
    max: whole(1, 1_000),
    requestsPerSecond: z.number(says('a number above 0')).positive(says('a number above 0')).optional(),
  },
  says('{ min, max, requestsPerSecond? }'),
);
/** A registry, a name in small letters, and a tag or a digest or both, as every container runtime reads it. */
const image =
  /^(?=.{1,512}$)(?:[a-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d+)?\/)?[a-z0-9]+(?:(?:\.|_{1,2}|-+|\/)[a-z0-9]+)*(?::\w[\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/;
const versionFields = {
  image: text('a container image, such as "ghcr.io/acme/orders:7"', image).optional(),
  command: list(z.string(says('a string')), 'a list of strings, such as ["node", "server.js"]', 'at least one string').optional(),
  env: variables.optional(),
  scale: scale.optional(),
  run: run.optional(),
};
export const version = z.strictObject(versionFields, says('{ image?, command?, env?, scale?, run? }'));

const rateLimitNumbers = 'requests a second, from 0.001 to 100000';
const rateLimit = z.strictObject(
  {
    rate: z.number(says(rateLimitNumbers)).min(0.001, says(rateLimitNumbers)).max(100_000, says(rateLimitNumbers)),
    burst: whole(1, 100_000),
    per: z.literal('caller', says('"caller"')).optional(),
  },
  says('{ rate, burst, per? }'),
);

const label = text('a name of at most 60 characters, without spaces around it', /^(?=.{1,60}$)\S(?:.*\S)?$/);
export const service = z.strictObject(
  {
    ...versionFields,
    domain: label.optional(),
    owner: label.optional(),
    listen: z
      .strictObject(
        {
          protocol: z.enum(['http', 'http2', 'grpc', 'tcp'], says('one of http, http2, grpc, tcp')),
          port: whole(1, 65_535),
          idleTimeout: duration.optional(),
          maxAge: duration.optional(),
        },
        says('{ protocol, port, idleTimeout?, maxAge? }, such as { protocol: "http", port: 8080 }'),
      )
      .optional(),
    schedule: schedule.optional(),
    interception: interception.optional(),
    objective: objective.optional(),
    descriptors: text('a FileDescriptorSet in base64, at most 1 MiB', /^(?=.{4,1398104}$)[A-Za-z0-9+/]+={0,2}$/).optional(),
    health: health.optional(),
    pool: pool.optional(),
    balance: balance.optional(),
    zones: z.literal('prefer-own', says('"prefer-own"')).optional(),
    panic: whole(0, 100).optional(),
    outlierDetection: z
      .strictObject(
        {
          errors: whole(1, 1_000),
          interval: duration.optional(),
          ejectFor: duration.optional(),
          maxEjectedPercent: whole(0, 100).optional(),
        },
        says('{ errors, interval?, ejectFor?, maxEjectedPercent? }'),
      )
      .optional(),
    rateLimit: rateLimit.optional(),
    globalRateLimit: globalRateLimit.optional(),
  },
  says('a service: { image, listen, calls, … }'),
);

const faults = faultsWith(stringMatch);
export const route = z.strictObject(
  {
    ...policyFields,
    ...actionFields,
    match: match.optional(),
    idempotent: z.boolean(says('true or false')).optional(),
    rateLimit: rateLimit.optional(),
    globalRateLimit: globalRateLimit.optional(),
    stream: z.literal(true, says('true')).optional(),
    upgrade: z.literal('websocket', says('"websocket"')).optional(),
    faults: faults.optional(),
  },
  says(
    '{ match?, to?, mirror?, rewrite?, redirect?, respond?, headers?, timeout?, idle?, retries?, idempotent?, rateLimit?, globalRateLimit?, stream?, upgrade?, faults? }',
  ),
);

const fanOutNumbers = 'a number above 0, at most 1000';
export const call = z.strictObject(
  {
    ...policyFields,
    fanOut: z.number(says(fanOutNumbers)).positive(says(fanOutNumbers)).max(1_000, says(fanOutNumbers)).optional(),
    idempotent: z.boolean(says('true or false')).optional(),
    pool: pool.optional(),
    faults: faults.optional(),
    localPort: whole(1_024, 32_767).optional(),
    env: z
      .strictObject({ url: variable.optional(), host: variable.optional(), port: variable.optional() }, says('{ url?, host?, port? }'))
      .optional(),
  },
  says('{ timeout?, idle?, retries?, use?, fanOut?, idempotent?, pool?, failover?, faults?, localPort?, env? }'),
);

export const external = z.strictObject(
  {
    protocol: z.enum(['http', 'https', 'tcp', 'tls'], says('one of http, https, tcp, tls')),
    host: text('a host name, without scheme or port', hostName).optional(),
    port: whole(1, 65_535).optional(),
    kind: z
      .enum(['database', 'cache', 'queue', 'saas', 'aws', 'monolith'], says('one of database, cache, queue, saas, aws, monolith'))
      .optional(),
  },
  says('{ protocol, host?, port?, kind? }'),
);

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

const throttleNumbers = 'requests a second, from 0.001 to 10000';
const throttle = z.strictObject(
  {
    rate: z.number(says(throttleNumbers)).min(0.001, says(throttleNumbers)).max(10_000, says(throttleNumbers)),
    burst: whole(1, 5_000),
  },
  says('{ rate, burst }'),
);
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

const share = says('a number from 0 to 100');
export const traces = z.strictObject(
  {
    as: z.enum(['otlp', 'x-ray', 'datadog'], says('one of otlp, x-ray, datadog')).optional(),
    sample: z.number(share).min(0, share).max(100, share).optional(),
  },
  says('{ to, as?, sample? }'),
);
export const observability = z.strictObject(
  { metrics: z.enum(['task', 'network'], says('"task" or "network"')).optional() },
  says('{ traces?, metrics? }'),
);
