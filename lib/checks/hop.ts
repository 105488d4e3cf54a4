import type { Architecture, GatewayRoute, ModelPath, Rule } from '../model/architecture/index.js';
import { askedBy } from '../model/as-seen.js';
import { doorOf } from '../model/door.js';
import { rulesMet } from '../model/rules-met.js';
import { takesAllOf } from '../model/takes.js';

/** One step of a call path: a gateway's route to its target, or a service's call; with the rules that its requests can meet. */
export interface Hop {
  /** Who waits, as messages name it: `GET /products/{id}`, or the service. */
  readonly by: string;
  /** The waiting service; undefined for a gateway's route. */
  readonly caller: string | undefined;
  readonly to: string;
  /** The same as messages name it: a further port is `pricing:metrics`. */
  readonly callee: string;
  readonly port: string | undefined;
  readonly toKind: 'service' | 'external';
  readonly path: ModelPath;
  /** Requests that the caller sends for each one it handles. */
  readonly fanOut: number;
  /** Empty for TCP, which has connections and no requests. */
  readonly rules: readonly Rule[];
  /** The methods that can travel here; undefined is any. */
  readonly methods: readonly string[] | undefined;
}

/** Every hop: first the gateways' routes, then the calls, each in the architecture's order. */
export function hopsOf(architecture: Architecture): readonly Hop[] {
  return [
    ...architecture.gateways.flatMap((gateway) => gateway.routes.flatMap((route) => routeHop(architecture, gateway.name, route))),
    ...callHops(architecture),
  ];
}

/** The hop from a route to its target; none where the gateway answers by itself, or the ingress does for the target. */
export function routeHop({ gateways }: Architecture, gateway: string, route: GatewayRoute): Hop[] {
  const { target } = route;
  if (target.kind === 'respond') return [];
  const { method, path } = askedBy(route.method, target);
  const rules = met(rulesMet(target.rules, method, path)).filter(asks);
  if (rules.length === 0) return [];
  const by = gateways.length === 1 ? route.key : `${gateway} ${route.key}`;
  const methods = method === undefined ? undefined : [method];
  const port = target.kind === 'service' ? target.port : undefined;
  return [
    {
      by,
      caller: undefined,
      to: target.name,
      callee: named(target.name, port),
      port,
      toKind: target.kind,
      path: route.at,
      fanOut: 1,
      rules,
      methods,
    },
  ];
}

function callHops({ calls, services }: Architecture): Hop[] {
  const byName = new Map(services.map((service) => [service.name, service]));
  return calls.flatMap(({ from, to, port, kind, path, fanOut, rules: all }): Hop[] => {
    const rules = met(all).filter(asks);
    if (rules.length === 0 && all.length > 0) return [];
    const callee = byName.get(to);
    const admits = callee && doorOf(callee, port)?.admits;
    const admission = admits?.find(({ caller }) => caller.kind === 'service' && caller.name === from);
    const admitted = admission?.requests?.map(({ method }) => method);
    const methods =
      admitted === undefined || admitted.includes(undefined) ? undefined : [...new Set(admitted.filter((method) => method !== undefined))];
    return [{ by: from, caller: from, to, callee: named(to, port), port, toKind: kind, path, fanOut, rules, methods }];
  });
}

const named = (to: string, port: string | undefined): string => (port === undefined ? to : `${to}:${port}`);

/** How often one request makes this call, one after another: 1.5 on average is 2 for some, and 0.1 is 1. */
export const callsInARow = ({ fanOut }: Hop): number => Math.ceil(fanOut);

/** A stream has no timeout: it ends when either side does. */
export const withoutStreams = (hop: Hop): Hop => ({ ...hop, rules: hop.rules.filter(({ stream }) => !stream) });

/** The hop as each of its rules has it; none for TCP and streams. */
export const perRule = (hop: Hop): Hop[] => withoutStreams(hop).rules.map((rule) => ({ ...hop, rules: [rule] }));

/** Without the rules that never take a request: one above takes everything that they would. */
const met = (rules: readonly Rule[]): Rule[] =>
  rules.filter(({ match }, index) => !rules.slice(0, index).some((above) => takesAllOf(above.match, match)));

/** Whether a rule's requests reach the callee. */
const asks = ({ action }: Rule): boolean => action.answer === undefined;
