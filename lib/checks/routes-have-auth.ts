import type { Check } from './check.js';

/**
 * Every route of a gateway says who may use it.
 *
 * There is no default: a route that is open to everyone says `'public'`, so that the review shows who decided it.
 */
export const routesHaveAuth: Check = {
  id: 'routes-have-auth',
  severity: 'error',
  why: 'a route that nobody decided about is either open to the internet or closed to every client',
  *find({ gateways, authorizers }) {
    const first = authorizers[0]?.name ?? 'public';
    for (const gateway of gateways) {
      for (const { key, at, auth } of gateway.routes) {
        if (auth.kind !== 'missing') continue;
        yield {
          at,
          is: `neither ${key} nor its gateway ${gateway.name} says who may use it`,
          fix: { set: `${at}.auth`, to: `'${first}'` },
        };
      }
    }
  },
};
