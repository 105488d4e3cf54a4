import { resolve } from 'cdk-edge-mesh';
import bookinfo from '../../../bin/bookinfo/architecture.js';
import shop from '../../../bin/shop/architecture.js';
import {
  type Bootstrap,
  compileIngress,
  compileRoutes,
  compileSidecar,
  fileSource,
  flattened,
  separate,
} from '../../../lib/engines/envoy/index.js';
import type { JsonObject } from '../../../lib/engines/envoy/json.js';
import { shifted } from '../../../lib/twin/shifted.js';
import { everywhere } from './everywhere.js';
import { mesh } from './mesh.js';
import { odd } from './odd.js';

const everything = {
  routes: (listener: string) => ({ name: listener, source: fileSource(`/run/routes/${listener}/it.json`) }),
  certificate: () => ({ name: 'own', source: fileSource('/run/identity/it.json') }),
  endpoints: (cluster: string) => ({ name: `where/${cluster}`, source: fileSource(`/run/endpoints/${cluster}/it.json`) }),
};

const configurations = [resolve(shop), resolve(bookinfo), mesh, odd].flatMap((architecture): [string, Bootstrap][] => [
  ...architecture.services.flatMap(({ versions }) =>
    versions.map((version): [string, Bootstrap] => [
      `${architecture.name} ${version.id}`,
      compileSidecar(architecture, version, everywhere),
    ]),
  ),
  [`${architecture.name} ingress`, compileIngress(architecture, everywhere)],
]);

test.each(configurations)('%s: separated it has no route and no key of its own, and together it is what it was', (name, whole) => {
  const apart = separate(whole, everything);
  expect(JSON.stringify(apart.bootstrap)).not.toMatch(/"route_config"|"tls_certificates"|"private_key"/);
  // The ingress has an identity for each gateway: one document could not be all of them.
  if (!name.endsWith('ingress')) expect(flattened(apart)).toEqual(whole);
});

test('what nobody asks to separate stays', () => {
  const [, whole] = configurations[0]!;
  expect(separate(whole, {})).toEqual({ bootstrap: whole, routes: new Map(), secrets: new Map(), endpoints: new Map() });
  const { bootstrap, routes } = separate(whole, { routes: (name) => (name === 'to/pricing' ? everything.routes(name) : undefined) });
  expect([...routes.keys()]).toEqual(['to/pricing']);
  expect(JSON.stringify(bootstrap).match(/"rds"/g)).toHaveLength(1);
  expect(() => flattened({ bootstrap, routes: new Map(), secrets: new Map(), endpoints: new Map() })).toThrow(
    'there is no document "to/pricing"',
  );
});

test('addresses that are given leave for a document, those that DNS has stay', () => {
  const brewing = mesh.services.find(({ name }) => name === 'shop')!;
  const given = { ...everywhere, endpoints: () => ({ addresses: [{ address: '10.1.0.1', port: 1 }] }) };
  const clustersOf = ({ static_resources }: Bootstrap) => (static_resources as { clusters: { name: string; type: string }[] }).clusters;
  const [byDns, byDocument] = [everywhere, given].map((placement) => {
    const apart = separate(compileSidecar(mesh, brewing.versions[0]!, placement), everything);
    return { ...apart, type: clustersOf(apart.bootstrap).find(({ name }) => name === 'brew-v1')?.type };
  });
  expect(byDns!.type).toBe('STRICT_DNS');
  expect(byDns!.endpoints.has('where/brew-v1')).toBe(false);
  expect(byDocument!.type).toBe('EDS');
  expect(byDocument!.endpoints.get('where/brew-v1')).toEqual({
    '@type': 'type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment',
    cluster_name: 'where/brew-v1',
    endpoints: [{ lb_endpoints: [{ endpoint: { address: { socket_address: { address: '10.1.0.1', port_value: 1 } } } }] }],
  });
});

describe("a callee's routes documents", () => {
  const documents = compileRoutes(mesh, 'brew', () => everywhere);

  test('are one for each that asks it over HTTP, and for each gateway', () => {
    expect(documents.map(({ for: { kind, name }, name: listener }) => `${kind} ${name}: ${listener}`)).toEqual([
      'gateway staff: from/staff',
      'gateway web: from/web',
      'service shop: to/brew',
      'service worker: to/brew',
    ]);
  });

  test('are those that its callers are compiled with', () => {
    const shopOf = mesh.services.find(({ name }) => name === 'shop')!;
    const { routes } = separate(compileSidecar(mesh, shopOf.versions[0]!, everywhere), everything);
    expect(documents.find(({ for: { name } }) => name === 'shop')?.routes).toEqual(routes.get('to/brew'));
  });

  test('are all that changes with its weights', () => {
    const brew = mesh.services.find(({ name }) => name === 'brew')!;
    const moved = shifted(mesh, brew, [
      { version: 'brew-v1', weight: 1 },
      { version: 'brew-v2', weight: 99 },
    ]);
    for (const { versions } of mesh.services) {
      const [before, after] = [mesh, moved].map((each) => separate(compileSidecar(each, versions[0]!, everywhere), everything).bootstrap);
      expect(after).toEqual(before);
    }
    const weights = compileRoutes(moved, 'brew', () => everywhere).map(({ routes }) => JSON.stringify(routes).includes('"weight":99'));
    expect(weights).toEqual([true, true, true, true]);
  });

  test('are none for a service that nobody asks', () => expect(compileRoutes(mesh, 'alone', () => everywhere)).toEqual([]));
});

test('a document in a file is looked for in its folder', () => {
  expect(fileSource('/run/routes/pricing/catalog.json')).toEqual({
    resource_api_version: 'V3',
    path_config_source: { path: '/run/routes/pricing/catalog.json', watched_directory: { path: '/run/routes/pricing' } },
  } satisfies JsonObject);
});
