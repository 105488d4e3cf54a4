import type { Gateway, Service, Version } from '../architecture.js';
import { byName } from '../by-name.js';
import { parseDuration } from '../duration.js';
import type { PlainService, PlainSpec } from '../plain-spec.js';
import { member } from '../problem.js';
import { admissionsOf, callersOf, identityOf } from './admission.js';
import { rulesOf, trafficOf, versionId } from './rule.js';

/** What one instance takes at a time where nothing is said: Envoy's own numbers. */
const pool = { connections: 1_024, pendingRequests: 1_024, requests: 1_024 } as const;

export function resolveServices(spec: PlainSpec, trustDomain: string, gateways: readonly Gateway[]): Service[] {
  const callers = callersOf(spec);
  return byName(spec.services).map(([name, service]) => ({
    name,
    path: member('services', name),
    identity: identityOf(trustDomain, name),
    domain: service.domain,
    owner: service.owner,
    listen: service.listen,
    health: service.health,
    versions: versionsOf(name, service),
    traffic: trafficOf(name, service),
    rules: service.listen === undefined ? [] : rulesOf(spec, name, []),
    pool: { ...pool, ...service.pool },
    outlierDetection: outliersOf(service),
    admits: admissionsOf(name, service, callers.get(name) ?? [], trustDomain, gateways),
    accessDeclared: service.access !== undefined,
  }));
}

function versionsOf(name: string, service: PlainService): Version[] {
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
      scale: { min, max, requestsPerSecond },
    };
  };
  const declared = Object.entries(service.versions ?? {});
  if (declared.length === 0) return [resolved(name, undefined, service, path)];
  return declared.map(([version, own]) => resolved(versionId(name, version), version, own, member(member(path, 'versions'), version)));
}

function outliersOf({ outlierDetection }: PlainService): Service['outlierDetection'] {
  return {
    errors: outlierDetection?.errors ?? 5,
    interval: parseDuration(outlierDetection?.interval) ?? 10_000,
    ejectFor: parseDuration(outlierDetection?.ejectFor) ?? 30_000,
    maxEjectedPercent: outlierDetection?.maxEjectedPercent ?? 50,
  };
}
