import { member, show } from '../problem.js';
import { hasRequests } from '../protocol.js';
import { at, entries, isPlain, items, type Walk } from './walk.js';

/** Who counts is a declared external that speaks HTTP; and where nobody counts, nothing is limited. */
export function checkGlobalRateLimits(walk: Walk, spec: unknown): void {
  const service = at(at(spec, 'mesh'), 'rateLimitService');
  if (service === undefined) refuseUncounted(walk, spec);
  if (!isPlain(service)) return;
  const place = 'mesh.rateLimitService.to';
  const to = service['to'];
  walk.reference(
    to,
    place,
    'an external',
    entries(at(spec, 'external')).map(([name]) => name),
  );
  const protocol = at(at(at(spec, 'external'), String(to)), 'protocol');
  if (protocol !== undefined && !hasRequests(protocol))
    walk.add(place, `${show(to)} speaks ${String(protocol)}; it is asked by gRPC: allowed: an external of protocol "https" or "http"`);
}

function refuseUncounted(walk: Walk, spec: unknown): void {
  for (const [name, service] of entries(at(spec, 'services'))) {
    const path = member('services', name);
    for (const [place, limited] of [[path, service] as const, ...items(at(service, 'routes'), member(path, 'routes'))])
      if (at(limited, 'globalRateLimit') !== undefined)
        walk.add(
          member(place, 'globalRateLimit'),
          'nobody counts for all instances; name who does, such as mesh: { rateLimitService: { to: "limits", unavailable: "admit" } }, or limit each instance by `rateLimit`',
        );
  }
}
