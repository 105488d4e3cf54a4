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
    const [first] = authorizers;
    for (const { name, path, routes } of gateways) {
      const missing = routes.filter(({ auth }) => auth.kind === 'missing');
      const all = missing.length > 1 && missing.length === routes.length;
      const places = all
        ? [{ at: path, is: `neither gateway ${name} nor any of its ${routes.length} routes says who may use it` }]
        : missing.map(({ key, at }) => ({ at, is: `neither ${key} nor its gateway ${name} says who may use it` }));
      for (const { at, is } of places)
        yield { at, is, fix: first === undefined ? nobodyYet : { set: `${at}.auth`, to: `'${first.name}'` } };
    }
  },
};

/** To open a route is nothing to be copied from a message. */
const nobodyYet = "declare an authorizer and name it in `auth`; or say `auth: 'public'`, if everyone on the internet may use it";
