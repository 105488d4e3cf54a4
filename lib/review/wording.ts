import type {
  Admission,
  AdmittedRequest,
  Call,
  Gateway,
  GatewayRoute,
  HeaderMatch,
  Listener,
  Match,
  OutlierDetection,
  Policy,
  Pool,
  RateLimit,
  RouteAuth,
  Rule,
  Service,
  Split,
  Throttle,
} from '../model/architecture/index.js';
import { unlimited } from '../model/architecture/resilience.js';
import { askedBy } from '../model/as-seen.js';
import { showCallee } from '../model/callee.js';
import { showDuration } from '../model/duration.js';

/** The words of the review and of its facts: each thing is said in one way everywhere. */

export const gatewayKind: Record<Gateway['kind'], string> = { rest: 'REST API', http: 'HTTP API' };
export const protocol: Record<Listener['protocol'], string> = { http: 'HTTP/1.1', http2: 'HTTP/2', grpc: 'gRPC', tcp: 'TCP' };

/** `public`, `customers`, `customers (scope orders:read or orders:write)`: a token needs one of them. */
export function showAuth(auth: RouteAuth): string {
  if (auth.kind !== 'authorizer') return auth.kind === 'public' ? 'public' : 'nobody said';
  return auth.scopes.length === 0 ? auth.name : `${auth.name} (scope ${auth.scopes.join(' or ')})`;
}

/** `orders /orders/{id}`, `quotes /acme.Quotes/Get, JSON made gRPC`, `answers 200 by itself`. */
export function showTarget({ method, target }: GatewayRoute): string {
  if (target.kind === 'respond') return `answers ${target.status} by itself`;
  const made =
    target.kind === 'external' ? '' : target.rpc !== undefined ? ', JSON made gRPC' : target.grpcWeb ? ', gRPC-Web made gRPC' : '';
  return `${showCallee({ port: undefined, ...target })} ${askedBy(method, target).path.text}${made}`;
}

/** `500/s, burst 1000`. */
export const showThrottle = ({ rate, burst }: Throttle): string => `${rate}/s, burst ${burst}`;

/** `50/s, burst 100, for each caller`. */
export const showRateLimit = ({ rate, burst, per }: RateLimit): string =>
  `${rate}/s, burst ${burst}${per === 'caller' ? ', for each caller' : ''}`;

/** `GET /orders/{id}, POST /orders`, or `any request`. */
export const showRequests = ({ requests }: Admission): string =>
  requests === undefined ? 'any request' : [...new Set(requests.map(requestInWords))].sort().join(', ');

/** `DELETE /orders/{id}, GET /admin`. */
export const showDenied = ({ denied }: Admission): string => denied.map(requestInWords).sort().join(', ');

/** `GET /orders/{id}`. */
export const requestInWords = ({ method, path }: AdmittedRequest): string => `${method ?? 'ANY'} ${path.text}`;

/** `service orders`, `gateway web`: as access knows them. */
export const showCaller = ({ caller }: Admission): string => (caller.kind === 'gateway' ? `gateway ${caller.name}` : caller.name);

/** Total tries, and after what: `1 try`, `3 tries, after timeout, unavailable, unprocessed, each 150ms at most`. */
export function showTries({ retries }: Policy): string {
  if (retries === undefined) return '1 try';
  const each = retries.perTry === undefined ? '' : `, each ${showDuration(retries.perTry)} at most`;
  return `${1 + retries.max} tries, after ${retries.on.join(', ')}${each}`;
}

/** `POST /quotes/{sku}`, `header x-canary is present`, `any other request`. */
export function showMatch({ path, methods, headers, query, rpc, from }: Match): string {
  const request = path === undefined && methods === undefined ? [] : [`${showMethods(methods, path)}${showPath(path)}`];
  const words = [
    ...(rpc === undefined ? request : [`gRPC ${rpc}`]),
    ...headers.filter(({ name }) => rpc === undefined || name !== 'content-type').map((header) => `header ${showHeader(header)}`),
    ...query.map((parameter) => `parameter ${showHeader(parameter)}`),
    ...(from === undefined ? [] : [`from ${from.join(' or ')}`]),
  ];
  return words.length === 0 ? 'any request' : words.join(', ');
}

/** `GET or POST `; `ANY ` before a path as it is, nothing before one in words. */
const showMethods = (methods: Match['methods'], path: Match['path']): string =>
  methods === undefined ? (path !== undefined && 'text' in path ? 'ANY ' : '') : `${methods.join(' or ')} `;

const showPath = (path: Match['path']): string => {
  if (path === undefined) return 'any path';
  if ('bytes' in path) return `any path that starts with ${JSON.stringify(path.bytes)}`;
  return 'regex' in path ? `any path that matches ${JSON.stringify(path.regex)}` : path.text;
};

const verbs = { exact: 'is', prefix: 'starts with', suffix: 'ends with', regex: 'matches' } as const;
const negated = { exact: 'is not', prefix: 'does not start with', suffix: 'does not end with', regex: 'does not match' } as const;

/** `x-canary is present`: a header, a parameter of the query. */
export function showHeader({ name, ...match }: HeaderMatch): string {
  const not = match.is === 'not';
  const of = not ? match.of : match;
  if (of.is === 'range') return `${name} is ${not ? 'not ' : ''}${of.from} to ${of.to - 1}`;
  if (!('value' in of)) return `${name} is ${of.is}`;
  const verb = (not ? negated : verbs)[of.is];
  return `${name} ${verb} ${JSON.stringify(of.value)}`;
}

/** `v1 90 %, v2 10 %`; `v2` where it takes all. A service without versions is its own one. */
export function showSplit(split: readonly Split[], { versions }: Service): string {
  const sum = split.reduce((total, { weight }) => total + weight, 0);
  const named = split.map(({ version, weight }) => ({ name: versions.find(({ id }) => id === version)?.name ?? version, weight }));
  if (named.length === 1) return named[0]!.name;
  return named.map(({ name, weight }) => `${name} ${share(weight, sum)} %`).join(', ');
}

const share = (weight: number, sum: number): number => Math.round((weight / sum) * 1_000) / 10;

/** How many instances, and what one carries: `2–20, 400/s each`; when, for what runs now and then. */
export function showScale({ versions, schedule }: Service): string {
  if (schedule !== undefined) return `one task, ${schedule}${schedule.startsWith('cron') ? ' UTC' : ''}`;
  const each = versions.map(({ name, scale: { min, max, requestsPerSecond } }) => ({
    name,
    words: `${min === max ? min : `${min}–${max}`}${requestsPerSecond === undefined ? '' : `, ${requestsPerSecond}/s each`}`,
  }));
  const same = each.every(({ words }) => words === each[0]?.words);
  if (same) return `${each[0]?.words ?? '0'}${each.length > 1 ? ' (each version)' : ''}`;
  return each.map(({ name, words }) => `${name}: ${words}`).join('; ');
}

/** Circuit breaking of one instance. HTTP/2 has requests, HTTP/1.1 connections and those that wait for one. */
export function showPool({ connections, pendingRequests, requests }: Pool, spoken: Listener['protocol'] | Call['speaks']): string {
  if (spoken === 'tcp') return `${limit(connections)} connections at a time`;
  if ([connections, pendingRequests, requests].every((each) => each === unlimited)) return `${limit(requests)} requests at a time`;
  return `${limit(requests)} requests at a time, over ${limit(connections)} connections at most, ${limit(pendingRequests)} more waiting`;
}

const limit = (most: number): string => (most === unlimited ? 'any number of' : String(most));

/** How long connections of TCP live: `silent for 1h at most, 1h in all`. */
export const showConnections = ({ idleTimeout, maxAge }: { readonly idleTimeout: number; readonly maxAge: number }): string =>
  `silent for ${showDuration(idleTimeout)} at most, ${showDuration(maxAge)} in all`;

export function showOutliers(detection: OutlierDetection | undefined): string {
  if (detection === undefined) return 'no instance is left alone, however often it fails';
  const { errors, interval, ejectFor, maxEjectedPercent } = detection;
  return `after ${errors} errors in a row an instance is left alone for ${showDuration(ejectFor)}, longer each time; looked at every ${showDuration(interval)}, at most ${maxEjectedPercent} % of them at once`;
}

/** The rules of one hop that differ in a value, as `value where match`; one value where they agree. */
export function byRule(
  rules: readonly Rule[],
  value: (rule: Rule) => string,
): readonly { readonly where: string | undefined; readonly is: string }[] {
  const agree = new Set(rules.map(value)).size <= 1;
  if (agree) return rules.slice(0, 1).map((rule) => ({ where: undefined, is: value(rule) }));
  return rules.map((rule, index) => ({
    where: index === rules.length - 1 && showMatch(rule.match) === 'any request' ? 'any other request' : showMatch(rule.match),
    is: value(rule),
  }));
}
