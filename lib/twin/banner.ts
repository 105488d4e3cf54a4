import { count } from '../count.js';
import type { Service, Version } from '../model/architecture/index.js';
import { authorizationOf, curlOf, type Typed } from './curl.js';
import { notReproduced } from './not-reproduced.js';
import type { Twin } from './twin.js';

/** What the banner tells of a twin. */
export type Shown = Pick<Twin, 'architecture' | 'envoyVersion' | 'readyAfter'> & {
  readonly envoys: { readonly length: number };
  readonly gateways: readonly { readonly gateway: { readonly name: string }; readonly url: string }[];
  /** @default nothing is let through */
  readonly reached?: Twin['reached'];
};

/** What a user reads when the twin is up: what runs where, lines to paste, what is not the same as on AWS. No colour, 100 columns at most where names allow. */
export function banner(twin: Shown, typed: Typed = {}, page?: { readonly url: string }): string {
  const { architecture } = twin;
  const commands = tryLines(twin, typed);
  return [
    [headline(twin)],
    [...table(gatewayRows(twin)), ...(page === undefined ? [] : [`  page     ${page.url}`])],
    table(architecture.services.flatMap((service) => serviceRows(twin, service))),
    commands.length === 0 ? [] : ['try it', ...commands.map((line) => `  ${line}`)],
    ['not reproduced here', ...notReproduced(architecture, twin.reached).map((line) => `  ${line}`)],
    ['Ctrl-C stops everything and removes its temporary folder'],
  ]
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n');
}

function headline({ architecture, envoys, envoyVersion, readyAfter, reached }: Shown): string {
  const running = [count(envoys.length, 'Envoy'), envoyVersion].filter((word) => word !== undefined).join(' ');
  return `${architecture.name}: ${running}, ${mtlsInWords[architecture.mtls.mode]}, local CA (24 h), ${whereOf(reached)}; ready in ${(readyAfter / 1000).toFixed(1)} s`;
}

const whereOf = (reached: Shown['reached']): string =>
  reached === undefined || reached.size === 0 ? 'all on 127.0.0.1' : `all on 127.0.0.1 but ${[...reached.keys()].join(', ')}`;

const mtlsInWords = { strict: 'strict mTLS', permissive: 'permissive mTLS', off: 'mTLS off' } as const;

function gatewayRows({ architecture, gateways }: Shown): string[][] {
  return gateways.map(({ gateway, url }) => {
    const routes = architecture.gateways.find(({ name }) => name === gateway.name)?.routes.length ?? 0;
    return ['gateway', gateway.name, url, count(routes, 'route')];
  });
}

function serviceRows({ architecture, reached }: Shown, service: Service): string[][] {
  const externals = new Map(architecture.externals.map(({ name }) => [name, reached?.get(name)?.host ?? 'stub']));
  const called = architecture.calls
    .filter(({ from }) => from === service.name)
    .map(({ to, callee }) => (externals.has(to) ? `${to} (${externals.get(to)})` : callee));
  const calls = [
    called.length === 0 ? '(no calls)' : `→ ${called.join(', ')}`,
    ...(service.consumes.length === 0 || service.versions.some(({ run }) => run !== undefined)
      ? []
      : [`(pulls nothing from ${service.consumes.join(', ')})`]),
    ...(service.schedule === undefined ? [] : [`(on demand, not at ${service.schedule})`]),
  ].join(' ');
  return service.versions.map((version, index) => [
    index === 0 ? service.name : '',
    shareOf(service, version),
    kindOf(service, version, index),
    index === 0 ? calls : '',
  ]);
}

/** The same for all versions is said once. */
function kindOf({ listen, versions }: Service, { run }: Version, index: number): string {
  const stub = listen === undefined ? 'worker' : 'stub';
  if (versions.every((version) => version.run === undefined)) return index === 0 ? stub : '';
  return run === undefined ? stub : listen === undefined ? 'worker of yours' : 'yours';
}

function shareOf({ traffic }: Service, { id, name }: Version): string {
  if (name === undefined) return '';
  const total = traffic.reduce((sum, { weight }) => sum + weight, 0);
  const weight = traffic.find(({ version }) => version === id)?.weight ?? 0;
  return weight === 0 ? `${name} by rule` : `${name} ${Math.round((weight / total) * 100)} %`;
}

/** One line for a public route, one for a route that wants a token. */
function tryLines({ architecture, gateways }: Shown, typed: Typed): string[] {
  return gateways.flatMap(({ gateway, url }) => {
    const routes = architecture.gateways.find(({ name }) => name === gateway.name)?.routes ?? [];
    const free = routes.filter(({ auth }) => auth.kind === 'public');
    // Where there is something to see: what answers by itself, or goes past the mesh, comes last.
    const open = free.find(({ target }) => target.kind === 'service') ?? free[0];
    const closed =
      routes.find(({ auth, method }) => auth.kind === 'authorizer' && method === 'POST') ??
      routes.find(({ auth }) => auth.kind === 'authorizer');
    return [
      ...(open === undefined ? [] : [curlOf(open, url)]),
      ...(closed === undefined ? [] : [`${curlOf(closed, url)} \\`, `     ${authorizationOf(architecture, closed, typed)}`]),
    ];
  });
}

/** Columns as wide as their widest cell, two spaces apart, indented by two; empty columns are left out. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    `  ${row.flatMap((cell, column) => (widths[column] === 0 ? [] : [cell.padEnd(widths[column] ?? 0)])).join('  ')}`.trimEnd(),
  );
}
