import type { Architecture, Service } from '../model/architecture/index.js';
import { covers } from '../model/route-key.js';
import type { Check } from './check.js';

/**
 * Who stands in for a callee admits what its caller asks of that callee.
 *
 * Otherwise the first gets its requests, and on the day when it cannot, each of them ends in 403.
 */
export const failoverIsAdmitted: Check = {
  id: 'failover-is-admitted',
  severity: 'error',
  why: 'fail-over is used on a bad day only, and on that day every request is refused with 403',
  *find(architecture) {
    for (const { from, to, path, failover } of architecture.calls) {
      const asked = requestsOf(architecture, from, to);
      for (const target of failover) {
        const admitted = requestsOf(architecture, from, target);
        if (admitted === undefined) continue;
        const left = asked?.filter((request) => !admitted.some((each) => covers(each, request)));
        if (left?.length === 0) continue;
        const what = left === undefined ? 'any request' : left.map(({ method, path: at }) => `${method ?? 'ANY'} ${at.text}`).join(', ');
        yield {
          at: `${path}.failover`,
          is: `${from} may ask ${to} for ${what}, and ${target}, which stands in, refuses it`,
          fix: `admit ${from} to the same in services.${target}.access, or name another`,
        };
      }
    }
  },
};

/** What a caller may ask for; undefined is anything, as of an external. */
function requestsOf({ services }: Architecture, caller: string, callee: string): Service['admits'][number]['requests'] {
  const service = services.find(({ name }) => name === callee);
  return service?.admits.find((admission) => admission.caller.kind === 'service' && admission.caller.name === caller)?.requests;
}
