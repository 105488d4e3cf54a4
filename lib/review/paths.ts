import { type Diverted, divertedLoads, showDiverted } from '../checks/diverted.js';
import { callsInARow, type Hop, perRule, routeHop, withoutStreams } from '../checks/hop.js';
import { capacityOf, grouped, type Load, loadsOf, showRate, showSpread } from '../checks/load.js';
import { type CallPaths, callPaths, type Spread } from '../checks/paths.js';
import { givenBy } from '../checks/tries.js';
import type { Architecture } from '../model/architecture/index.js';
import { showDuration } from '../model/duration.js';
import { instanceDeath } from './instance-death.js';
import { and, code, count, page, table } from './markdown.js';
import { outage } from './outage.js';

/** Lines of routes shown in detail; the table at the top has all routes. */
const mostLines = 160;
const mostHops = 20;
const mostSums = 10;

/** What one client request can become, and how long its client can wait. */
export function pathsPage(architecture: Architecture): string {
  const paths = callPaths(architecture);
  const routes = clientRoutes(architecture, paths);
  if (routes.length === 0)
    return page([`# ${architecture.name}: paths`, 'No gateway leads to a service or an external, so no client request travels anywhere.']);
  const groups = grouping(routes);
  const shown = firstDetails(groups, (route) => detail(architecture, paths, route));
  const hidden = groups.slice(shown.length).reduce((sum, { names }) => sum + names.length, 0);
  return page([
    `# ${architecture.name}: paths`,
    summary(routes),
    asynchronous(architecture),
    'Worst cases follow from what is declared; none is measured. Any service may hang, and calls are made one after another.',
    table(['client route', 'a client waits at most', 'most work for one request', 'throttle'], routes.map(routeRow)),
    ...shown.flatMap(({ names, body }) => [`## ${names.map(code).join(', ')}`, body]),
    hidden === 0 ? undefined : `${count(hidden, 'more route')} without details here: the table above has all of them.`,
    outage(
      architecture,
      paths,
      routes.map(({ hop }) => hop),
    ),
    instanceDeath(architecture, paths),
    '## The arithmetic',
    [
      '- **Tries** of a hop = callers at work × fan-out × total tries. A try is sent again after what its policy lists; `unprocessed` means that it never reached the app.',
      '- **At work** counts only the tries that can reach the app: what never reached it makes no calls of its own. A POST is repeated at the app only where its rule says `idempotent`.',
      '- **Waits** = min(timeout, total tries × per try + back-off); without a limit for each try, that is the timeout. Back-off before further try *j* is at most min(250 ms, (2^*j* − 1) × 25 ms), unless declared otherwise.',
      '- **Load** = the throttle × fan-out along the path; in the worst case each hop multiplies it by its tries, held back by the retry budget, unless declared otherwise 20 % of what an Envoy has under way, and 3 at once in any case (a retry waits half of the first back-off on average, 12.5 ms; the ingress has 2 instances).',
    ].join('\n'),
  ]);
}

/** Where paths end: what is pulled from a queue, no client waits for. */
function asynchronous({ services }: Architecture): string | undefined {
  const pulled = services.flatMap(({ name, consumes }) => consumes.map((queue) => `${name} from ${queue}`));
  return pulled.length === 0 ? undefined : `No client waits for what is pulled later, so it is in none of these numbers: ${and(pulled)}.`;
}

/** How long clients wait and what one request becomes, for the first page; undefined where no request travels. */
export function pathsInWords(architecture: Architecture): string | undefined {
  const routes = clientRoutes(architecture, callPaths(architecture));
  return routes.length === 0 ? undefined : `${summary(routes)} These are [worst cases](paths.md), from what is declared.`;
}

interface ClientRoute {
  readonly hop: Hop;
  readonly rate: number;
  readonly waits: number;
  readonly spread: readonly Spread[] | undefined;
}

const clientRoutes = (architecture: Architecture, paths: CallPaths): ClientRoute[] =>
  architecture.gateways.flatMap((gateway) =>
    gateway.routes.flatMap((route) =>
      routeHop(architecture, gateway.name, route).map((hop) => ({
        hop,
        rate: (route.throttle ?? gateway.throttle).rate,
        waits: Math.min(route.timeout, paths.wait(hop)),
        spread: paths.spread(hop),
      })),
    ),
  );

function summary(routes: readonly ClientRoute[]): string {
  const waits = Math.max(...routes.map((route) => route.waits));
  const wait = `A client waits at most ${showDuration(waits)}${on(routes, (route) => route.waits === waits)}.`;
  const endless = routes.filter(({ spread }) => spread === undefined);
  if (endless.length > 0)
    return `${wait} Nothing bounds what one request becomes${on(routes, ({ spread }) => spread === undefined)}: calls go in a circle.`;
  const most = routes.map(({ spread }) => mostWork(spread));
  const amount = Math.max(...most.map((each) => each?.amount ?? 0));
  if (amount === 1) return `${wait} No client request makes a service work more than once.`;
  const callees = and([...new Set(most.filter((each) => each?.amount === amount).map((each) => each?.callees ?? ''))]);
  return `${wait} One request can make ${callees} work ${grouped(amount)} times${on(routes, ({ spread }) => mostWork(spread)?.amount === amount)}.`;
}

/** `, on GET /orders and 2 more`; nothing where it is all of them. */
function on(routes: readonly ClientRoute[], holds: (route: ClientRoute) => boolean): string {
  const named = routes.filter(holds).map(({ hop }) => code(hop.by));
  if (named.length === routes.length) return '';
  return `, on ${named.length <= 3 ? and(named) : `${named.slice(0, 2).join(', ')} and ${named.length - 2} more`}`;
}

function mostWork(spread: readonly Spread[] | undefined): { readonly callees: string; readonly amount: number } | undefined {
  if (spread === undefined) return undefined;
  const works = new Map<string, number>();
  for (const { hop, works: amount } of spread) works.set(hop.to, (works.get(hop.to) ?? 0) + amount);
  const amount = Math.max(...works.values());
  return { callees: and([...works].filter(([, each]) => each === amount).map(([callee]) => callee)), amount };
}

function routeRow({ hop, rate, waits, spread }: ClientRoute): string[] {
  const most = mostWork(spread);
  return [
    code(hop.by),
    showDuration(waits),
    most === undefined ? '**no bound: a circle**' : most.amount === 1 ? 'once each' : `${grouped(most.amount)} at ${most.callees}`,
    showRate(rate),
  ];
}

function detail(architecture: Architecture, paths: CallPaths, { hop, rate, spread }: ClientRoute): string {
  if (spread === undefined) return 'Its calls go in a circle: tries, waits and load have no bound but the timeouts.';
  const loads = new Map(loadsOf(architecture, paths, hop, rate)?.map((load) => [load.callee, load]));
  const shown = new Set<string>();
  const rows = spread.map((each) => {
    const first = !shown.has(each.hop.to);
    shown.add(each.hop.to);
    return [
      `${each.hop.caller ?? 'ingress'} → ${each.hop.callee}`,
      each.hop.rules.length === 0 ? 'TCP' : `${showSpread(each)} = ${grouped(each.sent)}`,
      grouped(each.works),
      waitOf(paths, each.hop),
      first ? loadOf(loads.get(each.hop.to)) : 'see above',
      first ? carriedBy(architecture, each.hop.to) : '',
    ];
  });
  const sums = [...new Set(spread.map(({ hop }) => hop.to))].flatMap((service) => sumOfCalls(paths, service));
  const more = sums.length > mostSums ? [`${count(sums.length - mostSums, 'more service')} with several calls here.`] : [];
  return [
    table(
      ['hop', 'tries', 'at work', 'waits at most', 'load at the throttle: all well, worst', 'carries'],
      rows,
      mostHops,
      'the first table sums them up',
    ),
    ...sums.slice(0, mostSums),
    ...more,
    ...divertedLoads(architecture, paths, hop, rate).map((each) => failoverOf(architecture, each)),
  ].join('\n\n');
}

/** What fail-over moves, and whether who stands in carries it. */
function failoverOf(architecture: Architecture, moved: Diverted): string {
  const { callee, target, callers, diverted, anyway } = moved;
  const service = architecture.services.find(({ name }) => name === target);
  const capacity = service === undefined ? undefined : capacityOf(service);
  const carries = carriedBy(architecture, target);
  const verdict = capacity === undefined ? `what it carries ${carries}` : `it carries ${carries}`;
  const fits = capacity === undefined || diverted + anyway <= capacity.most;
  return `When ${callee} is down, ${target} gets ${showDiverted(moved)}: what ${and(callers)} ${callers.length === 1 ? 'asks' : 'ask'} of ${callee}${anyway === 0 ? '' : ', and what others ask of it'}; ${fits ? verdict : `**${verdict}**`}.`;
}

/** What the calls of a service can take together (not streams), where there are several: nobody declares which of them one request makes. */
function sumOfCalls(paths: CallPaths, service: string): string[] {
  const calls = paths
    .from(service)
    .map(withoutStreams)
    .filter(({ rules }) => rules.length > 0);
  if (calls.length < 2) return [];
  const total = calls.reduce((sum, hop) => sum + callsInARow(hop) * paths.wait(hop), 0);
  const given = Math.min(...paths.to(service).flatMap(perRule).map(givenBy));
  const verdict =
    given === Number.POSITIVE_INFINITY
      ? 'and nobody waits for it with a timeout'
      : total <= given
        ? `within the ${showDuration(given)} that it is given`
        : `**more than the ${showDuration(given)} that it is given**: where one request makes all of them, the last can be cut off`;
  return [
    `One after another, the calls of ${service} can take ${calls.map((hop) => waitOf(paths, hop).replace(/ = .*/, '')).join(' + ')} = ${showDuration(total)}, ${verdict}.`,
  ];
}

function waitOf(paths: CallPaths, hop: Hop): string {
  if (hop.rules.length === 0) return 'no limit on queries';
  const [wait, times] = [paths.wait(hop), callsInARow(hop)];
  return times === 1 ? showDuration(wait) : `${times} × ${showDuration(wait)} = ${showDuration(times * wait)}`;
}

const loadOf = (load: Load | undefined): string =>
  load === undefined
    ? ''
    : load.nominal === load.budgeted
      ? showRate(load.nominal)
      : `${showRate(load.nominal)}, ${showRate(load.budgeted)}`;

function carriedBy({ services }: Architecture, callee: string): string {
  const service = services.find(({ name }) => name === callee);
  const capacity = service === undefined ? undefined : capacityOf(service);
  return capacity === undefined ? 'nobody said' : `${showRate(capacity.most)} (${capacity.arithmetic})`;
}

interface Group {
  readonly names: readonly string[];
  /** One of them: the others' paths are the same. */
  readonly route: ClientRoute;
}

/** Routes to the same target, with the same throttle and policy, share a section. */
function grouping(routes: readonly ClientRoute[]): readonly Group[] {
  const groups = new Map<string, ClientRoute[]>();
  for (const route of routes) {
    const { hop, rate, spread } = route;
    const key = JSON.stringify([
      hop.to,
      rate,
      hop.rules.map(({ policy: { timeout, retries } }) => [timeout, retries?.perTry]),
      spread?.map(({ sent, works }) => [sent, works]),
    ]);
    groups.set(key, [...(groups.get(key) ?? []), route]);
  }
  return [...groups.values()].map((same) => ({ names: same.map(({ hop }) => hop.by), route: same[0]! }));
}

/** The first sections that fit on the page; always one. */
function firstDetails(
  groups: readonly Group[],
  detailOf: (route: ClientRoute) => string,
): readonly { readonly names: readonly string[]; readonly body: string }[] {
  const shown: { readonly names: readonly string[]; readonly body: string }[] = [];
  let left = mostLines;
  for (const { names, route } of groups) {
    const body = detailOf(route);
    left -= body.split('\n').length + 4;
    if (shown.length > 0 && left < 0) break;
    shown.push({ names, body });
  }
  return shown;
}
