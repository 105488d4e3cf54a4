import type { Architecture, Version } from '../../model/architecture/index.js';
import { separate } from './artifacts.js';
import { compileIngress } from './ingress.js';
import type { Bootstrap, JsonObject } from './json.js';
import { serviceOf } from './lookup.js';
import { listenerName } from './outbound.js';
import type { Placement } from './placement.js';
import { compileSidecar } from './sidecar.js';

/** Whose Envoy a routes document is for. */
export type Asking = { readonly kind: 'service' | 'gateway'; readonly name: string };

/** A routes document: what one caller's requests meet at one callee. The callee owns it, since weights and rules are the callee's. */
export interface RoutesDocument {
  readonly for: Asking;
  /** The listener that takes it up, and its name: `to/pricing`, `from/web`. A gateway's has the routes to all its targets: they are one list, in one order. */
  readonly name: string;
  /** Envoy's `RouteConfiguration`. */
  readonly routes: JsonObject;
}

/**
 * The routes documents that change when a callee's weights or rules do: one for each service that calls it over HTTP, and for each gateway that leads to it.
 * Sorted by kind and name.
 *
 * @param placement of a caller's version, or of the ingress where there is none
 */
export function compileRoutes(architecture: Architecture, callee: string, placement: (version?: Version) => Placement): RoutesDocument[] {
  const { name, listen } = serviceOf(architecture, callee);
  if (listen === undefined || listen.protocol === 'tcp') return [];
  const callers = architecture.calls.filter(({ kind, to, speaks }) => kind === 'service' && to === name && speaks !== 'tcp');
  const gateways = architecture.gateways.filter(({ routes }) =>
    routes.some(({ target }) => target.kind === 'service' && target.name === name),
  );
  const ingress = gateways.length === 0 ? undefined : compileIngress(architecture, placement());
  return [
    ...gateways.map((gateway) => document({ kind: 'gateway', name: gateway.name }, ingress!, `from/${gateway.name}`)),
    ...callers.map((call) => {
      const { from } = call;
      const [version] = serviceOf(architecture, from).versions;
      return document({ kind: 'service', name: from }, compileSidecar(architecture, version!, placement(version)), listenerName(call));
    }),
  ];
}

function document(asking: Asking, bootstrap: Bootstrap, listener: string): RoutesDocument {
  const { routes } = separate(bootstrap, { routes: (name) => (name === listener ? { name, source: {} } : undefined) });
  return { for: asking, name: listener, routes: routes.get(listener)! };
}
