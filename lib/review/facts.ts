import { routeHop } from '../checks/hop.js';
import type { Finding } from '../checks/index.js';
import { type CallPaths, callPaths } from '../checks/paths.js';
import type { Admission, Architecture, Call, Gateway, GatewayRoute, Service } from '../model/architecture/index.js';
import { showCallee } from '../model/callee.js';
import { showDuration } from '../model/duration.js';
import type { Aspects } from './aspects.js';
import { environmentFacts } from './environments.js';
import { externalFacts } from './external.js';
import { globalRateLimitFacts, rateLimitServiceFacts } from './global-rate-limit.js';
import { interceptionAspects } from './interception.js';
import { observabilityFacts } from './observability.js';
import { showPromise } from './promises.js';
import { rateLimitFacts } from './rate-limit.js';
import { callAspects, policyAspects, routeAspects, serviceAspects } from './resilience.js';
import { ruleFacts } from './rules.js';
import { taskFacts, toldFacts } from './task.js';
import { tokenFacts } from './tokens.js';
import {
  gatewayKind,
  protocol,
  showAuth,
  showCaller,
  showConnections,
  showDenied,
  showOutliers,
  showPool,
  showRequests,
  showScale,
  showSplit,
  showTarget,
  showThrottle,
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
      authorizers.map(({ name, kind, issuer, audience, jwks }) => [
        name,
        { kind, issuer, audience: [...audience].sort().join(', '), keys: jwks },
      ]),
    ),
    gateways: sorted(gateways.map((gateway) => [gateway.name, gatewayFacts(gateway)])),
    acknowledged: sorted(accepted),
    calls: sorted(calls.map((call) => [`${call.from} → ${call.callee}`, callFacts(call, architecture)])),
    services: sorted(services.map((service) => [service.name, serviceFacts(service)])),
    externals: sorted(externals.map((external) => [external.name, externalFacts(external, architecture)])),
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

function routeFacts(architecture: Architecture, paths: CallPaths, gateway: string, route: GatewayRoute): Aspects {
  const [hop] = routeHop(architecture, gateway, route);
  return {
    auth: showAuth(route.auth),
    target: showTarget(route),
    ...(route.throttle === undefined ? {} : { throttle: showThrottle(route.throttle) }),
    ...(route.target.kind === 'respond' && route.target.json !== undefined ? { answer: JSON.stringify(route.target.json) } : {}),
    ...(hop === undefined
      ? {}
      : { 'longest wait': showDuration(Math.min(route.timeout, paths.wait(hop))), ...routeAspects(hop.rules, architecture) }),
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

function callFacts(call: Call, architecture: Architecture): Aspects {
  const { fanOut, rules, policy } = call;
  return {
    ...(rules.length === 0 ? { 'time to connect': showDuration(policy.timeout) } : policyAspects(rules)),
    ...(fanOut === 1 ? {} : { 'fan-out': String(fanOut) }),
    ...callAspects(call, architecture),
    ...toldFacts(call),
  };
}

function serviceFacts(service: Service): Aspects {
  const { domain, owner, listen, versions, traffic, pool, outlierDetection } = service;
  return {
    ...(domain === undefined ? {} : { domain }),
    ...(owner === undefined ? {} : { owner }),
    listens: listen === undefined ? 'no: a worker' : `${protocol[listen.protocol]} on ${listen.port}`,
    ...(listen?.protocol === 'tcp' ? { connections: showConnections(listen) } : {}),
    ...Object.fromEntries(
      service.ports.map(({ name, listen }) => [`listens for ${name}`, `${protocol[listen.protocol]} on ${listen.port}`]),
    ),
    instances: showScale(service),
    ...taskFacts(service),
    ...(service.consumes.length === 0 ? {} : { consumes: service.consumes.join(', ') }),
    ...(showPromise(service) === undefined ? {} : { promises: showPromise(service)! }),
    ...(versions.length > 1 ? { traffic: showSplit(traffic, service) } : {}),
    ...ruleFacts(service),
    ...interceptionAspects(service),
    ...tokenFacts(service),
    ...rateLimitFacts(service),
    ...globalRateLimitFacts(service),
    ...(listen === undefined
      ? {}
      : { pool: showPool(pool, listen.protocol), 'outlier detection': showOutliers(outlierDetection), ...serviceAspects(service) }),
  };
}

const sorted = (entries: readonly (readonly [string, Aspects])[]): Record<string, Aspects> =>
  Object.fromEntries([...entries].sort(([one], [other]) => (one < other ? -1 : 1)));
