import { lacks } from '../gateway/capabilities.js';
import type { Check } from './check.js';

/**
 * What a gateway and its routes declare is something that their kind of API Gateway can do.
 *
 * Nothing is left out silently: `lib/gateway/capabilities.ts` has the table.
 */
export const gatewayHasWhatRoutesNeed: Check = {
  id: 'gateway-has-what-routes-need',
  severity: 'error',
  why: 'API Gateway refuses the deployment, or clients meet something else than the review shows',
  *find({ gateways, authorizers }) {
    for (const gateway of gateways) {
      for (const { at, is, reason } of lacks(gateway, authorizers)) {
        const other = { ...gateway, kind: gateway.kind === 'rest' ? 'http' : 'rest' } as const;
        const helps = lacks(other, authorizers).every((lack) => lack.at !== at);
        yield {
          at,
          is: `${is}, but ${reason}`,
          fix: helps ? { set: `${gateway.path}.kind`, to: `'${other.kind}'` } : 'declare it otherwise, or take it out',
        };
      }
    }
  },
};
