import { count, grouped } from '../count.js';
import type { Architecture, Service } from '../model/architecture/index.js';
import type { Hop } from './hop.js';
import type { CallPaths, Spread } from './paths.js';
import { copiedShare } from './tries.js';

/** Each Envoy lets retries be a declared share of what it has under way to a callee, but always this many at once (Envoy's own minimum). At low rates it is what holds. */
const leastRetries = 3;
/** Instances of the ingress that are assumed. */
const ingressInstances = 2;

/** What arrives at one callee when a client route is used up to its throttle. Requests a second. */
export interface Load {
  readonly callee: string;
  /** When all is well: no retries. */
  readonly nominal: number;
  /** When every try fails and nothing holds retries back. */
  readonly unbounded: number;
  /** When every try fails and each Envoy's retry budget holds. */
  readonly budgeted: number;
}

/**
 * The load of a client route on each callee, in the order of the calls: `rate × fanOut × r` summed over its callers,
 * `r = min(tries, max(1 / (1 − budget), 1 + 3 × instances of the caller / (its rate × half of the first back-off)))`, by themselves 20 % and 12.5 ms. A budget of 100 %
 * holds nothing back. Tries that never reach the app are no load on it;
 * copies for a second version are, on top.
 *
 * A service's rate limit caps what arrives at its app, and so what it asks of others.
 *
 * @param rate what the gateway lets through
 * @returns undefined where a cycle has no bound
 */
export function loadsOf({ services }: Architecture, paths: CallPaths, route: Hop, rate: number): readonly Load[] | undefined {
  const byName = new Map(services.map((service) => [service.name, service]));
  const loads = new Map<string, Load>();
  const spread = paths.spread(route);
  for (const { hop, works, callers } of spread ?? []) {
    const caller = hop.caller === undefined ? undefined : byName.get(hop.caller);
    const before = caller === undefined ? { nominal: rate, unbounded: rate, budgeted: rate } : limited(loads.get(caller.name)!, caller);
    const sum = loads.get(hop.to) ?? { callee: hop.to, nominal: 0, unbounded: 0, budgeted: 0 };
    const arriving = before.budgeted * hop.fanOut;
    const instances = caller === undefined ? ingressInstances : instancesOf(caller);
    const { share, time } = retriesOn(hop);
    const budget = Math.max(1 / (1 - share), 1 + (leastRetries * instances) / (arriving * time));
    const copied = copiedShare(hop);
    const repeated = works / (callers * hop.fanOut) - (copied > 0 ? 1 : 0);
    loads.set(hop.to, {
      callee: hop.to,
      nominal: sum.nominal + before.nominal * hop.fanOut * (1 + copied),
      unbounded: sum.unbounded + before.unbounded * hop.fanOut * (repeated + copied),
      budgeted: sum.budgeted + arriving * (Math.min(repeated, budget) + copied),
    });
  }
  if (spread === undefined) return undefined;
  return [...loads.values()].map((load) => limited(load, byName.get(load.callee)));
}

/**
 * The largest share that further tries of a hop may be, and how long one is under way at least, in seconds: on average half of the first back-off, which is
 * random from 0. Seen on Envoy 1.40: 400 requests a second, all answered 503 at once and tried once more, became 581.
 */
function retriesOn({ rules }: Hop): { readonly share: number; readonly time: number } {
  const retries = rules.flatMap(({ policy }) => policy.retries ?? []);
  const share = Math.max(0, ...retries.map(({ budget = 100 }) => budget / 100));
  return { share, time: Math.min(...retries.map(({ backOff }) => backOff.base), 1_000) / 2_000 };
}

/** What is left of a load behind the callee's rate limit, with as many instances as there may be. */
function limited(load: Load, callee: Service | undefined): Load {
  if (callee?.rateLimit === undefined) return load;
  const { rate, per } = callee.rateLimit;
  const instances = callee.versions.reduce((sum, { scale }) => sum + scale.max, 0);
  const most = rate * instances * (per === 'caller' ? callee.admits.length : 1);
  const cap = (requests: number) => Math.min(requests, most);
  return { callee: load.callee, nominal: cap(load.nominal), unbounded: cap(load.unbounded), budgeted: cap(load.budgeted) };
}

const instancesOf = ({ versions }: Service): number =>
  Math.max(
    1,
    versions.reduce((sum, { scale }) => sum + scale.min, 0),
  );

/** What a service carries at most, with how that follows: `12 × 200`. Undefined where a version does not say what one instance carries. */
export function capacityOf({ versions }: Service): { readonly most: number; readonly arithmetic: string } | undefined {
  if (versions.some(({ scale }) => scale.requestsPerSecond === undefined)) return undefined;
  const each = versions.map(({ scale }) => ({ instances: scale.max, carries: scale.requestsPerSecond ?? 0 }));
  return {
    most: each.reduce((sum, { instances, carries }) => sum + instances * carries, 0),
    arithmetic: each.map(({ instances, carries }) => `${instances} × ${carries}`).join(' + '),
  };
}

/** `1,953/s`, rounded up: a bound never reads lower than it is. */
export const showRate = (rate: number): string => `${grouped(Math.ceil(rate - 1e-9))}/s`;

/** How the requests on a hop follow: `2 × fan-out 2 × 3 tries`. */
export function showSpread({ hop, callers, sent }: Spread, requests = sent): string {
  const fan = hop.fanOut === 1 ? '' : ` × fan-out ${hop.fanOut}`;
  return `${grouped(callers)}${fan} × ${count(Math.round(requests / (callers * hop.fanOut)), 'try', 'tries')}`;
}
