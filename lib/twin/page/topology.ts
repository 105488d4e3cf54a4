import type { Architecture, Call, External, Gateway, Service, Version } from '../../model/architecture/index.js';
import { gatewayKind } from '../../review/wording.js';

/** What stands in the graph: everything that is declared, before the first request. */
export interface Topology {
  readonly boxes: readonly Box[];
  readonly edges: readonly Edge[];
}

export type BoxKind = 'clients' | 'gateway' | 'service' | 'worker' | 'external' | 'domain';

export interface Box {
  /** `service/catalog`; what the page's address and its texts know it by. */
  readonly id: string;
  readonly kind: BoxKind;
  readonly name: string;
  /** What it is, in words: the shape says it too. */
  readonly word: string;
  readonly domain: string | undefined;
  /** More than one, or none shown. */
  readonly versions: readonly Version[];
  /** The ids of the declared boxes that it stands for: itself, or all of a domain. */
  readonly members: readonly string[];
}

/** - `mtls`: both ends prove who they are; `tls`: the callee does; `plain`: nobody does; `past`: no sidecar is in between, so it is the app's own business. */
export type Security = 'mtls' | 'tls' | 'plain' | 'past';

export interface Edge {
  /** `service/orders>service/catalog`. */
  readonly id: string;
  /** The ids of its boxes. */
  readonly from: string;
  readonly to: string;
  /** Clients at a gateway, a gateway's routes to one target, a declared call, or what a service pulls from a queue. */
  readonly kind: 'clients' | 'routes' | 'call' | 'consumes';
  readonly security: Security;
  /** Whether requests are counted, or connections, or nothing, since no Envoy sees it. */
  readonly counts: 'requests' | 'connections' | 'nothing';
  /** The ids of the declared edges that it stands for: itself, or all between two boxes of a coarser picture. */
  readonly members: readonly string[];
}

export const boxId = (kind: 'service' | 'external' | 'gateway', name: string): string => `${kind}/${name}`;
export const edgeId = (from: string, to: string): string => `${from}>${to}`;

const clients = 'clients/clients';

/** Clients, gateways, services, externals, in this order; edges by their origin. */
export function topologyOf({ gateways, services, externals, calls }: Architecture): Topology {
  const security = new Map<string, Security>([
    ...services.map(({ name, mtls }) => [boxId('service', name), mtls === 'on' ? 'mtls' : 'plain'] as const),
    ...externals.map(({ name, protocol }) => [boxId('external', name), protocol === 'https' ? 'tls' : 'plain'] as const),
  ]);
  const to = (kind: 'service' | 'external', name: string): Pick<Edge, 'to' | 'security'> => {
    const id = boxId(kind, name);
    return { to: id, security: security.get(id) ?? 'plain' };
  };
  return {
    boxes: [
      ...(gateways.length === 0
        ? []
        : [{ id: clients, kind: 'clients', name: 'clients', word: 'anyone', ...alone, members: [clients] } as const]),
      ...gateways.map(gatewayBox),
      ...services.map(serviceBox),
      ...externals.map(externalBox),
    ],
    edges: [
      ...gateways.map(({ name }) => edge(clients, { to: boxId('gateway', name), security: 'plain' }, 'clients')),
      ...gateways.flatMap((gateway) =>
        targetsOf(gateway).map(({ kind, name }) => edge(boxId('gateway', gateway.name), to(kind, name), 'routes')),
      ),
      ...onceEach(calls).map((call) =>
        edge(boxId('service', call.from), to(call.kind, call.to), 'call', call.rules.length === 0 ? 'connections' : 'requests'),
      ),
      ...services.flatMap(({ name, consumes }) => consumes.map((queue) => pulls(name, queue, calls))).flat(),
    ],
  };
}

/** One edge for a caller and a callee, whichever of its ports are called: where it listens comes first. */
const onceEach = (calls: readonly Call[]): Call[] =>
  [
    ...new Map([...calls].reverse().map((call) => [edgeId(boxId('service', call.from), boxId(call.kind, call.to)), call])).values(),
  ].reverse();

/** A queue that is called as well has its arrow already. */
const pulls = (service: string, queue: string, calls: readonly Call[]): Edge[] =>
  calls.some(({ from, to }) => from === service && to === queue)
    ? []
    : [edge(boxId('service', service), { to: boxId('external', queue), security: 'past' }, 'consumes', 'nothing')];

const alone = { domain: undefined, versions: [] };

const gatewayBox = ({ name, kind }: Gateway): Box => ({
  id: boxId('gateway', name),
  kind: 'gateway',
  name,
  word: gatewayKind[kind],
  ...alone,
  members: [boxId('gateway', name)],
});

const serviceBox = ({ name, listen, domain, versions }: Service): Box => ({
  id: boxId('service', name),
  kind: listen === undefined ? 'worker' : 'service',
  name,
  word: listen === undefined ? 'worker' : 'service',
  domain,
  versions: versions.length > 1 ? versions : [],
  members: [boxId('service', name)],
});

const externalBox = ({ name, kind, protocol }: External): Box => ({
  id: boxId('external', name),
  kind: 'external',
  name,
  word: `${kind ?? 'external'}, ${protocol}`,
  ...alone,
  members: [boxId('external', name)],
});

const edge = (from: string, end: Pick<Edge, 'to' | 'security'>, kind: Edge['kind'], counts: Edge['counts'] = 'requests'): Edge => ({
  id: edgeId(from, end.to),
  from,
  ...end,
  kind,
  counts,
  members: [edgeId(from, end.to)],
});

/** The services and externals that a gateway's routes lead to, each once, in the order of the routes. */
function targetsOf({ routes }: Gateway): { readonly kind: 'service' | 'external'; readonly name: string }[] {
  const targets = routes.flatMap(({ target }) => (target.kind === 'respond' ? [] : [{ kind: target.kind, name: target.name }]));
  return [...new Map(targets.map((target) => [boxId(target.kind, target.name), target])).values()];
}
