import type { Admission, AdmittedRequest, Gateway } from '../architecture/index.js';
import { askedBy, asSeen } from '../as-seen.js';
import { byName } from '../by-name.js';
import { parseRouteKey } from '../route-key.js';
import type { AccessSpec, RouteKey } from '../spec/index.js';
import type { PlainService, PlainSpec } from '../spec/plain.js';

export const identityOf = (trustDomain: string, service: string): string => `spiffe://${trustDomain}/svc/${service}`;

/** Who calls each callee, sorted by name. */
export function callersOf(spec: PlainSpec): Map<string, string[]> {
  const callers = new Map<string, string[]>();
  for (const [caller, { calls }] of byName(spec.services)) {
    for (const [callee] of byName(calls)) callers.set(callee, [...(callers.get(callee) ?? []), caller]);
  }
  return callers;
}

/** Callers from the declared calls, gateways from their routes; `access` narrows what a caller may ask for. A gateway asks for its own routes alone, as the service sees them. */
export function admissionsOf(
  name: string,
  { access }: PlainService,
  callers: readonly string[],
  trustDomain: string,
  gateways: readonly Gateway[],
  port?: string,
): Admission[] {
  const services = callers.map((caller): Admission => {
    const { allow, deny } = rulesOf(access?.[caller]);
    const identity = identityOf(trustDomain, caller);
    return { caller: { kind: 'service', name: caller }, identity, requests: allow?.map(requestOf), denied: deny.map(requestOf) };
  });
  const entries = gateways.flatMap((gateway): Admission[] => {
    const requests = gateway.routes.flatMap(({ target, method }) =>
      target.kind === 'service' && target.name === name && target.port === port ? asSeen(target.rules, askedBy(method, target)) : [],
    );
    const denied = rulesOf(access?.['gateways']).deny.map(requestOf);
    return requests.length === 0 ? [] : [{ caller: { kind: 'gateway', name: gateway.name }, identity: gateway.identity, requests, denied }];
  });
  return [...services, ...entries];
}

/** All ways of writing what a caller may ask for, as one. */
function rulesOf(written: '*' | RouteKey[] | AccessSpec | undefined): {
  readonly allow: RouteKey[] | undefined;
  readonly deny: RouteKey[];
} {
  if (written === undefined || written === '*') return { allow: undefined, deny: [] };
  return Array.isArray(written) ? { allow: written, deny: [] } : { allow: written.allow, deny: written.deny ?? [] };
}

export function requestOf(key: string): AdmittedRequest {
  const parsed = parseRouteKey(key);
  if (typeof parsed === 'string') throw new TypeError(`unchecked request ${key}`);
  return parsed;
}
