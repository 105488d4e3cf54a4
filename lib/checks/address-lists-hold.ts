import type { Check } from './check.js';

/**
 * Every route of a gateway that lists addresses goes through the ingress, which is who looks at them.
 *
 * What API Gateway answers by itself, and what it sends to externals where no route leads into the mesh, is open to every address.
 */
export const addressListsHold: Check = {
  id: 'address-lists-hold',
  severity: 'error',
  why: 'clients that the list keeps out are let in by that route',
  *find({ gateways }) {
    for (const { name, routes, allow, deny } of gateways) {
      if (allow === undefined && deny.length === 0) continue;
      const enters = routes.some(({ target }) => target.kind === 'service');
      for (const { key, at, target } of routes) {
        const past =
          target.kind === 'respond' ? 'is answered by API Gateway itself' : enters ? undefined : `goes to ${target.name} past any ingress`;
        if (past === undefined) continue;
        yield {
          at,
          is: `${key} ${past}, so gateway ${name} holds its ${allow === undefined ? '`deny`' : '`allow`'} against nobody there`,
          fix: 'a gateway of its own for what everyone may ask, or a service that answers it',
        };
      }
    }
  },
};
