import type { Architecture, GatewayRoute } from '../model/architecture/index.js';
import type { PathPattern } from '../model/path.js';

/** A route as clients know it. */
export interface ClientRoute {
  /** Its key, with the gateway's name before it where there are several: `web GET /products/{id}`. */
  readonly label: string;
  readonly gateway: string;
  readonly route: GatewayRoute;
  /** Requests a second that get through. */
  readonly throttle: number;
}

export const clientRoutes = ({ gateways }: Architecture): ClientRoute[] =>
  gateways.flatMap(({ name, routes, throttle }) =>
    routes.map((route) => ({
      label: gateways.length === 1 ? route.key : `${name} ${route.key}`,
      gateway: name,
      route,
      throttle: (route.throttle ?? throttle).rate,
    })),
  );

/** The names of a path's parameters, in their order. */
export const parametersOf = ({ segments }: PathPattern): string[] =>
  segments.flatMap((segment) => (segment.kind === 'literal' ? [] : [segment.name]));

/** A path that the pattern takes. @param values 42 where one is missing */
export const filled = ({ segments }: PathPattern, values: Readonly<Record<string, string>>): string =>
  `/${segments.map((segment) => (segment.kind === 'literal' ? segment.value : encoded(values[segment.name] ?? '42'))).join('/')}`;

const encoded = (value: string): string => value.split('/').map(encodeURIComponent).join('/');
