import { type Hop, routeHop } from '../checks/hop.js';
import { type LetThrough, letThrough } from '../checks/let-through.js';
import type { CallPaths, Spread } from '../checks/paths.js';
import { grouped } from '../count.js';
import type { Architecture } from '../model/architecture/index.js';
import { showDuration } from '../model/duration.js';
import { and, code } from './markdown.js';

/** A route of a gateway that leads somewhere, and what follows from what is declared. */
export interface ClientRoute {
  readonly hop: Hop;
  readonly lets: LetThrough;
  /** The longest that a client waits, in milliseconds. */
  readonly waits: number;
  /** What one request can become; undefined where nothing bounds it. */
  readonly spread: readonly Spread[] | undefined;
  /** The callees that it makes work most often, and how often. */
  readonly most: { readonly callees: string; readonly amount: number } | undefined;
}

export const clientRoutes = (architecture: Architecture, paths: CallPaths): ClientRoute[] =>
  architecture.gateways.flatMap((gateway) =>
    gateway.routes.flatMap((route) =>
      routeHop(architecture, gateway.name, route).map((hop) => {
        const spread = paths.spread(hop);
        return {
          hop,
          lets: letThrough(gateway, route),
          waits: Math.min(route.timeout, paths.wait(hop)),
          spread,
          most: spread && mostWork(spread),
        };
      }),
    ),
  );

/** How long clients wait at most, and what one request becomes, in words. */
export function worstInWords(routes: readonly ClientRoute[]): string {
  const longest = Math.max(...routes.map(({ waits }) => waits));
  const wait = `A client waits at most ${showDuration(longest)}${on(routes, ({ waits }) => waits === longest)}.`;
  const endless = ({ most }: ClientRoute) => most === undefined;
  if (routes.some(endless)) return `${wait} Nothing bounds what one request becomes${on(routes, endless)}: calls go in a circle.`;
  const amount = Math.max(...routes.map(({ most }) => most?.amount ?? 0));
  if (amount === 1) return `${wait} No client request makes a service work more than once.`;
  const worst = ({ most }: ClientRoute) => most?.amount === amount;
  const callees = and([...new Set(routes.filter(worst).flatMap(({ most }) => most?.callees ?? []))]);
  return `${wait} One request can make ${callees} work ${grouped(amount)} times${on(routes, worst)}.`;
}

/** `, on GET /orders and 2 more`; nothing where it is all of them. */
function on(routes: readonly ClientRoute[], holds: (route: ClientRoute) => boolean): string {
  const named = routes.filter(holds).map(({ hop }) => code(hop.by));
  if (named.length === routes.length) return '';
  return `, on ${named.length <= 3 ? and(named) : `${named.slice(0, 2).join(', ')} and ${named.length - 2} more`}`;
}

function mostWork(spread: readonly Spread[]): NonNullable<ClientRoute['most']> {
  const works = new Map<string, number>();
  for (const { hop, works: amount } of spread) works.set(hop.to, (works.get(hop.to) ?? 0) + amount);
  const amount = Math.max(...works.values());
  return { callees: and([...works].filter(([, each]) => each === amount).map(([callee]) => callee)), amount };
}
