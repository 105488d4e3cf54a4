import type { Acknowledgement, Architecture, Authorizer, External } from './architecture/index.js';
import { byName } from './by-name.js';
import { type Declaration, isDeclaration } from './declaration.js';
import { freeze } from './freeze.js';
import { grammar } from './name.js';
import { ArchitectureError, member, show } from './problem.js';
import { resolveCalls } from './resolve/call.js';
import { environmentsOf, inEnvironment, localEnvironment, refuseUnknown } from './resolve/environment.js';
import { actingIn } from './resolve/faults.js';
import { resolveGateways } from './resolve/gateway.js';
import { rateLimitServiceOf } from './resolve/global-rate-limit.js';
import { mtlsOf } from './resolve/mtls.js';
import { resolveServices } from './resolve/service.js';
import type { Acknowledge } from './spec/index.js';
import type { PlainSpec } from './spec/plain.js';

/**
 * The architecture as it holds in an environment: every default explicit, names resolved, policies merged.
 *
 * @param environment lower-case letters, digits and hyphens. @default 'local'
 * @throws ArchitectureError for what is no declaration, for a bad environment, or one that is not among those declared; whatever was declared is fine by then
 */
export function resolve(declaration: Declaration, { environment = localEnvironment }: { environment?: string } = {}): Architecture {
  if (!isDeclaration(declaration)) throw new ArchitectureError([{ path: '', message: undeclared(declaration) }]);
  if (!grammar.architecture.pattern.test(environment)) {
    throw new ArchitectureError([{ path: 'environment', message: `got ${show(environment)}; allowed: ${grammar.architecture.says}` }]);
  }
  refuseUnknown(declaration.spec, environment);
  const spec = actingIn(inEnvironment(declaration.spec, environment), environment);
  const trustDomain = spec.mesh?.trustDomain ?? `${spec.name}.${environment}.mesh.internal`;
  const externals = byName(spec.external).map(([name, external]): External => {
    const { protocol, host, port, kind } = external;
    return { name, path: `external.${name}`, protocol, host, port: port ?? (protocol === 'https' || protocol === 'tls' ? 443 : 80), kind };
  });
  const authorizers = byName(spec.authorizers).map(([name, { kind, issuer, audience, jwks }]): Authorizer => {
    return {
      name,
      path: `authorizers.${name}`,
      kind,
      issuer,
      audience,
      jwks: jwks ?? `${issuer.replace(/\/$/, '')}/.well-known/jwks.json`,
    };
  });
  const gateways = resolveGateways(spec, trustDomain);
  const services = resolveServices(spec, environment, trustDomain, gateways, authorizers);
  const calls = resolveCalls(spec);
  const traces = spec.observability?.traces;
  return freeze({
    name: spec.name,
    environment,
    production: spec.environments?.[environment]?.production === true,
    environments: environmentsOf(declaration.spec),
    trustDomain,
    mtls: mtlsOf(spec.mesh?.mtls),
    compatibility: spec.mesh?.compatibility,
    services,
    externals,
    calls,
    authorizers,
    gateways,
    observability: {
      traces: traces && { as: traces.as ?? 'otlp', to: traces.to, sample: traces.sample ?? 5, path: 'observability.traces' },
      metrics: spec.observability?.metrics,
    },
    rateLimitService: rateLimitServiceOf(spec, environment),
    acknowledgements: acknowledgementsOf(spec),
  });
}

/** What the compiler did not see: a module of another format has the declaration in its `default`. */
const undeclared = (value: unknown): string =>
  `is not what defineArchitecture or parseArchitecture returns${typeof value === 'object' && value !== null && 'default' in value ? '; this is a module: pass its default' : ''}`;

function acknowledgementsOf(spec: PlainSpec): Acknowledgement[] {
  const found: Acknowledgement[] = [];
  const add = (path: string, acknowledge: Acknowledge | undefined): void => {
    for (const [check, reason] of byName(acknowledge)) found.push({ path, check, reason });
  };
  add('', spec.acknowledge);
  for (const [name, service] of byName(spec.services)) {
    add(`services.${name}`, service.acknowledge);
    for (const [callee, call] of byName(service.calls)) add(`services.${name}.calls.${callee}`, call?.acknowledge);
    for (const [index, route] of (service.routes ?? []).entries()) add(`services.${name}.routes[${index}]`, route.acknowledge);
  }
  for (const [name, external] of byName(spec.external)) add(`external.${name}`, external.acknowledge);
  for (const [name, gateway] of byName(spec.gateways)) {
    add(`gateways.${name}`, gateway.acknowledge);
    for (const [key, route] of byName(gateway.routes)) add(member(`gateways.${name}.routes`, key), route?.acknowledge);
  }
  return found;
}
