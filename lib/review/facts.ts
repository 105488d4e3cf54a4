import { routeHop } from '../checks/hop.js';
import type { Finding } from '../checks/index.js';
import { type CallPaths, callPaths } from '../checks/paths.js';
import { noAction } from '../model/architecture/action.js';
import type { Admission, Architecture, Call, External, Gateway, GatewayRoute, Service } from '../model/architecture/index.js';
import { showCallee } from '../model/callee.js';
import { showDuration } from '../model/duration.js';
import { showWay } from './action-wording.js';
import type { Aspects } from './aspects.js';
import { environmentFacts } from './environments.js';
import { globalRateLimitFacts, rateLimitServiceFacts } from './global-rate-limit.js';
import { interceptionAspects } from './interception.js';
import { observabilityFacts } from './observability.js';
import { showPromise } from './promises.js';
import { rateLimitFacts } from './rate-limit.js';
import { callAspects, serviceAspects } from './resilience.js';
import {
  byRule,
  gatewayKind,
  protocol,
  showAuth,
  showCaller,
  showClaims,
  showConnections,
  showDenied,
  showMatch,
  showOutliers,
  showPool,
  showRequests,
  showScale,
  showSplit,
  showTarget,
  showThrottle,
  showTokenRequests,
  showTries,
} from './wording.js';

/** The kinds of facts, in the order in which changes are told. */
export const kinds = [
  'routes',
  'access',
  'authorizers',
  'gateways',
  'acknowledged',
  'calls',
  'services',
  'externals',
  'environments',
  'mesh',
] as const;
export type Kind = (typeof kinds)[number];

/** What an architecture says, as subjects with aspects, all in words. The state that the next review is compared with; stands in `facts.json`. */
export type Facts = Readonly<Record<Kind, Readonly<Record<string, Aspects>>>>;

/** @param findings of all checks; the accepted ones are facts, since accepting is a decision */
export function factsOf(architecture: Architecture, findings: readonly Finding[]): Facts {
  const { services, externals, calls, authorizers, gateways } = architecture;
  const paths = callPaths(architecture);
  const routes = gateways.flatMap((gateway) =>
    gateway.routes.map((route) => [`${gateway.name} ${route.key}`, routeFacts(architecture, paths, gateway.name, route)] as const),
  );
  const access = services.flatMap(({ name, admits, ports }) =>
    [{ at: name, admits }, ...ports.map((port) => ({ at: showCallee({ name, port: port.name }), admits: port.admits }))].flatMap(
      ({ at, admits }) => admits.map((admission) => [`${at} ← ${showCaller(admission)}`, accessFacts(admission)] as const),
    ),
  );
  const accepted = findings.flatMap(({ check, at, acknowledged }) =>
    acknowledged === undefined ? [] : [[`${check} at ${at}`, { reason: acknowledged }] as const],
  );
  return {
    routes: sorted(routes),
    access: sorted(access),
    authorizers: sorted(
      authorizers.map(({ name, kind, issuer, audience, jwks }) => [name, { kind, issuer, audience: audience.join(', '), keys: jwks }]),
    ),
    gateways: sorted(gateways.map((gateway) => [gateway.name, gatewayFacts(gateway)])),
    acknowledged: sorted(accepted),
    calls: sorted(calls.map((call) => [`${call.from} → ${call.callee}`, callFacts(call, architecture)])),
    services: sorted(services.map((service) => [service.name, serviceFacts(service)])),
    externals: sorted(externals.map((external) => [external.name, externalFacts(external)])),
    environments: sorted(architecture.environments.map((environment) => [environment.name, environmentFacts(environment)])),
    mesh: {
      mesh: {
        ...mtlsFacts(architecture),
        egress: 'declared',
        ...(architecture.compatibility === undefined ? {} : { defaults: "App Mesh's" }),
        'trust domain': trustDomainOf(architecture),
        ...observabilityFacts(architecture),
        ...rateLimitServiceFacts(architecture),
      },
    },
  };
}

/** Without the environment, unless the user chose the name: one review speaks for all environments. */
export function trustDomainOf({ name, environment, trustDomain }: Architecture): string {
  return trustDomain === `${name}.${environment}.mesh.internal` ? `${name}.<environment>.mesh.internal` : trustDomain;
}

/** `https://api.stripe.com:443`, `tcp, port 5432, host known at deployment`. */
export const showAddress = ({ protocol, host, port }: External): string =>
  host === undefined ? `${protocol}, port ${port}, host known at deployment` : `${protocol}://${host}:${port}`;

function routeFacts(architecture: Architecture, paths: CallPaths, gateway: string, route: GatewayRoute): Aspects {
  const [hop] = routeHop(architecture, gateway, route);
  return {
    auth: showAuth(route.auth),
    target: showTarget(route),
    ...(route.throttle === undefined ? {} : { throttle: showThrottle(route.throttle) }),
    ...(hop === undefined ? {} : { 'longest wait': showDuration(Math.min(route.timeout, paths.wait(hop))) }),
  };
}

function mtlsFacts({ mtls }: Architecture): Aspects {
  if (mtls.mode !== 'permissive') return { 'mutual TLS': mtls.mode };
  const clients = mtls.clients.map(({ name, from, to }) => [`plaintext from ${name}`, `${from.join(', ')} to ${to.join(', ')}`]);
  return { 'mutual TLS': 'permissive', 'plaintext until': mtls.until, ...Object.fromEntries(clients) };
}

const gatewayFacts = ({ kind, throttle, allow, deny }: Gateway): Aspects => ({
  kind: gatewayKind[kind],
  throttle: showThrottle(throttle),
  ...(allow === undefined ? {} : { 'from only': [...allow].sort().join(', ') }),
  ...(deny.length === 0 ? {} : { 'never from': [...deny].sort().join(', ') }),
});

const accessFacts = (admission: Admission): Aspects => ({
  requests: showRequests(admission),
  ...(admission.denied.length === 0 ? {} : { 'but not': showDenied(admission) }),
});

/** Of a rule that answers by itself. */
const unasked = 'answered by the sidecar';

function callFacts(call: Call, architecture: Architecture): Aspects {
  const { fanOut, rules, policy } = call;
  if (rules.length === 0) return { 'time to connect': showDuration(policy.timeout), ...callAspects(call, architecture) };
  const timeouts = byRule(rules, ({ policy, action }) => (action.answer === undefined ? showDuration(policy.timeout) : unasked));
  const tries = byRule(rules, ({ policy, action }) => (action.answer === undefined ? showTries(policy) : unasked));
  const aspect = (name: string, where: string | undefined) =>
    where === undefined || where === 'any other request' ? name : `${name} where ${where}`;
  return {
    ...Object.fromEntries(timeouts.map(({ where, is }) => [aspect('timeout', where), is])),
    ...Object.fromEntries(tries.map(({ where, is }) => [aspect('tries', where), is])),
    ...(fanOut === 1 ? {} : { 'fan-out': String(fanOut) }),
    ...callAspects(call, architecture),
  };
}

function serviceFacts(service: Service): Aspects {
  const { domain, owner, listen, versions, traffic, rules, pool, outlierDetection } = service;
  const own = rules.filter(
    ({ path, match, idempotent, action }) =>
      path !== `${service.path}.traffic` &&
      (versions.length > 1 || idempotent || showMatch(match) !== 'any request' || JSON.stringify(action) !== JSON.stringify(noAction)),
  );
  return {
    ...(domain === undefined ? {} : { domain }),
    ...(owner === undefined ? {} : { owner }),
    listens: listen === undefined ? 'no: a worker' : `${protocol[listen.protocol]} on ${listen.port}`,
    ...(listen?.protocol === 'tcp' ? { connections: showConnections(listen) } : {}),
    ...Object.fromEntries(
      service.ports.map(({ name, listen }) => [`listens for ${name}`, `${protocol[listen.protocol]} on ${listen.port}`]),
    ),
    instances: showScale(service),
    ...(service.consumes.length === 0 ? {} : { consumes: service.consumes.join(', ') }),
    ...(showPromise(service) === undefined ? {} : { promises: showPromise(service)! }),
    ...(versions.length > 1 ? { traffic: showSplit(traffic, service) } : {}),
    ...Object.fromEntries(
      own.map((rule, index) => [
        `rule ${index + 1}`,
        [`${showMatch(rule.match)} → ${showWay(rule, service)}`, rule.idempotent ? ', may be repeated' : ''].join(''),
      ]),
    ),
    ...interceptionAspects(service),
    ...tokenFacts(service),
    ...rateLimitFacts(service),
    ...globalRateLimitFacts(service),
    ...(listen === undefined
      ? {}
      : { pool: showPool(pool, listen.protocol), 'outlier detection': showOutliers(outlierDetection), ...serviceAspects(service) }),
  };
}

const tokenFacts = ({ tokens }: Service): Aspects =>
  tokens === undefined
    ? {}
    : {
        'token of': tokens.authorizer.name,
        ...(tokens.claims.length === 0 ? {} : { 'token claims': showClaims(tokens) }),
        'token for': showTokenRequests(tokens),
      };

const externalFacts = (external: External): Aspects => ({
  address: showAddress(external),
  ...(external.kind === undefined ? {} : { kind: external.kind }),
});

const sorted = (entries: readonly (readonly [string, Aspects])[]): Record<string, Aspects> =>
  Object.fromEntries([...entries].sort(([one], [other]) => (one < other ? -1 : 1)));
