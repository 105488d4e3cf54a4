import type { Admission, Gateway } from '../architecture.js';
import { byName } from '../by-name.js';
import type { PathPattern } from '../path.js';
import type { PlainService, PlainSpec } from '../plain-spec.js';
import { parseRouteKey } from '../route-key.js';

export const identityOf = (trustDomain: string, service: string): string => `spiffe://${trustDomain}/svc/${service}`;

/** Who calls each callee, sorted by name. */
export function callersOf(spec: PlainSpec): Map<string, string[]> {
  const callers = new Map<string, string[]>();
  for (const [caller, { calls }] of byName(spec.services)) {
    for (const [callee] of byName(calls)) callers.set(callee, [...(callers.get(callee) ?? []), caller]);
  }
  return callers;
}

/** Callers from the declared calls, gateways from their routes; `access` narrows what a caller may ask for. A gateway asks for its own routes alone. */
export function admissionsOf(
  name: string,
  { access }: PlainService,
  callers: readonly string[],
  trustDomain: string,
  gateways: readonly Gateway[],
): Admission[] {
  const services = callers.map((caller): Admission => {
    const listed = access?.[caller];
    const requests = listed === undefined || listed === '*' ? undefined : listed.map(requestOf);
    return { caller: { kind: 'service', name: caller }, identity: identityOf(trustDomain, caller), requests };
  });
  const entries = gateways.flatMap((gateway): Admission[] => {
    const requests = gateway.routes.flatMap(({ target, method }) =>
      target.kind === 'service' && target.name === name ? [{ method, path: target.path }] : [],
    );
    return requests.length === 0 ? [] : [{ caller: { kind: 'gateway', name: gateway.name }, identity: gateway.identity, requests }];
  });
  return [...services, ...entries];
}

function requestOf(key: string): { method: string | undefined; path: PathPattern } {
  const parsed = parseRouteKey(key);
  if (typeof parsed === 'string') throw new TypeError(`unchecked request ${key}`);
  return parsed;
}
