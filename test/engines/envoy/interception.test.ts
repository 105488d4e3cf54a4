import { awsPlacement, compileSidecar, nftables, redirectionOf } from '../../../lib/engines/envoy/index.js';
import { parseArchitecture, resolve } from '../../../lib/index.js';
import { inside, named } from './inside.js';

const architecture = (interception: unknown) =>
  resolve(
    parseArchitecture({
      name: 'tea',
      services: {
        shop: {
          listen: { protocol: 'http', port: 8001 },
          ports: { metrics: { protocol: 'http', port: 9102 } },
          ...(interception === 'none' ? {} : { interception }),
          calls: { stock: {}, bank: {}, own: {} },
        },
        idle: { interception: true },
        stock: { listen: { protocol: 'tcp', port: 5432 } },
      },
      external: { bank: { protocol: 'https', host: 'bank.example' }, own: { protocol: 'tls', host: 'own.example', port: 8443 } },
    }),
  );
const find = (interception: unknown, name = 'shop') => architecture(interception).services.find((each) => each.name === name)!;
const listener = (name: string, interception: unknown = true) => {
  const all = architecture(interception);
  const version = all.services.find((each) => each.name === name)!.versions[0]!;
  return named(compileSidecar(all, version, awsPlacement(all, { version })), 'listeners')['intercepted'];
};

test('the rules of the network, with all that may bypass them', () => {
  const rules = nftables(redirectionOf(find({ bypassPorts: [2049, 25], bypassAddresses: ['10.0.9.0/24', '2001:db8::/64'] }))!);
  expect(rules).toBe(`table inet edge_mesh
delete table inet edge_mesh
table inet edge_mesh {
  chain outbound {
    type nat hook output priority -100; policy accept;
    meta skuid 1337 accept # the sidecar itself
    fib daddr type local accept # the task itself, loopback included
    ip daddr { 169.254.170.2, 169.254.169.254, 10.0.9.0/24 } accept # asked directly
    ip6 daddr { 2001:db8::/64 } accept # asked directly
    tcp dport { 25, 2049 } accept # asked directly
    meta l4proto tcp redirect to :15001 # all else
  }
  chain inbound {
    type nat hook prerouting priority -100; policy accept;
    fib saddr type != local tcp dport 8001 redirect to :15006
    fib saddr type != local tcp dport 9102 redirect to :15538
  }
}
`);
});

test("a worker has no way in, and a sidecar's user may be another", () => {
  const rules = nftables(redirectionOf(find(true, 'idle'), 65_532)!);
  expect(rules).toContain('meta skuid 65532 accept');
  expect(rules).not.toContain('inbound');
});

test('who is not intercepted has neither rules nor a listener', () => {
  expect(redirectionOf(find('none'))).toBeUndefined();
  expect(listener('shop', 'none')).toBeUndefined();
});

test('names in TLS are read on no port where a server may speak first', () => {
  const { listener_filters: filters } = listener('shop') as { listener_filters: readonly object[] };
  expect(filters[1]).toMatchObject({
    name: 'envoy.filters.listener.tls_inspector',
    filter_disabled: {
      not_match: {
        or_match: {
          rules: [{ destination_port_range: { start: 443, end: 444 } }, { destination_port_range: { start: 8443, end: 8444 } }],
        },
      },
    },
  });
});

test('where nothing is called, nothing matches', () => {
  expect(listener('idle')).toMatchObject({ filter_chains: [{ filter_chain_match: { application_protocols: ['none'] }, filters: [] }] });
});

test('a trace begins at the listener of the call, not before it', () => {
  const all = resolve(
    parseArchitecture({
      name: 'tea',
      services: { shop: { interception: true, calls: { stock: {} } }, stock: { listen: { protocol: 'http', port: 8001 } } },
      external: { collector: { protocol: 'http', host: 'collector.example', port: 4318 } },
      observability: { traces: { to: 'collector' } },
    }),
  );
  const [shop] = all.services;
  const listeners = named(compileSidecar(all, shop!.versions[0]!, awsPlacement(all, { version: shop!.versions[0]! })), 'listeners');
  const traced = Object.entries(listeners).filter(([, each]) => inside(each, 'tracing').length > 0);
  expect(traced.map(([name]) => name)).toEqual(['to/stock']);
});
