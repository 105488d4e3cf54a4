import { count } from '../count.js';
import type { Architecture, Mtls, Service } from '../model/architecture/index.js';
import { gatewayKind, showSplit } from './wording.js';

/** More than this is no drawing any more; GitHub's Mermaid has no better layout to offer. */
const mostBoxes = 25;
const mostArrows = 40;

interface Box {
  readonly id: string;
  readonly label: string;
  /** Mermaid's brackets: the shape says the kind, together with the word in the label. */
  readonly shape: readonly [string, string];
  readonly domain: string | undefined;
}

interface Arrow {
  readonly from: string;
  readonly to: string;
  /** Solid: mutual TLS of the mesh. Dashed: not. */
  readonly solid: boolean;
  readonly label: string | undefined;
}

const box = ['["', '"]'] as const;
const stadium = ['(["', '"])'] as const;
const hexagon = ['{{"', '"}}'] as const;
const dashed = ['[/"', '"/]'] as const;

/**
 * The graph in Mermaid: clients, gateways, services by domain, externals. Above 25 boxes it shows domains instead of services; what is left out is announced.
 */
export function graphOf(architecture: Architecture): string {
  const all = draw(architecture, (service) => service.name);
  const { mode } = architecture.mtls;
  if (all.boxes.length <= mostBoxes) return render(all, mode);
  return render(
    draw(architecture, ({ domain }) => (domain === undefined ? 'no domain' : `domain ${domain}`)),
    mode,
  );
}

function draw(
  architecture: Architecture,
  groupOf: (service: Service) => string,
): { readonly boxes: readonly Box[]; readonly arrows: readonly Arrow[] } {
  const { gateways, services, externals, calls, rateLimitService, observability } = architecture;
  const groups = new Map(services.map((service) => [service.name, groupOf(service)]));
  const idOf = (kind: 'service' | 'external', name: string) => id(kind, kind === 'service' ? (groups.get(name) ?? name) : name);
  const routes = gateways.flatMap(({ name, routes }) => routes.map((route) => ({ gateway: name, route })));
  const toTargets = routes.flatMap(({ gateway, route: { target } }): Arrow[] =>
    target.kind === 'respond'
      ? []
      : [{ from: id('gateway', gateway), to: idOf(target.kind, target.name), solid: target.kind === 'service', label: undefined }],
  );
  const called = calls.map(
    ({ from, to, kind }): Arrow => ({ from: idOf('service', from), to: idOf(kind, to), solid: kind === 'service', label: undefined }),
  );
  const pulled = services.flatMap(({ name, consumes }) =>
    consumes.map((queue): Arrow => ({ from: idOf('service', name), to: id('external', queue), solid: false, label: undefined })),
  );
  const counted = services.flatMap(({ name, countedBy }): Arrow[] =>
    countedBy === undefined || rateLimitService === undefined
      ? []
      : [{ from: idOf('service', name), to: id('external', rateLimitService.to), solid: false, label: undefined }],
  );
  const fromClients = gateways.map(({ name, routes }): Arrow => {
    const open = routes.filter(({ auth }) => auth.kind === 'public').length;
    return { from: 'clients', to: id('gateway', name), solid: false, label: `${count(routes.length, 'route')}, ${open} public` };
  });
  const boxes: Box[] = [
    ...(gateways.length === 0 ? [] : [{ id: 'clients', label: 'clients', shape: stadium, domain: undefined }]),
    ...gateways.map(
      ({ name, kind }): Box => ({ id: id('gateway', name), label: `${name}<br/>${gatewayKind[kind]}`, shape: hexagon, domain: undefined }),
    ),
    ...groupBoxes(services, groupOf),
    ...externals.map(
      ({ name, protocol }): Box => ({
        id: id('external', name),
        label: `${name}<br/>external, ${protocol}${observability.traces?.to === name ? '<br/>gets traces from every Envoy' : ''}`,
        shape: dashed,
        domain: undefined,
      }),
    ),
  ];
  return {
    boxes,
    arrows: [
      ...fromClients,
      ...merged(toTargets, 'route'),
      ...merged(called, 'call').filter(({ from, to }) => from !== to || groupsAreServices(groups)),
      ...merged(pulled, 'pull').map((arrow) => ({ ...arrow, label: arrow.label ?? 'consumes' })),
      ...merged(counted, 'service').map((arrow) => ({ ...arrow, label: 'is counted' })),
    ],
  };
}

const groupsAreServices = (groups: ReadonlyMap<string, string>): boolean => [...groups].every(([service, group]) => service === group);

function groupBoxes(services: readonly Service[], groupOf: (service: Service) => string): Box[] {
  const groups = [...new Set(services.map(groupOf))].sort();
  return groups.map((group): Box => {
    const members = services.filter((service) => groupOf(service) === group);
    const [first] = members;
    if (first === undefined || first.name !== group)
      return {
        id: id('service', group),
        label: `${group}<br/>${count(members.length, 'service')}`,
        shape: box,
        domain: undefined,
      };
    const split = first.versions.length > 1 ? `<br/>${showSplit(first.traffic, first)}` : '';
    return {
      id: id('service', group),
      label: `${first.name}${first.listen === undefined ? `<br/>${first.schedule === undefined ? 'worker' : 'scheduled worker'}` : split}`,
      shape: box,
      domain: first.domain,
    };
  });
}

/** Arrows between the same boxes become one, which says how many it stands for. */
function merged(arrows: readonly Arrow[], noun: string): Arrow[] {
  const groups = new Map<string, Arrow[]>();
  for (const arrow of arrows) groups.set(`${arrow.from} ${arrow.to}`, [...(groups.get(`${arrow.from} ${arrow.to}`) ?? []), arrow]);
  return [...groups.values()].map((same) => ({ ...same[0]!, label: same.length === 1 ? undefined : count(same.length, noun) }));
}

function render({ boxes, arrows }: { readonly boxes: readonly Box[]; readonly arrows: readonly Arrow[] }, mode: Mtls['mode']): string {
  const drawn = boxes.slice(0, mostBoxes);
  const ids = new Set(drawn.map((each) => each.id));
  const possible = arrows.filter(({ from, to }) => ids.has(from) && ids.has(to));
  const kept = possible.slice(0, mostArrows);
  const left = [
    boxes.length > drawn.length ? `${count(boxes.length - drawn.length, 'box', 'boxes')}` : '',
    arrows.length > kept.length ? `${count(arrows.length - kept.length, 'arrow')}` : '',
  ].filter((each) => each !== '');
  const domains = [...new Set(drawn.flatMap(({ domain }) => (domain === undefined ? [] : [domain])))].sort();
  const lines = [
    'flowchart LR',
    ...drawn.filter(({ domain }) => domain === undefined).map((each) => `  ${show(each)}`),
    ...domains.flatMap((domain) => [
      `  subgraph ${id('domain', domain)}["${label(domain)}"]`,
      ...drawn.filter((each) => each.domain === domain).map((each) => `    ${show(each)}`),
      '  end',
    ]),
    ...kept.map(({ from, to, solid, label }) => `  ${from} ${solid ? '-->' : '-.->'}${label === undefined ? '' : `|"${label}"|`} ${to}`),
  ];
  const inside = mode === 'off' ? '**Solid arrows are plaintext: mutual TLS is off**' : 'Solid arrows are mutual TLS between sidecars';
  const legend = `${inside}; dashed ones are not: clients come over HTTPS, externals have their own protocol.`;
  const missing = left.length === 0 ? '' : ` **Not drawn: ${left.join(' and ')}**; the tables have all of them.`;
  return ['```mermaid', ...lines, '```', '', `${legend}${missing}`].join('\n');
}

const show = ({ id, label: text, shape: [open, close] }: Box): string => `${id}${open}${label(text)}${close}`;

/** Mermaid ends a label at a quote, and reads `#` as the start of an entity. Line breaks of ours stay. */
const label = (text: string): string =>
  text
    .split('<br/>')
    .map((part) =>
      part.replaceAll('#', '#35;').replaceAll('"', '#quot;').replaceAll('<', '#lt;').replaceAll('>', '#gt;').replaceAll('`', '#96;'),
    )
    .join('<br/>');

/** Fit for Mermaid and one to one: `orders-db` → `external_orders_2d_db`. The kind in front keeps it off Mermaid's own words, such as `end`. */
const id = (kind: 'gateway' | 'service' | 'external' | 'domain', name: string): string =>
  `${kind}_${name.replace(/[^A-Za-z0-9]/g, (char) => `_${char.charCodeAt(0).toString(16)}_`)}`;
