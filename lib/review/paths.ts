import { callPaths } from '../checks/paths.js';
import { count, grouped } from '../count.js';
import type { Architecture } from '../model/architecture/index.js';
import { showDuration } from '../model/duration.js';
import { type ClientRoute, clientRoutes, worstInWords } from './client-route.js';
import { instanceDeath } from './instance-death.js';
import { and, code, page, table } from './markdown.js';
import { outage } from './outage.js';
import { pathDetail } from './path-detail.js';

/** Lines of routes shown in detail; the table at the top has all routes. */
const mostLines = 160;

/** What one client request can become, and how long its client can wait. */
export function pathsPage(architecture: Architecture): string {
  const paths = callPaths(architecture);
  const routes = clientRoutes(architecture, paths);
  if (routes.length === 0)
    return page([`# ${architecture.name}: paths`, 'No gateway leads to a service or an external, so no client request travels anywhere.']);
  const groups = grouping(routes);
  const shown = firstDetails(groups, (route) => pathDetail(architecture, paths, route));
  const hidden = groups.slice(shown.length).reduce((sum, { names }) => sum + names.length, 0);
  return page([
    `# ${architecture.name}: paths`,
    worstInWords(routes),
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
  return routes.length === 0 ? undefined : `${worstInWords(routes)} These are [worst cases](paths.md), from what is declared.`;
}

const routeRow = ({ hop, lets, waits, most }: ClientRoute): string[] => [
  code(hop.by),
  showDuration(waits),
  most === undefined ? '**no bound: a circle**' : most.amount === 1 ? 'once each' : `${grouped(most.amount)} at ${most.callees}`,
  lets.says,
];

interface Group {
  readonly names: readonly string[];
  /** One of them: the others' paths are the same. */
  readonly route: ClientRoute;
}

/** Routes to the same target, with the same throttle and policy, share a section. */
function grouping(routes: readonly ClientRoute[]): readonly Group[] {
  const groups = new Map<string, ClientRoute[]>();
  for (const route of routes) {
    const { hop, lets, spread } = route;
    const key = JSON.stringify([
      hop.to,
      lets.rate,
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
