import { openFindings, type Report, renderFix, verdictOf } from '../checks/index.js';
import { count } from '../count.js';
import type { Architecture, RouteAuth } from '../model/architecture/index.js';
import { environmentsSection } from './environments.js';
import { graphOf } from './graph.js';
import { interceptedInWords } from './interception.js';
import { and, code, page, plain, prose, table } from './markdown.js';
import { trustInWords } from './mtls.js';
import { pathsInWords } from './paths.js';
import { showAuth, showTarget } from './wording.js';

/** The first page: the verdict, what clients can reach, the graph, what was found and what was accepted. */
export function readme(architecture: Architecture, report: Report): string {
  return page([
    `# ${architecture.name}`,
    `**${capital(verdictOf(report).slice(architecture.name.length + 2))}.** ${reach(architecture)}`,
    inside(architecture),
    pathsInWords(architecture),
    findings(report),
    acknowledged(report),
    architecture.gateways.length === 0 ? undefined : '## What clients can reach',
    clients(architecture),
    environmentsSection(architecture),
    '## The graph',
    graphOf(architecture),
    '## Read on',
    [
      '- [gateways.md](gateways.md): every route, with auth, throttle, target and timeout',
      '- [mesh.md](mesh.md): who may call whom, with what policy, and where each value comes from',
      '- [paths.md](paths.md): tries, waits and load that one client request can cause, with the arithmetic',
      '- [engines.md](engines.md): what each engine carries, and what would be lost',
      '- [facts.json](facts.json): all of it as data; `edge-mesh review --check` compares it and says in words what changed',
    ].join('\n'),
  ]);
}

function reach({ gateways }: Architecture): string {
  const routes = gateways.flatMap(({ routes }) => routes);
  if (routes.length === 0) return 'Clients can reach nothing: there is no gateway.';
  const by = (kind: RouteAuth['kind']) => routes.filter(({ auth }) => auth.kind === kind).length;
  const parts = (['public', 'authorizer', 'missing'] as const)
    .map((kind) => ({ amount: by(kind), is: reachedBy[kind] }))
    .filter(({ amount }) => amount > 0);
  const [only] = parts.length === 1 ? parts : [];
  if (only !== undefined) return `Clients can reach ${count(routes.length, 'route')}, ${routes.length === 1 ? '' : 'all '}${only.is}.`;
  return `Clients can reach ${count(routes.length, 'route')}: ${and(parts.map(({ amount, is }) => `${amount} ${is}`))}.`;
}

const reachedBy: Record<RouteAuth['kind'], string> = {
  public: 'open to everyone',
  authorizer: 'with a token',
  missing: '**of which nobody said who may use them**',
};

function inside(architecture: Architecture): string {
  const { services, calls } = architecture;
  if (services.length === 0) return 'There is no service, so there is no mesh.';
  const outside = calls.filter(({ kind }) => kind === 'external').length;
  const between = calls.length - outside;
  return [
    `${count(services.length, 'service')}, ${count(between, 'call')} between them, ${outside === 0 ? 'none' : outside} to externals.`,
    trustInWords(architecture),
    `Egress is declared, not enforced: no sidecar offers a way to anything else, but a process can still open a socket of its own.${interceptedInWords(architecture)}`,
  ].join(' ');
}

function findings(report: Report): string | undefined {
  const open = openFindings(report);
  const rows = open.map(({ severity, check, at, is, why, fix }) => [
    `${severity}<br>${check}`,
    code(at),
    `${plain(is.replaceAll('\n', ' '))}. ${plain(capital(why))}.`,
    // What stands in the architecture is code; advice is a sentence, which may quote some.
    typeof fix === 'string' ? prose(fix) : code(renderFix(fix, at)),
  ]);
  return rows.length === 0
    ? undefined
    : `## Findings\n\n${table(['finding', 'at', 'what and why', 'fix'], rows, 45, '`edge-mesh check` has them all')}`;
}

function acknowledged({ findings }: Report): string | undefined {
  const rows = findings.flatMap(({ check, at, is, acknowledged }) =>
    acknowledged === undefined ? [] : [[check, code(at), plain(is.replaceAll('\n', ' ')), plain(acknowledged)]],
  );
  return rows.length === 0 ? undefined : `## Acknowledged\n\n${table(['check', 'at', 'what', 'accepted because'], rows)}`;
}

function clients({ gateways }: Architecture): string {
  const rows = gateways.flatMap((gateway) =>
    gateway.routes.map((route) => [
      ...(gateways.length === 1 ? [] : [gateway.name]),
      code(route.key),
      route.auth.kind === 'public' ? '**public**' : plain(showAuth(route.auth)),
      route.target.kind === 'respond' ? showTarget(route) : code(showTarget(route)),
    ]),
  );
  return table([...(gateways.length === 1 ? [] : ['gateway']), 'route', 'who may', 'reaches'], rows, 40);
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
