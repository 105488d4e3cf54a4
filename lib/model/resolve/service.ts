import type { Authorizer, Gateway, ModelPath, Service, Version } from '../architecture/index.js';
import { byName } from '../by-name.js';
import { parseDuration } from '../duration.js';
import { member } from '../problem.js';
import type { PlainService, PlainSpec } from '../spec/plain.js';
import { admissionsOf, callersOf, identityOf } from './admission.js';
import { type Defaults, defaultsOf, usualOutliers } from './defaults.js';
import { scalePath } from './environment.js';
import { globalRateLimitOf, rateLimitServiceOf } from './global-rate-limit.js';
import { interceptionOf } from './interception.js';
import { mtlsOf } from './mtls.js';
import { listenerOf, portsOf } from './port.js';
import { balanceOf, healthOf, panicOf } from './resilience.js';
import { rateLimitOf, rulesOf, trafficOf, versionId } from './rule.js';
import { runOf } from './run.js';
import { tokensOf } from './tokens.js';

export function resolveServices(
  spec: PlainSpec,
  environment: string,
  trustDomain: string,
  gateways: readonly Gateway[],
  authorizers: readonly Authorizer[],
): Service[] {
  const callers = callersOf(spec);
  const mtls = mtlsOf(spec.mesh?.mtls);
  return byName(spec.services).map(([name, service]) => {
    const defaults = defaultsOf(spec, service.listen?.protocol ?? 'http');
    return {
      name,
      path: member('services', name),
      identity: identityOf(trustDomain, name),
      domain: service.domain,
      owner: service.owner,
      listen: service.listen && listenerOf(service.listen),
      ports: portsOf(name, service, callers, trustDomain, gateways),
      schedule: service.schedule,
      consumes: [...(service.consumes ?? [])].sort(),
      interception: interceptionOf(service.interception),
      descriptors: service.descriptors,
      objective: { availability: service.objective?.availability, p99: parseDuration(service.objective?.latency?.p99) },
      health: healthOf(service.health),
      versions: versionsOf(name, service, (version) => scalePath(spec, environment, name, version)),
      traffic: trafficOf(name, service),
      rules: service.listen === undefined || service.listen.protocol === 'tcp' ? [] : rulesOf(spec, name, []),
      pool: { ...defaults.pool, ...service.pool },
      outlierDetection: outliersOf(service.outlierDetection, defaults),
      balance: balanceOf(service.balance),
      zones: service.zones,
      panic: panicOf(service.panic),
      rateLimit: rateLimitOf(service.rateLimit),
      globalRateLimit: globalRateLimitOf(service.globalRateLimit, member('services', name), spec),
      countedBy: limitedTogether(service) ? rateLimitServiceOf(spec, environment) : undefined,
      mtls: mtls.mode === 'off' ? 'off' : 'on',
      plaintext: mtls.mode === 'permissive' ? mtls.clients.filter(({ to }) => to.includes(name)) : [],
      tokens: tokensOf(service.tokens, authorizers),
      admits: admissionsOf(name, service, callers.get(name) ?? [], trustDomain, gateways),
      accessDeclared: service.access !== undefined,
    };
  });
}

const limitedTogether = ({ globalRateLimit, routes = [] }: PlainService): boolean =>
  [globalRateLimit, ...routes.map((route) => route.globalRateLimit)].some((limit) => limit !== undefined);

function versionsOf(name: string, service: PlainService, scaleAt: (version: string | undefined) => ModelPath): Version[] {
  const path = member('services', name);
  const scale = service.listen === undefined ? { min: 1, max: 1 } : { min: 2, max: 2 };
  const resolved = (
    id: string,
    version: string | undefined,
    own: PlainService | NonNullable<PlainService['versions']>[string],
    at: string,
  ): Version => {
    const { min, max, requestsPerSecond } = own.scale ?? service.scale ?? { ...scale, requestsPerSecond: undefined };
    return {
      id,
      service: name,
      name: version,
      path: at,
      image: own.image ?? service.image,
      command: own.command ?? service.command,
      environment: own.env ?? service.env ?? {},
      scale: { min, max, requestsPerSecond, at: scaleAt(version) },
      run: runOf(own.run ?? service.run),
    };
  };
  const declared = Object.entries(service.versions ?? {});
  if (declared.length === 0) return [resolved(name, undefined, service, path)];
  return declared.map(([version, own]) => resolved(versionId(name, version), version, own, member(member(path, 'versions'), version)));
}

function outliersOf(spec: PlainService['outlierDetection'], usual: Defaults): Service['outlierDetection'] {
  if (spec === undefined) return usual.outlierDetection;
  return {
    errors: spec.errors,
    interval: parseDuration(spec.interval) ?? usualOutliers.interval,
    ejectFor: parseDuration(spec.ejectFor) ?? usualOutliers.ejectFor,
    maxEjectedPercent: spec.maxEjectedPercent ?? usualOutliers.maxEjectedPercent,
  };
}
