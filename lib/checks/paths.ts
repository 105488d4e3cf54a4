import type { Architecture, Rule } from '../model/architecture/index.js';
import { callsInARow, type Hop, hopsOf, perRule } from './hop.js';
import { copiedShare, givenBy, triesOf, worksOf, worstCaseOfTries } from './tries.js';

/**
 * The arithmetic along call paths, for checks and reviews alike. Calls of a service count one after another; the time that a service works itself is `own`.
 * Where a hop can meet several rules, the largest value counts.
 */
export interface CallPaths {
  readonly hops: readonly Hop[];
  /** The hops of a service's calls. */
  from(service: string): readonly Hop[];
  /** The hops that end at a service or an external. */
  to(callee: string): readonly Hop[];
  /** Who waits for a service, once for each rule that it meets, the least patient first. Not over TCP, nor for streams. */
  waitingFor(service: string): readonly Hop[];
  /** The longest that a caller waits for one request: `min(timeout, tries × min(perTry, work) + back-off)`. Milliseconds; Infinity for TCP, whose queries have no limit. */
  wait(hop: Hop): number;
  /** The longest that it waits for all of some calls, one after another. */
  waitForAll(calls: readonly Hop[]): number;
  /** The longest that a service works on one request: its own time and its calls, one after another (not those over TCP). In a cycle, callees hang. */
  work(service: string): number;
  /** The most that one request on a hop can become, down to the last callee, in the order of the calls; undefined where a cycle has no bound. */
  spread(hop: Hop): readonly Spread[] | undefined;
}

/** What one client request can become on one hop. */
export interface Spread {
  readonly hop: Hop;
  /** How often the caller can do the work that makes this call. */
  readonly callers: number;
  /** Total tries of each request. */
  readonly tries: number;
  /** Requests that can be sent: `callers × fanOut × tries`. */
  readonly sent: number;
  /** Times that the callee can do the work: `sent`, without the tries that never reach its app, and with a copy for a second version. */
  readonly works: number;
}

/** @param own milliseconds that a service works by itself, without its calls. @default any service may hang, so a wait is what its policy allows */
export function callPaths(architecture: Architecture, own: (service: string) => number = () => Number.POSITIVE_INFINITY): CallPaths {
  const hops = hopsOf(architecture);
  const outgoing = groupBy(hops, ({ caller }) => caller);
  const incoming = groupBy(hops, ({ to }) => to);
  const works = new Map<string, number>();
  const underWay = new Set<string>();
  const from = (service: string) => outgoing.get(service) ?? [];
  const counted = new Map<Hop, Counts>();
  const countsOf = (hop: Hop): Counts => {
    const known = counted.get(hop) ?? countsOn(hop);
    counted.set(hop, known);
    return known;
  };

  const to = (callee: string) => incoming.get(callee) ?? [];
  const waitingFor = (service: string) =>
    to(service)
      .flatMap(perRule)
      .sort((one, other) => givenBy(one) - givenBy(other));

  const wait = (hop: Hop): number => {
    const { to, toKind, rules } = hop;
    const inner = toKind === 'service' ? work(to) : Number.POSITIVE_INFINITY;
    return rules.length === 0 ? inner : Math.max(...rules.map((rule) => slowest(rule, inner)));
  };
  const waitForAll = (calls: readonly Hop[]) => calls.reduce((sum, hop) => sum + callsInARow(hop) * wait(hop), 0);
  const work = (service: string): number => {
    const known = works.get(service);
    if (known !== undefined) return known;
    if (underWay.has(service)) return Number.POSITIVE_INFINITY;
    underWay.add(service);
    const calls = from(service).filter(({ rules }) => rules.length > 0);
    const total = own(service) + waitForAll(calls);
    underWay.delete(service);
    works.set(service, total);
    return total;
  };
  return { hops, from, to, waitingFor, wait, waitForAll, work, spread: (hop) => spread(hop, from, countsOf) };
}

/** The hops by caller (none for a gateway's routes) or by callee. */
function groupBy(hops: readonly Hop[], key: (hop: Hop) => string | undefined): ReadonlyMap<string | undefined, readonly Hop[]> {
  const groups = new Map<string | undefined, Hop[]>();
  for (const hop of hops) groups.set(key(hop), [...(groups.get(key(hop)) ?? []), hop]);
  return groups;
}

const slowest = (rule: Rule, inner: number): number => Math.min(rule.policy.timeout, worstCaseOfTries(rule, inner).needed);

/** Of one request on a hop, whoever asks: the same for every client route. */
interface Counts {
  readonly tries: number;
  readonly works: number;
}

function countsOn(hop: Hop): Counts {
  const most = (times: (hop: Hop, rule: Rule) => number) => Math.max(1, ...hop.rules.map((rule) => times(hop, rule)));
  return { tries: most((_, rule) => triesOf(rule)), works: most(worksOf) + (copiedShare(hop) > 0 ? 1 : 0) };
}

function spread(first: Hop, from: (service: string) => readonly Hop[], countsOf: (hop: Hop) => Counts): readonly Spread[] | undefined {
  const order = inCallOrder(first.to, from);
  if (order === undefined) return undefined;
  const works = new Map<string, number>();
  const found: Spread[] = [];
  const take = (hop: Hop, callers: number) => {
    const { tries, works: times } = countsOf(hop);
    const done = callers * hop.fanOut * times;
    works.set(hop.to, (works.get(hop.to) ?? 0) + done);
    found.push({ hop, callers, tries, sent: callers * hop.fanOut * tries, works: done });
  };
  take(first, 1);
  for (const service of order) for (const hop of from(service)) take(hop, works.get(service) ?? 0);
  return found;
}

/** Every service that can be reached, each after all its callers; undefined where there is a cycle. */
function inCallOrder(start: string, from: (service: string) => readonly Hop[]): string[] | undefined {
  const done: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (service: string): boolean => {
    if (state.get(service) === 'open') return false;
    if (state.get(service) === 'done') return true;
    state.set(service, 'open');
    const acyclic = from(service).every(({ to, toKind }) => toKind === 'external' || visit(to));
    state.set(service, 'done');
    done.push(service);
    return acyclic;
  };
  return visit(start) ? done.reverse() : undefined;
}
