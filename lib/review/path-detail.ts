import { type Diverted, divertedLoads, showDiverted } from '../checks/diverted.js';
import { callsInARow, type Hop, withoutStreams } from '../checks/hop.js';
import { capacityOf, type Load, loadsOf, showRate, showSpread } from '../checks/load.js';
import type { CallPaths } from '../checks/paths.js';
import { givenBy } from '../checks/tries.js';
import { count, grouped } from '../count.js';
import type { Architecture } from '../model/architecture/index.js';
import { showDuration } from '../model/duration.js';
import type { ClientRoute } from './client-route.js';
import { and, table } from './markdown.js';

/** More rows than this are summed up by the page's first table. */
const mostHops = 20;
const mostSums = 10;

/** The hops of a client route: tries, waits and load on each, what its services wait for in all, and what fail-over moves. */
export function pathDetail(architecture: Architecture, paths: CallPaths, { hop, lets: { rate }, spread }: ClientRoute): string {
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
  const total = paths.waitForAll(calls);
  const given = Math.min(...paths.waitingFor(service).map(givenBy));
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
